"""The hard cases of real sites: a simulated Jira is read over HTTP, and each number is as worked by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmreport.demo.dialect import DIALECTS
from pmreport.demo.stamps import utc_ms
from pmreport.model import rows
from pmreport.model.instant import from_ms
from pmreport.store.engine import Store
from tests.support.case_facts import Facts
from tests.support.hard_cases import CASES, Case
from tests.support.open_store import copy_of
from tests.support.simulator import Simulator, empty_corpus, serving, story_corpus
from tests.support.syncing import new_store, run, stored

ALL = ("SHOP", "APP", "OPS")
SHOP_BOARD = 11
CLOSE = utc_ms(datetime(2026, 11, 23, 7, 40, tzinfo=UTC))
STEP = timedelta(minutes=10)
ISSUES = 12


@pytest.fixture(scope="module", params=DIALECTS)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Simulator, Facts]]:
    """The story as a product tells it, read once into one store: who tells it, and what came out."""
    store = new_store(tmp_path_factory.mktemp("cases"))
    with serving(story_corpus(product=DIALECTS[request.param])) as simulator:
        run(simulator, store, projects=ALL)
        yield simulator, facts_of(simulator, store)


def facts_of(simulator: Simulator, store: Store) -> Facts:
    """What a store says at the instant it is on the site."""
    now = from_ms(simulator.state.corpus.now_ms)
    return Facts(store=store, as_of=now, zone=simulator.site.reporting_zone)


def compared(facts: Facts, after: str) -> tuple[dict[str, str], dict[str, str]]:
    """What came out, and what must, for the rows of the table that hold once this has happened."""
    cases = [case for case in CASES if case.after == after]
    names = [f"{case.key} {case.looked_at}" for case in cases]
    return (
        dict(zip(names, map(facts.of, cases), strict=True)),
        dict(zip(names, (case.comes_out for case in cases), strict=True)),
    )


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not case.after],
    ids=lambda case: f"{case.number} {case.key} {case.looked_at}",
)
def test_each_hard_case_comes_out_as_worked_by_hand(told: tuple[Simulator, Facts], case: Case) -> None:
    """One row of the table: what the real sync and the real numbers make of the issue."""
    _, facts = told

    assert facts.of(case) == case.comes_out, case.because


def test_all_the_hard_cases_stand_in_the_table() -> None:
    """Twenty-five of them, each with an issue to look at."""
    assert {case.number for case in CASES} == set(range(1, 26))


def test_a_close_a_deletion_and_a_lost_permission_between_syncs(
    told: tuple[Simulator, Facts], tmp_path: Path
) -> None:
    """The close is read though no issue changed; what is gone leaves the numbers, and is back when shown."""
    simulator, facts = told
    copy_of(facts.store, tmp_path / "store.duckdb")
    store = new_store(tmp_path)
    before = {row.issue_key: row.updated_ms for row in stored(store, rows.IssueRow)}
    simulator.edit(do="delete", issue="SHOP-476")
    simulator.edit(do="hide", issue="SHOP-477")
    run(simulator, store, projects=ALL, census=True, later=timedelta(minutes=5))
    simulator.edit(do="sprint", id=122, state="closed", complete_ms=CLOSE, at_ms=CLOSE)
    simulator.edit(do="delete", issue="SHOP-474")
    run(simulator, store, projects=ALL, census=True, later=timedelta(minutes=15))
    closed = compared(facts_of(simulator, store), "the close")
    simulator.edit(do="show", issue="SHOP-477")
    run(simulator, store, projects=ALL, census=True, later=timedelta(minutes=30))
    shown = compared(facts_of(simulator, store), "it is shown again")

    for seen, expected in (closed, shown):
        assert seen == expected
    assert {row.issue_key: row.updated_ms for row in stored(store, rows.IssueRow)} == before


@pytest.mark.parametrize(
    ("after", "change"),
    [
        ("clocks go back", datetime(2026, 10, 25, 1, 0, tzinfo=UTC)),
        ("clocks go on", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
    ids=["back", "forward"],
)
def test_no_issue_is_missed_while_the_clocks_change(tmp_path: Path, after: str, change: datetime) -> None:
    """An issue every ten minutes and a sync after every fourth, over the change of the user's clock.

    The site is in New York, the user in Lisbon, the reports are for Berlin: dates in a query are Lisbon's.
    """
    store, corpus = new_store(tmp_path), empty_corpus(sprints=False)
    corpus.now_ms = utc_ms(change - ISSUES // 2 * STEP)
    with serving(corpus) as simulator:
        for n in range(1, ISSUES + 1):
            simulator.edit(do="create", project="OPS", at_ms=utc_ms(change + (n - ISSUES // 2) * STEP))
            if n % 4 == 0:
                run(simulator, store, boards=(SHOP_BOARD,), later=n * STEP)

    seen, expected = compared(facts_of(simulator, store), after)
    assert seen == expected
    assert {row.issue_key: row.created_ms for row in stored(store, rows.IssueRow)} == {
        issue.key: issue.created_ms for issue in corpus.issues()
    }


@pytest.mark.parametrize("product", DIALECTS)
def test_an_issue_that_slips_to_a_page_already_read_is_not_lost(tmp_path: Path, product: str) -> None:
    """An issue of the first page changes before the second is read, and all after it move up by one."""
    store, corpus = new_store(tmp_path), empty_corpus(sprints=False, product=DIALECTS[product])
    began, now = corpus.now_ms - 86_400_000, corpus.now_ms
    with serving(corpus) as simulator:
        for n in range(30):
            simulator.edit(do="create", project="OPS", at_ms=began + n * 60_000)
        corpus.now_ms = now
        simulator.strike({"kind": "shift", "times": 1})
        run(simulator, store, boards=(SHOP_BOARD,), page_size=10)
        struck = simulator.state.faults.struck["shift"]

    seen, expected = compared(facts_of(simulator, store), "a shift")
    assert seen == expected
    assert struck == 1
