"""The checks of the data quality, through the real queries on DuckDB and SQLite."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pmreport.metrics.quality import rows as questions
from pmreport.metrics.quality.rows import Asked, FoundRow, SiteRow
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.journal_kinds import QualityException
from pmreport.model.rows import (
    BoardColumnRow,
    BoardRow,
    FieldRow,
    IssueChangeRow,
    IssueEstimateRow,
    IssueLinkRow,
    IssueSprintRow,
    IssueStatusRow,
    IssueTypeRow,
    IssueValueRow,
    ProjectRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SprintRow,
    StatusRow,
    SyncRunRow,
    UserAccountRow,
    VersionRow,
    WorklogRow,
)
from tests.support.engines import SITE, duck, sqlite
from tests.support.stories import issue_row, moment

CALENDAR = WorkCalendar(zone="Europe/Berlin")
AS_OF = moment("03-31 12:00")
NAMES: list[tuple[Any, ...]] = [
    StatusRow("todo", "To Do", "new"),
    StatusRow("doing", "Doing", "indeterminate"),
    StatusRow("done", "Done", "done"),
    StatusRow("released", "Released", "done"),
    IssueTypeRow("story", "Story", False),
    IssueTypeRow("epic", "Epic", False),
    UserAccountRow("ann", "Ann", True, "atlassian"),
    UserAccountRow("robot", "Automation", True, "app"),
    FieldRow("points", "Story Points", None, True, "points"),
    FieldRow("other", "Points", None, True, "points"),
    *CALENDAR.rows(date(2025, 2, 1), date(2025, 4, 30)),
]


def ms(text: str) -> int:
    """The milliseconds of a moment of 2025."""
    return to_ms(moment(text))


def lived(number: int, *statuses: tuple[str, str], **facts: Any) -> list[tuple[Any, ...]]:
    """An issue and its statuses, each since its moment."""
    since = [ms(when) for when, _ in statuses]
    until = [*since[1:], OPEN_END_MS]
    return [
        issue_row(number, f"WEB-{number}", created_ms=since[0])._replace(
            **({"updated_ms": since[-1]} | facts)
        ),
        *(
            IssueStatusRow(number, status, begin, end)
            for (_, status), begin, end in zip(statuses, since, until, strict=True)
        ),
    ]


def done(number: int, when: str = "03-10 10:00", **facts: Any) -> list[tuple[Any, ...]]:
    """An issue that was worked on and done."""
    return lived(number, ("03-03 08:00", "todo"), ("03-04 08:00", "doing"), (when, "done"), **facts)


def moved(number: int, issue: int, when: str, author: str | None = "ann", **facts: Any) -> IssueChangeRow:
    """A transition."""
    change = IssueChangeRow(
        number, 0, issue, ms(when), author, "status", "status", "todo", "doing", None, None
    )
    return change._replace(**facts)


def logged(
    number: int,
    issue: int,
    started: str,
    hours: int = 1,
    typed: str | None = None,
    author: str | None = "ann",
) -> WorklogRow:
    """Work on an issue."""
    created = ms(typed or started)
    return WorklogRow(number, issue, author, ms(started), created, created, hours * 3600, None)


def found(family: str, rows: list[tuple[Any, ...]], **facts: Any) -> dict[str, tuple[int, list[str | None]]]:
    """What each check of a family looked at and found; DuckDB and SQLite say the same."""
    told = answers(family, rows, **facts)
    by_check: defaultdict[str, tuple[int, list[str | None]]] = defaultdict(lambda: (0, []))
    for row in told:
        subjects = [*by_check[row.check_id][1], row.subject] if row.subject is not None else []
        by_check[row.check_id] = (row.population, subjects)
    return dict(by_check)


def answers(family: str, rows: list[tuple[Any, ...]], **facts: Any) -> list[FoundRow]:
    """The rows of a family."""
    known: dict[str, Any] = {
        "site_id": SITE, "as_of": AS_OF, "calendar_id": CALENDAR.calendar_id, "read": AS_OF,
    }  # fmt: skip
    query = questions.query(Asked(**(known | facts)), family)
    told = []
    for engine in (duck(), sqlite()):
        engine.hold([*NAMES, *rows])
        told.append(engine.answer(query))
    assert told[0] == told[1]
    return told[0]


def test_histories_that_do_not_fit_are_found() -> None:
    """A cut one, one with a gap, a moved issue, a stamp of the future, a link that stands twice."""
    rows = [
        *done(1, history_complete=False),
        *done(2),
        moved(1, 2, "03-04 08:00"),
        moved(2, 2, "03-10 10:00", from_value="review", to_value="done"),
        moved(3, 3, "03-04 08:00"),
        moved(4, 3, "03-10 10:00", from_value="doing", to_value="done"),
        moved(5, 3, "03-11 10:00", field_id="project"),
        moved(6, 2, "03-12 10:00", field_id="labels"),
        *done(3, updated_ms=ms("03-31 12:06")),
        *done(4, deleted_ms=ms("03-20 08:00"), history_complete=False),
        IssueLinkRow(1, 1, 2, "Blocks"),
        IssueLinkRow(2, 2, 1, "Blocks"),
        IssueLinkRow(3, 3, 2, "Blocks"),
        IssueLinkRow(4, 1, 2, "Relates"),
    ]

    assert found("history", rows) == {
        "H3": (3, ["WEB-1"]),
        "H4": (2, ["WEB-2"]),
        "P1": (3, ["WEB-3"]),
        "P4": (2, ["WEB-1"]),
        "T3": (3, ["WEB-3"]),
    }


def test_boards_that_changed_and_statuses_of_no_column() -> None:
    """Another column seen later; an epic has a life of its own; without columns nothing is unmapped."""
    column = SnapshotBoardColumnRow(1, "todo", 1, "To do", 0, False)
    rows = [
        BoardRow(1, "Web", "scrum", None, "points", True),
        BoardRow(2, "App", "scrum", None, "points", True),
        column,
        column._replace(seen_ms=5, column_name="Open"),
        column._replace(board_id=2),
        *lived(1, ("03-03 08:00", "todo")),
        *lived(2, ("03-03 08:00", "parked")),
        *lived(3, ("03-03 08:00", "parked"), issue_type_id="epic"),
    ]

    assert found("boards", [*rows, BoardColumnRow(1, "todo", "Open", 0, False)]) == {
        "B1": (2, ["Web"]),
        "B2": (2, ["WEB-2"]),
    }
    assert found("boards", rows)["B2"] == (0, [])


def size(issue: int, milli: int, since: str = "03-03 08:00", until: str | None = None, **facts: Any) -> Any:
    """An estimate over a stretch of time."""
    ends = OPEN_END_MS if until is None else ms(until)
    return IssueEstimateRow(issue, "points", ms(since), ends, milli)._replace(**facts)


def test_estimates_of_commitments_and_of_what_stands() -> None:
    """At the start of a sprint, in it, on sub-tasks, in two fields, and those that are no size."""
    begin = ms("03-05 08:00")
    rows = [
        BoardRow(1, "Web", "scrum", None, "points", True),
        SprintRow(10, 1, "Sprint 10", "closed", None, begin, None, None, ms("03-19 08:00")),
        SprintRow(11, 1, "Sprint 11", "active", None, ms("03-20 08:00"), None, None, None),
        SprintRow(12, 1, "Sprint 12", "future", None, ms("03-20 08:00"), None, None, None),
        *(IssueSprintRow(n, 10, ms("03-04 08:00"), OPEN_END_MS) for n in (1, 2, 3, 4)),
        IssueSprintRow(5, 10, ms("03-06 08:00"), OPEN_END_MS),
        *lived(1, ("03-03 08:00", "todo")),
        *lived(2, ("03-03 08:00", "todo")),
        size(2, 5000, until="03-06 08:00"),
        size(2, 3000, "03-06 08:00"),
        *lived(3, ("03-03 08:00", "done")),
        *lived(4, ("03-03 08:00", "todo"), is_subtask=True, parent_id=2),
        size(4, 1000),
        *lived(5, ("03-03 08:00", "todo")),
        size(5, 101000),
        size(5, 1000, field_id="other"),
        *lived(6, ("03-03 08:00", "todo")),
        size(6, 0),
        size(6, 8000, field_id="timeestimate"),
        *lived(7, ("03-03 08:00", "todo")),
        size(7, 3_600_000_001, field_id="timeoriginalestimate"),
        size(7, 1, field_id="timeoriginalestimate", until="03-04 08:00"),
    ]

    assert found("estimates", rows) == {
        "E1": (2, ["WEB-1"]),
        "E2": (2, ["WEB-2"]),
        "E3": (1, ["WEB-2"]),
        "E4": (4, ["WEB-5"]),
        "E5": (5, ["WEB-5", "WEB-6", "WEB-7"]),
        "S7": (2, ["Sprint 11"]),
    }


def test_the_ways_of_items_through_their_statuses() -> None:
    """Too quick, never started, reopened, back, by a robot; and families and blockers out of step."""
    rows = [
        *lived(1, ("03-03 08:00", "todo"), ("03-10 08:00", "doing"), ("03-10 08:00:30", "done")),
        *lived(2, ("03-03 08:00", "todo"), ("03-10 08:00", "done")),
        *lived(
            3,
            ("03-03 08:00", "todo"),
            ("03-04 08:00", "doing"),
            ("03-05 08:00", "done"),
            ("03-06 08:00", "todo"),
            ("03-07 08:00", "done"),
        ),
        *lived(4, ("03-03 08:00", "todo"), ("03-04 08:00", "doing"), ("03-05 08:00", "todo")),
        *done(5),
        *lived(6, ("03-03 08:00", "todo"), is_subtask=True, parent_id=5),
        *lived(7, ("03-03 08:00", "todo")),
        *lived(8, ("03-03 08:00", "doing"), is_subtask=True, parent_id=7),
        *lived(9, ("03-03 08:00", "todo")),
        IssueLinkRow(1, 5, 9, "Blocks"),
        IssueLinkRow(2, 5, 4, "Blocks"),
        IssueLinkRow(3, 9, 4, "Blocks"),
        IssueLinkRow(4, 5, 7, "Relates"),
        IssueSprintRow(5, 10, ms("03-04 08:00"), OPEN_END_MS),
        moved(1, 3, "03-04 08:00", "robot"),
        moved(2, 4, "03-04 08:00", None),
        moved(3, 5, "03-04 08:00", "bot"),
        moved(4, 7, "03-04 09:00"),
    ]  # fmt: skip

    assert found("flow", rows, robots=["bot"]) == {
        "F1": (3, ["WEB-1"]),
        "F2": (4, ["WEB-2"]),
        "F3": (4, ["WEB-3"]),
        "F4": (4, []),
        "F5": (4, ["WEB-3", "WEB-4", "WEB-5"]),
        "J1": (9, ["WEB-4"]),
        "J2": (1, ["WEB-5"]),
        "J3": (1, ["WEB-7"]),
        "J4": (2, ["WEB-9"]),
        "S2": (4, ["WEB-1", "WEB-2", "WEB-3"]),
    }


@pytest.mark.parametrize(("gap", "is_bulk"), [(5, True), (6, False)], ids=["in a minute", "slower"])
def test_more_than_ten_transitions_in_a_minute_are_bulk(gap: int, *, is_bulk: bool) -> None:
    """Eleven in 50 seconds are; eleven in a whole minute are not; another person's do not add up."""
    start = ms("03-04 08:00")
    rows: list[tuple[Any, ...]] = []
    for n in range(1, 12):
        rows += lived(n, ("03-03 08:00", "todo"))
        rows.append(moved(n, n, "03-04 08:00", changed_ms=start + n * gap * 1000))
    rows += [*lived(20, ("03-03 08:00", "todo")), moved(20, 20, "03-04 08:00", "bo")]

    population, subjects = found("flow", rows)["F4"]
    assert (population, len(subjects)) == (12, 11 if is_bulk else 0)


