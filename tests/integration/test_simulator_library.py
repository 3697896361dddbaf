"""The simulator as the jira library sees it: the library's own methods read both products."""

from collections.abc import Iterator

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.support.simulator import Simulator

JQL = "project = SHOP ORDER BY key ASC"
LONG = 'summary ~ "Nightly import of prices"'


@pytest.fixture(scope="module")
def cloud(simulator: Simulator) -> Iterator[JIRA]:
    """The library at the site of Cloud, with an email and a token."""
    client = JIRA(simulator.url, basic_auth=(simulator.site.email or "", simulator.site.token), max_retries=0)
    yield client
    client._session.close()


@pytest.fixture(scope="module")
def server(datacenter: Simulator) -> Iterator[JIRA]:
    """The library at Data Center, with a personal access token."""
    client = JIRA(datacenter.url, token_auth=datacenter.site.token, max_retries=0)
    yield client
    client._session.close()


@pytest.fixture(params=["cloud", "server"])
def client(request: pytest.FixtureRequest) -> JIRA:
    """The library at either."""
    found: JIRA = request.getfixturevalue(request.param)
    return found


def test_the_library_tells_the_products_apart(cloud: JIRA, server: JIRA) -> None:
    """By what the server says of itself; the user is known by account or by key."""
    assert (cloud._is_cloud, server._is_cloud) == (True, False)
    assert cloud.myself()["accountId"].startswith("712020:")
    assert (server.myself()["key"], server.myself()["name"]) == ("JIRAUSER10100", "ines.duarte")


def test_the_library_finds_all_issues(client: JIRA, simulator: Simulator) -> None:
    """Page after page, by token or by offset, to the last one."""
    found = client.search_issues(JQL, maxResults=False, fields="summary,status,customfield_10026")
    numbers = [int(issue.key.rpartition("-")[2]) for issue in found]

    assert len(found) == simulator.get("/__simulator/truth").json["projects"]["SHOP"]["issues"]
    assert numbers == sorted(set(numbers))
    assert all(issue.fields.status.statusCategory.key for issue in found)


def test_the_library_pages_data_center_by_offset(server: JIRA) -> None:
    """The total is the server's."""
    page = server.search_issues(JQL, startAt=20, maxResults=7, fields="summary")

    assert (page.startAt, len(page), page.total > 100, page.isLast) == (20, 7, True, False)


def test_the_library_reads_an_issue_with_its_changelog(client: JIRA) -> None:
    """On both products it is the same issue; Data Center tells all of its past."""
    key = client.search_issues(LONG, maxResults=1, fields="key")[0].key
    issue = client.issue(key, expand="changelog")
    log = issue.changelog

    assert issue.fields.project.key == "OPS"
    assert str(issue.fields.assignee) == "Marek Zielinski"
    assert log.total > 100
    assert len(log.histories) == (40 if client._is_cloud else log.total)
    assert {item.field for history in log.histories for item in history.items} >= {"priority", "status"}


def test_the_library_reads_remarks(client: JIRA) -> None:
    """Worklogs all at once, comments one page; both as text."""
    key = client.search_issues(LONG, maxResults=1, fields="key")[0].key
    comments, worklogs = client.comments(key), client.worklogs(key)

    assert len(worklogs) == 45
    assert sum(row.timeSpentSeconds for row in worklogs) == 45 * 1800
    assert len(comments) == (100 if client._is_cloud else 50)
    assert all(isinstance(row.body, str) for row in comments)


def test_the_library_reads_boards_and_sprints(client: JIRA) -> None:
    """Boards without location, sprints without total: it finds them all, and a kanban board has none."""
    boards = client.boards(maxResults=False)
    sprints = client.sprints(11, maxResults=False)

    assert [board.id for board in boards][:3] == [11, 12, 13]
    assert len(sprints) == 27
    assert [sprint.state for sprint in client.sprints(11, state="active")] == ["active"]
    assert client.sprint(sprints[0].id).name == sprints[0].name
    assert hasattr(sprints[0], "activatedDate") != client._is_cloud
    with pytest.raises(JIRAError, match=r"does(n't| not) support sprints"):
        client.sprints(13)


def test_the_library_reads_projects_versions_and_fields(client: JIRA) -> None:
    """The bare arrays of both products."""
    assert sorted(project.key for project in client.projects()) == ["APP", "OPS", "SHOP"]
    assert client.project("SHOP").lead.displayName == "Inês Duarte"
    assert [version.name for version in client.project_versions("SHOP")][:2] == ["Checkout 1", "Checkout 2"]
    assert {field["id"] for field in client.fields()} >= {"customfield_10020", "customfield_10026"}
    assert {status.name for status in client.statuses()} >= {"To Do", "Done"}


def test_the_library_is_refused_with_a_wrong_token(datacenter: Simulator) -> None:
    """Data Center says 401 in HTML to the very first question."""
    with pytest.raises(JIRAError) as refused:
        JIRA(datacenter.url, token_auth="wrong", max_retries=0)  # noqa: S106 - opens nothing

    assert refused.value.status_code == 401
