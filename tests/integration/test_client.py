"""The Jira client against a server that misbehaves."""

import logging
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    ExitStatus,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from pmreport.jira.answers import ForbiddenError, RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.paging import IssuePage
from pmreport.jira.settings import Deployment, SiteSettings
from pmreport.jira.transport import Patience
from tests.support.fake_jira import ACCOUNT, FakeJira, Reply
from tests.support.simulator import Simulator

TOKEN = "ATATT3xFfGF0-very-secret-token"  # noqa: S105 - made up, to look for it in messages
CREDENTIAL = Credential(token=TOKEN, email="pm@acme.example")
STATUSES = "/rest/api/3/status"
REFUSED = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}


@pytest.fixture
def waits() -> list[float]:
    """How long the client would have slept, in order."""
    return []


@pytest.fixture
def client(jira: FakeJira, waits: list[float]) -> Iterator[JiraClient]:
    """A client of that server; it never really sleeps, and its dice always show 0."""
    with make_client(jira.url, waits) as made:
        yield made


def make_client(
    url: str,
    waits: list[float],
    *,
    deployment: Deployment = Deployment.AUTO,
    ca_bundle: Path | None = None,
) -> JiraClient:
    """A client that notes its waits."""
    settings = SiteSettings(name="acme", url=url, deployment=deployment, ca_bundle=ca_bundle)
    patience = Patience(sleep=waits.append, jitter=lambda: 0.0, timeout=(2.0, 0.5))
    return JiraClient(settings, CREDENTIAL, patience=patience)


def failure(client: JiraClient) -> PmreportError:
    """The error that reading the statuses ends in."""
    with pytest.raises(PmreportError) as caught:
        client.statuses()
    return caught.value


def test_every_request_says_who_asks_and_in_which_language(jira: FakeJira, client: JiraClient) -> None:
    """Names come in English whatever the user's language, and the site can see which program asks."""
    jira.say(STATUSES, Reply(body=[]))

    client.statuses()

    headers = jira.asked[-1].headers
    assert headers["User-Agent"].startswith("pmreport/")
    assert headers["Accept-Language"] == "en"
    assert headers["X-Force-Accept-Language"] == "true"
    assert headers["Authorization"].startswith("Basic ")


def test_a_personal_access_token_goes_as_bearer(jira: FakeJira) -> None:
    """Without an email the token is a personal access token."""
    jira.say(STATUSES, Reply(body=[]))
    site = SiteSettings(name="acme", url=jira.url)

    with JiraClient(site, Credential(token=TOKEN)) as client:
        client.statuses()

    assert jira.asked[-1].headers["Authorization"] == f"Bearer {TOKEN}"


def test_cookies_are_never_sent_back(jira: FakeJira, client: JiraClient) -> None:
    """Data Center counts the requests of a cookie session differently, so there is none."""
    jira.say(STATUSES, Reply(body=[], headers={"Set-Cookie": "JSESSIONID=abc; Path=/"}))

    client.statuses()
    client.statuses()

    assert "Cookie" not in jira.asked[-1].headers


def test_a_context_path_is_kept(jira: FakeJira) -> None:
    """Everything is relative to the configured address, its path included."""
    jira.say("/jira/rest/api/3/status", Reply(body=[{"id": "1"}]))

    with make_client(f"{jira.url}/jira/", []) as client:
        found = client.statuses()

    assert found == [{"id": "1"}]


def test_a_cloud_id_leads_through_the_gateway(jira: FakeJira) -> None:
    """A scoped token is taken by Atlassian's gateway only, under the site's id."""
    jira.say("/ex/jira/11-22/rest/api/3/status", Reply(body=[{"id": "1"}]))
    site = SiteSettings(name="acme", url="https://acme.example", cloud_id="11-22")

    with JiraClient(site, CREDENTIAL, gateway=jira.url) as client:
        found = client.statuses()

    assert found == [{"id": "1"}]


