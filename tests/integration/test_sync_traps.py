"""What lures a sync of Jira into wrong numbers without a word, and how it is met."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pmreport.demo.catalogue import Zones
from pmreport.demo.dialect import CLOUD, DIALECTS
from pmreport.errors import BadDataError, ConfigurationError, ExitStatus, NotAuthorisedError
from pmreport.jira.answers import ForbiddenError, ScopeError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.model import rows
from pmreport.model.problem import ProblemKind
from pmreport.store.engine import Store
from pmreport.sync.run import SyncRequest, sync
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.summary import SyncSummary
from tests.support.corners import change_site, corner
from tests.support.fake_jira import Asked, FakeJira, Reply
from tests.support.simulator import Simulator
from tests.support.syncing import difference, new_store, run, stored, tables

SEARCH = "/rest/api/3/search/jql"
ISSUES = "/rest/api/3/issue/bulkfetch"
BOARDS = "/rest/agile/1.0/board"
MINUTE = 60_000
DAY = 86_400_000


@pytest.fixture(params=DIALECTS)
def site(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A small site of each product, for one test that changes it."""
    with corner(DIALECTS[request.param]) as served:
        yield served


@pytest.fixture
def cloud() -> Iterator[Simulator]:
    """A small site of Cloud, for one test that changes it."""
    with corner() as served:
        yield served


@pytest.fixture
def proxy(cloud: Simulator) -> Iterator[FakeJira]:
    """The small site behind something that says what it is told."""
    with FakeJira(behind=cloud.url) as server:
        yield server


def every_issue(simulator: Simulator) -> bytes:
    """All issues of the small site, with all their fields, as the sync is given them."""
    ids = [str(issue.id) for issue in simulator.state.corpus.issues()]
    return simulator.post(ISSUES, {"issueIdsOrKeys": ids, "fields": ["*all"]}).content


def through_the_gateway(simulator: Simulator, store: Store, project: str = "OPS") -> SyncSummary:
    """A sync with the scoped token, by way of the gateway."""
    site = simulator.state.corpus.site
    settings = SiteSettings(name="aurora", url=site.base_url, cloud_id=site.cloud_id)
    credential = Credential(token=site.scoped_token, email=site.email)
    with JiraClient(settings, credential, gateway=simulator.url) as client:
        request = SyncRequest(scope=ScopeSettings(projects=(project,)))
        return sync(client, store, request, now=simulator.site.now)


def test_a_captcha_of_the_site_ends_with_77(site: Simulator, tmp_path: Path) -> None:
    """And nothing is written."""
    site.post("/__simulator/token", {"mode": "captcha"})

    with pytest.raises(NotAuthorisedError, match="CAPTCHA"):
        run(site, new_store(tmp_path))

    assert sum(site.state.requests.values()) == 1


def test_a_token_that_dies_between_two_runs_takes_nothing_away(cloud: Simulator, tmp_path: Path) -> None:
    """Every list would be empty now, and empty lists would empty the store."""
    store = new_store(tmp_path)
    run(cloud, store)
    before = tables(store)
    cloud.post("/__simulator/token", {"mode": "dead"})

    with pytest.raises(NotAuthorisedError):
        run(cloud, store)

    assert tables(store) == before


def test_a_scoped_token_reads_the_same_site(cloud: Simulator, tmp_path: Path) -> None:
    """By the gateway; the links in the answers lead to the site and are not followed."""
    plain, scoped = new_store(tmp_path, "plain"), new_store(tmp_path, "scoped")
    run(cloud, plain)
    through_the_gateway(cloud, scoped)

    assert difference(plain, scoped) == {}


def test_a_scope_that_columns_need_leaves_the_issues(cloud: Simulator, tmp_path: Path) -> None:
    """A token may list boards and not read their columns: a 401 that is no bad login, and is told."""
    store = new_store(tmp_path)
    scopes = sorted(cloud.state.scopes - {"read:board-scope.admin:jira-software"})
    cloud.post("/__simulator/token", {"scopes": scopes})

    summary = through_the_gateway(cloud, store)

    assert summary.problems[ProblemKind.BOARD_UNREADABLE] >= 1
    assert len(stored(store, rows.IssueRow)) == 12
    assert (len(stored(store, rows.BoardRow)), stored(store, rows.BoardColumnRow)) == (1, [])


