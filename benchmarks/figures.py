"""Figures as Markdown: the machine they are from, what was to be reached, and their place in RESULTS.md."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

_FILE = Path(__file__).parent / "RESULTS.md"
_LIBRARIES = ("duckdb", "jira", "requests", "numpy", "orjson")
_BUSY = 0.5  # a machine that has more to do than this is not quiet


def keep(section: str, text: str) -> None:
    """Write the figures into RESULTS.md, between the marks of their section."""
    begin, end = f"<!-- {section}: made by `make bench` -->", f"<!-- end of {section} -->"
    before, found, rest = _FILE.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    assert found, f"RESULTS.md has no place for {section}"  # noqa: S101 - a tool of ours
    _FILE.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def machine(load: float, rounds: int) -> str:
    """The machine and its libraries in one line, and whether it was quiet."""
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES if find_spec(name))
    today = datetime.now(UTC).date().isoformat()  # noqa: TID251 - a measurement has a date
    busy = f" **Preliminary: the machine had other work to do (load {load:.1f}).**" if load > _BUSY else ""
    return (
        f"{today}, {os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {versions}. Best of {rounds}.{busy}"
    )


def said(what: str, reached: bool) -> str:  # noqa: FBT001 - what is said of it
    """A line of the list of what was to be reached."""
    return f"- {'reached' if reached else '**not reached**'}: {what}"


def _processor() -> str:
    names = [
        row for row in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if "model name" in row
    ]
    return names[0].partition(": ")[2] if names else platform.machine()
