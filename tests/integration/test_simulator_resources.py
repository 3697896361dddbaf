"""The lists of the site, boards and sprints over HTTP."""

from typing import Any

import pytest

from tests.support.simulator import Simulator, empty_corpus, serving

API = "/rest/api/3"
AGILE = "/rest/agile/1.0"
ENGLISH = {"Accept-Language": "en", "X-Force-Accept-Language": "true"}


def test_field_names_follow_the_user_unless_english_is_forced(simulator: Simulator) -> None:
    """The list is in Portuguese; both headers together give English; untranslatedName always does."""
    local = {f["id"]: f for f in simulator.get(f"{API}/field").json}
    half = {f["id"]: f for f in simulator.get(f"{API}/field", headers={"Accept-Language": "en"}).json}
    forced = {f["id"]: f for f in simulator.get(f"{API}/field", headers=ENGLISH).json}

    assert (local["summary"]["name"], half["summary"]["name"], forced["summary"]["name"]) == (
        "Resumo",
        "Resumo",
        "Summary",
    )
    assert local["summary"]["untranslatedName"] == "Summary"


def test_two_fields_for_points_stand_side_by_side(simulator: Simulator) -> None:
    """One for company-managed projects, one for team-managed ones; an issue uses its project's."""
    fields = {f["untranslatedName"]: f for f in simulator.get(f"{API}/field").json}

    assert fields["Story Points"]["schema"]["custom"].endswith(":float")
    assert fields["Story point estimate"]["schema"]["custom"].endswith(":jsw-story-points")
    assert fields["Sprint"]["schema"]["items"] == "json"
    assert "schema" not in fields["Key"]
    assert set(fields["Key"]["clauseNames"]) == {"id", "issue", "issuekey", "key"}


def test_team_managed_statuses_repeat_names_under_other_ids(simulator: Simulator) -> None:
    """To Do, In Progress and Done are there twice, once with a scope."""
    rows = simulator.get(f"{API}/status").json
    done = [row for row in rows if row["name"] == "Done"]

    assert len(done) == 2
    assert [row["statusCategory"]["key"] for row in done] == ["done", "done"]
    assert sorted("scope" in row for row in done) == [False, True]


def test_versions_come_bare_and_in_pages(simulator: Simulator) -> None:
    """Both resources give the same versions; dates are days."""
    bare = simulator.get(f"{API}/project/SHOP/versions").json
    page = simulator.get(f"{API}/project/SHOP/version").json

    assert page["values"] == bare
    checkout = next(v for v in bare if v["name"] == "Checkout 2")
    assert (checkout["startDate"], checkout["releaseDate"], checkout["released"]) == (
        "2026-06-01",
        "2026-12-18",
        False,
    )


def test_the_lists_of_the_site_are_bare_arrays(simulator: Simulator) -> None:
    """Priorities, resolutions, types and components are arrays of things with ids."""
    for path in ("priority", "resolution", "issuetype", "project/SHOP/components"):
        rows = simulator.get(f"{API}/{path}").json
        assert rows
        assert all(isinstance(row["id"], str) for row in rows)


def test_projects_come_in_a_page_with_insight_on_request(simulator: Simulator) -> None:
    """Insight counts the issues; a project alone has its lead and its own types."""
    page = simulator.get(f"{API}/project/search", expand="insight").json
    shop = simulator.get(f"{API}/project/SHOP").json

    assert [p["key"] for p in page["values"]] == ["APP", "OPS", "SHOP"]
    assert sum(p["insight"]["totalIssueCount"] for p in page["values"]) == 1500
    assert shop["lead"]["displayName"] == "Inês Duarte"
    assert {t["name"] for t in shop["issueTypes"]} >= {"Action", "Question"}
    assert simulator.get(f"{API}/project/NOPE").status == 404


