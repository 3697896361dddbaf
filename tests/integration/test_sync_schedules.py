"""Two hundred schedules of faults, killings, cuts and edits: the store ends up as the site is, row by row."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, DATACENTER, DIALECTS
from pmreport.demo.edits import apply
from pmreport.demo.faults import KINDS
from pmreport.model.rows import IssueRow
from pmreport.store.engine import Store
from pmreport.sync.summary import Outcome
from tests.support.held_store import held_store
from tests.support.lines import Line, line_to
from tests.support.playing import CALM, Player
from tests.support.schedules import Plan, plan
from tests.support.simulator import empty_corpus
from tests.support.small_sites import named, small_site
from tests.support.syncing import new_store, stored

SCHEDULES = 200


@pytest.fixture(scope="module")
def lines() -> Iterator[dict[str, Line]]:
    """A served site of each product; every schedule brings a corpus of its own."""
    with ExitStack() as stack:
        products = (CLOUD, DATACENTER)
        yield {each.name: stack.enter_context(line_to(empty_corpus(product=each))) for each in products}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store."""
    folder = tmp_path_factory.mktemp("template")
    new_store(folder)
    return folder / "store.duckdb"


@contextmanager
def playing(
    plotted: Plan, corpus: Corpus, line: Line, folder: Path, template: Path
) -> Iterator[tuple[Player, list[str]]]:
    """Somebody who plays a schedule, and a list for what is wrong; that is told with all that happened."""
    path, wrong = folder / f"{plotted.seed}.duckdb", list[str]()
    with ExitStack() as stack:
        if plotted.shipped:
            store, plug = Store.open(f"duckdb:{path}"), None
        else:
            store, plug = stack.enter_context(held_store(template, path))
        player = Player(plan=plotted, corpus=corpus, line=line, store=store, plug=plug)
        try:
            yield player, wrong
        except Exception as error:
            raise AssertionError("\n".join([f"seed {plotted.seed}: {plotted}", *player.account])) from error
    assert not wrong, "\n".join([f"seed {plotted.seed}: {plotted}", *player.account, *wrong])


def test_the_schedules_hold_every_misfortune() -> None:
    """Each fault several times, each way to die, and cuts; on both products."""
    runs = [run for seed in range(SCHEDULES) for run in plan(seed).runs]
    faults = Counter(fault.kind for run in runs for fault in run.faults)

    assert {*faults} == {*KINDS}
    assert min(faults.values()) >= 10
    assert {run.kill.at for run in runs if run.kill} == {"statement", "progress", "wait"}
    assert sum(run.cut is not None for run in runs) >= 20
    assert {plan(seed).product for seed in range(SCHEDULES)} == {CLOUD.name, DATACENTER.name}


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_whatever_befalls_a_sync_the_store_ends_up_as_the_site_is(
    seed: int, lines: dict[str, Line], template: Path, tmp_path: Path
) -> None:
    """Runs break off, are killed and go on: never half an issue, and on a calm day every row is true."""
    plotted = plan(seed)
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    corpus = small_site(dice, plotted.product, plotted.projects)
    with playing(plotted, corpus, lines[plotted.product], tmp_path, template) as (player, wrong):
        wrong.extend(player.play())


@pytest.mark.parametrize("product", DIALECTS)
def test_a_worklog_deleted_between_an_issue_and_its_list_is_not_lost(
    product: str, lines: dict[str, Line], template: Path, tmp_path: Path
) -> None:
    """The issue still counts it, the list no longer: the time spent would be wrong for ever."""
    corpus = named(DIALECTS[product], "OPS-1", "OPS-2")
    issue = corpus.find("OPS-1")
    assert issue is not None
    apply(corpus, {"do": "comment", "issue": "OPS-2", "text": "The newest change is another one."})

    def delete() -> None:
        apply(corpus, {"do": "delete_worklog", "issue": issue.id, "id": issue.worklogs[3].id})

    plotted = Plan(seed=0, product=product, projects=("OPS",), shipped=False, runs=())

    with playing(plotted, corpus, lines[product], tmp_path, template) as (player, wrong):
        player.befall(CALM, {("/worklog", 1): delete})
        wrong.extend(player.play())

        assert len(issue.worklogs) == 44


def test_a_worklog_deleted_after_a_first_run_that_broke_off_is_not_lost(
    lines: dict[str, Line], template: Path, tmp_path: Path
) -> None:
    """The next run must ask for what was deleted since the first one began, and not since itself."""
    corpus = named(CLOUD, "OPS-1", "OPS-2", "OPS-3", "OPS-4")
    issue = corpus.find("OPS-1")
    assert issue is not None
    apply(corpus, {"do": "comment", "issue": "OPS-4", "text": "The newest change is another one."})
    broken_off = replace(CALM, page_size=1, connections=1, cut=(("/bulkfetch", 4), 99))
    plotted = Plan(seed=0, product=CLOUD.name, projects=("OPS",), shipped=False, runs=())

    with playing(plotted, corpus, lines[CLOUD.name], tmp_path, template) as (player, wrong):
        assert player.befall(broken_off) is Outcome.PARTIAL
        assert issue.id in {row.issue_id for row in stored(player.store, IssueRow)}
        corpus.now_ms += 3_600_000
        apply(corpus, {"do": "delete_worklog", "issue": issue.id, "id": issue.worklogs[0].id})
        corpus.now_ms += 3_600_000
        wrong.extend(player.play())
