"""The rules of the house, each broken on purpose to see that it is held."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "pmreport", folder / "pmreport", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    words = ["lint-imports", "--no-logo", "--no-cache", "--contract", contract]
    return subprocess.run(
        [str(Path(sys.executable).with_name(words[0])), *words[1:]],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": str(Path(sys.executable).parent)},
    )


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("layers", "model/instant.py", "import pmreport.report.view"),
        ("demo-knows-nobody", "demo/dice.py", "import pmreport.model.instant"),
        ("demo-is-known-by-app", "sync/plan.py", "import pmreport.demo.process"),
        ("core-does-no-io", "metrics/flow.py", "import pathlib"),
        ("one-door-for-http", "sync/plan.py", "import requests"),
        ("one-door-for-sql", "app/numbers/sprints.py", "import duckdb"),
        ("one-door-for-mail", "app/reports.py", "import smtplib"),
        ("no-cycles", "stats/trend.py", "import pmreport.metrics.flow"),
    ],
)
def test_a_broken_rule_is_caught(house: Path, contract: str, module: str, line: str) -> None:
    """A single forbidden import breaks its contract, which held before."""
    target = house / "pmreport" / module
    clean = target.read_text(encoding="utf-8")
    held = _lint(house, contract)

    target.write_text(f"{clean}\n{line}\n", encoding="utf-8")
    broken = _lint(house, contract)
    target.write_text(clean, encoding="utf-8")

    assert held.returncode == 0, held.stdout
    assert broken.returncode == 1, broken.stdout
    assert "BROKEN" in broken.stdout