def test_a_scoped_token_opens_the_gateway_and_not_the_site(simulator: Simulator) -> None:
    """Everything but the address is the same there."""
    running = simulator.site
    scoped = Credential(token=str(running.scoped_token), email=running.email)
    through = SiteSettings(name="aurora", url=running.url, cloud_id=running.cloud_id)

    with JiraClient(through, scoped, gateway=str(running.gateway)) as client:
        client.sign_in()
        projects = [each["key"] for page in client.projects() for each in page]
    with (
        JiraClient(SiteSettings(name="aurora", url=running.url), scoped) as client,
        pytest.raises(NotAuthorisedError, match="token") as caught,
    ):
        client.sign_in()

    assert sorted(projects) == sorted(running.projects)
    assert "token" in str(caught.value.hint)


@pytest.mark.parametrize(
    "url", ["http://jira.acme.example", "ftp://acme.example", "acme.example", "https://"]
)
def test_a_token_never_travels_readable(url: str) -> None:
    """Plain http is for this machine only; no web address at all is a mistake in the configuration."""
    with pytest.raises(ConfigurationError):
        make_client(url, [])


def test_a_login_in_the_address_is_refused_unseen() -> None:
    """A password in the url would end up in logs and reports; the message does not repeat it."""
    with pytest.raises(ConfigurationError) as caught:
        make_client("https://pm:hunter2@acme.example", [])

    assert "hunter2" not in f"{caught.value.what} {caught.value.where} {caught.value.hint}"


def test_an_unreachable_site_is_said_after_one_more_try(waits: list[float]) -> None:
    """Nobody listens on port 9: a typing mistake shall not take half a minute to be told."""
    with make_client("http://127.0.0.1:9", waits) as client, pytest.raises(UnreachableError) as caught:
        client.myself()

    assert caught.value.status == ExitStatus.UNREACHABLE
    assert "refused" in caught.value.what
    assert len(waits) == 1


def test_a_refused_token_is_not_authorised(jira: FakeJira, client: JiraClient) -> None:
    """401 is a bad token; the hint says how to store a new one."""
    jira.say("/rest/api/2/myself", Reply(status=401, body=b"<html>Basic Authentication Failure</html>"))

    with pytest.raises(NotAuthorisedError) as caught:
        client.myself()

    assert caught.value.status == ExitStatus.NOT_AUTHORISED
    assert "`pmreport auth login` asks for the new one" in str(caught.value.hint)


def test_a_missing_scope_is_told_from_a_bad_token(jira: FakeJira, client: JiraClient) -> None:
    """The gateway answers 401 for a missing scope too, and says so in the body."""
    body = {"code": 401, "message": "Unauthorized; scope does not match"}
    jira.say(STATUSES, Reply(status=401, body=body))

    assert "scope" in failure(client).what


@pytest.mark.parametrize("status", [200, 400, 503])
def test_a_dead_token_is_noticed_whatever_the_status(jira: FakeJira, client: JiraClient, status: int) -> None:
    """Jira serves a dead token as an anonymous visitor, with 200 and empty lists; a header tells."""
    jira.say(STATUSES, Reply(status=status, body=[], headers=REFUSED))

    assert isinstance(failure(client), NotAuthorisedError)


def test_a_captcha_stops_at_once_and_sends_to_the_browser(
    jira: FakeJira, client: JiraClient, waits: list[float]
) -> None:
    """After too many failures the password is not even looked at; every further try makes it worse."""
    headers = {
        "X-Seraph-LoginReason": "AUTHENTICATION_DENIED",
        "X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=https://acme.example/login.jsp",
    }
    jira.say(STATUSES, Reply(status=403, headers=headers))

    error = failure(client)

    assert isinstance(error, NotAuthorisedError)
    assert "browser" in str(error.hint)
    assert (len(jira.asked), waits) == (1, [])


def test_an_answer_for_somebody_else_is_refused(jira: FakeJira, client: JiraClient) -> None:
    """Every answer names the account it was made for; it has to be the one that signed in."""
    client.sign_in()
    jira.say(STATUSES, Reply(body=[], headers={"X-AAccountId": "712020:somebody-else"}))

    assert isinstance(failure(client), NotAuthorisedError)


def test_an_answer_for_the_right_account_passes(jira: FakeJira, client: JiraClient) -> None:
    """The header that names the account is no trouble when it is ours."""
    client.sign_in()
    jira.say(STATUSES, Reply(body=[], headers={"X-AAccountId": ACCOUNT, "X-Seraph-LoginReason": "OK"}))

    assert client.statuses() == []


