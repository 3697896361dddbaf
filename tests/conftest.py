"""What every test shares: the count of what did not run, and calm settings for hypothesis."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("pmreport", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pmreport")

_missing: Counter[str] = Counter()


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
