"""What every test shares: the count of what did not run, and calm settings for hypothesis."""

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("pmreport", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pmreport")

_missing: Counter[str] = Counter()

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ROOM_BYTES = 4 * 1024**3  # several times what a run leaves at any moment


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of tests in memory where there is room: a store waits for the disk at every commit.

    A worker of xdist is told a folder by its chief. Where there is no such memory the disk does.
    """
    if config.option.basetemp is None and not hasattr(config, "workerinput") and _has_room(_MEMORY):
        config.option.basetemp = tempfile.mkdtemp(prefix="pmreport-tests-", dir=_MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


# Files of some ten seconds of processor time and more, the longest first. Begun last, one would run beside
# an idle processor.
_LONG = (
    "test_sync_schedules",
    "test_frozen",
    "test_doctor",
    "test_wheel",
    "test_portable_sql",
    "test_preview",
    "test_rebuild",
    "test_census",
    "test_privacy",
    "test_demo",
    "test_dialects",
    "test_sync",
    "test_sync_traps",
    "test_ledger_properties",
    "test_first_hour",
    "test_cli_commands",
    "test_cli_goals_journal",
    "test_cases",
    "test_postgres_commands",
    "test_sync_datacenter",
    "test_cli_send",
    "test_refusals",
    "test_cli_goal_helpers",
    "test_errors_cli",
    "test_sync_requests",
)

# Files, and tests by name, that run the same lines many times, which other tests run once: nothing new
# is covered there, and to be watched line by line makes them half as slow again.
_UNWATCHED = {
    "test_sync_schedules",
    "test_portable_sql",
    "test_ledger_properties",
    "test_flow_properties",
    "test_benchmark",
    "test_errors_cli",
    "test_a_wrong_option_ends_with_a_sentence_and_a_status",
    "test_a_healthy_demo_has_nothing_the_matter",
    "test_a_healthy_data_center_has_nothing_the_matter",
    "test_a_rebuild_changes_no_row_after_any_sync",
    "test_a_broken_template_names_its_line[loops]",
}
_TO_CHILDREN = "COVERAGE_PROCESS_CONFIG"  # tells a process begun by a test to be watched


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Look away from what is unwatched and from its processes, where coverage is measured at all."""
    plugin = item.config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None) if _is_unwatched(item) else None
    if controller is None:
        return (yield)
    controller.pause()
    told = os.environ.pop(_TO_CHILDREN, None)
    try:
        return (yield)
    finally:
        if told is not None:
            os.environ[_TO_CHILDREN] = told
        controller.resume()


def _is_unwatched(item: pytest.Item) -> bool:
    names = {item.path.stem, item.name, item.name.partition("[")[0]}
    return not _UNWATCHED.isdisjoint(names)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the long files to the front; within a file, and for all others, the order stays random."""
    items.sort(key=lambda item: _LONG.index(item.path.stem) if item.path.stem in _LONG else len(_LONG))


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM_BYTES


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count each skip by its reason, so that nothing is skipped in silence."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _missing[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the count where `tests/checks.py` looks for it; a worker of xdist leaves that to its chief."""
    if hasattr(session.config, "workerinput"):
        return
    target = os.environ.get("PMREPORT_TEST_SKIPS")
    if target:
        Path(target).write_text(json.dumps(_missing), encoding="utf-8")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """An installed browser, started once: two of them in one process would not get on."""
    from tests.support import browsers

    with browsers.started() as found:
        yield found
