"""Whatever goes wrong on the way, the store ends up whole, or the run says that it is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmreport.demo.corpus import Corpus
from pmreport.demo.dialect import CLOUD, DATACENTER, Dialect
from pmreport.demo.faults import KINDS
from pmreport.errors import ExitStatus, PmreportError, TryLaterError
from pmreport.model import rows
from pmreport.store.engine import Store
from pmreport.sync.summary import Outcome
from tests.support.simulator import Simulator, serving, story_corpus
from tests.support.syncing import difference, new_store, run, stored

# At every request, and no end of it.
ODD = ("retry-after-zero", "vanish", "short-page", "repeated-token", "short-walk", "warning")
ENDS = {
    "429-burst": ExitStatus.TRY_LATER,
    "429-quota": ExitStatus.TRY_LATER,
    "429-bare": ExitStatus.TRY_LATER,
    "429-date": ExitStatus.TRY_LATER,
    "503": ExitStatus.UNREACHABLE,
    "503-retry-after": ExitStatus.UNREACHABLE,
    "502-html": ExitStatus.UNREACHABLE,
    "stalled": ExitStatus.UNREACHABLE,
    "truncated": ExitStatus.UNREACHABLE,
    "reset": ExitStatus.UNREACHABLE,
}
STALL_SECONDS = 0.6  # longer than the tests' client waits for an answer


def test_every_fault_of_the_simulator_is_met_here() -> None:
    """A new one would otherwise be survived by nobody."""
    assert {*KINDS} == {*ENDS, *ODD, "empty-page", "shift"}


def a_corner(product: Dialect) -> Corpus:
    """Sixty issues of the story: enough for several pages of ten."""
    whole = story_corpus(product=product)
    ops = [issue for issue in whole.issues() if issue.key.startswith("OPS-")]
    return Corpus(whole.site, ops[:60], whole.now_ms)


PRODUCTS = {"cloud": CLOUD, "data center": DATACENTER}


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, Simulator]]:
    """A small site of each product, for these tests alone."""
    with serving(a_corner(CLOUD)) as cloud, serving(a_corner(DATACENTER)) as datacenter:
        yield {"cloud": cloud, "data center": datacenter}


@pytest.fixture(scope="module")
def wholes(sites: dict[str, Simulator], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """What a sync on a good day makes of each."""
    stores = {name: new_store(tmp_path_factory.mktemp("whole"), name.replace(" ", "-")) for name in sites}
    for name, site in sites.items():
        run(site, stores[name])
    return stores


@pytest.fixture(params=PRODUCTS)
def product(request: pytest.FixtureRequest) -> str:
    """Both products, where a test does not say which."""
    return str(request.param)


@pytest.fixture
def site(sites: dict[str, Simulator], product: str) -> Iterator[Simulator]:
    """The site, without faults before and after each test."""
    sites[product].strike()
    yield sites[product]
    sites[product].strike()


@pytest.fixture
def whole(wholes: dict[str, Store], product: str) -> Store:
    """What a sync on a good day makes of the site."""
    return wholes[product]


def fault(kind: str, **more: Any) -> dict[str, Any]:
    """A fault as the simulator is told of it."""
    return {"kind": kind, **({"seconds": STALL_SECONDS} if kind == "stalled" else {}), **more}


def sync(site: Simulator, store: Store) -> ExitStatus:
    """A sync in small pages by an impatient client; how it ended."""
    try:
        run(site, store, page_size=10, timeout=STALL_SECONDS / 3)
    except PmreportError as error:
        return error.status
    return ExitStatus.OK


@pytest.mark.parametrize(
    ("product", "kind"),
    [*(("cloud", kind) for kind in sorted(ENDS)), *((name, "empty-page") for name in PRODUCTS)],
)
def test_a_fault_now_and_then_costs_nothing_but_time(
    site: Simulator, whole: Store, tmp_path: Path, kind: str
) -> None:
    """Every eighth request fails: the store is whole after the run, or after the next one without faults."""
    store = new_store(tmp_path)
    site.strike(fault(kind, rate=0.125, seed=4))

    ended = sync(site, store)
    site.strike()
    if ended is not ExitStatus.OK:
        assert ended is ENDS[kind]
        assert sync(site, store) is ExitStatus.OK

    assert difference(whole, store) == {}


@pytest.mark.parametrize("kind", ODD)
def test_pages_that_are_always_odd_lose_nothing(
    site: Simulator, whole: Store, tmp_path: Path, kind: str
) -> None:
    """Short pages, pages that repeat, issues that hide: at every request, and the run still ends complete."""
    store = new_store(tmp_path)
    site.strike(fault(kind))

    assert sync(site, store) is ExitStatus.OK
    assert difference(whole, store) == {}


@pytest.mark.parametrize(
    ("product", "kind"), [(("cloud", "data center")[n % 2], kind) for n, kind in enumerate(sorted(ENDS))]
)
def test_a_fault_without_end_has_its_exit_status(site: Simulator, tmp_path: Path, kind: str) -> None:
    """Nothing is written when not even the first question is answered."""
    store = new_store(tmp_path)
    site.strike(fault(kind))

    assert sync(site, store) is ENDS[kind]
    assert stored(store, rows.SyncRunRow) == []


@pytest.mark.parametrize(
    ("product", "kind"),
    [
        ("cloud", "429-quota"),
        ("data center", "429-quota"),
        ("cloud", "truncated"),
        ("data center", "stalled"),
    ],
)
def test_a_run_that_breaks_off_in_the_middle_is_taken_up_again(
    site: Simulator, whole: Store, tmp_path: Path, kind: str
) -> None:
    """In the middle of the issues nothing is answered any more; what is there is whole issues."""
    store = new_store(tmp_path)
    path = "/issue/bulkfetch" if site.site.dialect == "cloud" else "/api/2/search"

    def strike(seen: int) -> None:
        if seen:
            site.strike(fault(kind, path=path))

    with pytest.raises(PmreportError) as caught:
        run(
            site,
            store,
            page_size=2,
            timeout=STALL_SECONDS / 3,
            progress=lambda progress: strike(progress.done),
        )
    half = {row.issue_id for row in stored(store, rows.IssueRow)}
    site.strike()
    again = run(site, store)

    assert caught.value.status is ENDS[kind]
    assert 0 < len(half) < 60
    assert again.issues.inserted == 60 - len(half)
    assert {row.outcome for row in stored(store, rows.SyncRunRow)} == {Outcome.PARTIAL, Outcome.COMPLETE}
    assert difference(whole, store) == {}


def test_a_used_up_quota_says_when_it_is_filled_again(site: Simulator, tmp_path: Path) -> None:
    """So that whoever plans the next run knows."""
    site.strike(fault("429-quota", path="/project"))

    with pytest.raises(TryLaterError) as caught:
        run(site, new_store(tmp_path))

    assert caught.value.resume_after_seconds == 1847.0


@pytest.mark.parametrize("seed", [1])
def test_everything_at_once_is_survived(site: Simulator, whole: Store, tmp_path: Path, seed: int) -> None:
    """A bad week: run after run, each a little further, until one of them ends complete."""
    store = new_store(tmp_path)
    site.strike(
        *(fault(kind, rate=0.02, seed=seed * 100 + n) for n, kind in enumerate(sorted({*KINDS} - {"shift"})))
    )

    ended = [sync(site, store)]
    while ended[-1] is not ExitStatus.OK and len(ended) < 15:
        ended.append(sync(site, store))

    assert ended[-1] is ExitStatus.OK
    assert difference(whole, store) == {}


def test_pages_that_shift_lose_no_issue(tmp_path: Path, product: str) -> None:
    """At each page somebody touches an issue of the page before, so that everything behind it moves up."""
    with serving(a_corner(PRODUCTS[product])) as site:
        store, fresh = new_store(tmp_path), new_store(tmp_path, "fresh")
        site.strike(fault("shift"))
        assert sync(site, store) is ExitStatus.OK
        site.strike()
        run(site, store, full=True)
        run(site, fresh)

        read = {row.issue_id for row in stored(store, rows.IssueRow)}
        assert len(read) == 60
        assert difference(store, fresh, dated=False) == {}


@pytest.mark.parametrize("product", ["cloud"])
def test_pages_without_an_end_are_left(site: Simulator, whole: Store, tmp_path: Path) -> None:
    """Cloud may name a next page for ever and give nothing; the run ends, and the next one is whole."""
    store = new_store(tmp_path)
    site.strike(fault("empty-page"))

    ended = sync(site, store)
    site.strike()
    sync(site, store)

    assert ended is ExitStatus.TRY_LATER
    assert difference(whole, store) == {}