def test_myself_without_an_account_is_no_login(jira: FakeJira, client: JiraClient) -> None:
    """A proxy that answers `{}` for everything must not pass for a user."""
    jira.say("/rest/api/2/myself", Reply(body={}))

    with pytest.raises(NotAuthorisedError):
        client.myself()


def test_auto_finds_data_center(jira: FakeJira) -> None:
    """Whatever does not call itself Cloud is Data Center; the configuration can overrule it."""
    jira.say("/rest/api/2/serverInfo", Reply(body={"deploymentType": "Server"}))
    jira.say("/rest/api/2/status", Reply(body=[{"id": "5"}]))

    with make_client(jira.url, []) as client:
        client.sign_in()
        found = client.statuses()

    with make_client(jira.url, [], deployment=Deployment.CLOUD) as cloud:
        cloud.sign_in()
        assert cloud.dialect.api == "rest/api/3"
    assert found == [{"id": "5"}]


def test_a_burst_limit_is_waited_out_exactly(jira: FakeJira, client: JiraClient, waits: list[float]) -> None:
    """`Retry-After: 1` is kept to the second; jitter only ever adds."""
    jira.say(STATUSES, Reply(status=429, headers={"Retry-After": "1"}), Reply(body=[{"id": "1"}]))

    found = client.statuses()

    assert found == [{"id": "1"}]
    assert waits == [1.0]
    assert (client.traffic.requests, client.traffic.retries, client.traffic.waited_seconds) == (2, 1, 1.0)


def test_a_used_up_quota_says_when_to_come_back(
    jira: FakeJira, client: JiraClient, waits: list[float]
) -> None:
    """A scheduled command does not sleep for half an hour: it ends, and says when it may go on."""
    headers = {"Retry-After": "1847", "RateLimit-Reason": "jira-quota-global-based"}
    jira.say(STATUSES, Reply(status=429, headers=headers))

    error = failure(client)

    assert isinstance(error, TryLaterError)
    assert (error.status, error.resume_after_seconds, waits) == (ExitStatus.TRY_LATER, 1847.0, [])


@pytest.mark.parametrize("status", [429, 503])
def test_a_very_long_pause_ends_the_run_too(jira: FakeJira, client: JiraClient, status: int) -> None:
    """Whoever asks for ten minutes gets them, but not from a sleeping process."""
    jira.say(STATUSES, Reply(status=status, headers={"Retry-After": "600"}))

    error = failure(client)

    assert isinstance(error, TryLaterError)
    assert error.resume_after_seconds == 600.0


def test_a_limit_without_end_is_try_later(jira: FakeJira, client: JiraClient, waits: list[float]) -> None:
    """Four tries, each wait twice as long, and then the run ends with the status of a limit."""
    jira.say(STATUSES, Reply(status=429))
    client.sign_in()

    error = failure(client)

    assert isinstance(error, TryLaterError)
    assert waits == pytest.approx([1.4, 2.8, 5.6])


def test_a_wish_of_no_time_at_all_is_none(jira: FakeJira, client: JiraClient, waits: list[float]) -> None:
    """`Retry-After: 0` under a limit would burn all tries in a blink; the usual wait stands in for it."""
    jira.say(STATUSES, Reply(status=429, headers={"Retry-After": "0"}), Reply(body=[]))

    client.statuses()

    assert waits == pytest.approx([1.4])


def test_a_date_to_come_back_is_read_against_the_servers_clock(
    jira: FakeJira, client: JiraClient, waits: list[float]
) -> None:
    """`Retry-After` may be a date, and our clock may be wrong, so the answer's own date counts."""
    headers = {"Retry-After": "Fri, 20 Nov 2026 10:00:05 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"}
    jira.say(STATUSES, Reply(status=503, headers=headers), Reply(body=[]))

    client.statuses()

    assert waits == [5.0]


def test_a_proxy_page_for_ever_is_unreachable(jira: FakeJira, client: JiraClient, waits: list[float]) -> None:
    """502 with a web page is asked again, and in the end the site cannot be reached."""
    jira.say(STATUSES, Reply(status=502, body=b"<html><h1>Bad Gateway</h1></html>"))
    client.sign_in()

    error = failure(client)

    assert isinstance(error, UnreachableError)
    assert "502" in error.what
    assert len(waits) == 3


