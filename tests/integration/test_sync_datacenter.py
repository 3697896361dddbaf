"""Data Center into the store: the same site as Cloud, said in other words."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pmreport.demo.dialect import DATACENTER
from pmreport.model import rows
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.sync import record
from tests.support.fake_jira import Asked, FakeJira, Reply
from tests.support.simulator import Simulator, serving, story_corpus
from tests.support.syncing import difference, new_store, run, stored, tables, whole_site


class Said(NamedTuple):
    """A value and what it is called."""

    value_id: str
    value_text: str | None


SEARCH = "/jira/rest/api/2/search"
FACTS = ("issue", "issue_sprint", "issue_status", "issue_estimate", "worklog")
PEOPLE = {"assignee_id", "reporter_id", "author_id"}


@pytest.fixture(scope="module")
def first(datacenter: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file after a full sync of a project with sprints and epics."""
    folder = tmp_path_factory.mktemp("first-dc")
    run(datacenter, new_store(folder), projects=("SHOP",))
    return folder / "store.duckdb"


@pytest.fixture
def synced(first: Path, tmp_path: Path) -> Store:
    """A store of one's own, after that sync."""
    shutil.copy(first, tmp_path / "store.duckdb")
    return new_store(tmp_path)


@pytest.fixture
def proxy(datacenter: Simulator) -> Iterator[FakeJira]:
    """The site behind something that changes what it says; it stands at the root, as the site does not."""
    with FakeJira(behind=datacenter.url.removesuffix("/jira")) as server:
        yield server


def facts(store: Store) -> dict[str, set[Any]]:
    """What the numbers of the project are made from.

    Five issues of the story hold marks of wiki text, which are words on Cloud; those are left out.
    """
    found = tables(store)
    found["issue"] = {
        row._replace(description=(row.description or "").replace("{code}", ""))
        for row in found["issue"]
        if row.issue_key.startswith("SHOP-")
    }
    ids = {row.issue_id for row in found["issue"]}
    return {name: {row for row in found[name] if row.issue_id in ids} for name in FACTS}


def called(found: set[Any], people: dict[str, str]) -> set[Any]:
    """The same rows with other names for people."""
    return {
        row._replace(**{column: people[getattr(row, column)] for column in PEOPLE & {*row._fields}})
        for row in found
    }


