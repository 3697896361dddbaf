"""The simulator as Jira Data Center: what it answers otherwise than Cloud, and what it does not have."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.support.simulator import Simulator, basic

API = "/rest/api/2"
AGILE = "/rest/agile/1.0"
SPRINT, EPIC_LINK, EPIC_NAME = "customfield_10020", "customfield_10014", "customfield_10011"
CLOUD_ONLY: tuple[tuple[str, str], ...] = (
    ("GET", "/rest/api/3/myself"),
    ("GET", "/rest/api/3/search/jql?jql=project=SHOP"),
    ("GET", f"{API}/search/jql?jql=project=SHOP"),
    ("POST", f"{API}/search/jql"),
    ("POST", f"{API}/search/approximate-count"),
    ("POST", f"{API}/jql/match"),
    ("POST", f"{API}/issue/bulkfetch"),
    ("POST", f"{API}/changelog/bulkfetch"),
    ("POST", f"{API}/comment/list"),
    ("GET", f"{API}/issue/SHOP-1/changelog"),
    ("POST", f"{API}/issue/SHOP-1/changelog/list"),
    ("GET", f"{API}/project/search"),
    ("GET", "/rest/software/1.0/board/11/issue"),
)


def _all(datacenter: Simulator, jql: str, **body: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = datacenter.search(jql, maxResults=1000, **body).json["issues"]
    return found


@pytest.mark.parametrize(("method", "path"), CLOUD_ONLY, ids=[f"{row[0]} {row[1]}" for row in CLOUD_ONLY])
def test_what_only_cloud_has_is_a_404(datacenter: Simulator, method: str, path: str) -> None:
    """Neither version 3 nor any of the bulk resources exists."""
    answer = datacenter.get(path) if method == "GET" else datacenter.post(path, {})

    assert answer.status == 404


def test_everything_stands_below_the_context_path(datacenter: Simulator) -> None:
    """The address ends in it, links hold it, and above it there is nothing."""
    assert datacenter.site.url.endswith("/jira")
    assert datacenter.site.browse_url.endswith("/jira")
    assert datacenter.get(f"{API}/serverInfo").json["baseUrl"] == datacenter.site.browse_url
    assert (
        datacenter.get(f"{API}/issue/SHOP-1").json["self"].startswith(f"{datacenter.site.browse_url}/rest/")
    )
    above = replace(datacenter, site=replace(datacenter.site, url=datacenter.site.url.removesuffix("/jira")))
    assert above.get(f"{API}/serverInfo").status == 404


def test_latest_is_version_two(datacenter: Simulator) -> None:
    """Both names lead to the same."""
    assert datacenter.get("/rest/api/latest/myself").json == datacenter.get(f"{API}/myself").json


def test_a_personal_access_token_opens_it(datacenter: Simulator) -> None:
    """The answers say by name who was heard, and never by account."""
    answer = datacenter.get(f"{API}/myself")

    assert datacenter.site.email is None
    assert answer.json["key"] == datacenter.site.account_id == "JIRAUSER10100"
    assert answer.headers["x-ausername"] == answer.json["name"] == "ines.duarte"
    assert "x-aaccountid" not in answer.headers
    assert "accountId" not in answer.json


def test_a_password_opens_it_until_that_is_switched_off(fresh_datacenter: Simulator) -> None:
    """Jira 11 takes no password by default; the token still opens it."""
    pair = f"{fresh_datacenter.site.username}:{fresh_datacenter.site.password}"
    before = fresh_datacenter.get(f"{API}/myself", who=pair).status
    fresh_datacenter.post("/__simulator/token", {"basic": False})

    assert (before, fresh_datacenter.get(f"{API}/myself", who=pair).status) == (200, 401)
    assert fresh_datacenter.get(f"{API}/myself").status == 200


@pytest.mark.parametrize("path", [f"{API}/myself", f"{API}/project", f"{API}/search?jql=", f"{AGILE}/board"])
@pytest.mark.parametrize("header", ["Bearer wrong", basic("ines.duarte:wrong"), "Negotiate x"])
def test_bad_credentials_are_refused_in_html_everywhere(
    datacenter: Simulator, path: str, header: str
) -> None:
    """Unlike Cloud, nothing is served as anonymous: 401, and no JSON."""
    answer = datacenter.get(path, who=None, headers={"Authorization": header})

    assert answer.status == 401
    assert answer.headers["content-type"].startswith("text/html")
    assert b"Basic Authentication Failure - Reason : AUTHENTICATED_FAILED" in answer.content
    assert answer.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"


def test_nobody_is_anonymous(datacenter: Simulator) -> None:
    """Without credentials the lists are empty, and what needs a user says so in JSON."""
    projects = datacenter.get(f"{API}/project", who=None)
    myself = datacenter.get(f"{API}/myself", who=None)

    assert (projects.status, projects.json, projects.headers["x-ausername"]) == (200, [], "anonymous")
    assert (myself.status, myself.json["status-code"]) == (401, 401)


def test_too_many_failures_ask_for_a_captcha(fresh_datacenter: Simulator) -> None:
    """Even the right token is refused with 403 until a human logs in."""
    fresh_datacenter.post("/__simulator/token", {"mode": "captcha"})
    answer = fresh_datacenter.get(f"{API}/myself")

    assert answer.status == 403
    assert answer.headers["x-seraph-loginreason"] == "AUTHENTICATION_DENIED"
    assert answer.headers["x-authentication-denied-reason"].startswith("CAPTCHA_CHALLENGE; login-url=")


def test_every_answer_tells_of_the_token_bucket(datacenter: Simulator) -> None:
    """Retry-After stands on good answers too, and is nought."""
    headers = datacenter.get(f"{API}/serverInfo").headers

    assert headers["retry-after"] == "0"
    names = ("limit", "remaining", "interval-seconds", "fillrate")
    assert all(headers[f"x-ratelimit-{name}"].isdigit() for name in names)


def test_the_server_says_server(datacenter: Simulator) -> None:
    """Clustered or not; the build date and the time are in the site's zone."""
    info = datacenter.get(f"{API}/serverInfo", who=None).json

    assert (info["deploymentType"], info["version"], info["versionNumbers"]) == (
        "Server",
        "11.3.1",
        [11, 3, 1],
    )
    assert info["serverTime"] == "2026-11-23T02:30:00.000-0500"


