"""One demonstration, made once for all the tests that look at it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import browsers


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


def pmreport(home: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run pmreport in a process of its own, with an empty home and none of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("COV") or name == "PATH"}
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
    """The demonstration, as a newcomer runs it."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out") / "demo"

    done = pmreport(home, "demo", "--no-open", "--out", str(folder))

    assert done.returncode == 0, done.stderr
    return Demo(folder=folder, printed=done.stdout, home=home, said=done.stderr)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed browser, started once."""
    with browsers.started() as found:
        yield found
