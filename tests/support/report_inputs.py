"""Sample inputs of reports: the sprint every case is worked on by hand, and a believable week around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Aim, Goal, Polarity, Visibility
from pmreport.goals.talk import Saying, Talk
from pmreport.metrics.estimation import Accuracy, EstimationSummary, SprintAccuracy
from pmreport.metrics.followups import FollowUp, FollowUps
from pmreport.metrics.sprint import (
    Amounts,
    EventKind,
    LedgerEvent,
    LedgerIssue,
    Outcome,
    SprintLedger,
    Unit,
)
from pmreport.model.problem import Problem, ProblemKind
from pmreport.report.inputs import Blocked, Card, Delivered, Inputs, Marker, Measure, Note
from pmreport.report.view import (
    Bars,
    Block,
    Callout,
    Chart,
    Day,
    Facts,
    Figures,
    Form,
    Inline,
    Items,
    Link,
    Mark,
    Moment,
    Number,
    Panels,
    Paragraph,
    Report,
    Section,
    Strong,
    Table,
    Text,
    Trend,
)
from pmreport.report.words import rounded
from tests.support.talks import FULL

SITE = "https://acme.example"
ZERO = Decimal(0)

IN, OUT, SIZED = EventKind.ADDED, EventKind.REMOVED, EventKind.REESTIMATED
DONE, BACK = EventKind.COMPLETED, EventKind.REOPENED
COMPLETED, OUTSIDE = Outcome.COMPLETED, Outcome.COMPLETED_OUTSIDE


def utc(text: str) -> datetime:
    """An instant from "2026-11-20 16:30", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def weekdays(first: date, last: date) -> tuple[date, ...]:
    """Monday to Friday from the first day to the last, both included."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One issue's way through a sprint: what it held at the start, and what happened when.

    `events` are (instant, kind, estimate before, estimate after). A REMOVED or COMPLETED event carries the
    estimate of that moment in both places.
    """

    name: str
    events: tuple[tuple[str, EventKind, int | None, int | None], ...] = ()
    committed: int | None = None
    in_commitment: bool = True
    outcome: Outcome = Outcome.NOT_COMPLETED


def ledger_of(stories: Sequence[Story], *, base: SprintLedger, prefix: str = "WEB") -> SprintLedger:
    """The ledger the stories tell, in points, in the frame of `base`: its events, issues and amounts."""
    events = sorted(
        (
            event
            for index, story in enumerate(stories, start=1)
            for event in _events(story, index, base.start)
        ),
        key=lambda event: event.at,
    )
    issues = tuple(_issue(story, index, f"{prefix}-{index}") for index, story in enumerate(stories, start=1))
    return replace(
        base,
        events=tuple(events),
        issues=issues,
        amounts=_amounts(events, issues),
        counts=_amounts([_as_count(event) for event in events], [_counted(issue) for issue in issues]),
        churn=sum((abs(event.scope_delta) for event in events if event.kind is not EventKind.START), ZERO),
    )


def _events(story: Story, issue_id: int, start: datetime) -> list[LedgerEvent]:
    found = []
    if story.in_commitment:
        value = Decimal(story.committed or 0)
        found.append(_event(start, EventKind.START, issue_id, (value, ZERO, value), (None, story.committed)))
    for moment, kind, before, after in story.events:
        old, new = Decimal(before or 0), Decimal(after or 0)
        deltas = {
            EventKind.ADDED: (new, ZERO, new),
            EventKind.REMOVED: (-old, ZERO, -old),
            EventKind.REESTIMATED: (new - old, ZERO, new - old),
            EventKind.COMPLETED: (ZERO, new, -new),
            EventKind.REOPENED: (ZERO, -new, new),
        }[kind]
        found.append(_event(utc(moment), kind, issue_id, deltas, (before, after)))
    return found