def test_logged_work_that_is_missing_or_odd() -> None:
    """None, after the end, long days of one person, ahead of time, two weeks late, without a rate."""
    rows = [
        *done(1),
        *done(2),
        logged(1, 2, "03-11 08:00", typed="03-11 09:00"),
        *done(3),
        logged(2, 3, "03-05 08:00", 17, author="bo"),
        *done(4),
        logged(3, 4, "03-06 08:00", 13),
        *done(5),
        logged(4, 5, "03-06 09:00", 12),
        *done(6),
        logged(5, 6, "03-09 08:00", typed="03-07 08:00"),
        *done(7),
        logged(6, 7, "03-05 08:00", typed="03-20 08:00", author=None),
    ]

    assert found("worklogs", rows, rated=["ann"]) == {
        "W1": (7, ["WEB-1"]),
        "W2": (6, ["WEB-2"]),
        "W3": (6, ["WEB-3", "WEB-4", "WEB-5"]),
        "W4": (6, ["WEB-6", "WEB-7"]),
        "W6": (6, ["WEB-3", "WEB-7"]),
    }


def test_a_rate_for_everybody_leaves_nobody_without() -> None:
    """A star among the accounts."""
    rows = [*done(1), logged(1, 1, "03-05 08:00", author=None)]

    assert found("worklogs", rows, rated=["ann"])["W6"] == (1, ["WEB-1"])
    assert found("worklogs", rows, rated=["*"])["W6"] == (1, [])