def test_a_search_has_a_total_and_members_that_are_null(datacenter: Simulator) -> None:
    """Pages by offset; names, schema and warnings are null, and so is what is rendered of each issue."""
    page = datacenter.get(f"{API}/search", jql="project = SHOP ORDER BY key", startAt=10, maxResults=5).json

    assert (page["startAt"], page["maxResults"], len(page["issues"])) == (10, 5, 5)
    assert page["total"] > 100
    assert (page["names"], page["schema"], page["warningMessages"]) == (None, None, None)
    assert [issue["renderedFields"] for issue in page["issues"]] == [None] * 5
    assert page["issues"][0]["fields"]["summary"]
    assert "comment" not in page["issues"][0]["fields"]


def test_a_page_is_cut_to_a_thousand_and_says_so(datacenter: Simulator) -> None:
    """The echoed maxResults is the truth; nought asks for the total alone."""
    page = datacenter.search("created > -9999d", maxResults=5000, fields=["key"]).json
    none = datacenter.search("created > -9999d", maxResults=0).json

    assert (page["maxResults"], len(page["issues"])) == (1000, 1000)
    assert (none["total"], none["issues"]) == (page["total"], [])


def test_nothing_is_found_beyond_the_window(datacenter: Simulator) -> None:
    """Past ten thousand the search fails with 500, and the limit can be asked for."""
    inside = datacenter.search("project = SHOP", startAt=9900, maxResults=100)
    beyond = datacenter.search("project = SHOP", startAt=10_000, maxResults=100)

    assert inside.status == 200
    assert beyond.status == 500
    assert (
        "it requests 10,100 results which exceeded the search platform limit of 10,000."
        in beyond.json["errorMessages"][0]
    )
    assert datacenter.get(f"{API}/searchLimits/maxResultWindow").json == 10_000


@pytest.mark.parametrize("body", [{"properties": None}, {"nextPageToken": "x"}, {"expand": "names"}])
def test_a_search_body_is_read_strictly(datacenter: Simulator, body: dict[str, Any]) -> None:
    """Unknown members and an expand that is no array are 400."""
    assert datacenter.search("project = SHOP", **body).status == 400


def test_expand_is_an_array_and_adds_names_and_schema(datacenter: Simulator) -> None:
    """Names come in the user's language."""
    page = datacenter.search("project = SHOP", fields=["summary", SPRINT], expand=["names", "schema"]).json

    assert page["names"] == {"summary": "Resumo", SPRINT: "Sprint"}
    assert page["schema"][SPRINT]["items"] == "string"


def test_a_search_needs_no_bounds(datacenter: Simulator) -> None:
    """An empty JQL finds everything."""
    everything = datacenter.get("/__simulator/truth").json["issues"]

    assert datacenter.search("ORDER BY key").json["total"] == everything
    assert datacenter.search("").json["total"] == everything
    assert datacenter.search("project = NOPE").status == 400


