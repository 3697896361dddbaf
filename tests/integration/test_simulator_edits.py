"""What changes while a test runs: edits, the clock, the zones of JQL dates, the counts."""

import time

import pytest

from pmreport.demo.story.diary import NOW_MS
from tests.support.simulator import Simulator

API = "/rest/api/3"
MINUTE_MS = 60_000


def test_jql_dates_are_read_in_the_users_zone(fresh_simulator: Simulator) -> None:
    """An edit at 07:31Z is 07:31 in Lisbon and 02:31 in New York: only Lisbon's literal finds it."""
    fresh_simulator.edit(do="status", issue="OPS-2", value="3", at_ms=NOW_MS + MINUTE_MS)

    assert fresh_simulator.keys('updated >= "2026-11-23 07:31"') == ["OPS-2"]
    assert fresh_simulator.keys('updated >= "2026/11/23 07:32"') == []
    assert fresh_simulator.keys("updated >= -1m") == ["OPS-2"]
    fields = fresh_simulator.search("key = OPS-2", fields=["updated"]).json["issues"][0]["fields"]
    assert fields["updated"] == "2026-11-23T02:31:00.000-0500"


def test_jql_dates_know_summer_time(simulator: Simulator) -> None:
    """In July Lisbon is an hour ahead of UTC, so a literal stands for an instant an hour earlier."""
    rows = simulator.state.corpus.rows.values()
    start = 1_783_292_400_000  # 2026-07-05T23:00Z = 2026-07-06 00:00 in Lisbon
    expected = sum(1 for row in rows if start <= row.created_ms < start + 86_400_000)

    found = simulator.keys('created >= "2026-07-06" AND created < "2026-07-07"')

    assert len(found) == expected > 0


def test_an_edit_bumps_updated_and_writes_a_history(fresh_simulator: Simulator) -> None:
    """A status edit shows in the issue, in its changelog and in what was updated since."""
    before = fresh_simulator.get("/__simulator/truth/issue/OPS-2").json
    fresh_simulator.get(f"{API}/issue/OPS-2")

    fresh_simulator.edit(do="status", issue="OPS-2", value="3", at_ms=NOW_MS + 5 * MINUTE_MS)

    after = fresh_simulator.get("/__simulator/truth/issue/OPS-2").json
    assert (after["status"], after["updated_ms"]) == ("3", NOW_MS + 5 * MINUTE_MS)
    assert after["histories"] == before["histories"] + 1
    assert fresh_simulator.get(f"{API}/issue/OPS-2").json["fields"]["status"]["id"] == "3"
    assert fresh_simulator.get("/__simulator/clock").json["now_ms"] == NOW_MS + 5 * MINUTE_MS


def test_the_line_can_be_made_longer_and_shorter(fresh_simulator: Simulator) -> None:
    """From the next request on each answer takes that much longer."""
    assert fresh_simulator.post("/__simulator/latency", {"ms": 200}).json == {"ms": 200}
    began = time.monotonic()
    fresh_simulator.get("/rest/api/3/myself")
    long = time.monotonic() - began
    fresh_simulator.post("/__simulator/latency", {"ms": 0})

    assert long >= 0.2
    assert fresh_simulator.get("/__simulator/latency").json == {"ms": 0}


