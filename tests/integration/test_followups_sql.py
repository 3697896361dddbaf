"""Follow-ups, finished and flagged items, through the real queries on DuckDB and SQLite."""

from datetime import datetime
from typing import Any, TypeVar

import pytest

from pmreport.metrics import flow, followups
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.query import Query
from pmreport.model.rows import (
    FieldRow,
    IssueEstimateRow,
    IssueStatusRow,
    IssueTypeRow,
    IssueValueRow,
    ResolutionRow,
    StatusRow,
    UserAccountRow,
)
from tests.support.engines import SITE, duck, sqlite
from tests.support.stories import issue_row, moment

Row = TypeVar("Row", bound=tuple[Any, ...])
NAMES: list[tuple[Any, ...]] = [
    StatusRow("todo", "To Do", "new"),
    StatusRow("done", "Done", "done"),
    StatusRow("released", "Released", "done"),
    IssueTypeRow("action", "Action", False),
    IssueTypeRow("story", "Story", False),
    ResolutionRow("2", "Won't Do"),
    UserAccountRow("ann", "Ann Example", True, "atlassian"),
    FieldRow("points", "Story Points", None, True, "points"),
    FieldRow("flag", "Flagged", None, True, "flagged"),
]


def lived(issue_id: int, *statuses: tuple[str, str], **facts: Any) -> list[tuple[Any, ...]]:
    """An issue and its statuses, each since its moment."""
    since = [to_ms(moment(when)) for when, _ in statuses]
    until = [*since[1:], OPEN_END_MS]
    return [
        issue_row(issue_id, f"WEB-{issue_id}", created_ms=since[0])._replace(**facts),
        *(
            IssueStatusRow(issue_id, status, begin, end)
            for (_, status), begin, end in zip(statuses, since, until, strict=True)
        ),
    ]


def value(
    issue_id: int, field_id: str, value_id: str, since: str = "02-01 00:00", until: str | None = None
) -> IssueValueRow:
    """A value that a field held over a stretch of time."""
    ends = OPEN_END_MS if until is None else to_ms(moment(until))
    return IssueValueRow(issue_id, field_id, value_id, to_ms(moment(since)), ends, value_id, None)


def asked(query: Query[Row], rows: list[tuple[Any, ...]]) -> list[Row]:
    """The answer of DuckDB, which SQLite must give too."""
    answers = []
    for engine in (duck(), sqlite()):
        engine.hold([*NAMES, *rows])
        answers.append(engine.answer(query))
    assert answers[0] == answers[1]
    return answers[0]


def open_followups(rows: list[tuple[Any, ...]], as_of: datetime) -> followups.FollowUps:
    """What is open of these."""
    found = asked(followups.query(SITE, as_of, FollowUpSettings()), rows)
    return followups.from_rows(found, as_of=as_of, calendar=WorkCalendar())


@pytest.mark.parametrize(
    ("field_id", "value_id", "is_followup"),
    [
        ("issuetype", "action", True),
        ("issuetype", "story", False),
        ("labels", "follow-up", True),
        ("labels", "Follow-Up", True),
        ("labels", "follow_up", False),
        ("labels", "follow", False),
        ("labels", "up", False),
        ("components", "action", False),
    ],
)
def test_a_follow_up_is_known_by_its_type_or_label(field_id: str, value_id: str, is_followup: bool) -> None:  # noqa: FBT001  # a fact of the story
    """Capitals do not matter, half a word is no word."""
    rows = [*lived(1, ("02-01 00:00", "todo")), value(1, field_id, value_id)]

    told = open_followups(rows, moment("03-10 12:00"))
    assert len(told.open_items) == is_followup


def test_owner_and_due_day_are_those_of_the_moment() -> None:
    """History tells who had it and what was agreed then."""
    rows = [
        *lived(1, ("03-03 08:00", "todo"), ("03-20 08:00", "done")),
        value(1, "issuetype", "action", "03-03 08:00"),
        value(1, "labels", "follow-up", "03-03 08:00"),
        value(1, "assignee", "ann", "03-05 08:00", "03-12 08:00"),
        value(1, "assignee", "gone", "03-12 08:00"),
        value(1, "duedate", "2025-03-07", "03-05 08:00", "03-12 08:00"),
        value(1, "duedate", "2025-03-28", "03-12 08:00"),
    ]

    def told(when: str) -> list[tuple[str | None, int]]:
        items = open_followups(rows, moment(when)).open_items
        return [(item.owner, item.working_days_late) for item in items]

    assert told("03-02 12:00") == []
    assert told("03-04 12:00") == [(None, 0)]
    assert told("03-10 12:00") == [("Ann Example", 1)]
    assert told("03-13 12:00") == [("gone", 0)]
    assert told("03-20 12:00") == []


def finished(rows: list[tuple[Any, ...]], *, as_of: str = "12-31 00:00") -> list[flow.FinishedRow]:
    """What was done from 10 to 17 March."""
    start, end = moment("03-10 00:00"), moment("03-17 00:00")
    return asked(flow.finished_query(SITE, start, end, as_of=moment(as_of)), rows)


