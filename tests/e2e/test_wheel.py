"""The wheel, as a stranger gets it: built, installed into a clean environment, and run."""

import os
import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.e2e.conftest import Demo

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "weekly.html",
    "weekly.eml",
    "weekly-2026-11-23.xlsx",
    "weekly.txt",
    "weekly.json",
    "sprint.html",
    "review.html",
    "review.md",
)


def _asked_for(wheel: Path) -> dict[str, Distribution]:
    """The installed distributions that the wheel asks for, and those that these ask for, by name.

    Every one is in the version that is asked for; what nobody asks for is not among them.
    """
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        declared = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    found: dict[str, Distribution] = {}
    looked_at: set[tuple[str, str]] = set()
    open_ends = [(line, "") for line in declared]
    while open_ends:
        line, extra = open_ends.pop()
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        asked = found.setdefault(canonicalize_name(requirement.name), distribution(requirement.name))
        assert requirement.specifier.contains(asked.version, prereleases=True), line
        for each in {(requirement.name, wanted) for wanted in ("", *requirement.extras)} - looked_at:
            looked_at.add(each)
            open_ends += [(further, each[1]) for further in asked.requires or ()]
    return found


def _laid_out(asked: Distribution, packages: Path) -> None:
    """The files of an installed distribution in another environment, as links."""
    source = Path(str(asked.locate_file("")))
    for file in asked.files or ():
        if file.parts[0] == ".." or "__pycache__" in file.parts:
            continue
        place = Path(file.parts[0])
        for part in file.parts[1:]:  # several distributions may share a folder that is no package
            if (source / place / "__init__.py").exists():
                break
            place /= part
        if not (packages / place).exists():
            (packages / place).parent.mkdir(parents=True, exist_ok=True)
            (packages / place).symlink_to(source / place)


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
    assert "pmreport/render/preview/frame.html.j2" in names
    assert "pmreport/store/migrations/0001_tables.sql" in names
    assert "pmreport/goals/catalog.toml" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_the_demo_of_an_installed_wheel_gives_the_same_bytes(wheel: Path, demo: Demo, tmp_path: Path) -> None:
    """With nothing but the wheel and what it asks for, the demo comes out as that of this checkout.

    Its clock stands still, so it does so byte for byte. One thing may differ: a PDF needs a browser, and a
    demo without one says so and goes on.
    """
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=os.name != "nt")
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    [packages] = environment.rglob("site-packages")
    for asked in _asked_for(wheel).values():
        _laid_out(asked, packages)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True
    )
    subprocess.run([*pip, "check"], check=True, capture_output=True)
    home, none, again = tmp_path / "home", tmp_path / "no-browser", tmp_path / "again"
    home.mkdir()

    done = subprocess.run(
        [python, "-m", "pmreport", "demo", "--no-open", "--out", str(again)],
        check=False,
        capture_output=True,
        text=True,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "PMREPORT_BROWSER": str(none)},
        cwd=home,
    )

    assert done.returncode == 0, done.stderr
    assert f"No PDF was made: there is no browser to run at {none}." in done.stderr
    assert not (again / "reports" / "weekly.pdf").exists()
    for name in NAMES:
        first, second = (folder / "reports" / name for folder in (demo.folder, again))
        assert first.read_bytes() == second.read_bytes(), name