def test_remarks_and_hours_come_and_go(fresh_simulator: Simulator) -> None:
    """Comments and worklogs can be made, edited and deleted; a deleted worklog is in the feed."""
    sim = fresh_simulator
    sim.edit(do="comment", issue="OPS-1", text="SUMMARY: done")
    sim.edit(do="work", issue="OPS-1", seconds=1800)
    comment = sim.get(f"{API}/issue/OPS-1/comment").json["comments"][-1]["id"]
    worklog = sim.get(f"{API}/issue/OPS-1/worklog").json["worklogs"][-1]["id"]
    sim.edit(do="edit_comment", issue="OPS-1", id=comment, text="SUMMARY: all done")
    sim.edit(do="edit_worklog", issue="OPS-1", id=worklog, seconds=3600)

    assert "all done" in str(
        sim.post(f"{API}/comment/list", {"ids": [int(comment)]}).json["values"][0]["body"]
    )
    assert sim.post(f"{API}/worklog/list", {"ids": [int(worklog)]}).json[0]["timeSpentSeconds"] == 3600
    sim.edit(do="delete_comment", issue="OPS-1", id=comment)
    sim.edit(do="delete_worklog", issue="OPS-1", id=worklog)
    sim.post("/__simulator/clock", {"now_ms": sim.state.corpus.now_ms + 2 * MINUTE_MS})
    deleted = sim.get(f"{API}/worklog/deleted", since=NOW_MS).json["values"]
    assert [str(row["worklogId"]) for row in deleted] == [worklog]
    assert sim.post(f"{API}/comment/list", {"ids": [int(comment)]}).json["values"] == []


def test_a_deleted_issue_leaves_no_trace(fresh_simulator: Simulator) -> None:
    """It is in no search, by no id, in no count, and its far ends lose the link."""
    linked = next(issue for issue in fresh_simulator.state.corpus.issues() if issue.links)
    other = fresh_simulator.state.corpus.issue(linked.links[0].other)
    assert other is not None
    fresh_simulator.edit(do="delete", issue=linked.key)

    assert fresh_simulator.get(f"{API}/issue/{linked.id}").status == 404
    assert fresh_simulator.search(f"key = {linked.key}").status == 400
    assert fresh_simulator.get("/__simulator/truth").json["issues"] == 1499
    shown = fresh_simulator.get(f"{API}/issue/{other.key}").json["fields"]["issuelinks"]
    assert str(linked.links[0].id) not in {link["id"] for link in shown}


def test_a_hidden_issue_looks_deleted_until_it_is_shown_again(fresh_simulator: Simulator) -> None:
    """Lost permission cannot be told from deletion; a shown issue comes back with its old `updated`."""
    before = fresh_simulator.get("/__simulator/truth/issue/SHOP-474").json
    fresh_simulator.edit(do="hide", issue="SHOP-474")

    assert fresh_simulator.get(f"{API}/issue/SHOP-474").status == 404
    assert fresh_simulator.get("/__simulator/truth").json["issues"] == 1499
    assert fresh_simulator.get("/__simulator/truth/gone").json == {str(before["id"]): "hidden"}
    fresh_simulator.edit(do="show", issue="SHOP-474")
    assert fresh_simulator.get("/__simulator/truth/issue/SHOP-474").json == before


def test_a_deleted_issue_cannot_be_shown_again(fresh_simulator: Simulator) -> None:
    """The simulator knows which is which, though it does not tell the token."""
    fresh_simulator.edit(do="delete", issue="SHOP-474")

    assert [*fresh_simulator.get("/__simulator/truth/gone").json.values()] == ["deleted"]
    assert fresh_simulator.post("/__simulator/edit", {"do": "show", "issue": "SHOP-474"}).status == 404


def test_sub_tasks_are_deleted_with_their_parent_and_stories_outlive_their_epic(
    fresh_simulator: Simulator,
) -> None:
    """The stories then name no epic; while it is only hidden they go on naming it."""
    corpus = fresh_simulator.state.corpus
    levels = {issue.id: corpus.site.types[issue.type].level for issue in corpus.issues()}
    story = next(issue for issue in corpus.issues() if levels.get(issue.parent or 0) == 1)
    epic = corpus.any_issue(story.parent or 0)
    assert epic is not None

    fresh_simulator.edit(do="hide", issue=epic.id)
    named = fresh_simulator.get(f"{API}/issue/{story.key}").json["fields"]["parent"]
    fresh_simulator.edit(do="show", issue=epic.id)
    fresh_simulator.edit(do="delete", issue=epic.id)
    left = fresh_simulator.get(f"{API}/issue/{story.key}").json["fields"].get("parent")
    fresh_simulator.edit(do="delete", issue="SHOP-561")

    assert (named["id"], "fields" in named, left) == (str(epic.id), False, None)
    assert [fresh_simulator.get(f"{API}/issue/{key}").status for key in ("SHOP-562", "SHOP-563")] == [
        404,
        404,
    ]


