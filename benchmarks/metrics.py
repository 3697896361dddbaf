"""Every number of `pmreport show` over large histories, side by side with Jira Agile Metrics.

Stores of synthetic issues, twelve changes each. pmreport is measured as a whole process that answers every
question as JSON; of Jira Agile Metrics only the calculators, from issue objects that are there already.
`--keep` writes the figures into RESULTS.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import commands
import figures
import large_store
from peer_home import AGILE_METRICS, PeerUnavailableError
from raw_issues import write

_PROGRAMS = Path(__file__).parent / "contestants"
_FEW, _MANY = 20_000, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(commands.Taken):
    """The same of a run that asks for several numbers, with the seconds that each of them took."""

    took: dict[str, float]


def main() -> None:
    """Measure, print, and keep what was measured."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--issues", type=int, nargs="+", default=[_FEW, _MANY])
    words.add_argument("--no-peer", action="store_true", help="pmreport alone")
    words.add_argument("--rounds", type=int, default=1, help="the quickest of so many runs counts")
    words.add_argument("--keep", action="store_true", help="write the figures into RESULTS.md")
    asked = words.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        runs = [each for issues in asked.issues for each in _measured(Path(folder), issues, asked)]
    text = f"{figures.machine(load, asked.rounds)}\n\n{_table(runs)}\n\n{_reached(runs)}"
    print(text)
    if asked.keep:
        figures.keep("metrics", text)


def _measured(folder: Path, issues: int, asked: argparse.Namespace) -> list[Taken]:
    home = folder / str(issues)
    home.mkdir()
    large_store.make(home / "store.duckdb", issues)
    config = large_store.configuration(home)
    ours = min((_ours(config, issues) for _ in range(asked.rounds)), key=lambda each: each.wall)
    print(_line(ours), file=sys.stderr)
    if asked.no_peer or issues > _FEW:
        return [ours]
    try:
        return [ours, _theirs(home, issues)]
    except PeerUnavailableError as error:
        print(error, file=sys.stderr)
        return [ours]


def _ours(config: Path, issues: int) -> Taken:
    words = [sys.executable, str(_PROGRAMS / "all_numbers.py"), str(config)]
    return Taken(name="pmreport, every number", issues=issues, **_said(words))


def _theirs(home: Path, issues: int) -> Taken:
    write(home / "store.duckdb", home / "issues.jsonl")
    out = home / "peer"
    out.mkdir()
    words = [
        AGILE_METRICS.python(),
        str(_PROGRAMS / "agile_metrics.py"),
        str(home / "issues.jsonl"),
        str(out),
    ]
    return Taken(name=AGILE_METRICS.name, issues=issues, took={}, **_said(words))


def _said(words: list[str]) -> dict[str, float]:
    """What a contestant says at its end; the process is measured from outside where it does not say."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{words[1]} failed:\n{done.stderr[-2000:]}")
    said = json.loads(done.stdout.splitlines()[-1])
    said.pop("files", None)
    return dict(said)


def _line(run: Taken) -> str:
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in run.took.items())
    return f"{run.issues:,} issues: {run.name} {run.wall:.2f} s, {run.peak_mb:.0f} MB ({parts})"


def _table(runs: list[Taken]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run.took))
    head = ("", "issues", "wall s", "CPU s", "peak MB", *names)
    rows = [head, ("---", *("---:",) * (len(head) - 1))]
    for run in runs:
        parts = [f"{run.took[name]:.2f}" if name in run.took else "" for name in names]
        taken = (f"{run.wall:.2f}", f"{run.processor:.2f}", f"{run.peak_mb:.0f}")
        rows.append((run.name, f"{run.issues:,}", *taken, *parts))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _reached(runs: list[Taken]) -> str:
    """What was to be reached, and whether it was."""
    ours = {run.issues: run for run in runs if run.took}
    theirs = next((run for run in runs if not run.took), None)
    lines = []
    if few := ours.get(_FEW):
        lines.append(figures.said(f"every number under 3 s: {few.wall:.2f} s", few.wall < 3))  # noqa: PLR2004
        lines.append(figures.said(f"under 500 MB: {few.peak_mb:.0f} MB", few.peak_mb < 500))  # noqa: PLR2004
        if theirs:
            flow = few.took["flow"] + few.took["forecast"]
            ratio, whole = theirs.wall / flow, theirs.wall / few.wall
            what = f"15 times faster than {theirs.name} where both say the same (flow, forecast): {ratio:.1f}"
            lines.append(figures.said(f"{what}; every number against its few: {whole:.1f}", ratio >= 15))  # noqa: PLR2004
    if many := ours.get(_MANY):
        lines.append(figures.said(f"every number under 60 s: {many.wall:.1f} s", many.wall < 60))  # noqa: PLR2004
        lines.append(figures.said(f"under 4 GB: {many.peak_mb:.0f} MB", many.peak_mb < 4000))  # noqa: PLR2004
        if few:
            growth = (many.wall / few.wall) / (_MANY / _FEW)
            lines.append(figures.said(f"no worse than linear: {growth:.2f} times linear", growth <= 1))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