def _event(
    at: datetime,
    kind: EventKind,
    issue_id: int,
    deltas: tuple[Decimal, Decimal, Decimal],
    estimates: tuple[int | None, int | None],
) -> LedgerEvent:
    before, after = (None if one is None else Decimal(one) for one in estimates)
    return LedgerEvent(
        at=at,
        kind=kind,
        issue_id=issue_id,
        scope_delta=deltas[0],
        completed_delta=deltas[1],
        remaining_delta=deltas[2],
        estimate_before=before,
        estimate_after=after,
        author_id=None if kind is EventKind.START else "acc-1",
    )


def _issue(story: Story, issue_id: int, key: str) -> LedgerIssue:
    added = not story.in_commitment and any(kind is EventKind.ADDED for _, kind, _, _ in story.events)
    first = story.committed if story.in_commitment else (story.events[0][3] if story.events else None)
    last = story.events[-1][3] if story.events else story.committed
    return LedgerIssue(
        issue_id=issue_id,
        issue_key=key,
        summary=story.name,
        committed=story.in_commitment,
        added=added,
        removed=story.outcome is Outcome.REMOVED,
        outcome=story.outcome,
        estimate_at_start=None if first is None else Decimal(first),
        estimate_at_close=None if last is None else Decimal(last),
    )


def _as_count(event: LedgerEvent) -> LedgerEvent:
    """The same event when every issue counts as one."""
    moved = {
        EventKind.START: (1, 0, 1),
        EventKind.ADDED: (1, 0, 1),
        EventKind.REMOVED: (-1, 0, -1),
        EventKind.REESTIMATED: (0, 0, 0),
        EventKind.COMPLETED: (0, 1, -1),
        EventKind.REOPENED: (0, -1, 1),
    }[event.kind]
    scope, completed, remaining = (Decimal(one) for one in moved)
    return replace(event, scope_delta=scope, completed_delta=completed, remaining_delta=remaining)


def _counted(issue: LedgerIssue) -> LedgerIssue:
    return replace(issue, estimate_at_start=Decimal(1), estimate_at_close=Decimal(1))


def _amounts(events: Sequence[LedgerEvent], issues: Sequence[LedgerIssue]) -> Amounts:
    def moved(kind: EventKind) -> Decimal:
        return sum((event.scope_delta for event in events if event.kind is kind), ZERO)

    return Amounts(
        commitment=moved(EventKind.START),
        added=moved(EventKind.ADDED),
        removed=-moved(EventKind.REMOVED),
        reestimated=moved(EventKind.REESTIMATED),
        completed=sum((event.completed_delta for event in events), ZERO),
        not_completed=sum((event.remaining_delta for event in events), ZERO),
        completed_outside=_sum(issue.estimate_at_close for issue in issues if issue.outcome is OUTSIDE),
        committed_completed=_sum(
            issue.estimate_at_start
            for issue in issues
            if issue.committed and issue.outcome is Outcome.COMPLETED
        ),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), ZERO)


def frame_of(name: str, sprint_id: int, start: str, planned_end: str, close: str | None) -> SprintLedger:
    """A sprint of the board Web without any issue."""
    nothing = Amounts(
        commitment=ZERO,
        added=ZERO,
        removed=ZERO,
        reestimated=ZERO,
        completed=ZERO,
        not_completed=ZERO,
        completed_outside=ZERO,
        committed_completed=ZERO,
    )
    return SprintLedger(
        board_id=7,
        board_name="Web",
        is_own=True,
        sprint_id=sprint_id,
        name=name,
        state="active" if close is None else "closed",
        goal="Customers can pay with one click",
        start=utc(start),
        planned_end=utc(planned_end),
        close=None if close is None else utc(close),
        unit=Unit.POINTS,
        amounts=nothing,
        counts=nothing,
        churn=ZERO,
        unestimated=0,
        events=(),
        issues=(),
    )