@pytest.mark.parametrize(
    ("statuses", "done"),
    [
        ([("03-01 00:00", "todo"), ("03-10 00:00", "done")], "03-10 00:00"),
        ([("03-01 00:00", "todo"), ("03-17 00:00", "done")], None),
        ([("03-01 00:00", "todo"), ("03-09 23:59", "done")], None),
        ([("03-01 00:00", "todo"), ("03-09 10:00", "done"), ("03-12 10:00", "released")], None),
        ([("03-01 00:00", "todo"), ("03-11 10:00", "done"), ("03-12 10:00", "released")], "03-11 10:00"),
        ([("03-01 00:00", "todo"), ("03-11 10:00", "done"), ("03-12 10:00", "todo")], None),
        (
            [
                ("03-01 00:00", "todo"),
                ("03-05 10:00", "done"),
                ("03-11 10:00", "todo"),
                ("03-12 10:00", "done"),
            ],
            "03-12 10:00",
        ),
        ([("03-12 10:00", "done")], "03-12 10:00"),
        ([("03-01 00:00", "todo"), ("03-12 10:00", "deleted status")], None),
    ],
    ids=[
        "at the first moment",
        "at the end",
        "just before",
        "released in the week",
        "done and released in the week",
        "reopened",
        "done again",
        "born done",
        "unknown status",
    ],
)
def test_an_item_is_finished_at_its_last_way_into_done(
    statuses: list[tuple[str, str]], done: str | None
) -> None:
    """Half open, reopened is not finished, and from done to released is not done again."""
    found = finished(lived(1, *statuses))

    assert [row.done_ms for row in found] == ([] if done is None else [to_ms(moment(done))])


def test_what_is_reopened_later_was_finished_then() -> None:
    """As of the end of the week it was done; as of a later moment it is not."""
    rows = lived(1, ("03-01 00:00", "todo"), ("03-11 10:00", "done"), ("03-20 10:00", "todo"))

    assert len(finished(rows, as_of="03-17 00:00")) == 1
    assert finished(rows) == []


def test_a_finished_item_tells_its_size_epic_owner_and_resolution() -> None:
    """Estimate and owner are those of the moment it was done; sub-tasks and deleted ones stand outside."""
    rows = [
        *lived(9, ("02-01 00:00", "todo")),
        *lived(1, ("03-01 00:00", "todo"), ("03-11 10:00", "done"), parent_id=9),
        *lived(2, ("03-01 00:00", "todo"), ("03-11 10:00", "done"), is_subtask=True),
        *lived(3, ("03-01 00:00", "todo"), ("03-11 10:00", "done"), deleted_ms=5),
        IssueEstimateRow(1, "points", 0, to_ms(moment("03-12 00:00")), 3_000),
        IssueEstimateRow(1, "points", to_ms(moment("03-12 00:00")), OPEN_END_MS, 8_000),
        IssueEstimateRow(1, "timeoriginalestimate", 0, OPEN_END_MS, 99_000),
        value(1, "assignee", "ann"),
        value(1, "resolution", "2"),
    ]
    (found,) = finished(rows)
    assert (found.points_milli, found.owner, found.resolution) == (3_000, "Ann Example", "Won't Do")
    assert (found.parent_key, found.parent_summary) == ("WEB-9", "Summary of WEB-9")


def test_what_goes_out_of_sight_counts_until_then() -> None:
    """Finished, flagged and followed up as of a moment before; as of that very moment it is not there."""
    gone = {"unseen_since_ms": to_ms(moment("03-14 00:00"))}
    rows = [
        *lived(1, ("03-01 00:00", "todo"), ("03-11 10:00", "done"), **gone),
        *lived(2, ("03-01 00:00", "todo"), **gone, deleted_ms=to_ms(moment("03-15 00:00"))),
        value(2, "flag", "Impediment", "03-04 10:00"),
        value(2, "issuetype", "action"),
    ]

    def there(at: str) -> tuple[int, int, int]:
        flagged = asked(flow.flagged_query(SITE, moment(at)), rows)
        open_items = asked(followups.query(SITE, moment(at), FollowUpSettings()), rows)
        return len(finished(rows, as_of=at)), len(flagged), len(open_items)

    assert (there("03-13 23:59"), there("03-14 00:00")) == ((1, 1, 1), (0, 0, 0))


def test_flagged_items_are_open_and_flagged_now() -> None:
    """A flag taken off, or an item done, holds nobody up."""
    rows = [
        *lived(1, ("03-01 00:00", "todo")),
        *lived(2, ("03-01 00:00", "todo"), ("03-05 00:00", "done")),
        *lived(3, ("03-01 00:00", "todo")),
        value(1, "flag", "Impediment", "03-04 10:00"),
        value(1, "assignee", "ann"),
        value(2, "flag", "Impediment", "03-04 10:00"),
        value(3, "flag", "Impediment", "03-02 10:00", "03-06 10:00"),
    ]

    (found,) = asked(flow.flagged_query(SITE, moment("03-10 00:00")), rows)
    assert (found.issue_key, found.owner, found.status_name) == ("WEB-1", "Ann Example", "To Do")
    assert found.since_ms == to_ms(moment("03-04 10:00"))
    earlier = asked(flow.flagged_query(SITE, moment("03-04 12:00")), rows)
    assert [row.issue_id for row in earlier] == [3, 1, 2]