def test_a_changelog_is_embedded_whole(datacenter: Simulator) -> None:
    """All histories, not the newest forty; and not always the oldest first."""
    issues = _all(datacenter, "project in (SHOP, OPS)", fields=["key"], expand=["changelog"])
    logs = [issue["changelog"] for issue in issues]

    assert all(log["total"] == len(log["histories"]) == log["maxResults"] for log in logs)
    assert max(log["total"] for log in logs) > 100
    in_order = [[int(h["id"]) for h in log["histories"]] for log in logs if log["total"] > 1]
    assert 0.6 < sum(ids == sorted(ids) for ids in in_order) / len(in_order) < 1


def test_changelogs_name_people_by_key_and_no_field_ids(datacenter: Simulator) -> None:
    """From and to are user keys; whose change it was, too."""
    issues = _all(datacenter, "project = SHOP", fields=["key"], expand=["changelog"])
    histories = [history for issue in issues for history in issue["changelog"]["histories"]]
    items = [item for history in histories for item in history["items"]]
    people = {item["to"] for item in items if item["field"] == "assignee"} - {None}

    assert not any("fieldId" in item for item in items)
    assert people
    assert all(re.fullmatch(r"JIRAUSER\d+", key) for key in people)
    assert all(set(h["author"]) >= {"key", "name", "displayName"} for h in histories if "author" in h)


def test_stories_have_an_epic_link_and_sub_tasks_a_parent(
    datacenter: Simulator, simulator: Simulator
) -> None:
    """What Cloud calls the parent is a field of its own here, unless the issue is a sub-task."""
    fields = ["parent", EPIC_LINK, EPIC_NAME, "issuetype"]
    here = {i["key"]: i["fields"] for i in _all(datacenter, "project = SHOP", fields=fields)}
    linked = [key for key, value in here.items() if value[EPIC_LINK]]
    subs = [key for key, value in here.items() if value["issuetype"]["subtask"]]
    there = simulator.get(f"/rest/api/3/issue/{linked[0]}").json["fields"]["parent"]["key"]

    assert linked
    assert subs
    assert here[linked[0]][EPIC_LINK] == there
    assert all("parent" not in value for key, value in here.items() if key not in subs)
    assert all(here[key]["parent"]["key"] and here[key][EPIC_LINK] is None for key in subs)
    assert [v[EPIC_NAME] is not None for v in here.values()] == [
        v["issuetype"]["name"] == "Epic" for v in here.values()
    ]
    assert linked[0] in [i["key"] for i in _all(datacenter, f'"Epic Link" = {there}')]


def test_an_issue_names_its_sprints_in_texts_of_java(fresh_datacenter: Simulator) -> None:
    """The members stand in no fixed order; names and goals hold commas and brackets; what is not is null."""
    fresh_datacenter.edit(do="sprint", id=122, goal="Pay, refund = [soon], state=calm")
    found = _all(fresh_datacenter, "sprint is not EMPTY", fields=[SPRINT])
    texts = {text for issue in found for text in issue["fields"][SPRINT]}
    heads = {text.partition("[")[2].partition("=")[0] for text in texts}
    active = next(text for text in texts if "goal=Pay, refund = [soon], state=calm" in text)

    assert all(text.startswith("com.atlassian.greenhopper.service.sprint.Sprint@") for text in texts)
    assert heads == {"id", "rapidViewId", "goal"}
    assert "completeDate=<null>" in active
    assert any("name=APP Sprint 9, polish & [fixes]" in text for text in texts)
    empty = {text for text in texts if re.search(r"goal=(<null>)?[,\]]", text)}
    assert {"goal=<null>" in text for text in empty} == {True, False}


def test_a_sprint_has_its_click_beside_its_plan(datacenter: Simulator, simulator: Simulator) -> None:
    """The click is activatedDate, the plan startDate; Cloud serves the click as startDate."""
    here = {s["id"]: s for s in datacenter.get(f"{AGILE}/board/11/sprint").json["values"]}
    there = {s["id"]: s for s in simulator.get(f"{AGILE}/board/11/sprint").json["values"]}
    started = [i for i, row in here.items() if row["state"] != "future"]
    differing = [i for i in started if here[i]["startDate"] != here[i]["activatedDate"]]

    assert len(differing) >= 2
    for i in started:
        assert datetime.fromisoformat(here[i]["activatedDate"]) == datetime.fromisoformat(
            there[i]["startDate"]
        )
    assert "activatedDate" not in there[started[0]]
    assert re.fullmatch(r"[-\dT:]+\.\d{3}-0[45]:00", here[started[0]]["startDate"])
    assert {"synced", "autoStartStop", "originBoardId"} <= set(here[started[0]])


