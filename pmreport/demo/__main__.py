"""The simulator as a process: `python -m pmreport.demo --port 0 --issues 1500 --seed 7`."""

import argparse
import os
import sys
import threading

from pmreport.demo.corpus import build
from pmreport.demo.process import SEED, greeting
from pmreport.demo.server import listening, server
from pmreport.demo.state import State


def main() -> None:
    """Build the corpus, say on stdout where it is served, and serve until stopped."""
    words = argparse.ArgumentParser(prog="python -m pmreport.demo", description=__doc__)
    words.add_argument("--port", type=int, default=0, help="0 takes a free port")
    words.add_argument("--issues", type=int, default=None, help="1500 and more")
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--until-eof", action="store_true", help="end when stdin ends: the parent has gone")
    asked = words.parse_args()
    state = State(corpus=build(asked.issues, asked.seed))
    with listening(asked.port) as sock:
        sys.stdout.write(greeting(state.corpus, sock.getsockname()[1]) + "\n")
        sys.stdout.flush()
        if asked.until_eof:
            threading.Thread(target=_end_with_parent, daemon=True).start()
        server(state).run(sockets=[sock])


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)  # the parent closed the pipe or died: nobody is left to serve


if __name__ == "__main__":
    main()
