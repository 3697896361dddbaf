"""Small values and small lists of Jira are read, whatever their shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.jira.fields import BoardEstimate, discover
from pmreport.jira.parse import boards, lists
from pmreport.jira.parse.values import canonical, date_text, instant_ms, integer, member, number
from pmreport.model.rows import (
    BoardColumnRow,
    BoardRow,
    ComponentRow,
    FieldRow,
    IssueTypeRow,
    PriorityRow,
    ProjectRow,
    ResolutionRow,
    SprintRow,
    StatusRow,
    UserAccountRow,
    VersionRow,
)

FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
SCRUM = {
    "filter": {"id": "1001"},
    "columnConfig": {
        "columns": [
            {"name": "Backlog", "statuses": []},
            {"name": "Doing", "statuses": [{"id": "3"}, {"id": "4"}]},
            {"name": "Done", "statuses": [{"id": "5"}, {"id": "3"}]},
            {"name": "Empty", "statuses": []},
        ]
    },
    "estimation": {"type": "field", "field": {"fieldId": "cf_sp"}},
}


@pytest.mark.parametrize(
    ("stamp", "milliseconds"),
    [
        ("2026-01-02T03:04:05.678+0000", 1767323045678),
        ("2026-01-02T03:04:05.678-0500", 1767341045678),
        ("2026-01-02T03:04:05.678+01:00", 1767319445678),
        ("2026-01-02T03:04:05.678Z", 1767323045678),
        (1767323045678, 1767323045678),
        (1767323045, 1767323045000),
        (1767323045.5, 1767323045500),
        ("2026-01-02T03:04:05", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
        (10**400, None),
        (10**17, None),
        (float("nan"), None),
        ({}, None),
    ],
)
def test_every_kind_of_stamp_is_one_instant(stamp: Any, milliseconds: int | None) -> None:
    """Offsets with and without a colon, seconds and milliseconds; without an offset it is no instant."""
    assert instant_ms(stamp) == milliseconds


@pytest.mark.parametrize(
    ("found", "date"),
    [
        ("2026-02-01", "2026-02-01"),
        (1767323045678, "2026-01-02"),
        ("x", None),
        (None, None),
        (True, None),
        (10**17, None),
    ],
)
def test_a_date_stays_a_date(found: Any, date: str | None) -> None:
    """Release dates are texts, and epoch milliseconds in one of Jira's own examples."""
    assert date_text(found) == date


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (5, 5.0),
        ("8.0", 8.0),
        ("x", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        ("inf", None),
        ([], None),
    ],
)
def test_a_number_is_finite_or_nothing(found: Any, expected: float | None) -> None:
    """Nothing is not zero."""
    assert number(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"), [(5, 5), ("5", 5), ("5.0", None), (5.0, None), (True, None), (2**63, None)]
)
def test_an_id_is_whole(found: Any, expected: int | None) -> None:
    """Ids come as numbers in one resource and as texts in the next."""
    assert integer(found) == expected


@given(st.floats())
def test_a_number_has_one_text(amount: float) -> None:
    """5 and 5.0 are one value, and the text leads back to it."""
    assert float(canonical(amount)) == amount or amount != amount  # noqa: PLR0124 - NaN


def test_a_member_of_nothing_is_nothing() -> None:
    """Every object may be missing."""
    assert member(None, "id") is None
    assert member({"id": ""}, "id") is None


def test_a_status_has_the_category_of_its_key() -> None:
    """Names are translated, the key is not; what Jira adds one day is undefined until then."""
    done = {"id": "5", "name": "Fertig", "statusCategory": {"key": "done", "name": "Fertig"}}

    assert lists.status(done) == StatusRow("5", "Fertig", "done")
    assert lists.status({"id": "6"}) == StatusRow("6", "", "undefined")
    assert lists.status({}) is None


def test_the_lists_of_names_need_an_id() -> None:
    """An entry without an id cannot be meant by anything."""
    named = {"id": "1", "name": "A"}

    assert lists.priority(named) == PriorityRow("1", "A")
    assert lists.resolution(named) == ResolutionRow("1", "A")
    assert lists.component(named) == ComponentRow("1", "A")
    assert lists.issue_type(named | {"subtask": True}) == IssueTypeRow("1", "A", True)
    assert [lists.priority({}), lists.resolution({}), lists.component({}), lists.issue_type({})] == [None] * 4


def test_a_project_needs_its_key() -> None:
    """`simplified` is Jira's word for a project that its team manages."""
    found = {"id": "10000", "key": "WEB", "name": "Web", "simplified": True}

    assert lists.project(found) == ProjectRow(10000, "WEB", "Web", True)
    assert lists.project({"id": "10000"}) is None


def test_a_version_may_have_no_date() -> None:
    """Planned versions have none yet."""
    assert lists.version({"id": "3", "name": "2.0"}, 10000) == VersionRow(3, 10000, "2.0", None, False)
    assert lists.version({}, 10000) is None