def test_permissions_are_of_who_asks(simulator: Simulator) -> None:
    """The user may browse, anonymous may not, and the parameter is needed."""
    path = f"{API}/mypermissions"
    asked: dict[str, Any] = {"permissions": "BROWSE_PROJECTS", "projectKey": "SHOP"}

    assert simulator.get(path, **asked).json["permissions"]["BROWSE_PROJECTS"]["havePermission"]
    anonymous = simulator.get(path, who=None, permissions="BROWSE_PROJECTS").json
    assert not anonymous["permissions"]["BROWSE_PROJECTS"]["havePermission"]
    assert simulator.get(path).status == 400
    assert simulator.get(path, permissions="BROWSE_PROJECTS", projectKey="NOPE").status == 404


def test_the_configuration_says_how_long_a_day_is(simulator: Simulator) -> None:
    """Eight hours, five days."""
    tracking = simulator.get(f"{API}/configuration").json["timeTrackingConfiguration"]

    assert (tracking["workingHoursPerDay"], tracking["workingDaysPerWeek"]) == (8.0, 5.0)


def test_boards_are_found_by_project_and_type(simulator: Simulator) -> None:
    """One scrum, one simple, one kanban; never more than fifty a page."""
    boards = simulator.get(f"{AGILE}/board", maxResults=200).json

    assert boards["maxResults"] == 50
    assert [(b["name"], b["type"]) for b in boards["values"]] == [
        ("SHOP board", "scrum"),
        ("APP board", "simple"),
        ("OPS board", "kanban"),
    ]
    assert [b["id"] for b in simulator.get(f"{AGILE}/board", projectKeyOrId="APP").json["values"]] == [12]
    assert [b["id"] for b in simulator.get(f"{AGILE}/board", type="kanban").json["values"]] == [13]
    assert [b["id"] for b in simulator.get(f"{AGILE}/board", name="shop").json["values"]] == [11]
    assert simulator.get(f"{AGILE}/board", projectKeyOrId="NOPE").status == 400
    assert simulator.get(f"{AGILE}/board/12").json["location"]["projectKey"] == "APP"
    assert simulator.get(f"{AGILE}/board/99").status == 404


def test_each_board_estimates_by_its_own_field(simulator: Simulator) -> None:
    """The field of the board is what counts; On Hold is mapped to no column of the shop's board."""
    shop, app, ops = (simulator.get(f"{AGILE}/board/{n}/configuration").json for n in (11, 12, 13))

    assert shop["estimation"]["field"]["fieldId"] == "customfield_10026"
    assert app["estimation"]["field"]["fieldId"] == "customfield_10016"
    assert "estimation" not in ops
    assert ops["columnConfig"]["columns"][0] == {"name": "Backlog", "statuses": []}
    mapped = {s["id"] for column in shop["columnConfig"]["columns"] for s in column["statuses"]}
    assert "10003" not in mapped
    jql = simulator.get(f"{API}/filter/{shop['filter']['id']}").json["jql"]
    assert jql == "project = SHOP ORDER BY Rank ASC"
    assert simulator.get(f"{API}/filter/1").status == 400


def test_sprints_are_ordered_closed_active_future(simulator: Simulator) -> None:
    """The newest closed sprint stands after all older ones, and a future one has no dates."""
    rows = simulator.get(f"{AGILE}/board/11/sprint").json["values"]

    assert [row["state"] for row in rows] == ["closed"] * 25 + ["active", "future"]
    assert "startDate" not in rows[-1]
    assert "completeDate" not in rows[-2]
    assert rows[0]["startDate"].endswith("Z")
    assert [r["id"] for r in simulator.get(f"{AGILE}/board/11/sprint", state="active").json["values"]] == [
        122
    ]
    assert simulator.get(f"{AGILE}/board/11/sprint", maxResults=10, startAt=20).json["values"] == rows[20:]
    assert simulator.get(f"{AGILE}/sprint/122").json == rows[-2]
    assert simulator.get(f"{AGILE}/sprint/1").status == 404


