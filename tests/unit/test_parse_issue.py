"""An issue of Jira becomes rows and the current values of its fields."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.jira.fields import BoardEstimate, discover
from pmreport.jira.parse.issue import (
    IssueFields,
    ParsedIssue,
    embedded,
    epic_key,
    parse,
    sprints,
    values_of,
)
from pmreport.model.changelog import Value
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import ComponentRow, IssueLinkRow, UserAccountRow

FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
SITE = [
    {
        "id": "cf_sprint",
        "name": "Sprint",
        "schema": {"type": "array", "custom": "com.pyxis.greenhopper.jira:gh-sprint"},
    },
    {"id": "cf_sp", "name": "Story Points", "schema": {"type": "number", "custom": FLOAT}},
    {"id": "cf_est", "name": "Story point estimate", "schema": {"type": "number", "custom": FLOAT}},
    {"id": "cf_team", "name": "Team", "schema": {"type": "array", "custom": "x:multiselect"}},
]
FIELDS = IssueFields(known=discover(SITE), further=("cf_team",))
ADA = {"accountId": "712020:ada", "displayName": "Ada", "active": True, "accountType": "atlassian"}
WHOLE: dict[str, Any] = {
    "summary": "Pay with one click",
    "issuetype": {"id": "10001", "name": "Story", "subtask": False},
    "project": {"id": "10000", "key": "WEB", "name": "Web"},
    "status": {"id": "3", "name": "In Progress"},
    "priority": {"id": "2", "name": "High"},
    "resolution": {"id": "1", "name": "Done"},
    "resolutiondate": "2026-01-05T00:00:00.000+0100",
    "created": "2026-01-02T03:04:05.678+0100",
    "updated": "2026-01-06T00:00:00.000+0000",
    "duedate": "2026-02-01",
    "labels": ["grow", "checkout"],
    "components": [{"id": "20", "name": "Cart"}],
    "fixVersions": [{"id": "30", "name": "2.0"}],
    "parent": {"id": "9", "key": "WEB-9"},
    "assignee": ADA,
    "reporter": {"accountId": "712020:gone"},
    "security": {"id": "77", "name": "Staff"},
    "timeoriginalestimate": 28800,
    "timeestimate": 3600,
    "timespent": 7200,
    "description": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Why"}]}],
    },
    "issuelinks": [
        {"id": "40", "type": {"name": "Blocks"}, "outwardIssue": {"id": "11", "key": "WEB-11"}},
        {"id": "41", "type": {"name": "Blocks"}, "inwardIssue": {"id": "12", "key": "WEB-12"}},
        {"id": "42", "type": {"name": "Blocks"}},
    ],
    "cf_sprint": [{"id": 7, "name": "Sprint 7"}, {"id": 8, "name": "Sprint 8"}],
    "cf_sp": 5.0,
    "cf_team": [{"id": "1", "value": "Blue"}],
}
LEAST = {name: WHOLE[name] for name in ("issuetype", "project", "status", "created", "updated")}


def issue(**fields: Any) -> dict[str, Any]:
    """An issue with the least Jira gives, and what the story adds."""
    return {"id": "10", "key": "WEB-10", "fields": LEAST | fields}


def parsed(found: dict[str, Any], fields: IssueFields = FIELDS) -> ParsedIssue:
    """The issue, where it can be read."""
    result = parse(found, fields)
    assert isinstance(result, ParsedIssue)
    return result


def test_every_column_comes_from_its_field() -> None:
    """Ids are kept, seconds stay seconds, stamps become epoch milliseconds, rich text becomes words."""
    row = parsed({"id": "10", "key": "WEB-10", "fields": WHOLE}).row

    assert row._asdict() == {
        "issue_id": 10,
        "issue_key": "WEB-10",
        "project_id": 10000,
        "issue_type_id": "10001",
        "is_subtask": False,
        "summary": "Pay with one click",
        "description": "Why",
        "status_id": "3",
        "priority_id": "2",
        "resolution_id": "1",
        "parent_id": 9,
        "assignee_id": "712020:ada",
        "reporter_id": "712020:gone",
        "points": 5.0,
        "estimate_s": 28800,
        "remaining_s": 3600,
        "spent_s": 7200,
        "due_date": "2026-02-01",
        "security_level": "77",
        "created_ms": 1767319445678,
        "updated_ms": 1767657600000,
        "resolved_ms": 1767567600000,
        "unseen_since_ms": None,
        "deleted_ms": None,
        "history_complete": True,
    }


def test_nearly_everything_may_be_missing() -> None:
    """Absent and null mean the same: nothing; and nothing is not zero."""
    absent = parsed(issue()).row
    null = parsed(issue(**dict.fromkeys(set(WHOLE) - set(LEAST)))).row

    assert absent == null
    assert (absent.points, absent.estimate_s, absent.parent_id, absent.description) == (
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("name", ["issuetype", "project", "status", "created", "updated"])
def test_an_issue_without_its_basics_is_a_problem(name: str) -> None:
    """It is counted and shown, and the rest of the page goes on."""
    found = issue()
    del found["fields"][name]

    assert parse(found, FIELDS) == Problem(
        ProblemKind.UNREADABLE_VALUE, "WEB-10", "an issue without its basic fields"
    )


def test_bare_ids_are_a_problem() -> None:
    """A search that names no fields answers ids alone."""
    assert isinstance(parse({"id": "10"}, FIELDS), Problem)


def test_links_lead_from_the_outward_end() -> None:
    """Whichever end tells of it, a link has one direction; a link without an end is left out."""
    assert parsed(issue(issuelinks=WHOLE["issuelinks"])).links == (
        IssueLinkRow(40, 10, 11, "Blocks"),
        IssueLinkRow(41, 12, 10, "Blocks"),
    )


def test_people_and_components_ride_along() -> None:
    """A deleted account keeps its id and is called what Jira calls it."""
    found = parsed({"id": "10", "key": "WEB-10", "fields": WHOLE})

    assert set(found.users) == {
        UserAccountRow("712020:ada", "Ada", True, "atlassian"),
        UserAccountRow("712020:gone", "Former user", True, "unknown"),
    }
    assert found.components == (ComponentRow("20", "Cart"),)


def test_the_state_holds_every_field_with_a_history() -> None:
    """The timeline starts from these values, so that an empty field is there as empty."""
    state = parsed(issue(labels=["grow"], cf_sprint=WHOLE["cf_sprint"], cf_sp=5.0)).state

    assert state.values["status"] == (Value("3", "In Progress"),)
    assert state.values["labels"] == (Value("grow", "grow"),)
    assert state.values["cf_sprint"] == (Value("7", "Sprint 7"), Value("8", "Sprint 8"))
    assert state.values["cf_sp"] == (Value("5", "5", 5.0),)
    assert state.values["assignee"] == ()
    assert state.values["cf_team"] == ()


def test_the_first_point_field_with_a_value_counts() -> None:
    """Two point fields never add up; where they differ it is said."""
    found = parsed(issue(cf_sp=None, cf_est=3))
    both = parsed(issue(cf_sp=5.0, cf_est=3.0))
    same = parsed(issue(cf_sp=3.0, cf_est=3.0))

    assert (found.row.points, found.problems) == (3.0, ())
    assert both.row.points == 5.0
    assert both.problems == (Problem(ProblemKind.TWO_ESTIMATE_FIELDS, "WEB-10", "cf_sp=5, cf_est=3"),)
    assert same.problems == ()


def test_the_boards_field_alone_counts_in_its_project() -> None:
    """A forgotten value in the other field is no estimate."""
    board = BoardEstimate(board_id=1, project_key="WEB", field_id="cf_est")
    fields = IssueFields(known=discover(SITE, [board]))

    assert parsed(issue(cf_sp=5.0), fields).row.points is None


def test_the_kinds_of_fields_are_known() -> None:
    """The timeline learns which fields hold sprints, numbers and sets."""
    kinds = FIELDS.kinds

    assert kinds.sprint == "cf_sprint"
    assert kinds.estimates == {"cf_sp", "cf_est", "timeoriginalestimate"}
    assert kinds.multi_valued == {"cf_sprint", "cf_team"}
    assert kinds.numbers >= {"cf_sp", "timespent"}


def test_fields_are_asked_for_by_name_and_once() -> None:
    """Never all of them: a site has hundreds."""
    asked = IssueFields(known=discover(SITE), further=("cf_sp", "labels", "description")).asked

    assert len(asked) == len(set(asked))
    assert {"cf_sprint", "cf_sp", "cf_est", "updated", "worklog", "comment"} <= set(asked)


@pytest.mark.parametrize(
    ("found", "values"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        ({}, ()),
        ("Blue", (Value("Blue", "Blue"),)),
        (5.0, (Value("5", "5", 5.0),)),
        (2.5, (Value("2.5", "2.5", 2.5),)),
        (True, (Value("True", "True"),)),
        (ADA, (Value("712020:ada", "Ada"),)),
        ({"key": "JIRAUSER1", "name": "ada", "displayName": "Ada"}, (Value("JIRAUSER1", "Ada"),)),
        ({"id": "1", "value": "Blue"}, (Value("1", "Blue"),)),
        ({"value": "Blue"}, (Value("Blue", "Blue"),)),
        ({"name": "jira-users"}, (Value("jira-users", "jira-users"),)),
        ([{"id": "1", "name": "2.0"}, {"id": "2", "name": "2.1"}], (Value("1", "2.0"), Value("2", "2.1"))),
        (WHOLE["description"], (Value("Why", "Why"),)),
        ({"type": "doc", "content": []}, ()),
    ],
)
def test_a_value_is_its_id_where_it_has_one(found: Any, values: tuple[Value, ...]) -> None:
    """People, options, versions, texts, numbers, sets and rich text are told apart by their shape."""
    assert values_of(found) == values


@pytest.mark.parametrize(
    ("found", "ids"),
    [
        (
            "com.x.Sprint@77c1[id=266,rapidViewId=174,state=CLOSED,name=A, B [x],goal=id=5,synced=false]",
            ["266"],
        ),
        ("com.x.Sprint@77c1[rapidViewId=58,name=S,id=3,state=ACTIVE,goal=,sequence=48,id=48]", ["48"]),
        ("com.x.Sprint@77c1[rapidViewId=58,id=48,name=S]", ["48"]),
        ("com.x.Sprint@77c1[id=266,name=S,sequence=266,goal=Ship it,id=5]", ["266"]),
        ("com.x.Sprint@77c1[name=a,id=3,id=48,sequence=48,rapidViewId=5]", ["48"]),
        ("nonsense", []),
        (7, []),
    ],
)
def test_a_sprint_text_of_data_center_gives_its_id(found: Any, ids: list[str]) -> None:
    """The order of keys is not fixed, and names and goals may look like keys."""
    assert [value.value_id for value in sprints([found])] == ids


def test_a_sprint_text_takes_its_name_from_the_boards() -> None:
    """What stands as the name in the text may be cut by commas; the boards know it."""
    text = "com.x.Sprint@77c1[id=266,rapidViewId=174,name=A, B]"

    assert sprints([text], {"266": "A, B"}) == (Value("266", "A, B"),)


EPIC = {
    "id": "cf_epic",
    "name": "Epic Link",
    "schema": {"type": "any", "custom": "com.pyxis.greenhopper.jira:gh-epic-link"},
}
WITH_EPICS = IssueFields(known=discover([*SITE, EPIC]))


def test_an_epic_is_the_parent_of_its_issues() -> None:
    """Data Center links it by its key in a field of its own; a sub-task's parent goes before it."""
    linked, child = issue(cf_epic="WEB-1"), issue(cf_epic="WEB-1", parent=WHOLE["parent"])
    epics = {"WEB-1": 77}

    story, subtask = (parse(found, WITH_EPICS, epics=epics) for found in (linked, child))

    assert isinstance(story, ParsedIssue)
    assert isinstance(subtask, ParsedIssue)
    assert (story.row.parent_id, subtask.row.parent_id) == (77, 9)
    assert story.state.values["parent"] == (Value("77", "WEB-1"),)
    assert (epic_key(linked, WITH_EPICS.known), epic_key(child, WITH_EPICS.known)) == ("WEB-1", None)
    assert "cf_epic" in WITH_EPICS.asked


