"""The figures of a contest as tables, with their ratios and the machine they are from."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from arena import Failure, Run
from tap_home import TAP_VERSION

_FILE = Path(__file__).parent / "RESULTS.md"
_BEGIN, _END = "<!-- figures: made by `make bench` -->", "<!-- end of figures -->"
_NAMES = {
    "bare": "bare loader",
    "bare+orjson": "bare loader with orjson",
    "naive": f"`jira` {version('jira')}, naively",
    "tap": f"tap-jira {TAP_VERSION}",
    "pmreport": "pmreport, first sync",
}
_BUSY = 0.5  # a machine that has more to do than this is not quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that was measured; the truth stands first in each row of runs."""

    asked: dict[str, Any]
    load_before: float
    runs: tuple[Run | Failure, ...]
    large: tuple[Run | Failure, ...]


def keep(results: Results) -> None:
    """Write the figures into RESULTS.md, between their marks."""
    before, _, rest = _FILE.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    _FILE.write_text(f"{before}{_BEGIN}\n\n{shown(results)}\n{_END}{after}", encoding="utf-8")


def shown(results: Results) -> str:
    """The figures as Markdown."""
    parts = [_machine(results), _table(results.runs)]
    if results.large:
        parts += [f"The same machine, {results.asked['large']:,} issues, nothing at hand in the simulator:"]
        parts += [_table(results.large)]
    return "\n\n".join([*parts, "\n".join(_reached(results))]) + "\n"


def _machine(results: Results) -> str:
    asked, libraries = results.asked, ("duckdb", "jira", "requests", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    today = datetime.now(UTC).date().isoformat()  # noqa: TID251 - a measurement has a date
    busy = results.load_before > _BUSY
    note = (
        f" **Preliminary: the machine had other work to do (load {results.load_before:.1f}).**"
        if busy
        else ""
    )
    return (
        f"{today}, {os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {versions}. {asked['issues']:,} issues, "
        f"{asked['latency']} ms, {asked['connections']} connections, best of {asked['rounds']}.{note}"
    )


def _processor() -> str:
    names = [
        row for row in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if "model name" in row
    ]
    return names[0].partition(": ")[2] if names else platform.machine()


def _table(runs: tuple[Run | Failure, ...]) -> str:
    truth = runs[0]
    bare, naive = _named(runs, "bare"), _named(runs, "naive")
    head = ("", "wall s", "CPU s", "simulator's CPU s", "peak MB", "requests", "histories missing")
    rows = [(*head, "wall / bare", "CPU / bare", "naive / wall"), ("---", *("---:",) * 9)]
    for run in runs[1:]:
        name = _NAMES.get(run.name, run.name)
        if isinstance(run, Failure):
            rows.append((name, f"failed: {run.why.splitlines()[-1]}", *("",) * 8))
            continue
        figures = (f"{run.wall:.1f}", f"{run.processor:.1f}", f"{run.simulator:.1f}", f"{run.peak_mb:.0f}")
        missing = truth.histories - run.histories if isinstance(truth, Run) else 0
        rows.append((name, *figures, f"{run.requests}", f"{missing:,}", *_ratios(run, bare, naive)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _ratios(run: Run, bare: Run | None, naive: Run | None) -> tuple[str, str, str]:
    """Against the bare loader, and against the naive script; nothing for a run that read nothing anew."""
    if run.name not in _NAMES:
        return "", "", ""
    wall, processor = (run.wall / bare.wall, run.processor / bare.processor) if bare else (None, None)
    faster = naive.wall / run.wall if naive else None
    return _written(wall), _written(processor), _written(faster)


def _written(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _named(runs: tuple[Run | Failure, ...], name: str) -> Run | None:
    return next((run for run in runs if isinstance(run, Run) and run.name == name), None)


def _reached(results: Results) -> Iterator[str]:
    """What was to be reached, and whether it was."""
    runs, large = results.runs, results.large
    ours, bare, naive = (_named(runs, name) for name in ("pmreport", "bare", "naive"))
    truth, quiet = _named(runs, "truth"), _named(runs, "pmreport, nothing changed, no latency")
    if ours and bare:
        yield _said(
            f"within 1.3 times of the bare loader: {ours.wall / bare.wall:.2f}", ours.wall <= 1.3 * bare.wall
        )
    if ours and naive:
        ratio = naive.wall / ours.wall
        yield _said(f"at least 3 times faster than the naive script (4 is the goal): {ratio:.2f}", ratio >= 3)  # noqa: PLR2004
    if ours and truth:
        yield _said(f"under 350 MB: {ours.peak_mb:.0f}", ours.peak_mb < 350)  # noqa: PLR2004
        whole = (ours.issues, ours.histories, ours.items) == (truth.issues, truth.histories, truth.items)
        yield _said(f"all {truth.histories:,} histories present: {ours.histories:,}", whole)
    if ours and (more := _named(large, "pmreport")):
        growth = more.peak_mb / ours.peak_mb
        yield _said(f"not more than 1.2 times that with {more.issues:,} issues: {growth:.2f}", growth <= 1.2)  # noqa: PLR2004
    if quiet:
        yield _said(f"nothing changed: under 1 s without the latency: {quiet.wall:.2f}", quiet.wall < 1)


def _said(what: str, reached: bool) -> str:  # noqa: FBT001 - what is said of it
    return f"- {'reached' if reached else '**not reached**'}: {what}"
