"""The way from stored history to sprint ledgers: the questions, and the answers put together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypedDict

from pmreport.metrics.ledger import (
    Amounts,
    EventKind,
    LedgerEvent,
    LedgerIssue,
    Outcome,
    SprintLedger,
    Unit,
)
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.query import LIST_MARK, Query, Row, Scalar, marked_list, sql_text

__all__ = [
    "Amounts",
    "EventKind",
    "LedgerEvent",
    "LedgerIssue",
    "LedgerRow",
    "Outcome",
    "SprintLedger",
    "StartedSprintRow",
    "Unit",
    "frame",
    "ledger_query",
    "ledgers_from_rows",
    "problems_from_rows",
    "sprints_query",
    "steps_query",
    "unit_of",
]

_CHANGES = (EventKind.ADDED, EventKind.REMOVED, EventKind.REESTIMATED)
_TIME_FIELDS = ("timeoriginalestimate", "timeestimate")


class StartedSprintRow(NamedTuple):
    """A sprint on a board. `soundness` is sound, without start, or closed before start.

    `estimation_field` is None where the board counts issues, `close_ms` while the sprint is not closed.
    """

    board_id: int
    board_name: str
    estimation_field: str | None
    sprint_id: int
    sprint_name: str
    goal: str | None
    origin_board_id: int | None
    start_ms: int | None
    planned_end_ms: int | None
    close_ms: int | None
    soundness: str


class LedgerRow(NamedTuple):
    """An event of an issue in a sprint, or, with kind `close`, how the issue ended.

    Amounts are thousandths of the board's unit; an estimate is None where the issue was unestimated. Key,
    summary and outcome stand where the issue ended, and are None on events.
    """

    board_id: int
    sprint_id: int
    issue_id: int
    at_ms: int
    kind: str
    before_milli: int | None
    after_milli: int | None
    scope_milli: int
    completed_milli: int
    remaining_milli: int
    author_id: str | None
    issue_key: str | None
    summary: str | None
    outcome: str | None
    committed: int
    added: int
    removed: int
    below_zero: int


def sprints_query(
    site_id: int, as_of: datetime, *, board_id: int | None = None, sprint_ids: Collection[int] | None = None
) -> Query[StartedSprintRow]:
    """Which sprints had started by `as_of`; narrowed to a board or to some sprints where ids are given."""
    text = _text("sprint_windows.sql", "sprint_list.sql")
    return Query(text, StartedSprintRow, _parameters(site_id, as_of, board_id, sprint_ids))


def ledger_query(
    site_id: int, as_of: datetime, *, board_id: int | None = None, sprint_ids: Collection[int] | None = None
) -> Query[LedgerRow]:
    """What happened in these sprints up to their close, or up to `as_of` while they were active."""
    return steps_query(
        ("sprint_events.sql", "sprint_ledger.sql"),
        LedgerRow,
        site_id=site_id,
        as_of=as_of,
        board_id=board_id,
        sprint_ids=sprint_ids,
    )


def steps_query(
    endings: str | tuple[str, ...],
    row: type[Row],
    *,
    site_id: int,
    as_of: datetime,
    board_id: int | None = None,
    sprint_ids: Collection[int] | None = None,
) -> Query[Row]:
    """A question about the way of issues through sprints: the common beginning, then the texts `endings`."""
    endings = (endings,) if isinstance(endings, str) else endings
    text = _text("sprint_windows.sql", "sprint_steps.sql", *endings)
    return Query(text, row, _parameters(site_id, as_of, board_id, sprint_ids))


def ledgers_from_rows(
    sprints: Iterable[StartedSprintRow], rows: Iterable[LedgerRow], *, known_since: datetime | None = None
) -> tuple[SprintLedger, ...]:
    """The ledgers of all sound sprints, also of those without an issue, by board, start and id.

    A sprint that began before `known_since` is incomplete; None: all history was read.
    """
    rows_of: defaultdict[tuple[int, int], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        rows_of[row.board_id, row.sprint_id].append(row)
    ledgers = (
        _ledger(sprint, from_ms(sprint.start_ms), known_since, rows_of[sprint.board_id, sprint.sprint_id])
        for sprint in sprints
        if sprint.soundness == "sound" and sprint.start_ms is not None
    )
    return tuple(sorted(ledgers, key=lambda ledger: (ledger.board_id, ledger.start, ledger.sprint_id)))


def problems_from_rows(sprints: Iterable[StartedSprintRow], rows: Iterable[LedgerRow]) -> tuple[Problem, ...]:
    """What is odd: sprints left out for their dates, and estimates below zero, counted as no estimate."""
    kinds = {
        "without start": ProblemKind.SPRINT_WITHOUT_START,
        "closed before start": ProblemKind.SPRINT_CLOSED_BEFORE_START,
    }
    unsound = {
        sprint.sprint_id: Problem(kinds[sprint.soundness], sprint.sprint_name, f"sprint {sprint.sprint_id}")
        for sprint in sprints
        if sprint.soundness in kinds
    }
    absurd = {row.issue_key for row in rows if row.below_zero and row.issue_key is not None}
    return (
        *(unsound[sprint_id] for sprint_id in sorted(unsound)),
        *(Problem(ProblemKind.ABSURD_ESTIMATE, key, "below zero") for key in sorted(absurd)),
    )


def unit_of(estimation_field: str | None) -> Unit:
    """What a board that estimates by this field counts."""
    if estimation_field is None:
        return Unit.ISSUES
    return Unit.SECONDS if estimation_field in _TIME_FIELDS else Unit.POINTS


def _text(*names: str) -> str:
    return "".join(sql_text("pmreport.metrics", f"sql/{name}") for name in names)


def _parameters(
    site_id: int, as_of: datetime, board_id: int | None, sprint_ids: Collection[int] | None
) -> dict[str, Scalar]:
    """No list is every sprint; an empty one is none."""
    sprints = "" if sprint_ids is None else marked_list(map(str, sorted(sprint_ids)))
    about: dict[str, Scalar] = {"site_id": site_id, "as_of_ms": to_ms(as_of), "board_id": board_id}
    return about | {"sprints": sprints, "mark": LIST_MARK}


class Frame(TypedDict):
    """What a sprint is before its issues are looked at, as `SprintTotals` has it."""

    board_id: int
    board_name: str
    is_own: bool
    sprint_id: int
    name: str
    state: str
    goal: str | None
    start: datetime
    planned_end: datetime | None
    close: datetime | None
    unit: Unit
    is_incomplete: bool


def frame(sprint: StartedSprintRow, start: datetime, known_since: datetime | None) -> Frame:
    """The frame of a sound sprint that began at `start`; None: all history was read."""
    close = None if sprint.close_ms is None else from_ms(sprint.close_ms)
    return Frame(
        board_id=sprint.board_id,
        board_name=sprint.board_name,
        is_own=sprint.origin_board_id == sprint.board_id,
        sprint_id=sprint.sprint_id,
        name=sprint.sprint_name,
        state="active" if close is None else "closed",
        goal=sprint.goal or None,
        start=start,
        planned_end=None if sprint.planned_end_ms is None else from_ms(sprint.planned_end_ms),
        close=close,
        unit=unit_of(sprint.estimation_field),
        is_incomplete=known_since is not None and start < known_since,
    )


def _ledger(
    sprint: StartedSprintRow, start: datetime, known_since: datetime | None, rows: Sequence[LedgerRow]
) -> SprintLedger:
    endings = [row for row in rows if row.kind == "close"]
    happenings = [row for row in rows if row.kind != "close"]
    issues = tuple(sorted(map(_issue, endings), key=lambda issue: _key_order(issue.issue_key)))
    events = tuple(map(_event, happenings))
    return SprintLedger(
        **frame(sprint, start, known_since),
        amounts=_amounts(events, issues),
        counts=_counts(events, issues),
        churn=sum((abs(each.scope_delta) for each in events if each.kind in _CHANGES), Decimal(0)),
        unestimated=sum(issue.committed and issue.estimate_at_start is None for issue in issues),
        events=events,
        issues=issues,
    )


def _event(row: LedgerRow) -> LedgerEvent:
    return LedgerEvent(
        at=from_ms(row.at_ms),
        kind=EventKind(row.kind),
        issue_id=row.issue_id,
        scope_delta=_units(row.scope_milli),
        completed_delta=_units(row.completed_milli),
        remaining_delta=_units(row.remaining_milli),
        estimate_before=_estimate(row.before_milli),
        estimate_after=_estimate(row.after_milli),
        author_id=row.author_id,
    )


def _issue(row: LedgerRow) -> LedgerIssue:
    return LedgerIssue(
        issue_id=row.issue_id,
        issue_key=row.issue_key or "",
        summary=row.summary or "",
        committed=bool(row.committed),
        added=bool(row.added),
        removed=bool(row.removed),
        outcome=Outcome(row.outcome or ""),
        estimate_at_start=_estimate(row.before_milli),
        estimate_at_close=_estimate(row.after_milli),
    )


def _amounts(events: Iterable[LedgerEvent], issues: Iterable[LedgerIssue]) -> Amounts:
    by_kind: defaultdict[EventKind, Decimal] = defaultdict(Decimal)
    for event in events:
        by_kind[event.kind] += event.scope_delta
    at_close: defaultdict[Outcome, Decimal] = defaultdict(Decimal)
    committed_completed = Decimal(0)
    for issue in issues:
        at_close[issue.outcome] += issue.estimate_at_close or 0
        if issue.committed and issue.outcome is Outcome.COMPLETED:
            committed_completed += issue.estimate_at_start or 0
    return Amounts(
        commitment=by_kind[EventKind.START],
        added=by_kind[EventKind.ADDED],
        removed=-by_kind[EventKind.REMOVED],
        reestimated=by_kind[EventKind.REESTIMATED],
        completed=at_close[Outcome.COMPLETED],
        not_completed=at_close[Outcome.NOT_COMPLETED],
        completed_outside=at_close[Outcome.COMPLETED_OUTSIDE],
        committed_completed=committed_completed,
    )


def _counts(events: Iterable[LedgerEvent], issues: Iterable[LedgerIssue]) -> Amounts:
    happened = Counter(event.kind for event in events)
    ended = Counter(issue.outcome for issue in issues)
    kept = sum(issue.committed and issue.outcome is Outcome.COMPLETED for issue in issues)
    return Amounts(
        commitment=Decimal(happened[EventKind.START]),
        added=Decimal(happened[EventKind.ADDED]),
        removed=Decimal(happened[EventKind.REMOVED]),
        reestimated=Decimal(0),
        completed=Decimal(ended[Outcome.COMPLETED]),
        not_completed=Decimal(ended[Outcome.NOT_COMPLETED]),
        completed_outside=Decimal(ended[Outcome.COMPLETED_OUTSIDE]),
        committed_completed=Decimal(kept),
    )


def _units(milli: int) -> Decimal:
    return Decimal(milli) / 1000


def _estimate(milli: int | None) -> Decimal | None:
    return None if milli is None else _units(milli)


def _key_order(key: str) -> tuple[str, int, str]:
    project, _, number = key.rpartition("-")
    return (project, int(number) if number.isdigit() else 0, key)