def test_an_epic_that_may_not_be_seen_is_none() -> None:
    """Without its id nothing can point to it."""
    found = parse(issue(cf_epic="HID-1"), WITH_EPICS, epics={})

    assert isinstance(found, ParsedIssue)
    assert found.row.parent_id is None


def test_no_sprints_is_none_at_all() -> None:
    """The field is null outside of sprints."""
    assert sprints(None) == ()


@pytest.mark.parametrize(
    ("holder", "count", "whole"),
    [
        (None, 0, True),
        ({"worklogs": [{"id": "1"}], "total": 1}, 1, True),
        ({"worklogs": [{"id": "1"}], "total": 25}, 1, False),
        ({"worklogs": [{"id": "1"}]}, 1, True),
    ],
)
def test_a_cut_list_is_noticed_by_its_total(holder: Any, count: int, whole: bool) -> None:  # noqa: FBT001 - a table
    """Jira embeds the first twenty worklogs and says how many there are."""
    listed, complete = embedded(issue(worklog=holder), "worklog", "worklogs")

    assert (len(listed), complete) == (count, whole)


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.lists(st.text(max_size=3), max_size=2)
)
SHAPES = ODD | st.dictionaries(
    st.sampled_from(["id", "key", "name", "type", "outwardIssue"]), ODD, max_size=3
)


@given(
    st.dictionaries(st.sampled_from(sorted(set(WHOLE) - set(LEAST))), SHAPES | st.lists(SHAPES, max_size=2))
)
def test_no_value_stops_a_sync(fields: dict[str, Any]) -> None:
    """Whatever stands in the optional fields, the issue is read."""
    assert parsed(issue(**fields)).row.issue_id == 10
