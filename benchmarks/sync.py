"""The first sync of a large site, side by side with what one would use instead.

The simulator runs in a process of its own and each contestant in a fresh one, one after another.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmreport.demo.process import RunningSimulator, start

_PROGRAMS = Path(__file__).parent / "contestants"
_HISTORIES = 21  # the story in between has fewer, so that it comes to twenty an issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took, in seconds of the wall and of the processor, and what it brought home."""

    name: str
    wall: float
    processor: float
    peak_mb: float
    requests: int
    simulator: float
    found: dict[str, Any]


def main() -> None:
    """Run the contestants and print a line for each."""
    asked = _words().parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        start(issues=asked.issues, latency_ms=0, histories=_HISTORIES) as site,
    ):
        place = Path(folder)
        truth = _ask(site, "truth")
        print({name: truth[name] for name in ("issues", "histories", "history_items")})
        for name in ("warming", "first", "nothing changed"):
            where = place / ("warm" if name == "warming" else "ours")
            where.mkdir(exist_ok=True)
            _ask(site, "latency", {"ms": 0 if name == "warming" else asked.latency})
            print(_line(_run(site, f"pmreport, {name}", "ours.py", where, asked.connections)))


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--issues", type=int, default=20_000)
    words.add_argument("--latency", type=int, default=50, help="milliseconds that each answer is on its way")
    words.add_argument("--connections", type=int, default=4)
    return words


def _run(site: RunningSimulator, name: str, program: str, place: Path, connections: int) -> Run:
    """One contestant in a process of its own. Raises RuntimeError where it fails."""
    told = {
        **{key: getattr(site, key) for key in ("url", "dialect", "email", "token", "projects")},
        "now_ms": round(site.now.timestamp() * 1000),
        "connections": connections,
    }
    _ask(site, "requests", method="DELETE")
    used, began = _processor_seconds(site.process_id), time.monotonic()
    words = [sys.executable, str(_PROGRAMS / program), str(place)]
    told_path, said_path = place / "told.json", place / "said.json"
    told_path.write_text(json.dumps(told), encoding="utf-8")
    with told_path.open() as told_file, said_path.open("w") as said_file:
        child = subprocess.Popen(words, stdin=told_file, stdout=said_file)
        _, status, usage = os.wait4(child.pid, 0)  # the only way to the figures of one child
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if child.returncode:
        raise RuntimeError(f"{name} ended with {child.returncode}")
    return Run(
        name=name,
        wall=wall,
        processor=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss / 1000,
        requests=_ask(site, "requests")["total"],
        simulator=_processor_seconds(site.process_id) - used,
        found=json.loads(said_path.read_text(encoding="utf-8")),
    )


def _line(run: Run) -> str:
    return (
        f"{run.name:26} {run.wall:7.2f} s wall {run.processor:7.2f} s CPU {run.peak_mb:5.0f} MB"
        f" {run.requests:5} requests; simulator {run.simulator:6.2f} s CPU; {run.found}"
    )


def _ask(site: RunningSimulator, what: str, body: Any = None, method: str | None = None) -> Any:
    where = urlsplit(site.url)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=600)
    method = method or ("GET" if body is None else "POST")
    line.request(method, f"/__simulator/{what}", None if body is None else json.dumps(body))
    answer = json.load(line.getresponse())
    line.close()
    return answer


def _processor_seconds(process_id: int | None) -> float:
    """The simulator's own time."""
    words = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
