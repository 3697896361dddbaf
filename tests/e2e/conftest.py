"""One demonstration, made once for all the tests that look at it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.made_once import made_once


@dataclass(frozen=True, slots=True)
class Demo:
    """A finished demonstration: its folder, what it printed and said, and the home it ran in."""

    folder: Path
    printed: str
    home: Path
    said: str = ""

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of pmreport with the demo's configuration."""
        return pmreport(self.home, "--config", str(self.folder / "pmreport.toml"), *words)


def pmreport(
    home: Path, *words: str, watched: bool = False, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run pmreport in a process of its own, with an empty home and none of this machine's settings.

    `watched`: its lines count as covered, which takes a third longer.
    """
    names = [name for name in os.environ if name == "PATH" or (watched and name.startswith("COV"))]
    kept = {name: os.environ[name] for name in names}
    return subprocess.run(
        [sys.executable, "-m", "pmreport", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=home,
        env={**kept, "HOME": str(home), "PYTHONWARNINGS": "error", **environ},
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration, as a newcomer runs it: one for the whole run."""
    made = made_once(tmp_path_factory, "demonstration", _demonstrate)
    printed, said = json.loads((made / "told.json").read_text(encoding="utf-8"))
    return Demo(folder=made / "demo", printed=printed, home=made / "home", said=said)


def _demonstrate(made: Path) -> None:
    (made / "home").mkdir(exist_ok=True)
    done = pmreport(made / "home", "demo", "--no-open", "--out", str(made / "demo"), watched=True)
    assert done.returncode == 0, done.stderr
    (made / "told.json").write_text(json.dumps([done.stdout, done.stderr]), encoding="utf-8")
