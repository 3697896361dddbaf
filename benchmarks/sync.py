"""The first sync of a large site, side by side with what one would use instead.

The simulator runs in a process of its own behind a line of 50 ms, and each contestant in a fresh process, one
after another: once without the wait, so that the simulator has everything at hand, then for the record.
`--keep` writes the figures into RESULTS.md.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import figures
from arena import Arena, Failure, Run
from peer_home import TAP_JIRA, PeerUnavailableError
from results import Results, shown

from pmreport.demo.process import start

_HISTORIES = 21  # an issue beyond the story; with the story, whose issues have fewer, it comes to twenty
_PEERS = {"bare": "bare.py", "bare+orjson": "bare_orjson.py", "naive": "naive.py", "tap": "tap.py"}


def main() -> None:
    """Measure, print, and keep what was measured."""
    asked = _words().parse_args()
    load, measured = os.getloadavg()[0], list(_contest(asked))
    large = list(_large(asked)) if asked.large else []
    found = Results(asked=vars(asked), load_before=load, runs=tuple(measured), large=tuple(large))
    print(json.dumps([asdict(each) for each in (*measured, *large)]) if asked.json else shown(found))
    if asked.keep:
        figures.keep("sync", shown(found))


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--issues", type=int, default=20_000)
    words.add_argument("--large", type=int, default=0, help="so many issues for pmreport alone, 100000 say")
    words.add_argument("--latency", type=int, default=50, help="milliseconds that each answer is on its way")
    words.add_argument("--connections", type=int, default=4)
    words.add_argument("--rounds", type=int, default=1, help="the quickest of so many runs counts")
    words.add_argument("--only", action="append", help=f"pmreport, {', '.join(_PEERS)}; may be repeated")
    words.add_argument("--json", action="store_true")
    words.add_argument("--keep", action="store_true", help="write the figures into RESULTS.md")
    return words


def _contest(asked: argparse.Namespace) -> Iterator[Run | Failure]:
    """Each contestant, and pmreport once more with nothing changed."""
    wanted = asked.only or [*_PEERS, "pmreport"]
    with tempfile.TemporaryDirectory() as folder, start(issues=asked.issues, histories=_HISTORIES) as site:
        arena = Arena(site=site, connections=asked.connections, folder=Path(folder))
        yield arena.truth()
        for name, program in _PEERS.items():
            if name in wanted:
                yield _heard(_best(arena, name, program, asked))
        if "pmreport" in wanted:
            yield _heard(first := _best(arena, "pmreport", "ours.py", asked))
            if isinstance(first, Run):
                yield _heard(arena.again("pmreport, nothing changed", "ours.py", latency_ms=asked.latency))
                yield _heard(arena.again("pmreport, nothing changed, no latency", "ours.py", latency_ms=0))


def _best(arena: Arena, name: str, program: str, asked: argparse.Namespace) -> Run | Failure:
    """The quickest of some runs, after one that warms the simulator."""
    try:
        python = TAP_JIRA.python() if name == "tap" else sys.executable
    except PeerUnavailableError as error:
        return Failure(name=name, why=str(error))
    runs = [arena.first(name, program, latency_ms=0, python=python)]
    while len(runs) <= asked.rounds and isinstance(runs[0], Run):
        runs.append(arena.first(name, program, latency_ms=asked.latency, python=python))
    counted = [run for run in runs[1:] if isinstance(run, Run)]
    return min(counted, key=lambda run: run.wall) if counted else runs[-1]


def _large(asked: argparse.Namespace) -> Iterator[Run | Failure]:
    """Only pmreport, on a larger site, which shows whether its memory grows along."""
    with tempfile.TemporaryDirectory() as folder, start(issues=asked.large, histories=_HISTORIES) as site:
        arena = Arena(site=site, connections=asked.connections, folder=Path(folder))
        yield arena.truth()
        yield _heard(arena.first("pmreport", "ours.py", latency_ms=asked.latency))
        yield _heard(arena.again("pmreport, nothing changed", "ours.py", latency_ms=asked.latency))


def _heard(run: Run | Failure) -> Run | Failure:
    """The same, said at once: the whole takes minutes."""
    print(run.line(), file=sys.stderr, flush=True)
    return run


if __name__ == "__main__":
    main()