@pytest.mark.parametrize(
    "broken",
    [
        Reply(body=b'[{"id": "1", "na'),
        Reply(body=b'[{"id": "1", "na', cut=True),
        Reply(body=b"<html>maintenance</html>"),
        Reply(body=b""),
    ],
    ids=["cut by Jira", "cut on the way", "web page", "empty"],
)
def test_an_unreadable_answer_is_asked_again(jira: FakeJira, client: JiraClient, broken: Reply) -> None:
    """A body that breaks off is no data; the second answer counts."""
    jira.say(STATUSES, broken, Reply(body=[{"id": "1"}]))

    assert client.statuses() == [{"id": "1"}]
    assert client.traffic.retries == 1


def test_what_is_no_text_is_replaced(jira: FakeJira, client: JiraClient) -> None:
    """Half an emoji or a NUL in a summary can be stored nowhere, and must not stop every sync any more."""
    said = rb'[{"id": "1", "name": "whole \ud83d\ude00 half \ud83d nul \u0000 slash \\u0000"}]'
    jira.say(STATUSES, Reply(body=said))

    [status] = client.statuses()

    assert status["name"] == "whole \U0001f600 half ? nul \ufffd slash \\ufffd"


def test_a_web_page_for_ever_says_so(jira: FakeJira, client: JiraClient) -> None:
    """A page with status 200 is something that stands before Jira."""
    jira.say(STATUSES, Reply(body=b"<html>Please log in</html>"))

    assert "web page" in failure(client).what


def test_an_answer_of_another_shape_names_the_address(jira: FakeJira, client: JiraClient) -> None:
    """Something else than Jira answers in JSON as well, for instance without the context path."""
    jira.say(STATUSES, Reply(body={"hello": "world"}))

    error = failure(client)

    assert isinstance(error, UnreachableError)
    assert str(error.where).endswith("/rest/api/3/status")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, RefusedError), (404, RefusedError), (410, RefusedError), (403, ForbiddenError)],
)
def test_a_refusal_keeps_its_reason(
    jira: FakeJira, client: JiraClient, status: int, kind: type[PmreportError]
) -> None:
    """What Jira says is passed on, and nothing is asked again."""
    jira.say(STATUSES, Reply(status=status, body={"errorMessages": ["No."], "errors": {"jql": "Bad."}}))

    error = failure(client)

    assert isinstance(error, kind)
    assert "No.; jql: Bad." in error.what
    assert len(jira.asked) == 1


def test_a_refusal_is_bad_data_for_the_shell() -> None:
    """A refused request ends a command as bad data, unless somebody can go on without it."""
    assert issubclass(RefusedError, BadDataError)


def test_a_redirect_is_not_followed(jira: FakeJira, client: JiraClient) -> None:
    """A token must not travel to another host; the message names the new address instead."""
    jira.say(STATUSES, Reply(status=302, headers={"Location": "https://other.example/jira?os_token=x"}))

    error = failure(client)

    assert isinstance(error, ConfigurationError)
    assert "https://other.example/jira" in error.what
    assert "os_token" not in error.what


def test_a_redirect_to_a_login_page_is_not_authorised(jira: FakeJira, client: JiraClient) -> None:
    """A single sign-on in front of Jira sends strangers to its login page."""
    jira.say(STATUSES, Reply(status=302, headers={"Location": "/login.jsp"}))

    assert isinstance(failure(client), NotAuthorisedError)


def test_an_unreadable_ca_bundle_is_a_mistake_in_the_configuration(tmp_path: Path) -> None:
    """A path that leads nowhere is told as such, and not as a network fault."""
    missing = tmp_path / "missing.pem"
    with (
        make_client("https://127.0.0.1:9", [], ca_bundle=missing) as client,
        pytest.raises(ConfigurationError) as caught,
    ):
        client.myself()

    assert caught.value.where == str(missing)