def test_the_same_work_gives_the_same_rows(
    simulator: Simulator, synced: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Issues, estimates, sprints and work agree to the millisecond; only people are called otherwise."""
    shutil.copy(whole_site(simulator, tmp_path_factory)[0], tmp_path / "cloud.duckdb")
    ours, theirs = facts(synced), facts(new_store(tmp_path, "cloud"))
    names = defaultdict(set)
    for table in ("issue", "worklog"):
        for mine, other in zip(sorted(ours[table], key=repr), sorted(theirs[table], key=repr), strict=True):
            for column in PEOPLE & {*mine._fields}:
                names[getattr(mine, column)].add(getattr(other, column))

    assert {len(others) for others in names.values()} == {1}
    people = {one: next(iter(others)) for one, others in names.items()}
    assert {
        name: (found, theirs[name]) for name, found in ours.items() if called(found, people) != theirs[name]
    } == {}


def test_the_store_holds_what_the_site_holds(datacenter: Simulator, synced: Store) -> None:
    """The simulator counts apart from the API."""
    truth = datacenter.get("/__simulator/truth").json["projects"]["SHOP"]
    changes = stored(synced, rows.IssueChangeRow)

    assert {
        "issues": len(stored(synced, rows.IssueRow)),
        "histories": len({row.history_id for row in changes}),
        "history_items": len(changes),
        "worklogs": len(stored(synced, rows.WorklogRow)),
        "comments": len(stored(synced, rows.CommentItemRow)),
    } == {name: truth[name] for name in ("issues", "histories", "history_items", "worklogs", "comments")}


def test_an_issue_hangs_on_its_epic(synced: Store) -> None:
    """The link is a key there, and the epic may come after its stories; in the store it is the epic's id."""
    issues = {row.issue_id: row for row in stored(synced, rows.IssueRow)}
    parents = [issues[row.parent_id] for row in issues.values() if row.parent_id is not None]

    assert len(parents) > 100
    assert {row.issue_type_id for row in parents if not row.is_subtask} >= {"10100"}


def test_the_click_is_told_apart_from_the_planned_start(synced: Store) -> None:
    """Data Center alone says when the sprint was really started."""
    sprints = [row for row in stored(synced, rows.SprintRow) if row.start_ms is not None]

    assert all(row.activated_ms is not None for row in sprints)
    assert sum(row.activated_ms != row.start_ms for row in sprints) >= 2


def test_sprints_are_called_by_their_names(synced: Store) -> None:
    """The text in an issue may be cut by commas; the name comes from the board."""
    text = (
        "SELECT DISTINCT value_id, value_text FROM issue_value"
        " WHERE field_id = 'customfield_10020' AND valid_to_ms = 253402214400000"
    )
    names = {str(row.sprint_id): row.name for row in stored(synced, rows.SprintRow)}
    said = dict(synced.rows(Query(text, Said)))

    assert said == {sprint_id: names[sprint_id] for sprint_id in said}


def test_a_second_sync_changes_nothing(datacenter: Simulator, synced: Store) -> None:
    """The last minutes are read again, and every row stays as it is."""
    before = tables(synced)

    summary = run(datacenter, synced, projects=("SHOP",))

    assert tables(synced) == before
    assert (summary.issues.inserted, summary.issues.updated) == (0, 0)


def test_an_incremental_sync_equals_a_full_one(tmp_path: Path) -> None:
    """Edits of every kind, a deleted worklog among them, and the store is as if it had been filled today."""
    kept, fresh = new_store(tmp_path, "kept"), new_store(tmp_path, "fresh")
    with serving(story_corpus(product=DATACENTER)) as site:
        run(site, kept)
        worklog = min(stored(kept, rows.WorklogRow))
        site.edit(do="status", issue="OPS-7", value="3")
        site.edit(do="summary", issue="OPS-8", value="New words")
        site.edit(do="comment", issue="OPS-9", text="RISK: late")
        site.edit(do="delete_worklog", issue=worklog.issue_id, id=worklog.worklog_id)
        site.post("/__simulator/clock", {"now_ms": site.state.corpus.now_ms + 600_000})
        summary = run(site, kept)
        run(site, fresh)

    assert difference(kept, fresh, dated=False) == {}
    assert summary.issues.updated == 4


def cut(proxy: FakeJira, asked: Asked) -> Reply:
    """What the site says, with one history left of each issue's many."""
    said = proxy.passed_on(asked)
    body = json.loads(said.content)
    for issue in body.get("issues", [body]):
        issue.get("changelog", {}).get("histories", [])[1:] = []
    return replace(said, body=body)


def test_a_history_that_was_cut_is_asked_for_alone(
    proxy: FakeJira, datacenter: Simulator, tmp_path: Path
) -> None:
    """A page of many issues may come with histories cut off; the issue alone has them all."""
    store, plain = new_store(tmp_path), new_store(tmp_path, "plain")
    proxy.say(SEARCH, *[partial(cut, proxy)] * 50)

    summary = run(datacenter, store, url=f"{proxy.url}/jira")
    run(datacenter, plain)

    assert summary.problems == {}
    assert difference(store, plain, dated=False) == {}


def test_a_history_that_stays_cut_is_said_with_its_issue(
    proxy: FakeJira, datacenter: Simulator, tmp_path: Path
) -> None:
    """The issue is named, by this run and by later ones, until it is read whole."""
    store = new_store(tmp_path)
    issue = datacenter.get("/rest/api/2/issue/OPS-7").json
    proxy.say(SEARCH, *[partial(cut, proxy)] * 50)
    proxy.say(f"/jira/rest/api/2/issue/{issue['id']}", partial(cut, proxy))

    run(datacenter, store, url=f"{proxy.url}/jira")
    first = record.problems_from_rows(store.rows(record.detail_query(1)))
    run(datacenter, store, url=f"{proxy.url}/jira", later=timedelta(minutes=1))
    second = record.problems_from_rows(store.rows(record.detail_query(1)))
    incomplete = [row.issue_key for row in stored(store, rows.IssueRow) if not row.history_complete]
    proxy.say(SEARCH)
    proxy.say(f"/jira/rest/api/2/issue/{issue['id']}")
    run(datacenter, store, url=f"{proxy.url}/jira", full=True, later=timedelta(minutes=2))
    third = record.problems_from_rows(store.rows(record.detail_query(1)))

    assert Problem(ProblemKind.HISTORY_TRUNCATED, "OPS-7") in first
    assert incomplete == ["OPS-7"]
    assert (set(second), third) == (set(first), ())


def test_an_epic_of_another_project_is_asked_for(
    proxy: FakeJira, datacenter: Simulator, tmp_path: Path
) -> None:
    """Its issue is not among those that are read, so Jira is asked for its id; a hidden one is left open."""
    epics = {"OPS-7": "APP-1", "OPS-8": "HID-1"}

    def linked(asked: Asked) -> Reply:
        said = proxy.passed_on(asked)
        body = json.loads(said.content)
        for issue in body.get("issues", ()):
            if issue["key"] in epics and "project" in issue["fields"]:
                issue["fields"]["customfield_10014"] = epics[issue["key"]]
        return replace(said, body=body)

    store = new_store(tmp_path)
    proxy.say(SEARCH, *[linked] * 50)
    run(datacenter, store, url=f"{proxy.url}/jira")

    parents = {row.issue_key: row.parent_id for row in stored(store, rows.IssueRow)}
    assert parents["OPS-7"] == int(datacenter.get("/rest/api/2/issue/APP-1").json["id"])
    assert parents["OPS-8"] is None