def test_a_field_is_stored_by_its_english_name_and_part() -> None:
    """Names are shown in the caller's language; some fields have no schema."""
    described = {
        "id": "cf_sp",
        "name": "Storypunkte",
        "untranslatedName": "Story Points",
        "custom": True,
        "schema": {"custom": FLOAT},
    }
    known = discover([described])

    assert lists.field(described, known) == FieldRow("cf_sp", "Story Points", FLOAT, True, "points")
    assert lists.field({"id": "thumbnail", "name": "Images"}, known) == FieldRow(
        "thumbnail", "Images", None, False, None
    )
    assert lists.field({"name": "x"}, known) is None


@pytest.mark.parametrize(
    ("found", "row"),
    [
        (
            {"accountId": "a", "displayName": "Ada", "active": True, "accountType": "atlassian"},
            UserAccountRow("a", "Ada", True, "atlassian"),
        ),
        (
            {"key": "JIRAUSER1", "name": "ada", "displayName": "Ada", "active": False},
            UserAccountRow("JIRAUSER1", "Ada", False, "unknown", "ada"),
        ),
        (
            {"accountId": "a", "key": "", "displayName": ""},
            UserAccountRow("a", "Former user", True, "unknown"),
        ),
        ({"displayName": "Anonymous"}, None),
        (None, None),
    ],
)
def test_a_person_is_the_account(found: Any, row: UserAccountRow | None) -> None:
    """The account id on Cloud, the key on Data Center; names and addresses come and go."""
    assert lists.user(found) == row


def test_the_last_column_with_a_status_is_done() -> None:
    """Empty columns count for the order only; a status in two columns stands in the first."""
    assert boards.columns(7, SCRUM) == [
        BoardColumnRow(7, "3", "Doing", 1, False),
        BoardColumnRow(7, "4", "Doing", 1, False),
        BoardColumnRow(7, "5", "Done", 2, True),
    ]


def test_a_board_without_columns_has_none() -> None:
    """A configuration that may not be read is empty."""
    assert boards.columns(7, {}) == []


def test_a_board_tells_what_it_estimates_in() -> None:
    """A field, or nothing: then it counts issues."""
    found = {"id": 7, "name": "Web", "type": "scrum", "location": {"projectKey": "WEB"}}

    row = boards.board(found, SCRUM, filter_jql="project = WEB", has_sprints=True)

    assert row == BoardRow(7, "Web", "scrum", "project = WEB", "cf_sp", True)
    assert boards.board_estimate(found, SCRUM) == BoardEstimate(
        board_id=7, project_key="WEB", field_id="cf_sp"
    )
    assert boards.estimation_field({"estimation": {"type": "issueCount"}}) is None
    assert boards.board_estimate(found, {}) is None


@pytest.mark.parametrize(
    ("projects", "key"), [([{"key": "A"}], "A"), ([{"key": "A"}, {"key": "B"}], None), ([], None)]
)
def test_a_board_without_a_location_belongs_to_its_only_project(
    projects: list[dict[str, str]], key: str | None
) -> None:
    """Data Center tells the projects that a board shows; with several of them it is nobody's own."""
    estimate = boards.board_estimate({"id": 7}, SCRUM, projects)

    assert estimate is not None
    assert estimate.project_key == key
    assert boards.board({}, {}, filter_jql=None, has_sprints=False) is None
    assert boards.filter_id(SCRUM) == "1001"


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ({"projectKey": "WEB", "projectId": 1}, "WEB"),
        ({"type": "project", "key": "WEB", "id": "1"}, "WEB"),
        ({"type": "user", "id": "712020:pm", "key": "pm"}, None),
        ({"userAccountId": "712020:pm"}, None),
        (None, None),
    ],
    ids=[
        "in a list",
        "in a configuration",
        "a person's in a configuration",
        "a person's in a list",
        "nowhere",
    ],
)
def test_a_board_lies_in_its_project_or_in_none(location: object, key: str | None) -> None:
    """A list and a configuration name the project differently; a person's board speaks for none."""
    estimate = boards.board_estimate({"id": 7, "location": location}, SCRUM)

    assert estimate is not None
    assert estimate.project_key == key


def test_a_future_sprint_may_have_no_dates() -> None:
    """Only Data Center tells the click from the planned start."""
    closed = {
        "id": 7,
        "state": "CLOSED",
        "name": "Sprint 7",
        "goal": "Ship",
        "originBoardId": 2,
        "startDate": "2026-01-02T03:04:05.678Z",
        "activatedDate": "2026-01-02T03:04:06.678Z",
        "endDate": "2026-01-16T03:04:05.678+10:00",
        "completeDate": 1767323045678,
    }

    assert boards.sprint(closed) == SprintRow(
        7, 2, "Sprint 7", "closed", "Ship", 1767323045678, 1767323046678, 1768496645678, 1767323045678
    )
    assert boards.sprint({"id": 8}) == SprintRow(8, None, "", "future", None, None, None, None, None)
    assert boards.sprint({}) is None
