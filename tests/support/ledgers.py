"""Ledgers of told stories, by the real query on a real engine."""

from datetime import datetime
from decimal import Decimal

from pmreport.metrics import sprint_totals
from pmreport.metrics.ledger import EventKind, SprintLedger, SprintTotals
from pmreport.metrics.sprint import ledger_query, ledgers_from_rows, sprints_query
from tests.support.engines import SITE, Engine, duck
from tests.support.stories import Story, moment

LATER = moment("12-31 00:00")


def ledgers(
    story: Story, *, as_of: datetime = LATER, engine: Engine | None = None
) -> tuple[SprintLedger, ...]:
    """Every ledger of the story, as of the end of the year."""
    asked = engine or duck()
    asked.hold(story.rows())
    return ledgers_from_rows(
        asked.answer(sprints_query(SITE, as_of)), asked.answer(ledger_query(SITE, as_of))
    )


def totals(story: Story, *, as_of: datetime = LATER) -> tuple[SprintTotals, ...]:
    """The same sprints as the store itself adds them up."""
    duck().hold(story.rows())
    started = duck().answer(sprints_query(SITE, as_of))
    return sprint_totals.from_rows(started, duck().answer(sprint_totals.query(SITE, as_of)))


def ledger(story: Story, *, as_of: datetime = LATER) -> SprintLedger:
    """The ledger of the first sprint of the story."""
    first = story.sprints[0].sprint_id
    return next(each for each in ledgers(story, as_of=as_of) if each.sprint_id == first)


def keys(told: SprintLedger, **facts: object) -> str:
    """The keys of the issues of which all these facts hold, in a line."""
    return " ".join(
        issue.issue_key
        for issue in told.issues
        if all(getattr(issue, name) == fact for name, fact in facts.items())
    )


def plain(*amounts: Decimal | int) -> tuple[float, ...]:
    """The amounts as bare numbers, side by side."""
    return tuple(float(amount) for amount in amounts)


def total(told: SprintLedger, kind: EventKind) -> Decimal:
    """The sum of the scope (else of the burndown) that events of this kind moved."""
    burns = kind in (EventKind.COMPLETED, EventKind.REOPENED)
    return sum(
        (
            event.remaining_delta if burns else event.scope_delta
            for event in told.events
            if event.kind is kind
        ),
        Decimal(0),
    )


def remaining_after_each_event(told: SprintLedger) -> str:
    """`29 | D 31 | C 33`: the burndown as a line."""
    key_of = {issue.issue_id: issue.issue_key for issue in told.issues}
    left = told.amounts.commitment
    told_parts = [f"{left}"]
    for event in told.events:
        if event.kind is not EventKind.START:
            left += event.remaining_delta
            told_parts.append(f"{key_of[event.issue_id]} {left}")
    return " | ".join(told_parts)