def test_boards_have_no_location(datacenter: Simulator) -> None:
    """Their projects have a resource of their own, and no board is a simple one."""
    boards = datacenter.get(f"{AGILE}/board").json["values"]
    project = datacenter.get(f"{AGILE}/board/12/project").json

    assert all(set(board) == {"id", "self", "name", "type"} for board in boards)
    assert {board["type"] for board in boards} == {"scrum", "kanban"}
    assert [row["key"] for row in project["values"]] == ["APP"]
    assert "location" not in datacenter.get(f"{AGILE}/board/11/configuration").json


def test_projects_come_as_one_bare_array(datacenter: Simulator) -> None:
    """All of them, without the marks of team-managed ones."""
    projects = datacenter.get(f"{API}/project").json

    assert [row["key"] for row in projects] == ["APP", "OPS", "SHOP"]
    assert not any({"simplified", "style"} & set(row) for row in projects)


def test_remarks_are_wiki_text_with_mentions_by_name(datacenter: Simulator) -> None:
    """No documents, no accounts; comments come fifty a page unless more are asked for."""
    key = _all(datacenter, 'text ~ "ACTION 2026-11-27"', fields=["key"])[0]["key"]
    bodies = [c["body"] for c in datacenter.get(f"{API}/issue/{key}/comment").json["comments"]]
    long = _all(datacenter, 'summary ~ "Nightly import of prices"', fields=["key"])[0]["key"]
    page = datacenter.get(f"{API}/issue/{long}/comment").json
    more = datacenter.get(f"{API}/issue/{long}/comment", maxResults="200", startAt="5").json

    assert any("[~tomas.berg]" in body for body in bodies)
    assert (page["maxResults"], len(page["comments"])) == (50, 50)
    assert len(more["comments"]) == more["total"] - 5
    assert "jsdPublic" not in page["comments"][0]


def test_the_worklogs_of_an_issue_come_all_at_once(datacenter: Simulator) -> None:
    """Parameters of paging are not read; within an issue there are still twenty."""
    key = _all(datacenter, 'summary ~ "Nightly import of prices"', fields=["key"])[0]["key"]
    page = datacenter.get(f"{API}/issue/{key}/worklog", startAt=3, maxResults=2).json
    within = datacenter.get(f"{API}/issue/{key}", fields="worklog").json["fields"]["worklog"]

    assert (page["startAt"], page["maxResults"], page["total"], len(page["worklogs"])) == (0, 45, 45, 45)
    assert (within["total"], len(within["worklogs"])) == (45, 20)


def test_worklog_feeds_say_twice_that_they_end(datacenter: Simulator) -> None:
    """There is lastPage as on Cloud, and isLastPage beside it; worklogs by id exist here too."""
    feed = datacenter.get(f"{API}/worklog/updated", since=0).json
    listed = datacenter.post(f"{API}/worklog/list", {"ids": [feed["values"][0]["worklogId"]]}).json

    assert (feed["lastPage"], feed["isLastPage"]) == (False, False)
    assert datacenter.get(f"{API}/worklog/deleted").json["isLastPage"]
    assert set(listed[0]["author"]) >= {"key", "name"}


def test_the_marks_of_cloud_are_nowhere(datacenter: Simulator) -> None:
    """No levels of types, no scopes, no untranslated names, no accounts."""
    for path in ("field", "status", "issuetype", "project/APP", "issue/APP-1?expand=changelog"):
        text = datacenter.get(f"{API}/{path}").content.decode()
        assert not re.search('"(scope|untranslatedName|hierarchyLevel|accountId|fieldId)"', text), path
    fields = {row["id"]: row for row in datacenter.get(f"{API}/field").json}
    assert "statuscategorychangedate" not in fields
    assert fields[SPRINT]["schema"]["items"] == "string"
    assert fields[EPIC_LINK]["schema"]["custom"].endswith(":gh-epic-link")


def test_permissions_need_not_be_named(datacenter: Simulator) -> None:
    """Without names a few are told."""
    assert "BROWSE_PROJECTS" in datacenter.get(f"{API}/mypermissions").json["permissions"]


def test_both_products_hold_the_same(datacenter: Simulator, simulator: Simulator) -> None:
    """The dialect changes how the company's year is told, and nothing of the year."""
    assert datacenter.get("/__simulator/truth").json | {"fields": 0} == simulator.get(
        "/__simulator/truth"
    ).json | {"fields": 0}