def test_where_nobody_logs_work_nothing_is_missing() -> None:
    """A team that does not log is not told so of each item."""
    assert found("worklogs", done(1))["W1"] == (0, [])


def test_due_dates_that_say_nothing() -> None:
    """None, set when it was done, for that very day, before the item itself; a release without one."""

    def due(issue: int, day: str, since: str) -> IssueValueRow:
        return IssueValueRow(issue, "duedate", day, ms(since), OPEN_END_MS, day, None)

    rows = [
        *done(1),
        *done(2),
        due(2, "2025-03-14", "03-10 10:00"),
        *done(3),
        due(3, "2025-03-10", "03-10 08:00"),
        *done(4),
        due(4, "2025-03-10", "03-04 08:00"),
        *lived(5, ("03-03 23:30", "todo")),
        due(5, "2025-03-03", "03-03 23:30"),
        VersionRow(1, 1, "1.0", None, True),
        VersionRow(2, 1, "2.0", "2025-03-03", True),
        VersionRow(3, 1, "3.0", None, False),
    ]

    assert found("dates", rows) == {
        "D1": (4, ["WEB-1"]),
        "D2": (3, ["WEB-2", "WEB-3"]),
        "D3": (2, ["1.0"]),
        "D4": (4, ["WEB-5"]),
    }


