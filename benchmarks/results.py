"""The figures of a contest as tables, with their ratios and the machine they are from."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import figures
from arena import Failure, Run
from peer_home import TAP_JIRA

_NAMES = {
    "bare": "bare loader",
    "bare+orjson": "bare loader with orjson",
    "naive": f"`jira` {version('jira')}, naively",
    "tap": TAP_JIRA.name,
    "pmreport": "pmreport, first sync",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that was measured; the truth stands first in each row of runs."""

    asked: dict[str, Any]
    load_before: float
    runs: tuple[Run | Failure, ...]
    large: tuple[Run | Failure, ...]


def shown(results: Results) -> str:
    """The figures as Markdown."""
    parts = [_machine(results), _table(results.runs)]
    if results.large:
        parts += [f"The same machine, {results.asked['large']:,} issues, nothing at hand in the simulator:"]
        parts += [_table(results.large)]
    return "\n\n".join([*parts, "\n".join(_reached(results))]) + "\n"


def _machine(results: Results) -> str:
    asked = results.asked
    return (
        f"{figures.machine(results.load_before, asked['rounds'])} {asked['issues']:,} issues, "
        f"{asked['latency']} ms, {asked['connections']} connections."
    )


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
        yield figures.said(
            f"within 1.3 times of the bare loader: {ours.wall / bare.wall:.2f}", ours.wall <= 1.3 * bare.wall
        )
    if ours and naive:
        ratio = naive.wall / ours.wall
        yield figures.said(
            f"at least 3 times faster than the naive script (4 is the goal): {ratio:.2f}",
            ratio >= 3,  # noqa: PLR2004
        )
    if ours and truth:
        yield figures.said(f"under 350 MB: {ours.peak_mb:.0f}", ours.peak_mb < 350)  # noqa: PLR2004
        whole = (ours.issues, ours.histories, ours.items) == (truth.issues, truth.histories, truth.items)
        yield figures.said(f"all {truth.histories:,} histories present: {ours.histories:,}", whole)
    if ours and (more := _named(large, "pmreport")):
        growth = more.peak_mb / ours.peak_mb
        yield figures.said(
            f"not more than 1.2 times that with {more.issues:,} issues: {growth:.2f}",
            growth <= 1.2,  # noqa: PLR2004
        )
    if quiet:
        yield figures.said(
            f"nothing changed: under 1 s without the latency: {quiet.wall:.2f}", quiet.wall < 1
        )
