"""The weekly report over a large history, its mail, and all weeklies of a year.

The large store is one of synthetic issues, twelve changes each, as in `metrics.py`; the mail and the year are
those of the demonstration. Each command is a process of its own, measured from its start to its end.
`--keep` writes the figures into RESULTS.md.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import commands
import figures
import large_store

_LARGE, _DEMO = 20_000, 1_500
_YEAR = "2025-W48..2026-W47"
_LIMITS = {
    ("report weekly", _LARGE): 3,
    ("report weekly, a year, JSON", _DEMO): 60,
    ("report weekly, a year, HTML", _DEMO): 60,
}
_OUTBOX = '\n[mail]\ntransport = "folder"\nfolder = "outbox"\n'


def main() -> None:
    """Measure, print, and keep what was measured."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=3, help="the quickest of so many runs counts")
    words.add_argument("--keep", action="store_true", help="write the figures into RESULTS.md")
    words.add_argument("--folder", type=Path, help="where the stores are made; default: a new one")
    asked = words.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        runs = [*_large(Path(folder, "large"), asked.rounds), *_demo(Path(folder, "demo"), asked.rounds)]
    text = commands.tell(runs, _LIMITS, figures.machine(load, asked.rounds))
    print(text)
    if asked.keep:
        figures.keep("reports", text)


def _large(home: Path, rounds: int) -> Iterator[commands.Taken]:
    home.mkdir()
    large_store.make(home / "store.duckdb", _LARGE)
    config = large_store.configuration(home)
    yield commands.best(rounds, config, "report weekly", _LARGE, "report", "weekly")


def _demo(home: Path, rounds: int) -> Iterator[commands.Taken]:
    demo = [sys.executable, "-m", "pmreport", "demo", "--issues", str(_DEMO), "--out", str(home)]
    subprocess.run(demo, check=True, capture_output=True)
    config = home / "pmreport.toml"
    told = config.read_text(encoding="utf-8")
    config.write_text(told.replace("\n[mail]\n", _OUTBOX), encoding="utf-8")
    yield commands.best(rounds, config, "send weekly", _DEMO, "send", "weekly")
    for form in ("json", "html"):
        words = ("report", "weekly", "--period", _YEAR, "--format", form)
        name = f"report weekly, a year, {form.upper()}"
        yield commands.best(1, config, name, _DEMO, *words)


if __name__ == "__main__":
    main()
