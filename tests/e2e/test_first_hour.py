"""The first hour of a new user at a terminal: `init`, `sync`, `report`, typed as a person types."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmreport.config import load
from pmreport.demo.dialect import DATACENTER
from tests.support.simulator import Simulator, serving, story_corpus
from tests.support.typing_person import Person, person

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")


@pytest.fixture(scope="module")
def cloud() -> Iterator[Simulator]:
    """A Jira Cloud site of one's own."""
    with serving(story_corpus()) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def center() -> Iterator[Simulator]:
    """A Jira Data Center site of one's own."""
    with serving(story_corpus(product=DATACENTER)) as simulator:
        yield simulator


def home_of(folder: Path, **more: str) -> dict[str, str]:
    """The environment of somebody with an empty home and a keyring that works."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name.startswith("COV") or name == "PATH"}
    keyring = {
        "PYTHON_KEYRING_BACKEND": "tests.support.file_keyring.FileKeyring",
        "PMREPORT_TEST_KEYRING": str(folder / "keyring.json"),
        "PYTHONPATH": str(ROOT),
    }
    return {**kept, "HOME": str(home), "PYTHONWARNINGS": "error", **keyring, **more}


def typed(
    folder: Path, *words: str, stdin: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """A command without a terminal; with `stdin` something is piped into it."""
    given = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    return subprocess.run(
        [sys.executable, "-m", "pmreport", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=home_of(folder, **more),
        timeout=120,
        **given,
    )


def sits_down(folder: Path, *words: str, **more: str) -> "Iterator[Person]":
    """Somebody who types a command of pmreport."""
    return person(folder, home_of(folder, **more), "-m", "pmreport", *words)  # type: ignore[return-value]


def test_a_new_user_comes_from_nothing_to_a_weekly_report(cloud: Simulator, tmp_path: Path) -> None:
    """Typed in turn: init, sync, report weekly; six answers lead to a report about the chosen project."""
    site = cloud.site
    with person(tmp_path, home_of(tmp_path), "-m", "pmreport", "init") as somebody:
        somebody.answers("Address of your Jira", site.url)
        somebody.answers("Email", site.email or "")
        somebody.answers("Token", site.token)
        somebody.answers("Projects", "shop")
        somebody.answers("Boards", "")
        somebody.answers(f"Time zone of the reports [{site.user_zone}]", "Europe/Berlin")
        assert somebody.ends() == 0, somebody.screen
    with person(tmp_path, home_of(tmp_path), "-m", "pmreport", "sync") as syncing:
        assert syncing.ends() == 0, syncing.screen
    with person(tmp_path, home_of(tmp_path), "-m", "pmreport", "report", "weekly") as reporting:
        assert reporting.ends() == 0, reporting.screen

    page = Path(tmp_path, "reports").rglob("weekly.html")
    config = load(tmp_path / "pmreport.toml")
    assert "SHOP" in next(page).read_text("utf-8")
    assert (config.scope.projects, config.scope.boards) == (("SHOP",), ())
    assert config.calendar.time_zone == "Europe/Berlin"
    assert site.token not in somebody.screen + (tmp_path / "pmreport.toml").read_text("utf-8")
    assert json.loads((tmp_path / "keyring.json").read_text()) == {f"pmreport jira:{site.url}": site.token}
    assert "pmreport sync" in somebody.screen
