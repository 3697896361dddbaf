"""Scoped tokens of Cloud: they open the gateway and not the site, and only what their scopes cover."""

from collections.abc import Iterator

import pytest

from pmreport.demo.state import SCOPES
from tests.support.simulator import Answer, Simulator, empty_corpus, serving

MISMATCH = {"code": 401, "message": "Unauthorized; scope does not match"}
ADMIN = "read:board-scope.admin:jira-software"


@pytest.fixture(scope="module")
def scoped() -> Iterator[Simulator]:
    """A site without issues, whose token's scopes are changed."""
    with serving(empty_corpus()) as running_simulator:
        yield running_simulator


def _scoped(simulator: Simulator) -> str:
    return f"{simulator.site.email}:{simulator.site.scoped_token}"


def _through(simulator: Simulator, path: str, who: str | None = None) -> Answer:
    """Ask the gateway as the scoped token."""
    return simulator.get(f"/ex/jira/{simulator.site.cloud_id}{path}", who=who or _scoped(simulator))


def test_a_scoped_token_is_a_failed_login_at_the_site(simulator: Simulator) -> None:
    """Even for myself it is 401, and only a header tells that it was looked at."""
    answer = simulator.get("/rest/api/3/myself", who=_scoped(simulator))

    assert (answer.status, answer.headers["x-seraph-loginreason"]) == (401, "AUTHENTICATED_FAILED")


@pytest.mark.parametrize(
    "path", ["/rest/api/3/myself", "/rest/api/2/issue/SHOP-1", "/rest/agile/1.0/board/11/configuration"]
)
def test_the_gateway_serves_a_scoped_token(simulator: Simulator, path: str) -> None:
    """The same answers as at the site; links still lead to the site."""
    answer = _through(simulator, path)

    assert answer.status == 200
    assert answer.json == simulator.get(path).json
    assert answer.json["self"].startswith("https://aurora.example/")


@pytest.mark.parametrize(
    ("missing", "refused", "open_still"),
    [
        (ADMIN, "/rest/agile/1.0/board/11/configuration", "/rest/agile/1.0/board"),
        (ADMIN, "/rest/agile/1.0/board/11/project", "/rest/agile/1.0/board/11"),
        ("read:sprint:jira-software", "/rest/agile/1.0/board/11/sprint", "/rest/agile/1.0/board"),
        ("read:board-scope:jira-software", "/rest/agile/1.0/board", "/rest/agile/1.0/board/11/sprint"),
        ("read:jira-work", "/rest/api/3/field", "/rest/api/3/myself"),
        ("read:jira-user", "/rest/api/3/myself", "/rest/api/3/field"),
    ],
)
def test_a_missing_scope_is_a_401_of_the_gateway(
    scoped: Simulator, missing: str, refused: str, open_still: str
) -> None:
    """It is no bad password: other resources still answer, and no header speaks of a login."""
    scoped.post("/__simulator/token", {"scopes": sorted(SCOPES - {missing})})
    answer = _through(scoped, refused)

    assert (answer.status, answer.json) == (401, MISMATCH)
    assert "x-seraph-loginreason" not in answer.headers
    assert _through(scoped, open_still).status == 200


def test_the_private_charts_are_out_of_reach(simulator: Simulator) -> None:
    """No scope covers them."""
    answer = _through(simulator, "/rest/greenhopper/1.0/rapid/charts/velocity")

    assert (answer.status, answer.json) == (401, MISMATCH)


def test_the_gateway_serves_nobody_as_anonymous(simulator: Simulator) -> None:
    """A wrong token is 401 everywhere, and another cloud's address leads nowhere."""
    assert _through(simulator, "/rest/api/3/project/search", who="x:y").status == 401
    assert simulator.get("/ex/jira/another/rest/api/3/myself").status == 404


def test_data_center_has_no_gateway(datacenter: Simulator) -> None:
    """The address says nothing of one."""
    site = datacenter.site

    assert (site.gateway, site.cloud_id, site.scoped_token) == (None, None, None)


def test_both_versions_of_cloud_differ_in_rich_text_alone(simulator: Simulator) -> None:
    """Version 2 writes wiki text where version 3 writes documents; search and bulk resources have both."""
    ask = {"jql": "key = SHOP-1", "fields": ["summary", "description"]}
    two, three = (simulator.post(f"/rest/api/{v}/search/jql", ask).json["issues"][0] for v in (2, 3))
    bulk = {"issueIdsOrKeys": ["shop-1"], "fields": ["description"]}
    fetched = [simulator.post(f"/rest/api/{v}/issue/bulkfetch", bulk).json["issues"][0] for v in (2, 3)]

    assert two["fields"]["summary"] == three["fields"]["summary"]
    assert isinstance(two["fields"]["description"], str)
    assert three["fields"]["description"]["type"] == "doc"
    assert [f["fields"]["description"] for f in fetched] == [
        two["fields"]["description"],
        three["fields"]["description"],
    ]


def test_matching_asks_which_ids_a_jql_finds(simulator: Simulator) -> None:
    """Each JQL of its own: a broken one has errors, the others their ids, and nothing is paged."""
    ids = [10_001, 10_040]
    jqls = ["project = SHOP", "project = OPS", "project = NOPE"]
    matches = simulator.post("/rest/api/3/jql/match", {"jqls": jqls, "issueIds": ids}).json["matches"]

    assert sorted(matches[0]["matchedIssues"]) == ids
    assert matches[1] == {"matchedIssues": [], "errors": []}
    assert "NOPE" in matches[2]["errors"][0]


def test_the_count_needs_bounds(simulator: Simulator) -> None:
    """It agrees with the truth where it answers."""
    path = "/rest/api/3/search/approximate-count"
    truth = simulator.get("/__simulator/truth").json["projects"]["APP"]["issues"]

    assert simulator.post(path, {"jql": "project = APP"}).json == {"count": truth}
    assert simulator.post(path, {"jql": "ORDER BY key"}).status == 400


def test_bulkfetch_passes_over_what_it_does_not_find(simulator: Simulator) -> None:
    """Keys of any case, ascending ids, no word of the missing; too many or none at all are 400."""
    path = "/rest/api/3/issue/bulkfetch"
    answer = simulator.post(path, {"issueIdsOrKeys": ["SHOP-2", "10001", "GONE-1", "999"], "fields": ["key"]})

    assert [i["id"] for i in answer.json["issues"]] == sorted(i["id"] for i in answer.json["issues"])
    assert (len(answer.json["issues"]), answer.json["issueErrors"]) == (2, [])
    assert simulator.post(path, {"issueIdsOrKeys": []}).status == 400
    assert simulator.post(path, {"issueIdsOrKeys": list(range(101))}).status == 400
    many = {"issueIdsOrKeys": list(range(1001)), "fields": ["summary"]}
    assert simulator.post(path, many).status == 400