def worked_sprint() -> SprintLedger:
    """The sprint worked by hand (E-SP1): 29 + 9 + 9 - 10 = 19 + 18."""
    march = "2025-03-"
    stories = (
        Story(name="A", committed=5, events=((march + "06 10:00", DONE, 5, 5),), outcome=COMPLETED),
        Story(name="B", committed=8, events=((march + "07 10:00", SIZED, 8, 13),)),
        Story(
            name="C",
            committed=3,
            events=((march + "05 10:00", SIZED, 3, 5), (march + "10 10:00", DONE, 5, 5)),
            outcome=COMPLETED,
        ),
        Story(
            name="D",
            events=((march + "04 10:00", SIZED, None, 2), (march + "12 10:00", DONE, 2, 2)),
            outcome=COMPLETED,
        ),
        Story(name="E", committed=5, events=((march + "05 11:00", OUT, 5, 5),), outcome=Outcome.REMOVED),
        Story(
            name="F",
            in_commitment=False,
            events=((march + "06 12:00", IN, 3, 3), (march + "13 10:00", DONE, 3, 3)),
            outcome=COMPLETED,
        ),
        Story(
            name="G",
            in_commitment=False,
            events=((march + "07 11:00", IN, 2, 2), (march + "10 13:00", OUT, 2, 2)),
            outcome=Outcome.REMOVED,
        ),
        Story(name="H", in_commitment=False, committed=3, outcome=OUTSIDE),
        Story(
            name="I", committed=2, events=((march + "06 11:00", DONE, 2, 2), (march + "10 11:00", BACK, 2, 2))
        ),
        Story(
            name="J",
            committed=1,
            events=(
                (march + "06 11:30", DONE, 1, 1),
                (march + "10 11:30", BACK, 1, 1),
                (march + "14 10:00", DONE, 1, 1),
            ),
            outcome=COMPLETED,
        ),
        Story(
            name="K",
            committed=3,
            events=(
                (march + "05 12:00", OUT, 3, 3),
                (march + "07 12:00", IN, 3, 3),
                (march + "11 10:00", DONE, 3, 3),
            ),
            outcome=COMPLETED,
        ),
        Story(name="L", in_commitment=False, events=((march + "08 10:00", IN, 1, 1),)),
        Story(name="M", committed=2),
    )
    base = frame_of("Sprint 10", 10, march + "03 09:00", march + "14 17:00", march + "14 16:30")
    return replace(ledger_of(stories, base=base), unestimated=1)


def running_sprint() -> SprintLedger:
    """A sprint of ten working days on its fifth: 8 of 33 points completed, 8.5 behind, grown twice."""
    november = "2026-11-"
    stories = (
        Story(
            name="Pay with one click",
            committed=8,
            events=((november + "18 10:00", DONE, 8, 8),),
            outcome=COMPLETED,
        ),
        Story(name="Remember the delivery address", committed=5),
        Story(
            name="Show the tax before checkout", committed=5, events=((november + "17 09:30", SIZED, 5, 8),)
        ),
        Story(name="Retry a failed payment", committed=8),
        Story(
            name="Ask for consent once",
            committed=3,
            events=((november + "18 14:00", OUT, 3, 3),),
            outcome=Outcome.REMOVED,
        ),
        Story(
            name="Explain a declined card", in_commitment=False, events=((november + "19 11:00", IN, 4, 4),)
        ),
    )
    base = frame_of("Sprint 24", 24, november + "16 08:00", november + "27 16:00", None)
    return ledger_of(stories, base=base)


def closed_sprint(number: int, committed: int, completed: int) -> SprintLedger:
    """A closed sprint of two weeks with one issue completed, one not, and one added and completed."""
    start = utc("2026-11-02 08:00") - timedelta(weeks=2 * (23 - number))
    close = start + timedelta(days=11, hours=8)
    done = f"{start + timedelta(days=8):%Y-%m-%d %H:%M}"
    stories = (
        Story(
            name="The larger part",
            committed=completed,
            events=((done, DONE, completed, completed),),
            outcome=COMPLETED,
        ),
        Story(name="The rest", committed=committed - completed),
        Story(
            name="A late wish",
            in_commitment=False,
            events=((done, IN, 2, 2), (done, DONE, 2, 2)),
            outcome=COMPLETED,
        ),
    )
    base = frame_of(
        f"Sprint {number}",
        number,
        f"{start:%Y-%m-%d %H:%M}",
        f"{close:%Y-%m-%d %H:%M}",
        f"{close:%Y-%m-%d %H:%M}",
    )
    return ledger_of(stories, base=base, prefix=f"OLD{number}")


