"""What lures a reader of Jira into wrong answers without a word, and how the client meets it."""

from collections.abc import Iterator

import pytest

from pmreport.demo.dialect import DATACENTER, DIALECTS
from pmreport.errors import ExitStatus, NotAuthorisedError, PmreportError, TryLaterError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from tests.support.corners import corner, signed_in
from tests.support.fake_jira import FakeJira, Reply
from tests.support.simulator import Simulator

STATUSES = "/rest/api/3/status"
BOARDS = "/rest/agile/1.0/board"
CAPTCHA = "CAPTCHA_CHALLENGE; login-url=https://acme.example/login.jsp"


@pytest.fixture(params=DIALECTS)
def site(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A small site of each product, for one test that changes it."""
    with corner(DIALECTS[request.param]) as served:
        yield served


@pytest.fixture
def waits() -> list[float]:
    """How long the client would have slept."""
    return []


@pytest.fixture
def client(jira: FakeJira, waits: list[float]) -> Iterator[JiraClient]:
    """A client that is signed in there, and never really waits."""
    credential = Credential(token="t", email="pm@acme.example")  # noqa: S106 - made up
    patience = Patience(sleep=waits.append, jitter=lambda: 0.0)
    with JiraClient(SiteSettings(name="acme", url=jira.url), credential, patience=patience) as made:
        made.sign_in()
        yield made


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 410, 429, 500, 503])
@pytest.mark.parametrize("reason", ["AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"])
def test_a_refused_login_counts_on_every_status(
    jira: FakeJira, client: JiraClient, waits: list[float], status: int, reason: str
) -> None:
    """Jira answers a dead token with the errors of a stranger, or with success; it is not asked again."""
    headers = {
        "X-Seraph-LoginReason": reason,
        "Location": "https://elsewhere.example",
        "Retry-After": "9",
    }
    jira.say(STATUSES, Reply(body=[], status=status, headers=headers))
    with pytest.raises(NotAuthorisedError) as caught:
        client.statuses()

    assert caught.value.status is ExitStatus.NOT_AUTHORISED
    assert waits == []


@pytest.mark.parametrize("reason", ["OK", "OUT", "AUTHORISATION_FAILED"])
def test_other_words_of_the_login_are_none(jira: FakeJira, client: JiraClient, reason: str) -> None:
    """A single sign-on says OUT on good answers; a missing permission is no bad login."""
    jira.say(STATUSES, Reply(body=[{"id": "1"}], headers={"X-Seraph-LoginReason": reason}))

    assert client.statuses() == [{"id": "1"}]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Authentication-Denied-Reason": CAPTCHA},
        {"X-Authentication-Denied-Reason": CAPTCHA, "X-Seraph-LoginReason": "AUTHENTICATION_DENIED"},
    ],
)
def test_a_captcha_stops_the_run_at_once(jira: FakeJira, client: JiraClient, headers: dict[str, str]) -> None:
    """Each further try makes it worse; a person has to log in."""
    asked = len(jira.asked)
    jira.say(STATUSES, Reply(status=403, body=b"<html>", headers=headers))
    with pytest.raises(NotAuthorisedError, match="CAPTCHA") as caught:
        client.statuses()

    assert len(jira.asked) == asked + 1
    assert "browser" in str(caught.value.hint)


def test_a_jql_error_of_a_stranger_is_a_dead_token() -> None:
    """To a stranger the project does not exist: 400, which looks like a mistake in the question."""
    with corner() as cloud, signed_in(cloud) as client:
        cloud.post("/__simulator/token", {"mode": "dead"})
        with pytest.raises(NotAuthorisedError):
            client.search("project = OPS ORDER BY key", ["updated"], size=10)


def test_issues_by_id_are_matched_by_id(site: Simulator) -> None:
    """A moved one comes under its new key, one that is gone or hidden not at all, and without a word."""
    corpus = site.state.corpus
    ids = [issue.id for issue in corpus.issues()][:4]
    keys = [issue.key for issue in corpus.issues()][:4]
    site.edit(do="hide", issue=keys[1])
    site.edit(do="delete", issue=keys[2])
    moved = corpus.issue(ids[3])
    assert moved is not None
    moved.old_keys, moved.key = (moved.key,), "OPS-9999"
    corpus.touched(moved)

    with signed_in(site) as client:
        found = client.issues(ids, ["summary"])

    assert {int(each["id"]): each["key"] for each in found} == {ids[0]: keys[0], ids[3]: "OPS-9999"}


def test_odd_logs_among_the_histories_are_passed_over(jira: FakeJira, client: JiraClient) -> None:
    """One without an issue belongs to nobody; one that is no object is none."""
    logs = [
        {"changeHistories": [{"id": "1"}]},
        "x",
        {"issueId": "7", "changeHistories": [{"id": "2"}, 3]},
    ]
    jira.say("/rest/api/3/changelog/bulkfetch", Reply(body={"issueChangeLogs": logs}))

    assert client.changelogs([7]) == {7: [{"id": "2"}]}


def test_long_histories_and_many_comments_come_whole(simulator: Simulator) -> None:
    """An issue shows forty histories, twenty worklogs and some comments; each is fetched to its end."""
    corpus = simulator.state.corpus
    longest = max(corpus.told(), key=lambda issue: len(issue.histories))
    talked = max(corpus.told(), key=lambda issue: len(issue.comments))
    logged = max(corpus.told(), key=lambda issue: len(issue.worklogs))

    with signed_in(simulator) as client:
        histories = client.changelogs([longest.id])[longest.id]
        comments = client.comments(talked.id)
        worklogs = client.worklogs(logged.id)

    assert len(histories) == len(longest.histories) > 40
    assert len(comments) == len(talked.comments) > 100
    assert len(worklogs) == len(logged.worklogs) > 20


def test_a_feed_that_is_refused_is_none(jira: FakeJira, client: JiraClient) -> None:
    """Deleted worklogs are then found by reading their issues again; the instant to ask from stays."""
    jira.say("/rest/api/3/worklog/deleted", Reply(status=404, body={"errorMessages": ["Off."]}))

    assert client.deleted_worklogs(1000) == ([], 1000)


def test_sprint_lists_are_read_to_their_end_without_a_total() -> None:
    """The newest closed sprint stands on the last page, and Data Center does not count them."""
    with corner(DATACENTER, "SHOP", 5) as shop, signed_in(shop) as client:
        shop.strike({"kind": "short-page", "path": "/sprint"})
        pages = list(client.sprints(11))
        raw = shop.get(f"{BOARDS}/11/sprint").json

    assert len(pages) > 1
    assert {each["id"] for page in pages for each in page} >= set(shop.state.corpus.site.sprints) & {
        each.id for each in shop.state.corpus.site.sprints.values() if each.board_id == 11
    }
    assert "total" not in raw


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ("1.5", 1.5),
        ("7", 7.0),
        (" 3 ", 3.0),
        ("-5", 1.4),
        ("soon", 1.4),
        ("1e3", 1.4),
        ("", 1.4),
        ("Fri, 20 Nov 2026 10:00:05 GMT", 1.4),
        ("²", 1.4),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_every_way_to_ask_for_a_wait_is_understood(
    jira: FakeJira, client: JiraClient, waits: list[float], *, asked: str, waited: float, status: int
) -> None:
    """Whole or broken seconds are kept; what makes no sense, or a date without another, is no wish."""
    headers = {"Retry-After": asked.encode().decode("latin-1")}
    jira.say(STATUSES, Reply(status=status, headers=headers), Reply(body=[]))
    client.statuses()

    assert waits == pytest.approx([waited])


@pytest.mark.parametrize(
    "reason", ["jira-quota-global-based", "jira-quota-tenant-based", "Jira-Quota-New-Word"]
)
def test_a_quota_ends_the_run_however_short_the_wait(
    jira: FakeJira, client: JiraClient, waits: list[float], reason: str
) -> None:
    """It is filled again at the top of an hour; until then each question would be refused."""
    jira.say(STATUSES, Reply(status=429, headers={"Retry-After": "2", "RateLimit-Reason": reason}))
    with pytest.raises(TryLaterError, match="quota") as caught:
        client.statuses()

    assert (caught.value.resume_after_seconds, waits) == (2.0, [])


@pytest.mark.parametrize(
    "body", [b"<html><h1>Bad Gateway</h1></html>", b"", b"\xff\xfe", b"Service Unavailable"]
)
@pytest.mark.parametrize("status", [400, 403, 404, 500, 502, 503])
def test_a_body_of_any_kind_is_no_crash(jira: FakeJira, client: JiraClient, body: bytes, status: int) -> None:
    """What stands before Jira answers in its own words; the status alone counts then."""
    jira.say("/rest/api/3/filter/1", *[Reply(status=status, body=body)] * 4)
    with pytest.raises(PmreportError, match=str(status)) as caught:
        client.filter("1")

    assert "<html>" not in f"{caught.value}"