def test_no_secret_in_any_error_or_log(
    jira: FakeJira, client: JiraClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Even a server that repeats the token gets it out of no message, traceback or log of any level."""
    caplog.set_level(logging.DEBUG)
    pair = CREDENTIAL.secrets[0]
    echo = {"errorMessages": [f"token {TOKEN} and Basic {pair} and \x1b[31mred"], "errors": {}}
    said = [
        Reply(status=400, body=echo),
        Reply(status=403, body=echo),
        Reply(status=401, body={"message": f"scope {TOKEN}"}),
        Reply(status=302, headers={"Location": f"https://{TOKEN}@other.example/x"}),
        Reply(status=200, headers=REFUSED),
    ]

    texts = []
    for reply in said:
        jira.say(STATUSES, reply)
        error = failure(client)
        texts += [repr(error), str(error.where), str(error.hint), *traceback.format_exception(error)]

    everything = "\n".join([*texts, caplog.text, repr(client), repr(CREDENTIAL)])
    assert TOKEN not in everything
    assert pair not in everything
    assert "\x1b" not in everything


def test_tokens_lead_from_page_to_page(jira: FakeJira, client: JiraClient) -> None:
    """An empty page with a token is no end, and a null token is one."""
    jira.say(
        "/rest/api/3/search/jql",
        Reply(body={"issues": [{"id": "1"}], "nextPageToken": "a", "isLast": False}),
        Reply(body={"issues": [], "nextPageToken": "b"}),
        Reply(body={"issues": [{"id": "2"}], "nextPageToken": None}),
    )

    first = client.search("project = A", ["summary"], size=50)
    second = client.search("project = A", ["summary"], size=50, go_on=first.go_on)
    third = client.search("project = A", ["summary"], size=50, go_on=second.go_on)

    assert [first, second, third] == [
        IssuePage([{"id": "1"}], "a"),
        IssuePage([], "b"),
        IssuePage([{"id": "2"}], None),
    ]
    assert [asked.body.get("nextPageToken") for asked in jira.asked] == [None, "a", "b"]
    assert {tuple(asked.body["fields"]) for asked in jira.asked} == {("summary",)}


HISTORIES = "/rest/api/3/changelog/bulkfetch"


def test_a_repeated_token_ends_the_reading(jira: FakeJira, client: JiraClient) -> None:
    """A server that gives the same token for ever would otherwise keep us for ever."""
    log = {"issueId": "1", "changeHistories": []}
    jira.say(HISTORIES, Reply(body={"issueChangeLogs": [log], "nextPageToken": "a"}))

    with pytest.raises(TryLaterError, match="circles"):
        client.changelogs([1])


def test_empty_pages_are_not_followed_for_ever(jira: FakeJira, client: JiraClient) -> None:
    """Fifty empty pages in a row are a fault, even with a new token each time."""
    jira.say(HISTORIES, *(Reply(body={"issueChangeLogs": [], "nextPageToken": str(n)}) for n in range(60)))

    with pytest.raises(TryLaterError, match="circles"):
        client.changelogs([1])


def test_short_offset_pages_are_no_end(jira: FakeJira, client: JiraClient) -> None:
    """49 of 50 sprints on a page happen; the next page starts behind what came, not behind what was asked."""
    path = "/rest/agile/1.0/board/7/sprint"
    jira.say(
        path,
        Reply(body={"values": [{"id": 1}, {"id": 2}], "isLast": False}),
        Reply(body={"values": [{"id": 3}], "isLast": True}),
    )

    found = [each["id"] for page in client.sprints(7) for each in page]

    assert found == [1, 2, 3]
    assert [asked.query["startAt"] for asked in jira.asked] == [["0"], ["2"]]


def test_an_ignored_offset_is_noticed(jira: FakeJira, client: JiraClient) -> None:
    """A server that gives page one again and again gives each element once."""
    jira.say("/rest/api/3/issue/5/worklog", Reply(body={"worklogs": [{"id": "1"}], "total": 9}))

    assert client.worklogs(5) == [{"id": "1"}]


def test_histories_are_merged_over_pages(jira: FakeJira, client: JiraClient) -> None:
    """Jira cuts the histories of one issue anywhere; an overlap between pages counts once."""
    jira.say(
        "/rest/api/3/changelog/bulkfetch",
        Reply(
            body={
                "issueChangeLogs": [{"issueId": "10", "changeHistories": [{"id": "1"}, {"id": "2"}]}],
                "nextPageToken": "a",
            }
        ),
        Reply(
            body={
                "issueChangeLogs": [
                    {"issueId": "10", "changeHistories": [{"id": "2"}, {"id": "3"}]},
                    {"issueId": "11", "changeHistories": [{"id": "4"}]},
                ]
            }
        ),
    )

    found = client.changelogs([10, 11, 12])

    assert {issue: [each["id"] for each in log] for issue, log in found.items()} == {
        10: ["1", "2", "3"],
        11: ["4"],
    }
    assert jira.asked[0].body["issueIdsOrKeys"] == ["10", "11", "12"]


def test_cloud_counts_matches_apart(jira: FakeJira, client: JiraClient) -> None:
    """The search itself names no total there."""
    jira.say("/rest/api/3/search/approximate-count", Reply(body={"count": 153}))

    assert client.count("project = A") == 153
    assert jira.asked[-1].body == {"jql": "project = A"}


@pytest.mark.parametrize(
    ("reply", "may"),
    [
        (Reply(body={"permissions": {"BROWSE_PROJECTS": {"havePermission": True}}}), "yes"),
        (Reply(body={"permissions": {"BROWSE_PROJECTS": {"havePermission": False}}}), "no"),
        (Reply(body={"permissions": {}}), "no"),
        (Reply(body={}), "no"),
        (Reply(status=404, body={"errorMessages": ["No project could be found."]}), "no"),
    ],
    ids=["yes", "no", "not told", "nothing", "not found"],
)
def test_a_project_may_be_browsed_only_where_jira_says_so(
    jira: FakeJira, client: JiraClient, reply: Reply, may: str
) -> None:
    """Whatever is no plain yes is a no."""
    jira.say("/rest/api/3/mypermissions", reply)

    assert client.may_browse("WEB") is (may == "yes")


def test_a_question_about_rights_that_is_refused_is_no_answer(jira: FakeJira, client: JiraClient) -> None:
    """Neither yes nor no."""
    jira.say("/rest/api/3/mypermissions", Reply(status=400, body={"errorMessages": ["No such right."]}))

    with pytest.raises(RefusedError, match="No such right"):
        client.may_browse("WEB")


def test_data_center_is_asked_for_each_missing_issue(jira: FakeJira) -> None:
    """Here, gone, forbidden: only what is not found counts as gone, and any other refusal is an error."""
    issue = "/rest/api/2/issue/{}"
    jira.say(issue.format(1), Reply(body={"id": "1", "fields": {"project": {"id": "7"}}}))
    jira.say(issue.format(2), Reply(status=404, body={"errorMessages": ["Issue Does Not Exist"]}))
    jira.say(issue.format(3), Reply(status=403, body={"errorMessages": ["You may not see it."]}))
    jira.say(issue.format(4), Reply(status=400, body={"errorMessages": ["What?"]}))

    with make_client(jira.url, [], deployment=Deployment.DATACENTER) as client:
        found = client.whereabouts([1, 2, 3], ("project",))
        with pytest.raises(RefusedError, match="What"):
            client.whereabouts([4], ("project",))

    assert [(each["id"], "fields" in each) for each in found] == [("1", True), ("3", False)]


def test_the_feed_of_deleted_worklogs_is_read_to_its_end(jira: FakeJira, client: JiraClient) -> None:
    """Each page says from when the next one starts; the last `until` is where to ask the next time."""
    jira.say(
        "/rest/api/3/worklog/deleted",
        Reply(body={"values": [{"worklogId": 1, "updatedTime": 150}], "until": 200, "lastPage": False}),
        Reply(body={"values": [{"worklogId": 2, "updatedTime": 250}], "until": 300, "lastPage": True}),
    )

    found, until = client.deleted_worklogs(100)

    assert [each["worklogId"] for each in found] == [1, 2]
    assert until == 300
    assert [asked.query["since"] for asked in jira.asked] == [["100"], ["200"]]


def test_a_feed_that_stands_still_ends(jira: FakeJira, client: JiraClient) -> None:
    """A page whose `until` does not move on would be read for ever."""
    jira.say("/rest/api/3/worklog/deleted", Reply(body={"values": [], "until": 100, "lastPage": False}))

    assert client.deleted_worklogs(100) == ([], 100)


def test_a_stalled_answer_is_cut_and_asked_again(waits: list[float]) -> None:
    """A server that takes the connection and says nothing is left after the timeout."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with make_client(url, waits) as client, pytest.raises(UnreachableError, match="in time"):
            client.myself()

    assert len(waits) == 1