def empty_inputs() -> Inputs:
    """A site of which nothing is known yet."""
    return Inputs(
        site_url=SITE,
        product="Acme Web",
        author="Junior PM",
        period_label="2026-W47",
        period_start=utc("2026-11-15 23:00"),
        period_end=utc("2026-11-22 23:00"),
        zone="Europe/Berlin",
        as_of=utc("2026-11-20 17:00"),
        data_as_of=None,
        generator="pmreport 0.1.0",
    )


def rich_inputs() -> Inputs:
    """A believable week of a product with one board, six closed sprints and one that runs."""
    past = [(18, 30, 18), (19, 32, 22), (20, 28, 20), (21, 35, 27), (22, 30, 24), (23, 33, 29)]
    closed = tuple(closed_sprint(*numbers) for numbers in past)
    return replace(
        empty_inputs(),
        data_as_of=utc("2026-11-20 16:30"),
        ledgers=(*closed, running_sprint()),
        ledgers_before=closed[:-1],
        estimation=estimation(),
        estimation_before=None,
        followups=followups(),
        followups_before=FollowUps(open_items=followups().open_items[1:]),
        delivered=delivered(),
        delivered_by_week=(3, 5, 2, 6, 4, 5),
        blocked=(
            Blocked(
                issue_id=4,
                key="WEB-4",
                summary="Retry a failed payment",
                working_days=3,
                owner="Robin",
                since=utc("2026-11-17 09:00"),
                reason="the contract with the payment provider",
            ),
        ),
        notes=notes(),
        goals=goals(),
        evidence=evidence(),
        evidence_as_of=utc("2026-11-20 16:30"),
        measures={"estimation": measure()},
        talks={
            "estimation": FULL,
            "voice": Talk(words=(Saying(text="Privatewords of the talk", on=date(2026, 11, 2)),)),
        },
        problems=(
            Problem(ProblemKind.HISTORY_MISMATCH, "WEB-31"),
            Problem(ProblemKind.HISTORY_MISMATCH, "WEB-12"),
            Problem(ProblemKind.SPRINT_WITHOUT_START, "Sprint 3"),
        ),
        left_out=(("deleted issue", 2),),
        working_days=weekdays(date(2026, 11, 16), date(2026, 11, 27)),
        cards=cards(),
        people={"acc-1": "Robin", "acc-2": "Kim"},
        issues_known=1500,
    )


def estimation() -> EstimationSummary:
    """Six sprints of items that take a fifth longer than estimated."""
    sprints = tuple(
        SprintAccuracy(
            board_id=7,
            sprint_id=number,
            sprint_name=f"Sprint {number}",
            items=Accuracy(bias_factor=bias, typical_factor=bias + 0.2, n=8, excluded=()),
            log_ratio=-0.2,
        )
        for number, bias in ((18, 1.6), (19, 1.5), (20, 1.3), (21, 1.25), (22, 1.1), (23, 0.95))
    )
    return EstimationSummary(
        sprints=sprints,
        items=Accuracy(
            bias_factor=1.209136,
            typical_factor=1.414214,
            n=48,
            excluded=(("no logged work", 11), ("no estimate", 4)),
        ),
        commitments=Accuracy(bias_factor=0.772558, typical_factor=1.3, n=6, excluded=()),
    )


