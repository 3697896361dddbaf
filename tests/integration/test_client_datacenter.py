"""The Jira client against Data Center: another login, another search, fewer ways to read."""

from collections.abc import Iterator
from typing import Any

import pytest

from pmreport.errors import NotAuthorisedError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.paging import IssuePage
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.jira.transport import Patience
from tests.support.fake_jira import FakeJira, Reply

ME = {"key": "JIRAUSER10100", "name": "jürgen", "displayName": "Jürgen", "timeZone": "Europe/Berlin"}
SERVER = {"deploymentType": "Server", "baseUrl": "https://jira.acme.example"}
REFUSED = Reply(status=400, body={"errorMessages": ["A value with ID '9' does not exist."], "errors": {}})


@pytest.fixture
def jira() -> Iterator[FakeJira]:
    """A server of the customer's own."""
    with FakeJira() as server:
        server.say("/rest/api/2/myself", Reply(body=ME))
        server.say("/rest/api/2/serverInfo", Reply(body=SERVER))
        yield server


@pytest.fixture
def client(jira: FakeJira) -> Iterator[JiraClient]:
    """A client that was told nothing about the kind of server, signed in with a personal access token."""
    site = SiteSettings(name="acme", url=jira.url, deployment=Deployment.AUTO)
    patience = Patience(sleep=lambda _: None, jitter=lambda: 0.0)
    with JiraClient(site, Credential(token="pat"), patience=patience) as made:  # noqa: S106 - made up
        made.sign_in()
        yield made


def issue(number: int, **more: Any) -> dict[str, Any]:
    """An issue as a search gives it."""
    return {"id": str(number), "key": f"A-{number}", **more}


def test_the_server_is_spared(client: JiraClient) -> None:
    """At most two requests at a time, found out before the first worker is hired."""
    assert client.crew.workers == 2


@pytest.mark.parametrize("name", ["j%C3%BCrgen", "J%C3%BCrgen", "jürgen"])
def test_the_login_name_in_the_header_is_ours(jira: FakeJira, client: JiraClient, name: str) -> None:
    """It comes written for a header, and the case of a login does not count."""
    jira.say("/rest/api/2/status", Reply(body=[], headers={"X-AUSERNAME": name}))

    assert client.statuses() == []


@pytest.mark.parametrize("name", ["anonymous", "somebody"])
def test_an_answer_for_somebody_else_is_refused(jira: FakeJira, client: JiraClient, name: str) -> None:
    """A dead token is answered as a visitor, with 200 and nothing in it."""
    jira.say("/rest/api/2/status", Reply(body=[], headers={"X-AUSERNAME": name}))

    with pytest.raises(NotAuthorisedError):
        client.statuses()


def test_single_sign_on_says_out_and_means_nothing(jira: FakeJira, client: JiraClient) -> None:
    """`OUT` and `Retry-After: 0` ride on good answers."""
    headers = {"X-Seraph-LoginReason": "OUT", "Retry-After": "0", "X-RateLimit-Remaining": "0"}
    jira.say("/rest/api/2/status", Reply(body=[{"id": "1"}], headers=headers))

    assert client.statuses() == [{"id": "1"}]
    assert client.traffic.retries == 0


def test_a_refused_login_in_html_says_how_a_token_goes(jira: FakeJira, client: JiraClient) -> None:
    """Jira 11 takes no password; the token goes without an email."""
    page = b"<html>Basic Authentication Failure - Reason : AUTHENTICATED_FAILED</html>"
    jira.say("/rest/api/2/myself", Reply(status=401, body=page))

    with pytest.raises(NotAuthorisedError) as caught:
        client.myself()

    assert "without `email`" in str(caught.value.hint)


def test_pages_go_by_offset_with_the_history_inside(jira: FakeJira, client: JiraClient) -> None:
    """The next page begins behind what came, whatever was asked for; the total is the end."""
    jira.say(
        "/rest/api/2/search",
        Reply(body={"issues": [issue(1), issue(2)], "total": 3, "startAt": 0, "maxResults": 2}),
        Reply(body={"issues": [issue(3)], "total": 3, "startAt": 2, "maxResults": 2}),
    )

    first = client.search("project = A", ["summary"], size=50)
    second = client.search("project = A", ["summary"], size=50, go_on=first.go_on)

    assert (first, second) == (IssuePage([issue(1), issue(2)], 2), IssuePage([issue(3)], None))
    assert [asked.body["startAt"] for asked in jira.asked[-2:]] == [0, 2]
    assert jira.asked[-1].body["expand"] == ["changelog"]


