"""One contestant at a time against the simulator, measured from outside."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmreport.demo.process import RunningSimulator

_PROGRAMS = Path(__file__).parent / "contestants"
_SAID_AT_THE_END = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took, and what it brought home.

    Seconds on the wall, and of the processor for the contestant and for the simulator meanwhile; the peak of
    its resident memory in MB of 1,000,000 bytes.
    """

    name: str
    wall: float
    processor: float
    peak_mb: float
    requests: int
    simulator: float
    issues: int
    histories: int
    items: int

    def line(self) -> str:
        """The run in one line."""
        return (
            f"{self.name:38} {self.wall:7.2f} s wall {self.processor:7.2f} s CPU {self.peak_mb:5.0f} MB"
            f" {self.requests:5} requests; simulator {self.simulator:6.2f} s CPU;"
            f" {self.issues} issues, {self.histories} histories, {self.items} items"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A contestant that did not come through."""

    name: str
    why: str

    def line(self) -> str:
        """The failure in one line."""
        return f"{self.name:38} {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arena:
    """The simulator, how it may be asked, and a folder for what the contestants make."""

    site: RunningSimulator
    connections: int
    folder: Path

    def truth(self) -> Run:
        """What there is to be read, as if somebody had read it in no time."""
        said = self._ask("truth")
        found = {"issues": said["issues"], "histories": said["histories"], "items": said["history_items"]}
        nothing = {"wall": 0.0, "processor": 0.0, "peak_mb": 0.0, "requests": 0, "simulator": 0.0}
        return Run(name="truth", **nothing, **found)

    def first(
        self, name: str, program: str, *, latency_ms: int, python: str = sys.executable
    ) -> Run | Failure:
        """A contestant that finds an empty folder."""
        shutil.rmtree(self.folder / program, ignore_errors=True)
        return self.again(name, program, latency_ms=latency_ms, python=python)

    def again(
        self, name: str, program: str, *, latency_ms: int, python: str = sys.executable
    ) -> Run | Failure:
        """A contestant that finds what it made before; then a count of what it stored."""
        folder = self.folder / program
        folder.mkdir(exist_ok=True)
        words = [python, str(_PROGRAMS / program)]
        self._ask("requests", method="DELETE")
        self._ask("latency", {"ms": latency_ms})
        used, began = self._processor_seconds(), time.monotonic()
        try:
            usage = self._child([*words, "load", str(folder)], folder / "load.out")
            wall, simulator = time.monotonic() - began, self._processor_seconds() - used
            self._child([*words, "count", str(folder)], folder / "count.out")
        except ChildProcessError as error:
            return Failure(name=name, why=str(error))
        return Run(
            name=name,
            wall=wall,
            processor=usage.ru_utime + usage.ru_stime,
            peak_mb=usage.ru_maxrss * 1024 / 1e6,
            requests=self._ask("requests")["total"],
            simulator=simulator,
            **json.loads((folder / "count.out").read_text(encoding="utf-8")),
        )

    def _ask(self, what: str, body: Any = None, method: str | None = None) -> Any:
        """What the simulator says of itself."""
        where = urlsplit(self.site.url)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=600)
        method = method or ("GET" if body is None else "POST")
        line.request(method, f"/__simulator/{what}", None if body is None else json.dumps(body))
        answer = json.load(line.getresponse())
        line.close()
        return answer

    def _child(self, words: list[str], out: Path) -> Any:
        """Run a program to its end; what it used, by the only call that tells it of one child alone."""
        told, errors = out.with_name("told.json"), out.with_name("errors.txt")
        told.write_text(json.dumps(self._told()), encoding="utf-8")
        with told.open() as told_file, out.open("w") as out_file, errors.open("w") as error_file:
            child = subprocess.Popen(words, stdin=told_file, stdout=out_file, stderr=error_file)
            try:
                _, status, usage = os.wait4(child.pid, 0)
            except KeyboardInterrupt:
                child.kill()
                raise
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said = errors.read_text(encoding="utf-8").strip()[-_SAID_AT_THE_END:]
            raise ChildProcessError(said or f"it ended with {child.returncode} and said nothing")
        return usage

    def _told(self) -> dict[str, Any]:
        site = self.site
        named = {key: getattr(site, key) for key in ("url", "dialect", "email", "token", "projects")}
        return {**named, "now_ms": round(site.now.timestamp() * 1000), "connections": self.connections}

    def _processor_seconds(self) -> float:
        """The simulator's own time."""
        stat = Path(f"/proc/{self.site.process_id}/stat").read_text(encoding="ascii")
        words = stat.rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
