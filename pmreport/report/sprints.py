"""Which sprints a report speaks about, and how their amounts read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from pmreport.metrics.estimation import SHORTEST_SPRINT
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.sprint import Amounts, EventKind, LedgerEvent, LedgerIssue, Outcome, SprintLedger, Unit
from pmreport.report import links
from pmreport.report.inputs import Inputs
from pmreport.report.view import Inline
from pmreport.report.words import listed, local_day

SHOWN = 6  # sprints in a trend
_NAMED = 5  # keys in a sentence
BEGAN_BEFORE = "began before the history that was read"
ON_THE_BOARD = frozenset({Outcome.COMPLETED, Outcome.NOT_COMPLETED})
Told = TypeVar("Told", bound=SprintTotals)  # with the issues behind the amounts, or without


def own(ledgers: Iterable[Told]) -> tuple[Told, ...]:
    """Sprints told by the board they belong to, so that none is told twice; by board, then start."""
    kept = [ledger for ledger in ledgers if ledger.is_own]
    return tuple(sorted(kept, key=lambda ledger: (ledger.board_name, ledger.board_id, ledger.start)))


def active(ledgers: Iterable[Told]) -> tuple[Told, ...]:
    """Sprints that run now."""
    return tuple(ledger for ledger in own(ledgers) if ledger.close is None)


def closed(ledgers: Iterable[Told]) -> tuple[Told, ...]:
    """Sprints that are over, in the order they closed."""
    ended = [(ledger.close, ledger) for ledger in own(ledgers) if ledger.close is not None]
    return tuple(ledger for _, ledger in sorted(ended, key=lambda pair: (pair[0], pair[1].sprint_id)))


def comparable(
    ledgers: Iterable[Told],
) -> tuple[tuple[Told, ...], tuple[tuple[str, int], ...]]:
    """The closed sprints that ratios rest on, oldest first, and how many were left out by reason."""
    reasons = [(_why_left_out(ledger), ledger) for ledger in closed(ledgers)]
    counts = Counter(reason for reason, _ in reasons if reason)
    return tuple(ledger for reason, ledger in reasons if not reason), tuple(counts.most_common())


def by_board(ledgers: Iterable[Told]) -> tuple[tuple[Told, ...], ...]:
    """The sprints grouped by board, each group in its given order."""
    boards: dict[int, list[Told]] = {}
    for ledger in ledgers:
        boards.setdefault(ledger.board_id, []).append(ledger)
    return tuple(tuple(group) for group in boards.values())


def current(ledgers: Iterable[Told]) -> tuple[Told, ...]:
    """Of each board its active sprints, else the last one it closed."""
    known = own(ledgers)
    chosen = [active(group) or closed(group)[-1:] for group in by_board(known)]
    return tuple(ledger for group in chosen for ledger in group)


def told(ledgers: Iterable[Told]) -> tuple[Told, ...]:
    """Every sprint the weekly rests on: the current ones, and the last six closed of each board."""
    known = own(ledgers)
    recent = [comparable(group)[0][-SHOWN:] for group in by_board(known)]
    rest = [ledger for group in recent for ledger in group]
    return (*current(known), *(ledger for ledger in rest if ledger not in current(known)))


def chosen(inputs: Inputs) -> tuple[SprintLedger, ...]:
    """The sprints asked for by id or by board, else the current one of every board.

    A sprint asked for by id is shown by its own board; where only another board lists it, by that one.
    """
    return with_issues(_asked_for(inputs.ledgers, inputs.board_id, inputs.sprint_ids))


def running(inputs: Inputs) -> tuple[SprintLedger, ...]:
    """Sprints that run now, with what happened in them so far."""
    return with_issues(active(inputs.ledgers))


def with_issues(ledgers: Iterable[SprintTotals]) -> tuple[SprintLedger, ...]:
    """The same sprints, with what happened to every issue.

    Raises TypeError for a sprint whose issues were not read: it must not look like one that has none.
    """
    return tuple(map(_with_issues, ledgers))


def _with_issues(ledger: SprintTotals) -> SprintLedger:
    if isinstance(ledger, SprintLedger):
        return ledger
    raise TypeError(f"The issues of {ledger.name} were not read: `spoken_of` leaves it out.")


def spoken_of(ledgers: Sequence[Told], board_id: int | None, sprint_ids: tuple[int, ...]) -> tuple[Told, ...]:
    """The sprints whose issues any report may name; of every other one it tells the amounts."""
    return (*told(ledgers), *_asked_for(ledgers, board_id, sprint_ids))


def _asked_for(
    ledgers: Iterable[Told], board_id: int | None, sprint_ids: tuple[int, ...]
) -> tuple[Told, ...]:
    pool = [ledger for ledger in ledgers if board_id in {None, ledger.board_id}]
    if not sprint_ids:
        return current(pool)
    wanted = [ledger for ledger in pool if ledger.sprint_id in sprint_ids]
    known = own(wanted)
    found = {ledger.sprint_id for ledger in known}
    return (*known, *(ledger for ledger in wanted if ledger.sprint_id not in found))


def common_unit(ledgers: Iterable[SprintTotals]) -> Unit:
    """The unit in which amounts of several boards may be added: theirs if it is one, else issues."""
    units = {ledger.unit for ledger in ledgers}
    return units.pop() if len(units) == 1 else Unit.ISSUES


def amounts(ledger: SprintTotals, unit: Unit) -> Amounts:
    """The amounts of a sprint in its own unit, or its counts."""
    return ledger.amounts if unit is ledger.unit else ledger.counts


def net_growth(ledger: SprintTotals) -> Decimal | None:
    """(final scope - commitment) / commitment, also while the sprint is active.

    None without a commitment, and where the sprint is incomplete.
    """
    base = ledger.amounts.commitment
    return None if base == 0 or ledger.is_incomplete else (ledger.amounts.final_scope - base) / base


def changes(ledger: SprintLedger) -> tuple[LedgerEvent, ...]:
    """What happened after the start, by time."""
    return tuple(event for event in ledger.events if event.kind is not EventKind.START)


def unbalanced(ledger: SprintLedger) -> str:
    """The keys of issues whose events do not lead to what the sprint held of them at the end.

    The first five, as words; empty where there is none, or none that may be named.
    """
    moved: dict[int, Decimal] = {}
    for event in ledger.events:
        moved[event.issue_id] = moved.get(event.issue_id, Decimal(0)) + event.scope_delta
    odd = [one for one in ledger.issues if moved.get(one.issue_id, Decimal(0)) != _held(one, ledger)]
    return listed([one.issue_key for one in odd if one.issue_key][:_NAMED])


def open_issues(ledger: SprintLedger) -> tuple[LedgerIssue, ...]:
    """The issues of a sprint that are not completed, by key."""
    return tuple(issue for issue in ledger.issues if issue.outcome is Outcome.NOT_COMPLETED)


def who(inputs: Inputs, account: str | None) -> str:
    """The name of an account; a person Jira no longer names is "somebody"."""
    return inputs.people.get(account, account) if account else "somebody"


def working_days_left(inputs: Inputs, ledger: SprintLedger) -> int | None:
    """Working days after the report's day up to the planned end; None without a planned end or a calendar."""
    if ledger.planned_end is None or not inputs.working_days:
        return None
    today = local_day(inputs.as_of - timedelta(microseconds=1), inputs.zone)
    last = local_day(ledger.planned_end, inputs.zone)
    return sum(1 for day in inputs.working_days if today < day <= last)


def name_of(inputs: Inputs, issue: LedgerIssue | None) -> Inline:
    """An issue of the ledger under its key; an event may speak of one the ledger does not list."""
    return "An item not listed" if issue is None else links.named(inputs, issue.issue_key)


def place(ledger: SprintTotals, part: str) -> str:
    """The anchor of a part of a sprint in the page."""
    return f"{part}-{ledger.board_id}-{ledger.sprint_id}"


def _held(issue: LedgerIssue, ledger: SprintLedger) -> Decimal:
    if issue.outcome not in ON_THE_BOARD:
        return Decimal(0)
    return Decimal(1) if ledger.unit is Unit.ISSUES else issue.estimate_at_close or Decimal(0)


def _why_left_out(ledger: SprintTotals) -> str:
    """Why no ratio rests on a closed sprint; empty where one may."""
    if ledger.is_incomplete:
        return BEGAN_BEFORE
    if _is_too_short(ledger):
        return "closed within three days of its start"
    return "" if ledger.amounts.commitment else "no commitment"


def _is_too_short(ledger: SprintTotals) -> bool:
    return ledger.close is not None and ledger.close - ledger.start < SHORTEST_SPRINT
