"""The simulator as a process: `python -m pmreport.demo --dialect datacenter --issues 1500 --seed 7`."""

import argparse
import gc
import os
import sys
import threading

from pmreport.demo.corpus import build
from pmreport.demo.dialect import DIALECTS
from pmreport.demo.faults import KINDS, Schedule, written
from pmreport.demo.process import SEED, greeting
from pmreport.demo.refused import RefusedError
from pmreport.demo.server import listening, server
from pmreport.demo.state import State

_COLLECT_AFTER = 100_000  # a corpus is millions of values without a circle: to look it through takes long


def main() -> None:
    """Build the corpus, say on stdout where it is served, and serve until stopped."""
    words = _words()
    asked = words.parse_args()
    try:
        faults = tuple(written(text, asked.fault_seed) for text in asked.fault)
    except RefusedError as error:
        words.error(str(error))
    state = State(
        corpus=build(asked.issues, asked.seed, DIALECTS[asked.dialect], histories=asked.histories),
        basic=not asked.no_basic,
        faults=Schedule(faults),
        latency_ms=max(0, asked.latency_ms),
    )
    gc.set_threshold(_COLLECT_AFTER)
    with listening(asked.port) as sock:
        sys.stdout.write(greeting(state.corpus, sock.getsockname()[1]) + "\n")
        sys.stdout.flush()
        if asked.until_eof:
            threading.Thread(target=_end_with_parent, daemon=True).start()
        server(state).run(sockets=[sock])


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="python -m pmreport.demo", description=__doc__)
    words.add_argument("--port", type=int, default=0, help="0 takes a free port")
    words.add_argument("--issues", type=int, default=None, help="1500 and more")
    words.add_argument(
        "--histories", type=int, default=None, help="how many an issue beyond the story has on average"
    )
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--dialect", choices=list(DIALECTS), default="cloud", help="which Jira is played")
    words.add_argument("--no-basic", action="store_true", help="refuse passwords, as Jira 11 does by default")
    words.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND[=RATE]",
        help=f"strike a share of the requests, 0 to 1; may be repeated; kinds: {', '.join(KINDS)}",
    )
    words.add_argument("--fault-seed", type=int, default=SEED, help="which of the requests are struck")
    words.add_argument("--latency-ms", type=int, default=0, help="how long each answer is on its way")
    words.add_argument("--until-eof", action="store_true", help="end when stdin ends: the parent has gone")
    return words


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)  # the parent closed the pipe or died: nobody is left to serve


if __name__ == "__main__":
    main()
