"""Has charts drawn by a process of their own, while this one goes on."""

import atexit
import base64
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

_PROGRAM = Path(__file__).with_name("chart_process.py")
_PATIENCE_SECONDS = 30.0  # the largest of the shipped charts takes less than one


class UndrawnError(Exception):
    """The process that draws has gone: a chart took too long, or brought it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    request: bytes
    form: str
    drawn: Future[bytes]


class ChartDrawer:
    """Draws one chart after another, in the order in which they were asked for."""

    def __init__(self, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self._patience = patience_seconds
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to start, which takes half a second; nothing happens where that was done before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="charts", daemon=True)
            self._thread.start()
            atexit.register(self.close)

    def begin(self, form: str, spec: Mapping[str, object], options: Mapping[str, object]) -> Future[bytes]:
        """The drawing, as `svg` or `png`, some time later.

        Its result raises ValueError where Vega-Lite cannot draw the spec, and UndrawnError where that came
        to no end.
        """
        self.start()
        asked = json.dumps({"form": form, "spec": spec, "options": options})
        job = _Job(request=f"{asked}\n".encode(), form=form, drawn=Future())
        self._jobs.put(job)
        return job.drawn

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _work(self) -> None:
        with suppress(OSError):
            self._process = self._started()
        while True:
            job = self._jobs.get()
            try:
                job.drawn.set_result(self._drawn(job))
            except (ValueError, UndrawnError) as error:
                job.drawn.set_exception(error)

    def _drawn(self, job: _Job) -> bytes:
        answer = json.loads(self._answer(job.request))
        if "error" in answer:
            raise ValueError(answer["error"])
        drawing: str = answer[job.form]
        return base64.b64decode(drawing) if job.form == "png" else drawing.encode()

    def _answer(self, request: bytes) -> bytes:
        try:
            if self._process is None or self._process.poll() is not None:
                self.close()
                self._process = self._started()
            process = self._process
            assert process.stdin and process.stdout  # noqa: S101, PT018 - both were asked for
            process.stdin.write(request)
            process.stdin.flush()
            told = process.stdout.readline()
        except OSError as error:
            raise UndrawnError(f"the process that draws cannot be asked: {error}") from error
        if not told:
            raise UndrawnError(
                f"it took longer than {self._patience:.0f} seconds, or ended the process that draws"
                f" (status {process.wait()})"
            )
        return told

    def _started(self) -> subprocess.Popen[bytes]:
        """The process; a Ctrl-C at the terminal does not reach it, nor does it import from this folder."""
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-P", str(_PROGRAM), str(self._patience)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


DRAWER = ChartDrawer()  # for all reports of this process
