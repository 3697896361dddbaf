"""A whole sync: from the simulator over HTTP into a real store."""

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    ExitStatus,
    NotAuthorisedError,
    UnreachableError,
)
from pmreport.model import rows
from pmreport.model.problem import ProblemKind
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.sync import record
from pmreport.sync.summary import Outcome, SyncSummary
from tests.support import site_truth
from tests.support.fake_jira import Asked, FakeJira, Reply
from tests.support.simulator import Simulator, empty_corpus, serving
from tests.support.syncing import ALL, difference, new_store, run, stored, tables, whole_site

SITE_QUERY = Query(f"SELECT {', '.join(rows.SiteRow._fields)} FROM site", rows.SiteRow)  # noqa: S608 - own names only
SEARCH = "/rest/api/3/search/jql"
DEAD = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}


@pytest.fixture(scope="module")
def first(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SyncSummary]:
    """The file after one full sync of everything, and its summary. Copy the file before writing."""
    return whole_site(simulator, tmp_path_factory)


@pytest.fixture
def synced(first: tuple[Path, SyncSummary], tmp_path: Path) -> Store:
    """A store of one's own, after a full sync."""
    shutil.copy(first[0], tmp_path / "store.duckdb")
    return new_store(tmp_path)


@pytest.fixture(scope="module")
def first_ops(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file after a full sync of the smallest project."""
    folder = tmp_path_factory.mktemp("first-ops")
    run(simulator, new_store(folder))
    return folder / "store.duckdb"


@pytest.fixture
def ops(first_ops: Path, tmp_path: Path) -> Store:
    """A store of one's own, after a full sync of the smallest project."""
    shutil.copy(first_ops, tmp_path / "ops.duckdb")
    return new_store(tmp_path, "ops")


@pytest.fixture
def proxy(simulator: Simulator) -> Iterator[FakeJira]:
    """The simulator behind something that fails when told to."""
    with FakeJira(behind=simulator.url) as server:
        yield server


def test_the_typed_tables_are_the_site(
    simulator: Simulator, synced: Store, first: tuple[Path, SyncSummary]
) -> None:
    """Row by row, made from the objects of the simulator without a parser and without the API."""
    truth = simulator.get("/__simulator/truth").json

    assert site_truth.difference(synced, simulator.state.corpus, ALL) == []
    assert first[1].issues.inserted == first[1].issues.seen == truth["issues"]
    assert first[1].changes == truth["history_items"]


def test_the_histories_lead_to_the_current_values(first: tuple[Path, SyncSummary]) -> None:
    """No changelog of a well kept site contradicts its issue, and nothing is cut off."""
    odd = {ProblemKind.HISTORY_MISMATCH, ProblemKind.HISTORY_TRUNCATED, ProblemKind.UNREADABLE_VALUE}

    assert not odd & set(first[1].problems)


def test_a_kanban_board_has_no_sprints(synced: Store) -> None:
    """It refuses the question for sprints; that is no error."""
    boards = {row.type: row.has_sprints for row in stored(synced, rows.BoardRow)}

    assert boards == {"scrum": True, "simple": True, "kanban": False}


def test_sprints_of_other_boards_are_stored_once(synced: Store) -> None:
    """A board lists every sprint of the issues it shows; each sprint keeps the board it belongs to."""
    sprints = {row.sprint_id: row for row in stored(synced, rows.SprintRow)}
    pairs = stored(synced, rows.BoardSprintRow)

    assert {pair.sprint_id for pair in pairs} == set(sprints)
    assert any(sprints[pair.sprint_id].origin_board_id != pair.board_id for pair in pairs)


def test_the_site_remembers_whose_eyes_saw_it(simulator: Simulator, synced: Store) -> None:
    """The profile zone decides how JQL reads dates; the site's own zone is another one."""
    site_id = synced.site(simulator.url)

    assert site_id is not None
    site = synced.rows(SITE_QUERY)[0]
    assert (site.time_zone, site.account_id) == (simulator.site.user_zone, simulator.site.account_id)
    assert (site.browse_url, site.deployment) == (simulator.site.browse_url, "cloud")


def test_a_second_sync_changes_nothing(simulator: Simulator, ops: Store) -> None:
    """The overlap is read again, and every row stays as it is."""
    before = tables(ops)

    summary = run(simulator, ops)

    assert tables(ops) == before
    assert (summary.issues.inserted, summary.issues.updated, summary.changes) == (0, 0, 0)
    assert summary.issues.seen > 0


def test_a_full_sync_changes_nothing_either(simulator: Simulator, ops: Store) -> None:
    """Reading everything again finds what was there."""
    before = tables(ops)

    summary = run(simulator, ops, full=True)

    assert tables(ops) == before
    assert (summary.issues.inserted, summary.issues.updated) == (0, 0)


def test_a_killed_sync_goes_on_where_it_stopped(simulator: Simulator, ops: Store, tmp_path: Path) -> None:
    """SIGKILL in the middle: what was committed stays, the next run fetches the rest, and nothing differs."""
    path = tmp_path / "killed.duckdb"
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            KILLED,
            str(path),
            simulator.url,
            simulator.site.email or "",
            simulator.site.token,
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child:
        for line in child.stdout:
            if json.loads(line)["done"] > 40:
                child.send_signal(signal.SIGKILL)
                break

    store = new_store(tmp_path, "killed")
    half = len(stored(store, rows.IssueRow))
    outcomes = [row.outcome for row in stored(store, rows.SyncRunRow)]
    summary = run(simulator, store)

    whole = len(stored(ops, rows.IssueRow))
    assert 0 < half < whole
    assert outcomes == [Outcome.RUNNING]
    assert summary.issues.inserted == whole - half
    assert summary.issues.seen < whole
    assert difference(store, ops, dated=False) == {}


# What a user's process does; it says each step, so that the test knows when to kill it.
KILLED = """
import json, sys
from datetime import UTC, datetime
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.store.engine import Store
from pmreport.sync.run import SyncRequest, sync
from pmreport.sync.settings import ScopeSettings, SyncSettings
path, url, email, token = sys.argv[1:]
client = JiraClient(SiteSettings(name="aurora", url=url), Credential(token=token, email=email))
request = SyncRequest(scope=ScopeSettings(projects=("OPS",)), pace=SyncSettings(page_size=2))
tell = lambda progress: print(json.dumps({"done": progress.done}), flush=True)
now = datetime(2026, 11, 22, tzinfo=UTC)
sync(client, Store.open("duckdb:" + path), request, now=now, progress=tell)
"""


def test_a_dead_token_touches_nothing(fresh_simulator: Simulator, tmp_path: Path) -> None:
    """Exit status 77, and nothing is written: an anonymous answer must not empty the numbers."""
    store = new_store(tmp_path)
    fresh_simulator.post("/__simulator/token", {"mode": "dead"})

    with pytest.raises(NotAuthorisedError) as caught:
        run(fresh_simulator, store)

    assert caught.value.status == ExitStatus.NOT_AUTHORISED
    assert stored(store, rows.SyncRunRow) == []


def test_a_token_that_dies_during_the_run_stops_it(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """The first call was fine; a search answered as for a stranger, with 200 and no issues, is noticed."""
    store = new_store(tmp_path)
    proxy.say(SEARCH, Reply(body={"issues": [], "isLast": True}, headers=DEAD))

    with pytest.raises(NotAuthorisedError):
        run(simulator, store, url=proxy.url)

    assert [row.outcome for row in stored(store, rows.SyncRunRow)] == [Outcome.PARTIAL]


def test_a_bad_gateway_for_ever_is_unreachable(proxy: FakeJira, simulator: Simulator, tmp_path: Path) -> None:
    """Exit status 69 after four tries, and the run is noted as partial."""
    store = new_store(tmp_path)
    proxy.say(SEARCH, *[Reply(status=502, body=b"<html>Bad Gateway</html>")] * 4)

    with pytest.raises(UnreachableError) as caught:
        run(simulator, store, url=proxy.url)

    assert caught.value.status == ExitStatus.UNREACHABLE


def test_issues_that_are_counted_and_never_shown_are_said(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """Jira counts more than it lists, however often it is asked: the project is named in the problems."""
    store = new_store(tmp_path)
    proxy.say("/rest/api/3/search/approximate-count", *[Reply(body={"count": 999})] * 9)

    summary = run(simulator, store, url=proxy.url)

    [problem] = record.problems_from_rows(store.rows(record.detail_query(1)))
    assert (problem.kind, problem.subject) == (ProblemKind.TOTAL_MISMATCH, "OPS")
    assert problem.detail == f"{999 - summary.issues.seen} of 999 issues were not to be had"


def test_a_project_that_is_not_there_is_named(simulator: Simulator, tmp_path: Path) -> None:
    """Exit status 78: the configuration names something that this token cannot see."""
    with pytest.raises(ConfigurationError, match="SHOOP") as caught:
        run(simulator, new_store(tmp_path), projects=("OPS", "SHOOP"))

    assert "SHOP" in str(caught.value.hint)


def test_a_token_without_any_project_is_not_an_empty_site(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """A token with too few scopes sees an empty list; taking it for an empty site would empty the report."""
    nothing = {"values": [], "isLast": True, "total": 0}
    proxy.say("/rest/api/3/project/search", Reply(body=nothing))
    proxy.say("/rest/api/3/project/OPS", Reply(status=404, body={"errorMessages": ["No."], "errors": {}}))

    with pytest.raises(NotAuthorisedError, match="no project"):
        run(simulator, new_store(tmp_path), url=proxy.url)


def test_a_site_without_issues_is_said(tmp_path: Path) -> None:
    """Exit status 65 with a hint: there is nothing to report on."""
    with serving(empty_corpus()) as empty, pytest.raises(BadDataError) as caught:
        run(empty, new_store(tmp_path), projects=ALL)

    assert caught.value.status == ExitStatus.BAD_DATA
    assert "projects" in str(caught.value.hint)


def test_boards_without_sprints_are_no_error(tmp_path: Path) -> None:
    """The run goes on to the issues; that there is none here is another matter."""
    store = new_store(tmp_path)
    with serving(empty_corpus(sprints=False)) as empty, pytest.raises(BadDataError, match="no issue"):
        run(empty, store, projects=ALL)

    assert stored(store, rows.SprintRow) == []
    assert len(stored(store, rows.BoardRow)) == 3


def test_an_unreadable_board_is_a_problem_and_no_dead_end(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """A filter that is not shared, a configuration without the right: the issues come all the same."""
    store = new_store(tmp_path)
    [ops] = [board for board in simulator.site.boards if board[2] == "kanban"]
    path = f"/rest/agile/1.0/board/{ops[0]}/configuration"
    proxy.say(path, Reply(status=403, body={"errorMessages": ["No."], "errors": {}}))

    summary = run(simulator, store, url=proxy.url)

    assert summary.problems[ProblemKind.BOARD_UNREADABLE] == 1
    assert stored(store, rows.BoardColumnRow) == []
    assert summary.issues.inserted > 0


def test_a_filter_that_is_not_shared_leaves_the_board_usable(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """People share a board and not its filter: the columns come, the filter's text is unknown."""
    store = new_store(tmp_path)
    [kanban] = [board for board in simulator.site.boards if board[2] == "kanban"]
    configuration = simulator.get(f"/rest/agile/1.0/board/{kanban[0]}/configuration").json
    path = f"/rest/api/3/filter/{configuration['filter']['id']}"
    proxy.say(path, Reply(status=404, body={"errorMessages": ["No."], "errors": {}}))

    summary = run(simulator, store, url=proxy.url)

    assert summary.problems[ProblemKind.BOARD_UNREADABLE] == 1
    assert [row.filter_jql for row in stored(store, rows.BoardRow)] == [None]
    assert stored(store, rows.BoardColumnRow) != []


def test_boards_can_be_chosen(simulator: Simulator, tmp_path: Path) -> None:
    """The configuration may name boards; one that is not there is a mistake in it (78)."""
    store = new_store(tmp_path)
    [kanban] = [board for board in simulator.site.boards if board[2] == "kanban"]

    run(simulator, store, boards=(kanban[0],))
    with pytest.raises(ConfigurationError, match="999") as caught:
        run(simulator, store, boards=(kanban[0], 999))

    assert [row.board_id for row in stored(store, rows.BoardRow)] == [kanban[0]]
    assert caught.value.status == ExitStatus.CONFIGURATION


def test_fields_that_rules_speak_of_get_a_history(simulator: Simulator, ops: Store) -> None:
    """Another field means that every issue is read again; a field that the site does not have is said."""
    before = len(stored(ops, rows.IssueRow))

    summary = run(simulator, ops, further=("Environment", "No such field"))

    assert summary.issues.seen == before
    assert summary.problems[ProblemKind.UNKNOWN_FIELD] == 1


def test_a_board_that_could_not_be_read_keeps_its_columns(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """What is known of a board outlives a bad day."""
    store = new_store(tmp_path)
    run(simulator, store, url=proxy.url)
    before = tables(store)["board_column"]
    [ops] = [board for board in simulator.site.boards if board[2] == "kanban"]
    refused = Reply(status=404, body={"errorMessages": ["No."], "errors": {}})
    proxy.say(f"/rest/agile/1.0/board/{ops[0]}/configuration", refused)

    run(simulator, store, url=proxy.url)

    assert tables(store)["board_column"] == before != set()


def test_what_jira_keeps_no_history_of_is_kept_when_it_changes(
    fresh_simulator: Simulator, tmp_path: Path
) -> None:
    """A renamed sprint leaves two dated rows; an unchanged one leaves one."""
    store = new_store(tmp_path)
    run(fresh_simulator, store, projects=("SHOP",))
    sprint = max(row.sprint_id for row in stored(store, rows.SprintRow))
    fresh_simulator.edit(do="sprint", id=sprint, name="Renamed")

    run(fresh_simulator, store, projects=("SHOP",), later=timedelta(hours=1))

    seen = Counter(row.sprint_id for row in stored(store, rows.SnapshotSprintRow))
    assert seen[sprint] == 2
    assert set(seen.values()) == {1, 2}
    assert "Renamed" in {row.name for row in stored(store, rows.SprintRow)}


def test_what_jira_leaves_out_without_a_word_is_not_taken_for_gone(
    proxy: FakeJira, simulator: Simulator, tmp_path: Path
) -> None:
    """A field that cannot be loaded is absent: comments and worklogs that are known stay as they are."""
    ops = new_store(tmp_path)
    run(simulator, ops, url=proxy.url)
    before = stored(ops, rows.CommentItemRow), stored(ops, rows.WorklogRow)

    def without(asked: Asked) -> Reply:
        said = proxy.passed_on(asked)
        body = json.loads(said.content)
        for issue in body["issues"]:
            issue["fields"].pop("comment")
            issue["fields"].pop("worklog")
            issue["fields"]["summary"] = "Changed"
        return replace(said, body=body)

    proxy.say("/rest/api/3/issue/bulkfetch", *[without] * 50)
    run(simulator, ops, url=proxy.url, full=True)

    assert "Changed" in {row.summary for row in stored(ops, rows.IssueRow)}
    assert (stored(ops, rows.CommentItemRow), stored(ops, rows.WorklogRow)) == before


def test_another_field_for_story_points_changes_the_points(simulator: Simulator, tmp_path: Path) -> None:
    """The configuration names another of two fields: the next sync has its points, not the old ones."""
    store, fresh = new_store(tmp_path), new_store(tmp_path, "fresh")
    run(simulator, store, projects=("SHOP",))
    [other] = [row.field_id for row in stored(store, rows.FieldRow) if row.name == "Story point estimate"]
    before = {row.issue_id: row.points for row in stored(store, rows.IssueRow)}

    run(simulator, store, projects=("SHOP",), story_points=other)
    run(simulator, fresh, projects=("SHOP",), story_points=other)

    after = {row.issue_id: row.points for row in stored(store, rows.IssueRow)}
    assert after != before
    assert after == {row.issue_id: row.points for row in stored(fresh, rows.IssueRow)}
