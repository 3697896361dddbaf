"""Follow-ups, finished and flagged items, through the real queries on DuckDB and SQLite."""

from datetime import date, datetime
from typing import Any, TypeVar

import pytest

from pmreport.metrics import flow
from pmreport.metrics.followups import gathered
from pmreport.metrics.followups import rows as questions
from pmreport.metrics.followups.gathered import Rows, Words
from pmreport.metrics.followups.item import Item
from pmreport.metrics.followups.rows import Wanted
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.query import Query
from pmreport.model.rows import (
    CommentItemRow,
    FieldRow,
    IssueChangeRow,
    IssueEstimateRow,
    IssueStatusRow,
    IssueTypeRow,
    IssueValueRow,
    ResolutionRow,
    StatusRow,
    UserAccountRow,
    WorklogRow,
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


WORDS = Words(settings=FollowUpSettings(), names={})


def open_followups(rows: list[tuple[Any, ...]], as_of: datetime) -> list[Item]:
    """What is open of these."""
    wanted = Wanted(site_id=SITE, as_of=as_of, since=moment("01-01 00:00"), settings=FollowUpSettings())
    found = Rows(
        issues=asked(questions.issues_query(wanted), rows),
        turns=asked(questions.turns_query(wanted), rows),
        comments=asked(questions.comments_query(wanted), rows),
        deeds=(),
    )
    return [item for item in gathered.items(found, WORDS) if item.is_open]


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

    assert len(open_followups(rows, moment("03-10 12:00"))) == is_followup


def test_what_not_everybody_may_read_is_marked() -> None:
    """An issue with a security level, a comment on one, and a restricted comment on an open one."""
    rows = [
        *lived(1, ("02-01 00:00", "todo"), security_level="board"),
        *lived(2, ("02-01 00:00", "todo")),
        value(1, "labels", "follow-up"),
        value(2, "labels", "follow-up"),
        wrote(11, "02-02 00:00", "ann", "ASK: when?", "ASK"),
        wrote(12, "02-02 00:00", "ann", "ASK: when?", "ASK", issue=2)._replace(restricted=True),
        wrote(13, "02-02 00:00", "ann", "ASK: when?", "ASK", issue=2),
    ]

    told = open_followups(rows, moment("03-10 12:00"))
    assert {item.id for item in told if item.restricted} == {"WEB-1", "WEB-1#11", "WEB-2#12"}
    assert {item.id for item in told if not item.restricted} == {"WEB-2", "WEB-2#13"}


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
        today = WorkCalendar().local_day(moment(when))
        items = open_followups(rows, moment(when))
        return [(item.owner, item.lateness(today, WorkCalendar())) for item in items]

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
        open_items = open_followups(rows, moment(at))
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


ROBOT = UserAccountRow("robot", "Automation", True, "app")
BO = UserAccountRow("bo", "Bo", True, "atlassian")


def wanted(as_of: str, since: str = "03-01 00:00") -> questions.Wanted:
    """The follow-ups of a moment."""
    return questions.Wanted(
        site_id=SITE, as_of=moment(as_of), since=moment(since), settings=FollowUpSettings()
    )


def wrote(
    number: int,
    when: str,
    author: str | None = "bo",
    body: str = "hm",
    marker: str | None = None,
    issue: int = 1,
) -> CommentItemRow:
    """A comment."""
    at_ms = to_ms(moment(when))
    return CommentItemRow(number, issue, author, at_ms, at_ms, body, marker, False)


def changed(number: int, when: str, author: str | None, field_id: str, issue: int = 1) -> IssueChangeRow:
    """A change of a field."""
    return IssueChangeRow(
        number, 0, issue, to_ms(moment(when)), author, field_id, field_id, None, None, None, None
    )


def logged(number: int, when: str, author: str = "bo", issue: int = 1) -> WorklogRow:
    """An hour of work."""
    at_ms = to_ms(moment(when))
    return WorklogRow(number, issue, author, at_ms, at_ms, at_ms, 3600, None)


def test_a_follow_up_issue_tells_its_kind_and_its_days() -> None:
    """A type goes before a label, a label of a kind before any other; the first day stays the first."""
    rows = [
        *lived(
            1, ("03-03 08:00", "todo"), ("03-10 08:00", "done"), ("03-11 08:00", "released"), reporter_id="bo"
        ),
        value(1, "issuetype", "action"),
        value(1, "labels", "risk"),
        value(1, "duedate", "2025-03-07", "03-04 08:00", "03-05 08:00"),
        value(1, "duedate", "2025-03-14", "03-06 08:00", "03-08 08:00"),
        value(1, "duedate", "2025-03-21", "03-08 08:00"),
        value(1, "assignee", "ann"),
        value(1, "resolution", "2", "03-10 08:00"),
        *lived(2, ("03-03 08:00", "todo")),
        value(2, "labels", "follow-up"),
        value(2, "labels", "Risk"),
        *lived(3, ("03-03 08:00", "todo")),
        wrote(7, "03-04 08:00", body="RISK: rain", marker="RISK", issue=3),
    ]

    first, second = asked(questions.issues_query(wanted("03-12 00:00")), rows)
    assert (first.called, first.first_due, first.due_date, first.due_moves) == (
        "1action", "2025-03-07", "2025-03-21", 2,
    )  # fmt: skip
    assert first.promised_ms == to_ms(moment("03-04 08:00"))
    assert first.owned_ms == to_ms(moment("02-01 00:00"))
    assert (first.owner, first.raiser_id, first.resolution) == ("Ann Example", "bo", "Won't Do")
    assert (second.called, second.first_due, second.due_moves, second.owner) == ("2risk", None, 0, None)
    turns = asked(questions.turns_query(wanted("03-12 00:00")), rows)
    assert turns == [(1, to_ms(moment("03-10 08:00")), 1)]
    (noted,) = asked(questions.comments_query(wanted("03-12 00:00", since="03-12 00:00")), rows)
    assert (noted.issue_key, noted.author_name, noted.marker) == ("WEB-3", "bo", "RISK")
    earlier = asked(questions.issues_query(wanted("03-05 12:00")), rows)[0]
    assert (earlier.due_date, earlier.due_moves) == (None, 0)


def test_only_people_do_something_about_a_follow_up() -> None:
    """No app, no automation account, nobody unknown, no rank; and nothing on what was over before."""
    rows = [
        ROBOT,
        BO,
        *lived(1, ("03-03 08:00", "todo")),
        value(1, "issuetype", "action"),
        *lived(2, ("02-03 08:00", "todo"), ("02-04 08:00", "done")),
        value(2, "issuetype", "action"),
        wrote(1, "03-04 08:00", body="Done, see there"),
        wrote(2, "03-04 09:00", "robot"),
        wrote(3, "03-04 10:00", None),
        wrote(4, "03-04 11:00", "ann"),
        wrote(5, "03-04 12:00", "stranger"),
        wrote(6, "02-03 09:00", issue=2),
        changed(1, "03-05 08:00", "bo", "status"),
        changed(2, "03-05 09:00", "bo", "rank"),
        logged(1, "03-06 08:00"),
        logged(2, "03-30 08:00"),
    ]

    query = questions.deeds_query(wanted("03-10 00:00"), robots=["ann"])
    assert [(row.actor_id, row.deed, row.says_done) for row in asked(query, rows)] == [
        ("bo", "comment", 1),
        ("stranger", "comment", 0),
        ("bo", "status", 0),
        ("bo", "worklog", 0),
    ]


def test_a_mention_is_told_with_the_first_deed_of_everybody_since() -> None:
    """What was done before it, and what changes a label, is no answer; a marked question is no mention."""
    rows = [
        ROBOT,
        *lived(1, ("03-03 08:00", "todo"), ("03-08 08:00", "done")),
        wrote(1, "03-04 08:00", "ann", "@Bo?"),
        wrote(2, "03-03 09:00", "bo"),
        wrote(3, "03-05 08:00", "bo", "yes"),
        wrote(4, "03-06 08:00", "bo", "and no"),
        changed(1, "03-04 09:00", "cy", "labels"),
        changed(2, "03-04 10:00", "dan", "status"),
        logged(1, "03-04 11:00", "eve"),
        wrote(5, "03-04 12:00", "ann", "QUESTION @Bo: who?", "QUESTION"),
        wrote(6, "03-04 12:00", "robot", "@Bo"),
        wrote(7, "02-01 12:00", "ann", "@Bo"),
        *lived(2, ("03-03 08:00", "todo")),
        wrote(8, "03-04 12:00", "ann", "@Bo", issue=2),
    ]

    def told(when: str) -> list[tuple[int, str | None, int]]:
        query = questions.mentions_query(SITE, moment(when), since=moment("03-01 00:00"), robots=["mallory"])
        return [(row.comment_id, row.actor_id, row.is_done) for row in asked(query, rows)]

    assert told("03-07 00:00") == [
        (1, "dan", 0),
        (1, "eve", 0),
        (1, "ann", 0),
        (1, "robot", 0),
        (1, "bo", 0),
        (8, None, 0),
    ]
    assert told("03-09 00:00")[0] == (1, "dan", 1)


def test_open_items_stand_still_until_a_person_does_something() -> None:
    """Working days since then; a rank, an app and what is done count for nothing."""
    calendar = WorkCalendar(zone="UTC")
    rows = [
        ROBOT,
        BO,
        *calendar.rows(date(2025, 2, 1), date(2025, 4, 30)),
        StatusRow("doing", "Doing", "indeterminate"),
        IssueTypeRow("epic", "Epic", False),
        *lived(1, ("03-03 08:00", "doing")),
        changed(1, "03-12 08:00", "robot", "status"),
        changed(2, "03-12 08:00", "bo", "rank"),
        *lived(2, ("03-03 08:00", "doing")),
        wrote(1, "03-07 08:00", "robot", issue=2),
        *lived(3, ("03-03 08:00", "doing")),
        logged(1, "03-13 08:00", issue=3),
        *lived(4, ("03-03 08:00", "todo")),
        *lived(5, ("03-03 08:00", "done")),
        *lived(6, ("03-03 08:00", "todo"), issue_type_id="epic"),
    ]

    query = questions.idle_query(
        SITE, moment("03-14 12:00"), calendar_id=calendar.calendar_id, robots=["mallory"]
    )
    assert asked(query, rows) == [
        (0, 9, "WEB-4", 1),
        (1, 1, "WEB-3", 1),
        (1, 9, "WEB-1", 2),
        (1, 9, "WEB-2", 2),
    ]


def test_the_words_beside_a_flag_are_found() -> None:
    """Within ten minutes, with who put it up; a flag taken off has none."""
    rows = [
        *lived(1, ("03-03 08:00", "doing")),
        value(1, "flag", "Impediment", "03-04 10:00"),
        changed(1, "03-04 10:00", "bo", "flag"),
        wrote(1, "03-04 09:50", body="legal"),
        wrote(2, "03-04 10:11", body="too late"),
        *lived(2, ("03-03 08:00", "doing")),
        value(2, "flag", "Impediment", "03-04 10:00", "03-05 10:00"),
        wrote(3, "03-04 10:00", issue=2),
    ]

    (found,) = asked(questions.flags_query(SITE, moment("03-10 00:00")), rows)
    assert (found.issue_id, found.raised_by, found.author_id, found.body) == (1, "bo", "bo", "legal")


def test_what_was_done_long_ago_is_left_aside() -> None:
    """Unless somebody wrote a marked comment on it since."""
    rows = [
        *lived(1, ("02-03 08:00", "todo"), ("02-04 08:00", "done")),
        value(1, "issuetype", "action"),
        *lived(2, ("02-03 08:00", "todo"), ("02-04 08:00", "done")),
        value(2, "issuetype", "action"),
        wrote(1, "03-04 08:00", body="ASK: why?", marker="ASK", issue=2),
    ]

    (found,) = asked(questions.issues_query(wanted("03-12 00:00")), rows)
    assert found.issue_key == "WEB-2"
