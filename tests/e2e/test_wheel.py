"""The wheel, as a stranger gets it: built, installed into a clean environment, and run."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _locked_versions() -> list[str]:
    """The lock's versions without hashes and extras: pip takes neither in a list of constraints."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = (line.removesuffix("\\").strip() for line in lines if re.match(r"[a-z0-9]", line))
    return [re.sub(r"\[[^]]*\]", "", line) for line in pinned]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_templates_and_no_test_tools(wheel: Path) -> None:
    """Templates, SQL texts and the goal catalogue ride in the wheel; tests do not."""
    names = zipfile.ZipFile(wheel).namelist()

    assert "pmreport/report_templates/weekly/page.html.j2" in names
    assert "pmreport/report_templates/charts/burnup.vl.json" in names
    assert "pmreport/store/migrations/0001_tables.sql" in names
    assert "pmreport/goals/catalog.toml" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_the_demo_runs_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """In an environment with nothing but the wheel and what it asks for, `pmreport demo` makes its files."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(_locked_versions()), encoding="utf-8")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--constraint", str(constraints), str(wheel)],
        check=True,
        capture_output=True,
    )
    home = tmp_path / "home"
    home.mkdir()

    done = subprocess.run(
        [python, "-m", "pmreport", "demo", "--no-open", "--out", str(tmp_path / "demo")],
        check=False,
        capture_output=True,
        text=True,
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        cwd=home,
    )

    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "demo").rglob("*.html"))
    assert list((tmp_path / "demo").rglob("*.eml"))
