"""Sprints told in a few lines, and the real tables they become.

    sprint 10: 03-03 09:00 to 03-14 16:30
    A 5: planned, 03-06 10:00 done
    B 8: planned, 03-07 10:00 estimate 13, 03-14 16:30:02 into 11
    C -: 03-05 10:00 into 10, 03-06 10:00 estimate none

An issue starts its life on 2025-02-01 in status `todo`, the estimate behind its name (`-`: none). `planned`
puts it into the first sprint told of, well before the start; `born WHEN` creates it later. Each change stands
behind its day and time (2025, UTC): `into N`, `out of N`, `estimate N`, `estimate none`, or a status: `todo`,
`doing`, `done`, `parked`, which stands in no column of the board, or `retired`, which Jira does not have
any more. Changes of one moment act together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from pmreport.model.instant import OPEN_END_MS, from_ms, to_ms
from pmreport.model.rows import (
    BoardColumnRow,
    BoardRow,
    BoardSprintRow,
    IssueChangeRow,
    IssueEstimateRow,
    IssueRow,
    IssueSprintRow,
    IssueStatusRow,
    SprintRow,
    StatusRow,
)

BOARD = 1
POINTS_FIELD = "customfield_10016"
COLUMNS = ("todo", "doing", "done")
AnyRow = tuple[object, ...]


def moment(text: str) -> datetime:
    """`03-06 10:00`, or with seconds, of 2025 in UTC."""
    clock = "%H:%M:%S" if text.count(":") == 2 else "%H:%M"
    return datetime.strptime(f"2025-{text}", f"%Y-%m-%d {clock}").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of an issue: of its sprints (a whole new set), its status or its estimate in thousandths."""

    at_ms: int
    what: str  # sprints, status, estimate
    to: frozenset[int] | str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIssue:
    """One issue with its whole life, changes in time order."""

    issue_id: int
    key: str
    born_ms: int
    sprints: frozenset[int] = frozenset()
    status: str = "todo"
    estimate_milli: int | None = None
    changes: tuple[Change, ...] = ()
    is_subtask: bool = False
    deleted_ms: int | None = None
    unseen_since_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSprint:
    """One sprint; `close` None: it still runs."""

    sprint_id: int
    start: datetime | None
    close: datetime | None
    state: str = "closed"
    activated: datetime | None = None
    origin_board_id: int = BOARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Sprints and issues on board 1, which estimates in points unless `estimation_field` says otherwise."""

    sprints: tuple[ToldSprint, ...]
    issues: tuple[ToldIssue, ...]
    estimation_field: str | None = POINTS_FIELD
    extra: tuple[AnyRow, ...] = field(default=())

    def rows(self) -> list[AnyRow]:
        """The rows of the store that hold this story."""
        return [
            BoardRow(BOARD, "Web board", "scrum", None, self.estimation_field, True),
            *(BoardColumnRow(BOARD, name, name, at, name == "done") for at, name in enumerate(COLUMNS)),
            *(StatusRow(name, name, "done" if name == "done" else "new") for name in (*COLUMNS, "parked")),
            *(row for sprint in self.sprints for row in _sprint_rows(sprint)),
            *(row for issue in self.issues for row in _issue_rows(issue)),
            *self.extra,
        ]

    def with_issue(self, key: str, **changes: object) -> "Story":
        """The same story, with some facts about one issue changed."""
        issues = tuple(
            replace(issue, **changes) if issue.key == key else issue  # type: ignore[arg-type]  # any field
            for issue in self.issues
        )
        return replace(self, issues=issues)


def tell(text: str, *, estimation_field: str | None = POINTS_FIELD) -> Story:
    """The story told by these lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sprints = tuple(_sprint(line) for line in lines if line.startswith("sprint "))
    told = [line for line in lines if not line.startswith("sprint ")]
    issues = tuple(_issue(number, line, sprints[0].sprint_id) for number, line in enumerate(told, start=1))
    return Story(sprints=sprints, issues=issues, estimation_field=estimation_field)


def _sprint(line: str) -> ToldSprint:
    name, _, span = line.partition(": ")
    start, _, close = span.partition(" to ")
    return ToldSprint(
        sprint_id=int(name.removeprefix("sprint ")),
        start=moment(start) if start != "-" else None,
        close=moment(close) if close else None,
        state="closed" if close else "active",
    )