@pytest.mark.parametrize("missing", ["read:board-scope:jira-software", "read:jira-work", "read:jira-user"])
def test_a_scope_that_is_needed_is_asked_for(cloud: Simulator, tmp_path: Path, missing: str) -> None:
    """Status 77; the password is right, so nobody is told to make a new one."""
    cloud.post("/__simulator/token", {"scopes": sorted(cloud.state.scopes - {missing})})

    with pytest.raises(ScopeError, match="scope does not match") as caught:
        through_the_gateway(cloud, new_store(tmp_path))

    assert caught.value.status is ExitStatus.NOT_AUTHORISED
    assert "scopes" in str(caught.value.hint)


def test_sprints_out_of_scope_are_no_small_thing(tmp_path: Path) -> None:
    """Most numbers are about sprints: without them the run ends and says which scopes it needs."""
    with corner(CLOUD, "SHOP") as shop:
        shop.post("/__simulator/token", {"scopes": sorted(shop.state.scopes - {"read:sprint:jira-software"})})
        with pytest.raises(ScopeError):
            through_the_gateway(shop, new_store(tmp_path), "SHOP")


def test_a_site_without_boards_is_read_without_them(cloud: Simulator, tmp_path: Path) -> None:
    """Jira without Jira Software says 403 to every question about boards: its licence, not the login."""
    store = new_store(tmp_path)
    cloud.post("/__simulator/switches", {"licensed": False})

    summary = run(cloud, store)

    assert summary.problems[ProblemKind.BOARD_UNREADABLE] == 1
    assert len(stored(store, rows.IssueRow)) == 12
    assert stored(store, rows.BoardRow) == []


def test_boards_of_several_projects_come_back_with_the_licence(cloud: Simulator, tmp_path: Path) -> None:
    """That the site had none to show is nothing to remember."""
    store = new_store(tmp_path)
    cloud.post("/__simulator/switches", {"licensed": False})
    without = run(cloud, store, projects=("OPS", "SHOP"))
    cloud.post("/__simulator/switches", {"licensed": True})
    run(cloud, store, projects=("OPS", "SHOP"))

    assert without.problems[ProblemKind.BOARD_UNREADABLE] == 1
    assert stored(store, rows.BoardRow) != []


def test_boards_that_are_asked_for_by_number_need_the_licence(cloud: Simulator, tmp_path: Path) -> None:
    """Who names a board in the configuration wants to see it."""
    cloud.post("/__simulator/switches", {"licensed": False})

    with pytest.raises(ForbiddenError, match="license"):
        run(cloud, new_store(tmp_path), boards=(13,))


def test_no_project_at_all_is_a_mistake_even_with_the_permission(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path
) -> None:
    """Tokens with too few scopes were seen to get [] while the permissions said yes."""
    store = new_store(tmp_path)
    run(cloud, store, url=proxy.url)
    before = tables(store)
    permission = cloud.get("/rest/api/3/mypermissions", permissions="BROWSE_PROJECTS", projectKey="OPS").json
    proxy.say("/rest/api/3/project/OPS", Reply(status=404, body={"errorMessages": ["None."], "errors": {}}))
    proxy.say("/rest/api/3/project/search", Reply(body={"values": [], "isLast": True, "total": 0}))

    with pytest.raises(NotAuthorisedError, match="no project"):
        run(cloud, store, url=proxy.url)

    assert permission["permissions"]["BROWSE_PROJECTS"]["havePermission"] is True
    assert tables(store) == before


def test_a_walk_that_ends_too_early_is_noticed_by_the_count(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path
) -> None:
    """A normal end of the pages, and a third of the issues missing: the server's own count says otherwise."""
    proxy.say("/rest/api/3/search/approximate-count", *[Reply(body={"count": 40})] * 9)

    summary = run(cloud, new_store(tmp_path), url=proxy.url)

    assert summary.problems[ProblemKind.TOTAL_MISMATCH] == 1


def test_a_count_that_is_nearly_right_is_right(proxy: FakeJira, cloud: Simulator, tmp_path: Path) -> None:
    """Approximate is all that is promised, and a count may be of fewer, for it lags behind."""
    proxy.say("/rest/api/3/search/approximate-count", Reply(body={"count": 9}))

    summary = run(cloud, new_store(tmp_path), url=proxy.url)

    assert ProblemKind.TOTAL_MISMATCH not in summary.problems


