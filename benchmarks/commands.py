"""What one command of pmreport takes, in a process of its own, from its start to its end."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds on the wall and of the processor, children included, and the peak of its memory in MB."""

    name: str
    issues: int
    wall: float
    processor: float
    peak_mb: float


def best(rounds: int, config: Path, name: str, issues: int, *words: str) -> Taken:
    """The quickest of several runs."""
    return min((_taken(config, name, issues, words) for _ in range(rounds)), key=lambda each: each.wall)


def _taken(config: Path, name: str, issues: int, words: tuple[str, ...]) -> Taken:
    began = time.perf_counter()
    command = [sys.executable, "-m", "pmreport", "--config", str(config), *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment())
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    process.returncode = 0  # it was waited for
    taken = Taken(
        name=name,
        issues=issues,
        wall=time.perf_counter() - began,
        processor=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1000,
    )
    print(f"{taken.issues:,} issues: {taken.name} {taken.wall:.2f} s", file=sys.stderr)
    return taken


def _environment() -> dict[str, str]:
    """That of this process, but modules stay compiled from run to run, as where they are installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def tell(runs: Iterable[Taken], limits: Mapping[tuple[str, int], float], machine: str) -> str:
    """The runs as a table, and which of them stayed under their limits, which are seconds."""
    known = list(runs)
    rows = [("", "issues", "wall s", "CPU s", "peak MB"), ("---", *("---:",) * 4)]
    for run in known:
        taken = (f"{run.wall:.2f}", f"{run.processor:.2f}", f"{run.peak_mb:.0f}")
        rows.append((f"`{run.name}`", f"{run.issues:,}", *taken))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    judged = [(run, limits[run.name, run.issues]) for run in known if (run.name, run.issues) in limits]
    reached = "\n".join(
        figures.said(f"{run.name} of {run.issues:,} under {limit} s: {run.wall:.2f} s", run.wall < limit)
        for run, limit in judged
    )
    return f"{machine}\n\n{table}\n\n{reached}"