def test_a_board_lists_sprints_of_another_board(simulator: Simulator) -> None:
    """The moved issue brought its old sprint along: its origin is still the other board."""
    rows = simulator.get(f"{AGILE}/board/12/sprint").json["values"]

    assert {row["originBoardId"] for row in rows} == {11, 12}
    assert len(rows) == 28


def test_a_kanban_board_has_no_sprints(simulator: Simulator) -> None:
    """It says so with 400."""
    answer = simulator.get(f"{AGILE}/board/13/sprint")

    assert (answer.status, answer.json["errorMessages"]) == (400, ["The board does not support sprints"])


def test_an_issue_without_parent_says_null_or_nothing(simulator: Simulator) -> None:
    """Team-managed projects write null, company-managed ones leave the member out."""
    shop = simulator.search("project = SHOP AND parent IS EMPTY", fields=["parent", "labels"]).json["issues"][
        0
    ]
    app = simulator.search("project = APP AND parent IS EMPTY", fields=["parent"]).json["issues"][0]

    assert "parent" not in shop["fields"]
    assert app["fields"] == {"parent": None}


def test_links_have_exactly_one_end(simulator: Simulator) -> None:
    """Inward on one issue, outward on the other, the same id on both."""
    issues = simulator.get("/__simulator/truth").json
    ends = [(link.id, link.outward) for issue in simulator.state.corpus.issues() for link in issue.links]

    assert len(ends) == len(set(ends)) == 2 * issues["links"]
    first = next(issue for issue in simulator.state.corpus.issues() if issue.links)
    shown = simulator.get(f"{API}/issue/{first.key}", fields="issuelinks").json["fields"]["issuelinks"][0]
    assert len({"inwardIssue", "outwardIssue"} & set(shown)) == 1


def test_sub_tasks_stand_in_the_aggregates_of_their_parent(simulator: Simulator) -> None:
    """The parent's own estimate leaves them out, its aggregate holds them."""
    sub = simulator.keys("issuetype = Sub-task")[0]
    parent = simulator.get(f"{API}/issue/{sub}").json["fields"]["parent"]["key"]
    fields = simulator.get(f"{API}/issue/{parent}").json["fields"]
    subs = [
        simulator.get(f"{API}/issue/{s['key']}").json["fields"]["timeoriginalestimate"]
        for s in fields["subtasks"]
    ]

    assert fields["aggregatetimeoriginalestimate"] == (fields["timeoriginalestimate"] or 0) + sum(subs)
    assert "originalEstimate" in simulator.get(f"{API}/issue/{sub}").json["fields"]["timetracking"]


def test_an_empty_site_is_no_fault() -> None:
    """Projects without issues and boards without sprints answer with empty pages."""
    with serving(empty_corpus(sprints=False)) as empty:
        assert empty.search("project = SHOP").json == {"issues": [], "isLast": True}
        assert empty.get(f"{AGILE}/board/11/sprint").json["values"] == []
        assert empty.get("/__simulator/truth").json["issues"] == 0


@pytest.mark.parametrize("query", [{"maxResults": "x"}, {"startAt": "y"}])
def test_a_page_that_is_no_number_is_refused(simulator: Simulator, query: dict[str, Any]) -> None:
    """Paging parameters are whole numbers."""
    assert simulator.get(f"{AGILE}/board", **query).status == 400


def test_mentions_are_nodes_in_documents_and_markup_in_wiki(simulator: Simulator) -> None:
    """The same remark in both versions."""
    key = simulator.keys('text ~ "ACTION 2026-11-27"')[0]
    said = [
        next(
            c
            for c in simulator.get(f"/rest/api/{v}/issue/{key}/comment").json["comments"]
            if "ACTION" in str(c["body"])
        )
        for v in ("2", "3")
    ]

    assert said[0]["body"].startswith("ACTION [~accountid:712020:")
    node = said[1]["body"]["content"][0]["content"][1]
    assert (node["type"], node["attrs"]["text"]) == ("mention", "@Tomas Berg")
