"""Who may ask the simulator, and what the others get."""

import base64
from typing import Any

import pytest

from tests.support.simulator import Simulator

API = "/rest/api/3"
ANONYMOUS_CAPABLE: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", f"{API}/project/search", None),
    ("GET", f"{API}/search/jql?jql=created%20%3E%20-9999d", None),
    ("GET", f"{API}/status", None),
    ("GET", f"{API}/field", None),
    ("POST", f"{API}/issue/bulkfetch", {"issueIdsOrKeys": ["SHOP-1"]}),
    ("POST", f"{API}/changelog/bulkfetch", {"issueIdsOrKeys": ["SHOP-1"]}),
    ("POST", f"{API}/comment/list", {"ids": [10001001]}),
)
USER_ONLY = (
    f"{API}/myself",
    "/rest/api/2/myself",
    f"{API}/priority",
    f"{API}/resolution",
    f"{API}/configuration",
    f"{API}/worklog/updated",
    f"{API}/worklog/deleted",
    "/rest/agile/1.0/board",
    "/rest/agile/1.0/board/11/sprint",
    "/rest/agile/1.0/sprint/71",
)


def _empty(body: Any) -> bool:
    if isinstance(body, list):
        return all(not row.get("custom", False) and "statusCategory" not in row for row in body)
    lists = [value for value in body.values() if isinstance(value, list)]
    return all(not found for found in lists)


@pytest.mark.parametrize(
    ("method", "path", "body"), ANONYMOUS_CAPABLE, ids=[row[1] for row in ANONYMOUS_CAPABLE]
)
def test_a_wrong_token_is_served_as_anonymous_with_200(
    simulator: Simulator, method: str, path: str, body: dict[str, Any] | None
) -> None:
    """A refused token gets 200 and nothing, and only a header tells."""
    who = f"{simulator.site.email}:wrong"

    answer = simulator.get(path, who=who) if method == "GET" else simulator.post(path, body or {}, who=who)

    assert answer.status == 200
    assert _empty(answer.json)
    assert answer.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"
    assert "x-aaccountid" not in answer.headers


@pytest.mark.parametrize("path", USER_ONLY)
def test_a_resource_without_anonymous_access_says_401(simulator: Simulator, path: str) -> None:
    """A wrong token is refused where anonymous may not go, and the header rides on the 401 too."""
    refused = simulator.get(path, who=f"{simulator.site.email}:wrong")
    nobody = simulator.get(path, who=None)

    assert (refused.status, nobody.status) == (401, 401)
    assert refused.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"
    assert "x-seraph-loginreason" not in nobody.headers


def test_without_credentials_there_is_no_login_reason(simulator: Simulator) -> None:
    """Plain anonymous access is no failed login."""
    answer = simulator.get(f"{API}/project/search", who=None)

    assert (answer.status, answer.json["total"]) == (200, 0)
    assert "x-seraph-loginreason" not in answer.headers


def test_the_users_answers_carry_the_account(simulator: Simulator) -> None:
    """Cloud says on each answer whose it is."""
    myself = simulator.get(f"{API}/myself")

    assert myself.json["accountId"] == simulator.site.account_id
    assert myself.headers["x-aaccountid"] == simulator.site.account_id


def test_an_invisible_project_is_a_jql_error(simulator: Simulator) -> None:
    """For anonymous a project does not exist, so a dead token can look like a bad JQL."""
    answer = simulator.post(f"{API}/search/jql", {"jql": "project = SHOP"}, who="x:y")

    assert answer.status == 400
    assert answer.json["errorMessages"] == ["The value 'SHOP' does not exist for the field 'project'."]
    assert answer.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"


def test_a_token_can_die_and_come_back(fresh_simulator: Simulator) -> None:
    """The control endpoint kills the token of a running simulator and revives it."""
    fresh_simulator.post("/__simulator/token", {"mode": "dead"})
    dead = fresh_simulator.get(f"{API}/myself").status
    fresh_simulator.post("/__simulator/token", {"mode": "ok"})

    assert (dead, fresh_simulator.get(f"{API}/myself").status) == (401, 200)
    assert fresh_simulator.post("/__simulator/token", {"mode": "asleep"}).status == 400


def test_credentials_that_are_no_base64_are_refused(simulator: Simulator) -> None:
    """Garbage in the header is a failed login, not a fault of the server."""
    bearer = base64.b64encode(b"x").decode()

    for header in ("Basic %%%", f"Bearer {bearer}", "Basic /w=="):
        answer = simulator.get(f"{API}/project/search", who=None, headers={"Authorization": header})
        assert (answer.status, answer.headers["x-seraph-loginreason"]) == (200, "AUTHENTICATED_FAILED")


def test_the_server_tells_its_time_to_anybody(simulator: Simulator) -> None:
    """The server info is anonymous; its time is the corpus' last instant, in the site's zone."""
    info = simulator.get(f"{API}/serverInfo", who=None).json

    assert info["deploymentType"] == "Cloud"
    assert info["serverTime"] == "2026-11-23T02:30:00.000-0500"
    assert info["baseUrl"].endswith(".example")


@pytest.mark.parametrize(
    "path", ["/nothing", "/rest/api/3/nothing", "/rest/api/4/myself", "/rest/agile/1.0/rapid"]
)
def test_any_other_path_is_a_404_in_json(simulator: Simulator, path: str) -> None:
    """What does not exist is answered in Jira's error collection."""
    answer = simulator.get(path)

    assert answer.status == 404
    assert set(answer.json) == {"errorMessages", "errors"}


def test_parts_of_the_product_can_be_switched_off(fresh_simulator: Simulator) -> None:
    """Without its licence no board is shown, and without time tracking no worklog; the rest goes on."""
    fresh_simulator.post("/__simulator/switches", {"licensed": False, "time_tracking": False})

    boards = fresh_simulator.get("/rest/agile/1.0/board")
    assert (boards.status, "license" in boards.json["errorMessages"][0]) == (403, True)
    assert fresh_simulator.get("/rest/api/3/issue/SHOP-1/worklog").status == 404
    configuration = fresh_simulator.get("/rest/api/3/configuration").json
    assert (configuration["timeTrackingEnabled"], "timeTrackingConfiguration" in configuration) == (
        False,
        False,
    )
    assert fresh_simulator.get("/rest/api/3/issue/SHOP-1").status == 200


def test_an_issue_is_hidden_from_anonymous(simulator: Simulator) -> None:
    """404 means not found or no permission; anonymous cannot tell which."""
    answer = simulator.get(f"{API}/issue/SHOP-1", who=None)

    assert answer.status == 404
    assert answer.json["errorMessages"] == ["Issue does not exist or you do not have permission to see it."]