def test_what_happened_long_ago_or_later_is_not_looked_at() -> None:
    """Half a year back, and nothing after the moment."""
    rows = done(1)

    assert found("dates", rows, as_of=moment("03-10 09:00"))["D1"] == (0, [])
    assert found("dates", rows, as_of=AS_OF + timedelta(days=250))["D1"] == (0, [])
    assert found("flow", rows, as_of=moment("03-10 11:00"))["F2"] == (1, [])


def test_accepted_findings_stand_apart_and_many_are_cut() -> None:
    """The count stays whole; what is accepted is never cut, and is accepted for that check alone."""
    rows = [row for n in range(1, 6) for row in done(n)]
    accepted = [
        QualityException(check="D1", key=key, until=date(2025, 4, 1), reason="so")
        for key in ("WEB-1", "WEB-2", "WEB-9")
    ]
    other = QualityException(check="D2", key="WEB-3", until=date(2025, 4, 1), reason="so")

    told = [
        row for row in answers("dates", rows, most=1, accepted=[*accepted, other]) if row.check_id == "D1"
    ]
    assert [(row.found, row.is_accepted, row.subject) for row in told] == [
        (3, 0, "WEB-3"),
        (2, 1, "WEB-1"),
        (2, 1, "WEB-2"),
    ]


def test_the_sprints_and_the_counts_of_a_site() -> None:
    """Those of the period, with how often each was seen closed; what went out of sight is only counted."""

    def sprint(number: int, start: str, close: str | None, **facts: Any) -> SprintRow:
        state = "active" if close is None else "closed"
        ends = None if close is None else ms(close)
        return SprintRow(number, 1, f"S{number}", state, None, ms(start), None, None, ends)._replace(**facts)

    def seen(at: int, close: str | None) -> SnapshotSprintRow:
        return SnapshotSprintRow(1, at, "S1", "x", None, None, None, None if close is None else ms(close))

    rows = [
        sprint(1, "03-03 08:00", "03-14 08:00", goal="Pay", activated_ms=ms("03-03 08:01")),
        sprint(2, "03-17 08:00", None),
        sprint(3, "03-17 08:00", None, state="future"),
        sprint(4, "04-17 08:00", None),
        seen(1, None), seen(2, "03-12 08:00"), seen(3, "03-14 08:00"),
        *done(1),
        *done(2, deleted_ms=ms("03-20 08:00")),
        *done(3, unseen_since_ms=ms("04-20 08:00")),
        ProjectRow(1, "WEB", "Web", False),
        SyncRunRow("a", 1, 7, "complete", 0, 0, 0, None),
        SyncRunRow("b", 9, None, "running", 0, 0, 0, None),
    ]  # fmt: skip
    answered = []
    for engine in (duck(), sqlite()):
        engine.hold([*NAMES, *rows])
        answered.append(
            (
                engine.answer(questions.sprints_query(SITE, AS_OF)),
                engine.answer(questions.site_query(SITE, AS_OF)),
            )
        )

    assert answered[0] == answered[1]
    sprints, (site,) = answered[0]
    assert [(row.sprint_id, row.is_clicked, row.closings, row.goal) for row in sprints] == [
        (1, 1, 2, "Pay"),
        (2, 0, 0, ""),
    ]
    assert [row.issue_key for row in duck().answer(questions.hidden_query(SITE, AS_OF))] == ["WEB-2"]
    assert site == SiteRow(known=3, gone=1, projects=1, fields=2, read_ms=7)
    later: datetime = AS_OF + timedelta(days=400)
    assert [row.sprint_id for row in duck().answer(questions.sprints_query(SITE, later))] == [2, 4]
