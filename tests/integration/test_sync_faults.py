"""Whatever goes wrong on the way, the run says so: what it says, and with which exit status.

That the store is whole all the same is shown by the schedules, in `test_sync_schedules.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmreport.demo.dialect import CLOUD, DATACENTER
from pmreport.demo.faults import KINDS
from pmreport.errors import ExitStatus, PmreportError, TryLaterError
from pmreport.model import rows
from pmreport.sync.summary import Outcome
from tests.support.simulator import Simulator, serving
from tests.support.small_sites import first_of
from tests.support.syncing import difference, new_store, run, stored

ODD = ("retry-after-zero", "vanish", "short-page", "repeated-token", "empty-page")  # no failures
MORE_ODD = ("shift", "short-walk", "warning")
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
ISSUES = 40


def test_every_fault_of_the_simulator_is_met_here() -> None:
    """A new one would otherwise be told by nobody."""
    assert {*KINDS} == {*ENDS, *ODD, *MORE_ODD}


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, Simulator]]:
    """A small site of each product, for these tests alone."""
    here, there = (first_of("OPS", ISSUES, product) for product in (CLOUD, DATACENTER))
    with serving(here) as cloud, serving(there) as datacenter:
        yield {"cloud": cloud, "data center": datacenter}


@pytest.fixture(params=["cloud", "data center"])
def product(request: pytest.FixtureRequest) -> str:
    """Both products, where a test does not say which."""
    return str(request.param)


@pytest.fixture
def site(sites: dict[str, Simulator], product: str) -> Iterator[Simulator]:
    """The site, without faults before and after each test."""
    sites[product].strike()
    yield sites[product]
    sites[product].strike()


def fault(kind: str, **more: Any) -> dict[str, Any]:
    """A fault as the simulator is told of it."""
    return {"kind": kind, **({"seconds": STALL_SECONDS} if kind == "stalled" else {}), **more}


@pytest.mark.parametrize(
    ("product", "kind"), [(("cloud", "data center")[n % 2], kind) for n, kind in enumerate(sorted(ENDS))]
)
def test_a_fault_without_end_has_its_exit_status(site: Simulator, tmp_path: Path, kind: str) -> None:
    """Nothing is written when not even the first question is answered."""
    store = new_store(tmp_path)
    site.strike(fault(kind))

    with pytest.raises(PmreportError) as caught:
        run(site, store, timeout=STALL_SECONDS / 3)

    assert caught.value.status is ENDS[kind]
    assert stored(store, rows.SyncRunRow) == []


def test_what_was_committed_before_a_run_broke_off_is_not_read_again(site: Simulator, tmp_path: Path) -> None:
    """In the middle of the issues the quota is used up; the next run fetches the rest and no more."""
    store, fresh = new_store(tmp_path), new_store(tmp_path, "fresh")
    path = "/issue/bulkfetch" if site.site.dialect == "cloud" else "/api/2/search"

    def strike(seen: int) -> None:
        if seen:
            site.strike(fault("429-quota", path=path))

    with pytest.raises(TryLaterError):
        run(site, store, page_size=2, progress=lambda progress: strike(progress.done))
    half = {row.issue_id for row in stored(store, rows.IssueRow)}
    site.strike()
    again = run(site, store)
    run(site, fresh)

    assert 0 < len(half) < ISSUES
    assert again.issues.inserted == ISSUES - len(half)
    assert {row.outcome for row in stored(store, rows.SyncRunRow)} == {Outcome.PARTIAL, Outcome.COMPLETE}
    assert difference(fresh, store) == {}


@pytest.mark.parametrize("product", ["cloud"])
def test_a_used_up_quota_says_when_it_is_filled_again(site: Simulator, tmp_path: Path) -> None:
    """So that whoever plans the next run knows."""
    site.strike(fault("429-quota", path="/project"))

    with pytest.raises(TryLaterError) as caught:
        run(site, new_store(tmp_path))

    assert caught.value.resume_after_seconds == 1847.0


@pytest.mark.parametrize("product", ["cloud"])
def test_pages_without_an_end_are_left(site: Simulator, tmp_path: Path) -> None:
    """Cloud may name a next page for ever and give nothing; the run ends, and may be tried later."""
    site.strike(fault("empty-page"))

    with pytest.raises(TryLaterError, match="circles"):
        run(site, new_store(tmp_path))
