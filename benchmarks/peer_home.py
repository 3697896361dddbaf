"""Where a peer is installed: in an environment of its own below build/, never beside pmreport."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_BUILD = Path(__file__).parent.parent / "build"


class PeerUnavailableError(Exception):
    """It cannot be installed here."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A package at a version, and what else its environment needs; `module` is what it is imported as."""

    package: str
    version: str
    module: str
    beside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As it stands in a table."""
        return f"{self.package} {self.version}"

    def python(self) -> str:
        """The Python that has it; installed where it is not. Raises PeerUnavailableError."""
        home = _BUILD / f"{self.package}-{self.version}"
        python = home / "bin" / "python"
        if not _runs([str(python), "-c", f"import {self.module}"]):
            self._install(home, python)
        return str(python)

    def _install(self, home: Path, python: Path) -> None:
        wanted = f"{self.package}=={self.version}"
        steps = (
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", wanted, *self.beside],
        )
        for words in steps:
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                why = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
                raise PeerUnavailableError(f"{self.name} cannot be installed: {why[-1]}")


def _runs(words: list[str]) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


TAP_JIRA = Peer("tap-jira", "2.6.0", "tap_jira")
AGILE_METRICS = Peer("jira-agile-metrics", "0.24", "jira_agile_metrics", ("pandas==1.5.3", "numpy<2"))