def _issue(number: int, line: str, first_sprint: int) -> ToldIssue:
    head, _, tail = line.partition(":")
    key, _, estimate = head.partition(" ")
    told = ToldIssue(
        issue_id=number, key=key, born_ms=to_ms(moment("02-01 00:00")), estimate_milli=_milli(estimate)
    )
    sprints: frozenset[int] = frozenset()
    for part in filter(None, (part.strip() for part in tail.split(","))):
        if part == "planned":
            sprints |= {first_sprint}
            told = replace(told, sprints=sprints)
            continue
        if part.startswith("born "):
            told = replace(told, born_ms=to_ms(moment(part.removeprefix("born "))))
            continue
        day, clock, deed = part.split(" ", 2)
        if deed.startswith(("into ", "out of ")):
            number_of = frozenset({int(deed.split()[-1])})
            sprints = sprints | number_of if deed.startswith("into ") else sprints - number_of
        told = replace(told, changes=(*told.changes, _change(to_ms(moment(f"{day} {clock}")), deed, sprints)))
    return replace(told, changes=tuple(sorted(told.changes, key=lambda change: change.at_ms)))


def _change(at_ms: int, deed: str, sprints: frozenset[int]) -> Change:
    if deed.startswith(("into ", "out of ")):
        return Change(at_ms=at_ms, what="sprints", to=sprints)
    if deed.startswith("estimate "):
        return Change(at_ms=at_ms, what="estimate", to=_milli(deed.removeprefix("estimate ")))
    return Change(at_ms=at_ms, what="status", to=deed)


def _milli(text: str) -> int | None:
    return None if text in ("-", "none") else int(Decimal(text) * 1000)


def _sprint_rows(sprint: ToldSprint) -> Iterable[AnyRow]:
    def ms(instant: datetime | None) -> int | None:
        return None if instant is None else to_ms(instant)

    yield SprintRow(
        sprint_id=sprint.sprint_id,
        origin_board_id=sprint.origin_board_id,
        name=f"Sprint {sprint.sprint_id}",
        state=sprint.state,
        goal=None,
        start_ms=ms(sprint.start),
        activated_ms=ms(sprint.activated),
        end_ms=ms(sprint.close),
        complete_ms=ms(sprint.close),
    )
    yield BoardSprintRow(BOARD, sprint.sprint_id)


def _issue_rows(issue: ToldIssue) -> Iterable[AnyRow]:
    yield issue_row(issue.issue_id, issue.key, created_ms=issue.born_ms)._replace(
        is_subtask=issue.is_subtask,
        deleted_ms=issue.deleted_ms,
        unseen_since_ms=issue.unseen_since_ms,
    )
    histories: Mapping[str, object] = {
        "sprints": issue.sprints,
        "status": issue.status,
        "estimate": issue.estimate_milli,
    }
    for what, first in histories.items():
        spans = _spans(issue.born_ms, first, [change for change in issue.changes if change.what == what])
        yield from _interval_rows(issue.issue_id, what, spans)
    for number, change in enumerate(issue.changes):
        yield IssueChangeRow(
            history_id=issue.issue_id * 1000 + number,
            item_no=0,
            issue_id=issue.issue_id,
            changed_ms=change.at_ms,
            author_id=f"author-of-{issue.key}",
            field_id=change.what,
            field_name=change.what,
            from_value=None,
            to_value=None,
            from_text=None,
            to_text=None,
        )


def issue_row(issue_id: int, key: str, *, created_ms: int = 0) -> IssueRow:
    """An ordinary story of a team."""
    return IssueRow(
        issue_id=issue_id,
        issue_key=key,
        project_id=1,
        issue_type_id="story",
        is_subtask=False,
        summary=f"Summary of {key}",
        description=None,
        status_id="todo",
        priority_id=None,
        resolution_id=None,
        parent_id=None,
        assignee_id=None,
        reporter_id=None,
        points=None,
        estimate_s=None,
        remaining_s=None,
        spent_s=None,
        due_date=None,
        security_level=None,
        created_ms=created_ms,
        updated_ms=created_ms,
        resolved_ms=None,
        unseen_since_ms=None,
        deleted_ms=None,
        history_complete=True,
    )


def _spans(born_ms: int, first: object, changes: Sequence[Change]) -> list[tuple[int, int, object]]:
    """Stretches of one value; of two changes at one moment the later told stands."""
    value_from: dict[int, object] = {born_ms: first}
    for change in changes:
        value_from[max(change.at_ms, born_ms)] = change.to
    starts = sorted(value_from)
    ends = [*starts[1:], OPEN_END_MS]
    return [(begin, end, value_from[begin]) for begin, end in zip(starts, ends, strict=True)]


def _interval_rows(issue_id: int, what: str, spans: Sequence[tuple[int, int, object]]) -> Iterable[AnyRow]:
    for begin, end, value in spans:
        if isinstance(value, frozenset):
            for sprint_id in sorted(value):
                yield IssueSprintRow(issue_id, sprint_id, begin, end)
        elif what == "status":
            yield IssueStatusRow(issue_id, str(value), begin, end)
        elif isinstance(value, int):
            yield IssueEstimateRow(issue_id, POINTS_FIELD, begin, end, value)


def short(instant_ms: int) -> str:
    """`03-06 10:00`: the inverse of `moment`, for readable failures."""
    return from_ms(instant_ms).strftime("%m-%d %H:%M")