def followups() -> FollowUps:
    """Four open follow-ups: two late, one of them nobody's, one unowned in time, one as it should be."""

    def one(number: int, summary: str, owner: str | None, due: date | None, late: int) -> FollowUp:
        return FollowUp(
            issue_key=f"ACT-{number}",
            summary=summary,
            owner=owner,
            raised=utc("2026-11-02 09:00") + timedelta(days=number),
            due=due,
            age_working_days=14 - number,
            working_days_late=late,
        )

    return FollowUps(
        open_items=(
            one(1, "Agree the refund text with legal", "Kim", date(2026, 11, 12), 6),
            one(2, "Ask finance for the fee table", None, date(2026, 11, 18), 2),
            one(3, "Who owns the status page?", None, None, 0),
            one(4, "Book the usability lab", "Robin", date(2026, 11, 27), 0),
        )
    )


def delivered() -> tuple[Delivered, ...]:
    """An epic that is finished, another that moved forward, and a single item."""

    def one(number: int, summary: str, points: int | None, epic: tuple[str, str] | None = None) -> Delivered:
        return Delivered(
            issue_id=200 + number,
            key=f"WEB-{number}",
            summary=summary,
            type_name="Story",
            done=utc("2026-11-17 10:00") + timedelta(hours=number),
            points=None if points is None else Decimal(points),
            epic_key=epic[0] if epic else None,
            epic=epic[1] if epic else None,
        )

    search = ("WEB-90", "Search that forgives typing errors")
    return (
        replace(one(91, "Checkout as a guest", None), is_epic=True, type_name="Epic"),
        one(60, "Pay without an account", 5, ("WEB-91", "Checkout as a guest")),
        one(61, "Suggest the nearest word", 3, search),
        one(62, "Rank by what was bought", 8, search),
        one(63, "Update the cookie text", 1),
    )


def notes() -> tuple[Note, ...]:
    """What was written for the report: a summary, two asks, a decision, a risk, and a restricted ask."""

    def one(marker: Marker, written: str, text: str, number: int) -> Note:
        return Note(
            marker=marker,
            author="Junior PM",
            written=utc(written),
            text=f"{marker.value}: {text}",
            issue_id=number,
            issue_key=f"WEB-{number}",
        )

    return (
        one(Marker.SUMMARY, "2026-11-20 09:00", "Guests can check out. One click waits for the provider.", 2),
        one(
            Marker.ASK,
            "2026-11-11 09:00",
            "Sign the provider contract by 25 November, or one click slips.",
            4,
        ),
        one(Marker.ASK, "2026-11-18 09:00", "Name an owner for the status page.", 3),
        one(Marker.DECISION, "2026-11-17 15:00", "We show prices with tax everywhere.", 3),
        one(Marker.RISK, "2026-11-16 10:00", "The provider may raise the fee.\nImpact: margin.", 4),
        replace(one(Marker.ASK, "2026-11-18 10:00", "A secret that stays inside.", 2), restricted=True),
    )


def cards() -> dict[int, Card]:
    """What is known of the issues of the running sprint."""
    return {
        2: Card(key="WEB-2", summary="Remember the delivery address", status="To Do", rank=2),
        3: Card(
            key="WEB-3",
            summary="Show the tax before checkout",
            status="In Review",
            in_progress=True,
            owner="Kim",
            rank=3,
        ),
        4: Card(
            key="WEB-4",
            summary="Retry a failed payment",
            status="In Progress",
            in_progress=True,
            owner="Robin",
            rank=1,
        ),
        6: Card(key="WEB-6", summary="Explain a declined card", status="To Do", owner="Kim", rank=4),
    }


def goals() -> tuple[Goal, ...]:
    """One goal of each visibility, with words that must not travel further."""

    def one(goal_id: str, title: str, visibility: Visibility) -> Goal:
        return Goal(
            id=goal_id,
            title=title,
            why=f"Why {goal_id}: plans hold when estimates do.",
            behaviour_now=f"Now {goal_id}: half the items start without an estimate.",
            target_behaviour=f"Then {goal_id}: every item has an estimate before it starts.",
            indicator="Typical factor of completed items",
            guard="Share of items estimated again after the start",
            show="The three worst misses with their causes",
            target=1.5,
            due=date(2027, 3, 31),
            visibility=visibility,
            aim=Aim.AT_MOST,
        )

    return (
        one("estimation", "Estimate work ahead", Visibility.MANAGER),
        one("voice", "Privatewords: speak up in planning", Visibility.PRIVATE),
        one("on-time", "Deliver on time", Visibility.MANAGEMENT),
    )