def test_what_a_search_is_warned_of_is_logged_once(
    site: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Jira cuts clauses and says so beside the issues; each warning is told once, however many pages."""
    site.strike({"kind": "warning"})

    with caplog.at_level(logging.WARNING, "pmreport"):
        run(site, new_store(tmp_path), page_size=5)

    assert [record.getMessage() for record in caplog.records].count(
        "Jira warns of a search: The query has too many clauses; some of them were not looked at."
    ) == 1


def test_an_unknown_value_spoils_a_question_and_is_named(cloud: Simulator, tmp_path: Path) -> None:
    """`project in (OPS, GONE)` is refused as a whole, so each project is asked for alone, and by name."""
    with pytest.raises(ConfigurationError, match="GONE"):
        run(cloud, new_store(tmp_path), projects=("OPS", "GONE"))
    run(cloud, new_store(tmp_path, "alone"))

    assert cloud.search('project in ("OPS", "GONE")', fields=["key"]).status == 400


def test_every_question_names_its_fields(proxy: FakeJira, cloud: Simulator, tmp_path: Path) -> None:
    """Without names a search gives bare ids; with `*all` it gives hundreds of fields nobody reads."""
    run(cloud, new_store(tmp_path), url=proxy.url)

    asked = [each.body["fields"] for each in proxy.asked if each.path == SEARCH]
    assert asked
    assert all(fields and not any("*" in name for name in fields) for fields in asked)


@pytest.mark.parametrize("kind", ["seconds", "text"])
def test_the_instant_of_a_history_has_three_forms(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path, kind: str
) -> None:
    """Milliseconds in the bulk, text elsewhere, seconds in old examples: the same history each time."""
    plain, other = new_store(tmp_path, "plain"), new_store(tmp_path, "other")
    run(cloud, plain)

    def in_that_form(asked: Asked) -> Reply:
        said = cloud.post(asked.path, asked.body).json
        for log in said["issueChangeLogs"]:
            for history in log["changeHistories"]:
                history["created"] = {
                    "seconds": history["created"] // 1000,
                    "text": cloud.state.clock.stamp(history["created"]),
                }[kind]
        return Reply(body=said)

    proxy.say("/rest/api/3/changelog/bulkfetch", in_that_form)
    run(cloud, other, url=proxy.url)

    def instants(store: Store) -> set[tuple[int, int]]:
        return {(row.history_id, row.changed_ms // 1000) for row in stored(store, rows.IssueChangeRow)}

    assert instants(plain) == instants(other) != set()


def test_hidden_worklogs_are_counted_and_not_taken_for_deleted(site: Simulator, tmp_path: Path) -> None:
    """Jira's total is of all, its list of those we may see: the missing one may still exist, so it stays."""
    store = new_store(tmp_path)
    issue = next(issue for issue in site.state.corpus.issues() if len(issue.worklogs) == 1)
    run(site, store)
    site.edit(do="hide_worklog", issue=issue.key, id=issue.worklogs[0].id)
    site.edit(do="summary", issue=issue.key, value="Seen again")

    summary = run(site, store)

    assert summary.problems[ProblemKind.TOTAL_MISMATCH] == 1
    [row] = [row for row in stored(store, rows.WorklogRow) if row.issue_id == issue.id]
    assert row.deleted_ms is None


def test_worklogs_without_time_tracking_are_no_dead_end(cloud: Simulator, tmp_path: Path) -> None:
    """The resource answers 404 then; the issue is read all the same, with those that ride in it."""
    issue = max(cloud.state.corpus.issues(), key=lambda issue: len(issue.worklogs))
    for number in range(25):
        cloud.edit(do="work", issue=issue.key, seconds=600, text=str(number))
    cloud.post("/__simulator/switches", {"time_tracking": False})
    store = new_store(tmp_path)

    summary = run(cloud, store)

    assert cloud.get(f"/rest/api/2/issue/{issue.key}/worklog").status == 404
    assert summary.problems[ProblemKind.TOTAL_MISMATCH] == 1
    assert sum(row.issue_id == issue.id for row in stored(store, rows.WorklogRow)) == 20


def test_a_worklog_deleted_in_the_last_minute_is_found_later(cloud: Simulator, tmp_path: Path) -> None:
    """The feed holds it back, and the issue's `updated` does not move: where to ask from must not pass it."""
    store = new_store(tmp_path)
    logged = (issue for issue in cloud.state.corpus.issues() if issue.worklogs)
    issue = min(logged, key=lambda issue: issue.updated_ms)  # no sync reads it again by itself
    gone = issue.worklogs[0].id
    now_ms = cloud.state.corpus.now_ms + DAY
    cloud.post("/__simulator/clock", {"now_ms": now_ms})
    run(cloud, store)
    cloud.edit(do="delete_worklog", issue=issue.key, id=gone, at_ms=now_ms + 10 * MINUTE)

    def deleted() -> set[int]:
        return {row.worklog_id for row in stored(store, rows.WorklogRow) if row.deleted_ms is not None}

    cloud.post("/__simulator/clock", {"now_ms": now_ms + 10 * MINUTE + 30_000})
    run(cloud, store)
    early = deleted()
    cloud.post("/__simulator/clock", {"now_ms": now_ms + 20 * MINUTE})
    run(cloud, store)

    assert (early, deleted()) == (set(), {gone})


@pytest.mark.parametrize(
    "words", ["The board does not support sprints", "The board doesn't support sprints."]
)
def test_a_board_without_sprints_says_so_in_two_wordings(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path, words: str
) -> None:
    """A team-managed board may be of either kind, so it is asked; the no is no problem."""
    store = new_store(tmp_path)
    [board] = cloud.get(BOARDS, projectKeyOrId="OPS").json["values"]
    proxy.say(BOARDS, Reply(body={"values": [{**board, "type": "simple"}], "isLast": True}))
    refused = Reply(status=400, body={"errorMessages": [words], "errors": {}})
    proxy.say(f"{BOARDS}/{board['id']}/sprint", refused)

    summary = run(cloud, store, url=proxy.url)

    assert ProblemKind.BOARD_UNREADABLE not in summary.problems
    assert [row.has_sprints for row in stored(store, rows.BoardRow)] == [False]


def test_a_board_in_a_persons_profile_speaks_for_no_project(cloud: Simulator, tmp_path: Path) -> None:
    """It shows the project and lies in nobody's: its estimation field must not decide for the others."""
    boards = cloud.state.corpus.site.boards
    change_site(cloud, boards={i: replace(each, owner=cloud.site.account_id) for i, each in boards.items()})
    store = new_store(tmp_path)

    run(cloud, store)

    assert [row.type for row in stored(store, rows.BoardRow)] == ["kanban"]
    assert "projectKey" not in cloud.get(BOARDS, projectKeyOrId="OPS").json["values"][0]["location"]


def test_a_private_board_that_is_not_listed_takes_nothing_away(cloud: Simulator, tmp_path: Path) -> None:
    """A board made private leaves the list; what was read of it stays."""
    store = new_store(tmp_path)
    run(cloud, store)
    columns = tables(store)["board_column"]
    change_site(cloud, boards={})

    summary = run(cloud, store)

    assert tables(store)["board_column"] == columns != set()
    assert ProblemKind.BOARD_UNREADABLE not in summary.problems


def test_a_deleted_sprint_lives_on_in_histories_alone(tmp_path: Path) -> None:
    """It leaves the list and the issues; old changelogs name its id, and the sync is no worse for it."""
    with corner(CLOUD, "SHOP", 60) as shop:
        corpus = shop.state.corpus
        left = next(
            sprint
            for sprint in corpus.site.sprints.values()
            if sprint.state == "closed" and any(sprint.id in issue.sprints for issue in corpus.told())
        )
        shop.edit(do="delete_sprint", id=left.id)
        store = new_store(tmp_path)

        run(shop, store, projects=("SHOP",))

        gone = shop.get(f"/rest/agile/1.0/sprint/{left.id}").status
    named = {
        word
        for row in stored(store, rows.IssueChangeRow)
        if row.field_name == "Sprint"
        for word in re.findall(r"\d+", f"{row.from_value} {row.to_value}")
    }
    assert gone == 404
    assert str(left.id) in named
    assert left.id not in {row.sprint_id for row in stored(store, rows.SprintRow)}


def test_names_are_in_english_and_mean_nothing(cloud: Simulator, tmp_path: Path) -> None:
    """The user reads Portuguese, rules are written in English; and two statuses may have one name."""
    store = new_store(tmp_path)
    local = {each["id"]: each["name"] for each in cloud.get("/rest/api/3/field").json}

    run(cloud, store)

    english = {field.id: field.name for field in cloud.state.corpus.site.fields.values()}
    assert {row.field_id: row.name for row in stored(store, rows.FieldRow)} == english
    assert local != english
    names = [row.name for row in stored(store, rows.StatusRow)]
    assert len(names) > len(set(names))
    assert {row.status_id for row in stored(store, rows.IssueRow)} <= {
        row.status_id for row in stored(store, rows.StatusRow)
    }


def test_a_release_date_may_be_a_number(proxy: FakeJira, cloud: Simulator, tmp_path: Path) -> None:
    """One of Jira's own examples has epoch milliseconds there."""
    version = {"id": "1", "name": "1.0", "released": False, "releaseDate": 1_767_225_600_000}
    project = cloud.get("/rest/api/3/project/OPS").json
    odd = {**version, "id": "2", "releaseDate": "soon"}
    proxy.say("/rest/api/3/project/OPS", Reply(body={**project, "versions": [version, odd]}))
    store = new_store(tmp_path)

    run(cloud, store, url=proxy.url)

    assert {row.release_date for row in stored(store, rows.VersionRow)} == {"2026-01-01", None}


def test_one_odd_issue_does_not_stop_the_others(proxy: FakeJira, cloud: Simulator, tmp_path: Path) -> None:
    """Numbers that nobody can hold, lists in lists in lists: the value is missing, the issue is there."""
    deep = b"[" * 500 + b"]" * 500
    odd = re.sub(rb'"labels":\[[^\]]*\]', rb'"labels":' + deep, every_issue(cloud), count=1)
    odd = re.sub(rb'"timespent":(?:null|\d+)', b'"timespent":' + b"9" * 400, odd, count=1)
    proxy.say(ISSUES, Reply(body=odd))
    store = new_store(tmp_path)

    run(cloud, store, url=proxy.url)

    assert len(stored(store, rows.IssueRow)) == 12


@pytest.mark.parametrize("folds", [600, 1010])
def test_what_is_folded_is_kept_or_told(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path, folds: int
) -> None:
    """What is kept is compared by the next run; what is too deep for that ends this one and is told."""
    labels = b'"labels":' + b"[" * folds + b"]" * folds
    odd = re.sub(rb'"labels":\[[^\]]*\]', labels, every_issue(cloud), count=1)
    proxy.say(ISSUES, *[Reply(body=odd)] * 9)
    store = new_store(tmp_path)

    if folds < 900:
        assert [run(cloud, store, url=proxy.url, full=True).issues.seen for _ in range(2)] == [12, 12]
    else:
        with pytest.raises(BadDataError, match="folded too deeply"):
            run(cloud, store, url=proxy.url)


def test_a_profile_zone_that_changed_between_two_runs_loses_nothing(site: Simulator, tmp_path: Path) -> None:
    """Jira reads our minutes in the zone of the user's profile, as it stands now and not at the last run."""
    change_site(site, zones=Zones(user="Asia/Tokyo"))
    store = new_store(tmp_path)
    run(site, store)
    key = next(issue.key for issue in site.state.corpus.issues())
    site.edit(do="summary", issue=key, value="Changed after the move")
    change_site(site, zones=Zones(user="America/Los_Angeles"))

    summary = run(site, store, later=timedelta(minutes=5))

    assert summary.issues.updated == 1
    assert "Changed after the move" in {row.summary for row in stored(store, rows.IssueRow)}


@pytest.mark.parametrize("zone", ["../../Mars", None])
def test_a_zone_that_nobody_knows_loses_nothing(
    proxy: FakeJira, cloud: Simulator, tmp_path: Path, zone: str | None
) -> None:
    """More than a day is asked for again then; too much is read, nothing is missed."""
    change_site(cloud, zones=Zones(user="Pacific/Kiritimati"))
    store = new_store(tmp_path)
    run(cloud, store, url=proxy.url)
    key = next(issue.key for issue in cloud.state.corpus.issues())
    cloud.edit(do="summary", issue=key, value="Changed")
    me = {**cloud.get("/rest/api/2/myself").json, "timeZone": zone}
    proxy.say("/rest/api/2/myself", Reply(body=me))

    summary = run(cloud, store, url=proxy.url)

    assert summary.issues.updated == 1


def test_a_wait_on_a_good_answer_is_none(site: Simulator, tmp_path: Path) -> None:
    """Data Center says Retry-After: 0 all the time; a number there is no reason to wait either."""
    site.strike({"kind": "retry-after-zero"})

    summary = run(site, new_store(tmp_path))

    assert (summary.retries, summary.waited_seconds) == (0, 0.0)