def test_an_archived_issue_leaves_the_searches(fresh_simulator: Simulator) -> None:
    """It comes back with the `updated` it had."""
    before = fresh_simulator.get("/__simulator/truth/issue/OPS-9").json
    fresh_simulator.edit(do="archive", issue="OPS-9")

    assert "OPS-9" not in fresh_simulator.keys("project = OPS")
    assert fresh_simulator.get(f"{API}/issue/OPS-9").status == 404
    fresh_simulator.edit(do="unarchive", issue="OPS-9")
    assert fresh_simulator.get("/__simulator/truth/issue/OPS-9").json == before


def test_data_center_shows_an_archived_issue_to_whoever_knows_it(fresh_datacenter: Simulator) -> None:
    """No search finds it, its key still opens it, and a field says when it was archived."""
    fresh_datacenter.edit(do="archive", issue="OPS-9")

    assert "OPS-9" not in fresh_datacenter.keys("project = OPS")
    assert fresh_datacenter.get("/rest/api/2/issue/OPS-9").json["fields"]["archiveddate"]
    fresh_datacenter.edit(do="hide", issue="OPS-10")
    assert fresh_datacenter.get("/rest/api/2/issue/OPS-10").status == 404


def test_a_closed_project_shows_nothing_and_says_so(fresh_simulator: Simulator) -> None:
    """Its issues are out of sight, and the token has no permission to browse it; then it is opened again."""

    def may_browse() -> bool:
        told = fresh_simulator.get(
            f"{API}/mypermissions", projectKey="OPS", permissions="BROWSE_PROJECTS"
        ).json
        return bool(told["permissions"]["BROWSE_PROJECTS"]["havePermission"])

    before = fresh_simulator.keys("project = OPS")
    opened = may_browse()
    fresh_simulator.edit(do="close_project", project="OPS")
    closed = may_browse(), fresh_simulator.keys("project = OPS")
    fresh_simulator.edit(do="open_project", project="OPS")

    assert (opened, closed) == (True, (False, []))
    assert (may_browse(), fresh_simulator.keys("project = OPS")) == (True, before)


def test_an_issue_can_be_created_in_a_sprint(fresh_simulator: Simulator) -> None:
    """It has the sprint from birth, and no history."""
    key = fresh_simulator.edit(do="create", project="SHOP", summary="From a test", sprints=[122])

    assert fresh_simulator.keys('summary ~ "From a test" AND sprint in openSprints()') == [key]
    assert fresh_simulator.get("/__simulator/truth/issue/" + key).json["histories"] == 0


def test_a_sprint_can_be_renamed_without_touching_its_issues(fresh_simulator: Simulator) -> None:
    """The list shows the new name; no issue's updated moves."""
    before = fresh_simulator.search("sprint = 122 ORDER BY key", fields=["updated"]).content
    fresh_simulator.edit(do="sprint", id=122, name="Renamed", goal="Another goal")

    assert fresh_simulator.get("/rest/agile/1.0/sprint/122").json["name"] == "Renamed"
    assert fresh_simulator.search("sprint = 122 ORDER BY key", fields=["updated"]).content == before
    assert len(fresh_simulator.keys("sprint = Renamed")) > 0