def evidence() -> tuple[Evidence, ...]:
    """Evidence for and against the goals."""

    def one(goal_id: str, number: int, strength: int, polarity: Polarity = Polarity.EVIDENCE) -> Evidence:
        return Evidence(
            goal_id=goal_id,
            issue_id=number,
            issue_key=f"WEB-{number}",
            rule_id=f"{goal_id}-rule",
            clause='"Story Points" IS NOT EMPTY',
            since=utc("2026-11-16 09:00") + timedelta(days=number),
            polarity=polarity,
            strength=strength,
        )

    return (
        one("estimation", 2, 1),
        one("estimation", 3, 3),
        one("estimation", 4, 2),
        one("estimation", 6, 2),
        one("estimation", 5, 1, Polarity.COUNTER),
        one("voice", 2, 1),
        one("on-time", 4, 1),
    )


def measure() -> Measure:
    """A typical factor that has come down to 1.4."""
    return Measure(
        value=Decimal("1.414"),
        unit="x",
        decimals=2,
        n=48,
        baseline=Decimal("1.8"),
        trend=(
            Decimal("1.8"),
            Decimal("1.7"),
            Decimal("1.5"),
            Decimal("1.45"),
            Decimal("1.3"),
            Decimal("1.15"),
        ),
        excluded=(("no logged work", 11),),
        definition="typical-factor",
        verdict="Too few sprints for a trend: 6 of the 8 that a claim needs.",
    )


def said(text: Text) -> str:
    """A text as plain words, numbers as they are, instants and days as ISO."""
    return "".join(_part(part) for part in text)


def _part(part: Inline) -> str:  # noqa: PLR0911 - one a kind
    match part:
        case str():
            return part
        case Link(text=text) | Strong(text=text):
            return text
        case Mark(text=text):
            return f"[{text}]"
        case Number(value=value, unit=unit, decimals=decimals, signed=signed):
            digits = (
                "–"
                if value is None
                else f"{rounded(value, decimals).normalize():{'+' if signed and value else ''}f}"
            )
            return f"{digits} {unit}".rstrip()
        case Day(value=day):
            return day.isoformat()
        case Moment(value=moment):
            return moment.isoformat()
        case Trend(values=values):
            return ", ".join(said((value,)) for value in values)


def told(section: Section) -> list[str]:
    """Everything a section says, a line a sentence, entry, figure or row."""
    return [line for block in section.blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(text=text):
            lines = [said(text)]
        case Callout(lead=lead, text=text):
            lines = [f"{lead} {said(text)}"]
        case Facts(facts=facts, note=note):
            lines = [*(f"{fact.label}: {said(fact.text)}" for fact in facts), said(note)]
        case Form(fields=fields):
            lines = [f"{one.label} ({one.hint}): ({one.kind})" for one in fields]
        case Panels(panels=panels):
            lines = [
                line
                for panel in panels
                for line in (f"[{panel.title}]", *(told for part in panel.blocks for told in _lines(part)))
            ]
        case Figures(figures=figures):
            lines = [f"{figure.label}: {figure.missing or said((figure.number,))}" for figure in figures]
        case Items(items=items, empty=empty, more=more):
            lines = [f"{said(item.text)} | {said(item.detail)}".removesuffix(" | ") for item in items] or [
                empty
            ]
            lines += [f"and {more} more"] if more else []
        case Chart(caption=caption, table=table) | Bars(caption=caption, table=table):
            lines = [caption, *_lines(table)]
        case Table(rows=rows, empty=empty, note=note):
            lines = [" | ".join(said(cell) for cell in row.cells) for row in rows] or [empty]
            lines += [said(note)] if note else []
    return lines


def section_of(report: Report, section_id: str) -> Section:
    """The section of a report with this id."""
    return next(section for section in report.sections if section.id == section_id)
