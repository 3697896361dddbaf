"""Comments, worklogs and histories of Jira become rows."""

from typing import Any

import pytest

from pmreport.jira.fields import discover
from pmreport.jira.parse.changelog import changes
from pmreport.jira.parse.notes import comment, marker, worklog
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import CommentItemRow, IssueChangeRow, WorklogRow

STAMP = "2026-01-02T03:04:05.678+0000"
STAMP_MS = 1767323045678
ADA = {"accountId": "ada"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("SUMMARY: all went well", "SUMMARY"),
        ("DECISION: we ship", "DECISION"),
        ("RISK : late supplier", "RISK"),
        ("ASK: a second tester", "ASK"),
        ("ASK @petra by 2026-12-04: a second tester", "ASK"),
        ("ACTION @ada by 2026-02-01: call them", "ACTION"),
        ("ACTION: call them", "ACTION"),
        ("QUESTION @bob: which colour?", "QUESTION"),
        ("Risk: a sentence", None),
        ("ACTIONABLE: no", None),
        ("ACTION without a colon", None),
        ("ACTION\nlater: no", None),
        ("We see a RISK: here", None),
        ("", None),
    ],
)
def test_a_marker_stands_at_the_very_beginning(body: str, expected: str | None) -> None:
    """Capitals and a colon: nobody writes that by chance."""
    assert marker(body) == expected


def test_a_comment_keeps_its_author_and_dates() -> None:
    """The body is plain text, the marker stays in it."""
    found = {"id": "5", "author": ADA, "created": STAMP, "updated": STAMP, "body": "RISK: late"}

    assert comment(found, 10) == CommentItemRow(5, 10, "ada", STAMP_MS, STAMP_MS, "RISK: late", "RISK", False)


@pytest.mark.parametrize(
    ("more", "restricted"),
    [
        ({}, False),
        ({"visibility": {"type": "role", "value": "Administrators"}}, True),
        ({"jsdPublic": False}, True),
        ({"jsdPublic": True}, False),
        ({"visibility": None}, False),
    ],
)
def test_a_comment_for_some_eyes_only_is_marked(more: dict[str, Any], restricted: bool) -> None:  # noqa: FBT001 - a table
    """Restricted comments never enter a mail, so they must be known."""
    row = comment({"id": "5", "created": STAMP, **more}, 10)

    assert isinstance(row, CommentItemRow)
    assert row.restricted is restricted
    assert (row.author_id, row.body) == (None, "")


@pytest.mark.parametrize("found", [{"created": STAMP}, {"id": "5"}, {"id": "5", "created": "yesterday"}])
def test_a_comment_without_a_date_is_a_problem(found: dict[str, Any]) -> None:
    """It cannot stand in a history."""
    row = comment(found, 10)

    assert isinstance(row, Problem)
    assert row.kind is ProblemKind.UNREADABLE_STAMP


def test_a_worklog_counts_seconds() -> None:
    """`1d` means eight hours here and six there; seconds mean seconds."""
    found = {"id": "5", "author": ADA, "started": STAMP, "timeSpent": "1d", "timeSpentSeconds": 21600}

    assert worklog(found, 10) == WorklogRow(5, 10, "ada", STAMP_MS, STAMP_MS, STAMP_MS, 21600, None)


@pytest.mark.parametrize("seconds", [10**12 + 1, -(10**12) - 1, 2**62])
def test_a_worklog_that_no_sum_can_hold_is_a_problem(seconds: int) -> None:
    """Two of them would break every number about work; it is counted, and the others are kept."""
    found = {"id": "5", "started": STAMP, "timeSpentSeconds": seconds}

    assert isinstance(worklog(found, 10), Problem)


@pytest.mark.parametrize("missing", ["id", "started", "timeSpentSeconds"])
def test_a_worklog_without_its_basics_is_a_problem(missing: str) -> None:
    """It is counted, and not taken for zero."""
    found = {"id": "5", "started": STAMP, "timeSpentSeconds": 60}
    del found[missing]

    assert isinstance(worklog(found, 10), Problem)


SITE = discover(
    [{"id": "cf_sprint", "name": "Sprint", "schema": {"custom": "com.pyxis.greenhopper.jira:gh-sprint"}}]
)


@pytest.mark.parametrize("created", [STAMP, STAMP_MS], ids=["ISO", "epoch milliseconds"])
def test_every_item_of_a_history_is_a_row(created: Any) -> None:
    """The bulk resource gives numbers where every other one gives text; both mean the same instant."""
    items = [
        {
            "field": "status",
            "fieldId": "status",
            "from": "1",
            "fromString": "Open",
            "to": "3",
            "toString": "Doing",
        },
        {"field": "Sprint", "from": "", "fromString": "", "to": "7, 8", "toString": "A, B"},
    ]

    rows, problems = changes([{"id": "100", "author": ADA, "created": created, "items": items}], 10, SITE)

    assert problems == []
    assert rows == [
        IssueChangeRow(100, 0, 10, STAMP_MS, "ada", "status", "status", "1", "3", "Open", "Doing"),
        IssueChangeRow(100, 1, 10, STAMP_MS, "ada", "cf_sprint", "Sprint", None, "7, 8", None, "A, B"),
    ]


def test_histories_are_sorted_by_instant_and_id() -> None:
    """Jira gives them newest first here and oldest first there."""
    item = {"field": "labels", "from": None, "to": None}
    histories = [
        {"id": str(n), "created": STAMP_MS + late, "items": [item]} for n, late in [(3, 1), (2, 0), (10, 0)]
    ]

    rows, _ = changes(histories, 10, SITE)

    assert [row.history_id for row in rows] == [2, 10, 3]


def test_an_author_may_be_missing() -> None:
    """Deleted people, visitors and automation leave no author."""
    rows, _ = changes([{"id": "1", "created": STAMP, "items": [{"field": "x"}]}], 10, SITE)

    assert rows[0].author_id is None
    assert rows[0].field_id == "x"


@pytest.mark.parametrize("found", [{"created": STAMP}, {"id": "1", "created": None}])
def test_a_history_without_an_instant_is_a_problem(found: dict[str, Any]) -> None:
    """It cannot be put in order; the others are kept."""
    rows, problems = changes([found, {"id": "2", "created": STAMP, "items": [{"field": "x"}]}], 10, SITE)

    assert len(rows) == 1
    assert [problem.kind for problem in problems] == [ProblemKind.UNREADABLE_STAMP]