@pytest.mark.parametrize(
    ("edit", "status"),
    [
        ({"do": "status", "issue": "SHOP-99999", "value": "3"}, 404),
        ({"do": "dance", "issue": "SHOP-1"}, 400),
        ({"do": "delete_worklog", "issue": "SHOP-1", "id": 1}, 404),
        ({"do": "edit_worklog", "issue": "SHOP-1", "id": 1, "seconds": 1}, 404),
        ({"do": "hide_worklog", "issue": "SHOP-1", "id": 1}, 404),
        ({"do": "delete_sprint", "id": 1}, 404),
        ({"do": "edit_comment", "issue": "SHOP-1", "id": 1, "text": ""}, 404),
        ({"do": "delete_comment", "issue": "SHOP-1", "id": 1}, 404),
        ({"do": "create", "project": "NOPE"}, 404),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(
    fresh_simulator: Simulator, edit: dict[str, object], status: int
) -> None:
    """A test that edits what is not there learns it at once."""
    assert fresh_simulator.post("/__simulator/edit", edit).status == status


def test_requests_are_counted_by_path(fresh_simulator: Simulator) -> None:
    """Every request to Jira's paths counts, the control paths do not."""
    fresh_simulator.get(f"{API}/myself")
    fresh_simulator.get(f"{API}/myself")

    counted = fresh_simulator.get("/__simulator/requests").json
    assert counted == {"total": 2, "paths": {f"{API}/myself": 2}}


def test_the_truth_counts_what_is_served(simulator: Simulator) -> None:
    """Projects add up to the whole, and one issue can be asked for by its key."""
    truth = simulator.get("/__simulator/truth").json

    for name in ("issues", "histories", "history_items", "worklogs", "comments"):
        assert truth[name] == sum(project[name] for project in truth["projects"].values())
    assert (truth["issues"], truth["sprints"], truth["boards"]) == (1500, 54, 3)
    assert simulator.get("/__simulator/truth/issue/NOPE-1").status == 404


@pytest.mark.parametrize(
    ("jql", "expected"),
    [
        ('summary = "nothing like it"', 0),
        ("project = SHOP AND project = APP", 0),
        ("project = SHOP OR project = APP OR project = OPS", 1500),
        ("NOT project = SHOP AND NOT project in (APP)", 235),
        ("id in (10001, 10002)", 2),
        ("key = SHOP-1 AND created <= now()", 1),
        ("updated > now()", 0),
        ("updated is empty", 0),
        ("sprint in openSprints() AND sprint not in closedSprints()", -1),
        ("labels != follow-up AND labels is not empty", -1),
        ("assignee = currentUser() AND statusCategory != Done AND due < startOfDay()", -1),
        ('"Story Points" >= 5 AND "Story Points" < 8', -1),
        ("cf[10026] in (5, 8) AND cf[10026] not in (8)", -1),
        ('fixVersion = "Checkout 2" AND issuetype in (Story, Bug)', -1),
        ("summary !~ voucher AND text ~ basket", -1),
        ("resolved >= startOfMonth(-1w) AND resolution = Done ORDER BY due DESC, rank", -1),
        ("created >= startOfYear() AND created < startOfWeek()", -1),
        ("component = Payment OR flagged = Impediment", -1),
        ("priority in (Highest, High) && type = Bug", -1),
    ],
)
def test_jql_finds_what_it_says(simulator: Simulator, jql: str, expected: int) -> None:
    """Each text is understood; -1 stands for some, but not all."""
    found = len(simulator.keys(jql))

    assert found == expected if expected >= 0 else 0 < found < 1500


@pytest.mark.parametrize(
    "jql",
    [
        "status > Done",
        '"Story Points" = many',
        "sprint = endOfTime()",
        "created >= whenever()",
        "and = 1",
        "project = (",
        "(project = SHOP",
        "project = SHOP SHOP",
        "project in (SHOP",
        "project = SHOP ORDER key",
        "id = 5",
    ],
)
def test_jql_that_makes_no_sense_is_refused(simulator: Simulator, jql: str) -> None:
    """Operators, values and functions that do not fit are 400."""
    assert simulator.search(jql).status == 400
