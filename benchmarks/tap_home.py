"""Where tap-jira is installed: in an environment of its own below build/, never beside pmreport."""

import subprocess
import sys
from pathlib import Path

TAP_VERSION = "2.6.0"
_HOME = Path(__file__).parent.parent / "build" / f"tap-jira-{TAP_VERSION}"


class TapUnavailableError(Exception):
    """It cannot be installed here."""


def python_of_tap() -> str:
    """The Python that has it; installed where it is not. Raises TapUnavailableError."""
    python = _HOME / "bin" / "python"
    if not _runs([str(python), "-c", "import tap_jira"]):
        _install(python)
    return str(python)


def _install(python: Path) -> None:
    steps = (
        [sys.executable, "-m", "venv", str(_HOME)],
        [str(python), "-m", "pip", "install", "--quiet", f"tap-jira=={TAP_VERSION}"],
    )
    for words in steps:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            why = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
            raise TapUnavailableError(f"tap-jira {TAP_VERSION} cannot be installed: {why[-1]}")


def _runs(words: list[str]) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
