"""The census over HTTP: what is deleted, hidden, archived or moved leaves the numbers, and comes back."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from pmreport.app import lookups
from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import DIALECTS
from pmreport.errors import NotAuthorisedError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.model import rows
from pmreport.model.instant import to_ms
from pmreport.model.problem import ProblemKind
from pmreport.store.batch import Batch
from pmreport.store.engine import Store
from pmreport.sync import census
from pmreport.sync.census_taker import CensusTaker, Occasion
from pmreport.sync.summary import Outcome, Progress, SyncSummary
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import first_of
from tests.support.syncing import difference, new_store, run, stored, tables

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ISSUES = 60
APP = "10001"


class Served(NamedTuple):
    """A small site, as it was in the beginning, and the file of a store after the first sync of it."""

    site: Simulator
    pristine: Corpus
    file: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """A small site of each product, and its store."""
    folder = tmp_path_factory.mktemp("census")
    small = {name: first_of("OPS", ISSUES, product) for name, product in DIALECTS.items()}
    with serving(small["cloud"]) as cloud, serving(small["datacenter"]) as datacenter:
        sites = {"cloud": cloud, "datacenter": datacenter}
        for name, site in sites.items():
            run(site, new_store(folder, name))
        yield {
            name: Served(site, deepcopy(site.state.corpus), folder / f"{name}.duckdb")
            for name, site in sites.items()
        }


@pytest.fixture(params=DIALECTS)
def product(request: pytest.FixtureRequest) -> str:
    """Both, where a test does not say which."""
    return str(request.param)


@pytest.fixture
def site(served: dict[str, Served], product: str) -> Simulator:
    """The site as it was in the beginning, free to be edited."""
    site, pristine, _ = served[product]
    site.state.play(deepcopy(pristine))
    site.state.credentials = "ok"
    site.state.requests.clear()
    site.strike()
    return site


@pytest.fixture
def store(served: dict[str, Served], product: str, tmp_path: Path) -> Store:
    """Its store after the first sync."""
    shutil.copy(served[product].file, tmp_path / "store.duckdb")
    return new_store(tmp_path)


def issue(store: Store, key: str) -> rows.IssueRow:
    """One issue, by the key it has now."""
    found: rows.IssueRow = next(row for row in stored(store, rows.IssueRow) if row.issue_key == key)
    return found


def marks(store: Store) -> dict[str, tuple[bool, bool]]:
    """The issues that are noted as out of sight: whether unseen, and whether deleted."""
    return {
        row.issue_key: (row.unseen_since_ms is not None, row.deleted_ms is not None)
        for row in stored(store, rows.IssueRow)
        if row.unseen_since_ms is not None or row.deleted_ms is not None
    }


def told(summary: SyncSummary) -> tuple[int, int, int]:
    """How many moved, went out of sight, and were found to be deleted."""
    return summary.issues.moved, summary.issues.hidden, summary.issues.deleted


def cursor(store: Store, project: str = "OPS") -> census.CensusCursor:
    """What is kept of the last census."""
    found = {row.scope: row.position for row in stored(store, rows.SyncCursorRow)}
    return census.parse_cursor(found.get(f"census:{project}"))


def test_a_deleted_issue_is_out_of_sight_first_and_deleted_at_the_second_look(
    site: Simulator, store: Store
) -> None:
    """Its history is kept; the second look comes with a sync at least ten minutes later."""
    history = [
        row for row in stored(store, rows.IssueStatusRow) if row.issue_id == issue(store, "OPS-9").issue_id
    ]
    site.edit(do="delete", issue="OPS-9")

    first = told(run(site, store, census=True, later=HOUR))
    hidden = marks(store)
    early = told(run(site, store, later=HOUR + 9 * MINUTE))
    second = told(run(site, store, later=HOUR + 10 * MINUTE))
    third = told(run(site, store, census=True, later=2 * HOUR))

    assert (first, hidden) == ((0, 1, 0), {"OPS-9": (True, False)})
    assert (early, second, third) == ((0, 0, 0), (0, 0, 1), (0, 0, 0))
    gone = issue(store, "OPS-9")
    assert gone.unseen_since_ms == to_ms(site.site.now + HOUR)
    assert gone.deleted_ms == to_ms(site.site.now + HOUR + 10 * MINUTE)
    assert history == [row for row in stored(store, rows.IssueStatusRow) if row.issue_id == gone.issue_id]


def test_without_a_deletion_a_census_changes_nothing(site: Simulator, store: Store) -> None:
    """Everybody is there."""
    before = tables(store)

    assert told(run(site, store, census=True, later=HOUR)) == (0, 0, 0)
    assert tables(store) == before


@pytest.mark.parametrize(
    ("product", "leave", "come_back", "looks"),
    [
        ("cloud", "hide", "show", 1),
        ("cloud", "archive", "unarchive", 2),
        ("datacenter", "hide", "show", 2),
        ("datacenter", "archive", "unarchive", 1),
    ],
)
def test_what_comes_back_is_as_if_it_had_never_been_away(
    site: Simulator, store: Store, leave: str, come_back: str, looks: int
) -> None:
    """Neither way back touches `updated`, so only the walk finds it; it is read anew, and counts again."""
    before = tables(store)
    site.edit(do=leave, issue="OPS-9")
    for look in range(1, looks + 1):
        run(site, store, census=True, later=look * HOUR)
    away = marks(store)
    site.edit(do=come_back, issue="OPS-9")

    summary = run(site, store, census=True, later=5 * HOUR)

    assert away.keys() == {"OPS-9"}
    assert marks(store) == {}
    assert tables(store) == before
    assert (summary.issues.updated, summary.issues.inserted) == (1, 0)


@pytest.mark.parametrize("product", ["datacenter"])
def test_what_data_center_says_is_archived_is_never_called_deleted(site: Simulator, store: Store) -> None:
    """Its id still opens it there, and a field says so."""
    site.edit(do="archive", issue="OPS-9")
    summaries = [told(run(site, store, census=True, later=n * HOUR)) for n in (1, 2, 3)]

    assert summaries == [(0, 1, 0), (0, 0, 0), (0, 0, 0)]
    assert marks(store) == {"OPS-9": (True, False)}


def test_what_an_issue_in_sight_still_names_is_not_called_deleted(site: Simulator, store: Store) -> None:
    """An epic that is only hidden is named by its stories; one that is deleted is named by none."""
    for up, down in (("OPS-9", "OPS-20"), ("OPS-12", "OPS-21")):
        adopt(site, up, down)
    run(site, store, later=MINUTE)
    linked = issue(store, "OPS-20").parent_id
    site.edit(do="hide", issue="OPS-9")
    site.edit(do="delete", issue="OPS-12")

    run(site, store, census=True, later=HOUR)
    run(site, store, census=True, later=2 * HOUR)

    assert linked == issue(store, "OPS-9").issue_id
    assert marks(store) == {"OPS-9": (True, False), "OPS-12": (True, True)}
    assert (issue(store, "OPS-20").parent_id, issue(store, "OPS-21").parent_id) == (linked, None)


@pytest.mark.parametrize("product", ["cloud"])
def test_what_only_something_gone_names_is_called_deleted(site: Simulator, store: Store) -> None:
    """A story that went after its epic is no witness, though the store still holds what it said."""
    adopt(site, "OPS-9", "OPS-20")
    run(site, store, later=MINUTE)
    site.edit(do="delete", issue="OPS-9")
    run(site, store, census=True, later=HOUR)
    site.edit(do="delete", issue="OPS-20")
    run(site, store, census=True, later=2 * HOUR)

    assert marks(store) == {"OPS-9": (True, True), "OPS-20": (True, False)}


def adopt(site: Simulator, up: str, down: str) -> None:
    """Make one issue the parent of another."""
    parent, child = (site.state.corpus.out_of_sight(key) for key in (up, down))
    assert parent is not None
    assert child is not None
    child.parent = parent.id
    parent.children.append(child.id)
    site.edit(do="label+", issue=down, value="adopted")


@pytest.mark.parametrize("product", ["cloud"])
def test_an_issue_with_a_security_level_is_never_called_deleted(site: Simulator, store: Store) -> None:
    """Whoever may see it can change without a word, so nobody knows."""
    corpus = site.state.corpus
    locked = corpus.find("OPS-9")
    assert locked is not None
    locked.restricted = True
    site.edit(do="label+", issue="OPS-9", value="secret")
    run(site, store, later=MINUTE)
    site.edit(do="hide", issue="OPS-9")

    summaries = [told(run(site, store, census=True, later=n * HOUR)) for n in (1, 2, 3)]

    assert summaries == [(0, 1, 0), (0, 0, 0), (0, 0, 0)]
    assert marks(store) == {"OPS-9": (True, False)}


def moved_out(site: Simulator, key: str, to: str) -> int:
    """Move an issue to the project APP, a minute from now; when that was."""
    kind = next(t.id for t in site.state.corpus.site.types.values() if t.project_id == APP)
    status = next(s.id for s in site.state.corpus.site.statuses.values() if s.project_id == APP)
    site.edit(do="move", issue=key, value=[APP, to, kind, status])
    return site.state.corpus.now_ms


def test_an_issue_that_left_for_a_project_that_is_not_read_stays_known(site: Simulator, store: Store) -> None:
    """It stops matching; asked for by its id it tells where it is. It is out of sight since it moved."""
    issue_id = issue(store, "OPS-9").issue_id
    moved_ms = moved_out(site, "OPS-9", "APP-900")

    first = told(run(site, store, census=True, later=HOUR))
    second = told(run(site, store, census=True, later=2 * HOUR))

    gone = issue(store, "APP-900")
    assert (first, second) == ((1, 0, 0), (0, 0, 0))
    assert (gone.issue_id, gone.project_id) == (issue_id, int(APP))
    assert (gone.unseen_since_ms, gone.deleted_ms) == (moved_ms, None)


@pytest.mark.parametrize("product", ["datacenter"])
def test_an_issue_that_moved_away_and_back_counts_again(site: Simulator, store: Store) -> None:
    """The way back touches `updated`: an ordinary sync reads it."""
    corpus = site.state.corpus
    before = corpus.find("OPS-9")
    assert before is not None
    kind, status, project = before.type, before.status, before.project
    moved_out(site, "OPS-9", "APP-900")
    run(site, store, census=True, later=HOUR)
    site.edit(do="move", issue="APP-900", value=[project, "OPS-9", kind, status])

    summary = run(site, store, later=2 * HOUR)

    assert told(summary) == (1, 0, 0)
    assert marks(store) == {}
    assert issue(store, "OPS-9").project_id == int(project)


@pytest.mark.parametrize("product", ["cloud"])
def test_an_issue_that_moved_between_two_read_projects_is_just_moved(site: Simulator, tmp_path: Path) -> None:
    """Its new key is read like any other change, and the census misses nobody."""
    store = new_store(tmp_path)
    run(site, store, projects=("OPS", "APP"))
    moved_out(site, "OPS-9", "APP-900")

    summary = run(site, store, projects=("OPS", "APP"), census=True, later=HOUR)

    assert told(summary) == (1, 0, 0)
    assert marks(store) == {}
    assert issue(store, "APP-900").project_id == int(APP)


@pytest.mark.parametrize("product", ["datacenter"])
def test_a_worklog_deleted_in_the_other_project_does_not_bring_a_moved_issue_back(
    site: Simulator, store: Store
) -> None:
    """The feed of deleted worklogs is site wide, so the issue is read again, and stays out."""
    worklog = min(stored(store, rows.WorklogRow))
    key = next(row.issue_key for row in stored(store, rows.IssueRow) if row.issue_id == worklog.issue_id)
    moved_ms = moved_out(site, key, "APP-900")
    run(site, store, census=True, later=HOUR)
    site.edit(do="delete_worklog", issue="APP-900", id=worklog.worklog_id)
    site.post("/__simulator/clock", {"now_ms": site.state.corpus.now_ms + 600_000})

    run(site, store, later=2 * HOUR)

    assert next(
        row for row in stored(store, rows.WorklogRow) if row.worklog_id == worklog.worklog_id
    ).deleted_ms
    assert issue(store, "APP-900").unseen_since_ms == moved_ms


def test_an_index_that_loses_sight_of_issues_loses_none(site: Simulator, store: Store) -> None:
    """A page of the walk lacks an issue each time; asked for by their ids they are all there."""
    before = tables(store)
    site.strike({"kind": "vanish"})

    summary = run(site, store, census=True, later=HOUR)

    assert told(summary) == (0, 0, 0)
    assert site.state.faults.struck["vanish"] > 0
    assert (marks(store), tables(store)) == ({}, before)


@pytest.mark.parametrize(("lost", "stopped"), [(5, 0), (6, 1)])
def test_more_than_a_few_lost_at_once_are_not_believed(
    site: Simulator, store: Store, lost: int, stopped: int
) -> None:
    """Sixty issues may lose five. Of six nothing is noted, the run goes on, and the census stays due."""
    for number in range(1, lost + 1):
        site.edit(do="hide", issue=f"OPS-{number}")
    site.edit(do="create", project="OPS", summary="New today")

    summary = run(site, store, census=True, later=HOUR)

    assert summary.status is Outcome.COMPLETE
    assert summary.issues.inserted == 1
    assert len(marks(store)) == (0 if stopped else lost)
    assert summary.problems.get(ProblemKind.CENSUS_STOPPED, 0) == stopped
    assert ["out of sight at once" in warning for warning in summary.warnings] == [True] * stopped
    assert cursor(store).taken_ms == to_ms(site.site.now if stopped else site.site.now + HOUR)


@pytest.mark.parametrize("product", ["cloud"])
def test_a_great_deletion_is_believed_once_the_limit_is_raised(site: Simulator, store: Store) -> None:
    """The warning names the key; after one run with it the census is what it was, with the usual limit."""
    for number in range(1, 41):
        site.edit(do="delete", issue=f"OPS-{number}")
    [warning] = run(site, store, census=True, later=HOUR).warnings

    believed = run(site, store, census=True, later=2 * HOUR, census_limit=Decimal(1))
    after = run(site, store, census=True, later=3 * HOUR)

    assert "`census_limit` in the section [sync]" in warning
    assert (believed.warnings, after.warnings) == ((), ())
    assert (believed.issues.hidden, after.issues.deleted) == (40, 40)


@pytest.mark.parametrize("product", ["cloud"])
def test_a_project_that_may_not_be_browsed_any_more_loses_nothing(site: Simulator, store: Store) -> None:
    """Three are deleted and then the permission goes: nobody knows whether it is the one or the other."""
    for number in range(1, 4):
        site.edit(do="delete", issue=f"OPS-{number}")
    site.state.corpus.closed_projects.add(site.state.corpus.find("OPS-9").project)  # type: ignore[union-attr]

    summary = run(site, store, census=True, later=HOUR)
    site.state.corpus.closed_projects.clear()
    again = run(site, store, later=8 * DAY)

    assert (summary.status, told(summary), summary.problems[ProblemKind.CENSUS_STOPPED]) == (
        Outcome.COMPLETE,
        (0, 0, 0),
        1,
    )
    assert "may not browse" in summary.warnings[0]
    assert told(again) == (0, 3, 0)


def test_a_token_that_dies_during_the_census_deletes_nothing(site: Simulator, store: Store) -> None:
    """Its answers look like those of an empty site; the run ends with exit status 77."""
    site.edit(do="delete", issue="OPS-9")
    before = cursor(store)

    def kill(progress: Progress) -> None:
        if "gone" in progress.phase:
            site.post("/__simulator/token", {"mode": "dead"})

    with pytest.raises(NotAuthorisedError):
        run(site, store, census=True, later=HOUR, progress=kill)

    assert (marks(store), cursor(store)) == ({}, before)
    assert {row.outcome for row in stored(store, rows.SyncRunRow)} == {Outcome.COMPLETE, Outcome.PARTIAL}


class Stopped(BaseException):
    """Somebody pressed a key."""


@pytest.mark.parametrize("product", ["cloud"])
def test_a_census_that_is_killed_half_way_notes_nothing(site: Simulator, tmp_path: Path) -> None:
    """The first project is counted through, the second is not: nobody is marked, and both are due again."""
    store = new_store(tmp_path)
    run(site, store, projects=("OPS", "APP"))
    before = cursor(store)
    site.edit(do="delete", issue="OPS-9")

    def stop(progress: Progress) -> None:
        if "issues of APP that are gone" in progress.phase:
            raise Stopped

    with pytest.raises(Stopped):
        run(site, store, projects=("OPS", "APP"), census=True, later=HOUR, progress=stop)
    killed = (marks(store), cursor(store))
    summary = run(site, store, projects=("OPS", "APP"), census=True, later=2 * HOUR)

    assert killed == ({}, before)
    assert told(summary) == (0, 1, 0)


@pytest.mark.parametrize("product", ["cloud"])
def test_a_census_is_taken_when_the_last_one_is_seven_days_old(site: Simulator, store: Store) -> None:
    """The first sync has read everything and stands for the first one; asked for, it comes at once."""
    first = cursor(store).taken_ms
    site.edit(do="delete", issue="OPS-9")

    early = told(run(site, store, later=7 * DAY - MINUTE))
    due = told(run(site, store, later=7 * DAY))
    after = cursor(store)

    assert first == to_ms(site.site.now)
    assert (early, due) == ((0, 0, 0), (0, 1, 0))
    assert after.taken_ms == to_ms(site.site.now + 7 * DAY)
    assert after.unconfirmed == {issue(store, "OPS-9").issue_id}


@pytest.mark.parametrize("product", ["cloud"])
def test_a_sync_between_two_censuses_costs_no_request_more(site: Simulator, store: Store) -> None:
    """Neither does the first sync of a site."""
    site.state.requests.clear()
    run(site, store, later=HOUR)

    asked = {*site.get("/__simulator/requests").json["paths"]}
    assert not any("mypermissions" in path for path in asked)


@pytest.mark.parametrize("product", ["datacenter"])
def test_a_store_without_a_census_is_counted_through(site: Simulator, store: Store) -> None:
    """One that an older program has filled knows of none."""
    store.apply(1, Batch(upserts=[rows.SyncCursorRow("census:OPS", "nonsense", 0)]))
    site.edit(do="delete", issue="OPS-9")

    assert told(run(site, store, later=MINUTE)) == (0, 1, 0)


@pytest.mark.parametrize("product", ["cloud"])
@pytest.mark.parametrize("page", [20, 7])
def test_a_census_asks_little(site: Simulator, store: Store, page: int) -> None:
    """A page of ids holds 5000 on Cloud, which is 20 requests for 100 000 issues; here it is made small."""
    credential = Credential(token=site.site.token, email=site.site.email)
    with JiraClient(SiteSettings(name="aurora", url=site.url), credential) as client:
        client.sign_in()
        client.dialect = replace(client.dialect, roll_page=page)
        taken = taker(client, store, site).take(stored(store, rows.ProjectRow), ())
    asked = site.get("/__simulator/requests").json

    assert (taken.hidden, taken.deleted, taken.problems) == (0, 0, ())
    searches = sum(count for path, count in asked["paths"].items() if path.endswith("/search/jql"))
    assert searches == -(-ISSUES // page)
    assert asked["total"] <= searches + 3  # the user, the server, the permission


@pytest.mark.parametrize("product", ["cloud"])
def test_a_later_since_makes_nobody_missing(site: Simulator, store: Store) -> None:
    """The walk begins later than what is known; so the whole project is walked, and nobody asked for."""
    credential = Credential(token=site.site.token, email=site.site.email)
    with JiraClient(SiteSettings(name="aurora", url=site.url), credential) as client:
        client.sign_in()
        client.dialect = replace(client.dialect, by_id=10)
        later = taker(client, store, site, since=date(2026, 11, 22))
        taken = later.take(stored(store, rows.ProjectRow), ())
    paths = site.get("/__simulator/requests").json["paths"]

    assert (taken.hidden, taken.problems) == (0, ())
    assert paths["/rest/api/3/search/jql"] == 2
    assert not any("bulkfetch" in path for path in paths)


def taker(client: JiraClient, store: Store, site: Simulator, since: date | None = None) -> CensusTaker:
    """A census that is due, and reads nothing."""
    now_ms = to_ms(site.site.now)
    occasion = Occasion(now_ms=now_ms, server_ms=now_ms, zone=None, since=since, every=7 * DAY, forced=True)
    return CensusTaker(
        client=client,
        store=store,
        site_id=1,
        occasion=occasion,
        cursors={},
        read=lambda _: (),
        tell=lambda _: None,
    )


def test_after_everything_the_store_is_as_if_filled_today(
    site: Simulator, store: Store, tmp_path: Path
) -> None:
    """Deleted, hidden and back, archived and back: but for what is gone, a fresh sync agrees."""
    site.edit(do="hide", issue="OPS-3")
    site.edit(do="archive", issue="OPS-4")
    site.edit(do="delete", issue="OPS-5")
    run(site, store, census=True, later=HOUR)
    run(site, store, census=True, later=2 * HOUR)
    site.edit(do="show", issue="OPS-3")
    site.edit(do="unarchive", issue="OPS-4")
    site.edit(do="label+", issue="OPS-4", value="back")
    run(site, store, census=True, later=3 * HOUR)
    fresh = new_store(tmp_path, "fresh")
    run(site, fresh, later=3 * HOUR)

    gone = str(issue(store, "OPS-5").issue_id)
    left = difference(store, fresh, dated=False)
    assert [row for _, there in left.values() for row in there] == []
    assert [row for here, _ in left.values() for row in here if gone not in repr(row)] == []


@pytest.mark.parametrize("product", ["cloud"])
def test_reports_count_what_is_gone_and_do_not_name_it(site: Simulator, store: Store) -> None:
    """Nobody knows whether the reader may hear of a hidden issue; one that moved on is no secret."""
    site.edit(do="delete", issue="OPS-9")
    run(site, store, census=True, later=HOUR)
    site.edit(do="hide", issue="OPS-10")
    moved_out(site, "OPS-11", "APP-900")
    run(site, store, census=True, later=2 * HOUR)

    with store.reading() as reader:
        before, after = (dict(lookups.left_out(reader, 1, site.site.now + hours * HOUR)) for hours in (0, 2))
        cards = lookups.cards(reader, 1, site.site.now + 2 * HOUR)
        known = lookups.site(reader, 1).issues_known
    names = ("deleted issue", "hidden or deleted issue", "issue moved to another project")
    assert [before[name] for name in names] == [0, 0, 0]
    assert [after[name] for name in names] == [1, 1, 1]
    assert {card.key for card in cards.values() if card.restricted} == {"OPS-9", "OPS-10"}
    assert known == ISSUES - 3