def test_an_empty_page_is_the_end_whatever_the_total(jira: FakeJira, client: JiraClient) -> None:
    """Another node of the cluster may count otherwise."""
    jira.say("/rest/api/2/search", Reply(body={"issues": [], "total": 7}))

    assert client.search("project = A", [], size=50).go_on is None


def test_a_search_for_nothing_counts(jira: FakeJira, client: JiraClient) -> None:
    """The total of a page without issues."""
    jira.say("/rest/api/2/search", Reply(body={"issues": [], "total": 7, "maxResults": 0}))

    assert client.count("project = A") == 7
    assert jira.asked[-1].body["maxResults"] == 0


def test_projects_are_one_list(jira: FakeJira, client: JiraClient) -> None:
    """There are no pages of projects."""
    jira.say("/rest/api/2/project", Reply(body=[{"id": "1", "key": "A"}]))

    assert list(client.projects()) == [[{"id": "1", "key": "A"}]]


def test_issues_are_searched_by_their_ids(jira: FakeJira, client: JiraClient) -> None:
    """With the whole history, for there is no other way to it."""
    jira.say("/rest/api/2/search", Reply(body={"issues": [issue(8), issue(9)], "total": 2}))

    assert client.issues([8, 9], ["summary"]) == [issue(8), issue(9)]
    assert jira.asked[-1].body["jql"] == "id in (8, 9) ORDER BY key ASC"


def test_an_id_that_is_gone_does_not_take_the_others_with_it(jira: FakeJira, client: JiraClient) -> None:
    """One unknown value spoils a whole query, so they are asked for one by one."""
    jira.say("/rest/api/2/search", REFUSED)
    jira.say("/rest/api/2/issue/8", Reply(body=issue(8)))

    assert client.issues([8, 9], ["summary"]) == [issue(8)]
    assert [asked.query.get("expand") for asked in jira.asked[-2:]] == [["changelog"]] * 2


def test_keys_lead_to_ids_also_after_a_move(jira: FakeJira, client: JiraClient) -> None:
    """A moved issue is found under its old key and answers with its new one; one that is gone is left out."""
    jira.say("/rest/api/2/search", Reply(body={"issues": [issue(1), {"id": "2", "key": "B-7"}], "total": 2}))
    jira.say("/rest/api/2/issue/A-2", Reply(body={"id": "2", "key": "B-7"}))

    assert {key: client.issue_ids(["A-1", "A-2", "A-3"]).get(key) for key in ("A-1", "A-2", "A-3")} == {
        "A-1": 1,
        "A-2": 2,
        "A-3": None,
    }


def test_worklogs_come_in_one_piece(jira: FakeJira, client: JiraClient) -> None:
    """The offset is not known there: every page is the first, and some worklogs are counted but hidden."""
    jira.say("/rest/api/2/issue/5/worklog", Reply(body={"worklogs": [{"id": "1"}, {"id": "2"}], "total": 3}))

    assert client.worklogs(5) == [{"id": "1"}, {"id": "2"}]
    assert len([asked for asked in jira.asked if asked.path.endswith("worklog")]) == 2


def test_the_feed_ends_where_it_says_is_last_page(jira: FakeJira, client: JiraClient) -> None:
    """The word is another one than Cloud's."""
    page = {"values": [{"worklogId": 1}], "until": 200, "isLastPage": True}
    jira.say("/rest/api/2/worklog/deleted", Reply(body=page))

    assert client.deleted_worklogs(100) == ([{"worklogId": 1}], 200)


def test_the_history_of_one_issue_can_be_read_alone(jira: FakeJira, client: JiraClient) -> None:
    """A page of many issues may come with histories cut off."""
    log = {"histories": [{"id": "1"}], "total": 1}
    jira.say("/rest/api/2/issue/5", Reply(body=issue(5, changelog=log)))

    assert client.history(5) == log


def test_a_context_path_stands_before_everything(jira: FakeJira) -> None:
    """Customers' servers often live under a path."""
    jira.say("/jira/rest/api/2/myself", Reply(body=ME))
    jira.say("/jira/rest/api/2/serverInfo", Reply(body=SERVER))
    jira.say("/jira/rest/agile/1.0/board/3/project", Reply(body={"values": [{"id": "1", "key": "A"}]}))
    site = SiteSettings(name="acme", url=f"{jira.url}/jira")

    with JiraClient(site, Credential(token="pat")) as client:  # noqa: S106 - made up
        client.sign_in()
        assert client.board_projects(3) == [{"id": "1", "key": "A"}]
