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


class UnstartedError(Exception):
    """There is no process that draws, and this machine lets none be started."""


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
        self._is_closed = False
        self._starting = threading.Lock()  # whoever closes finds the process, or none is started any more

    def start(self) -> None:
        """Begin to start, which takes half a second; nothing happens where that was done before."""
        with self._starting:
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="charts", daemon=True)
                thread.start()
                self._thread = thread
                atexit.register(self.close)

    def begin(self, form: str, spec: Mapping[str, object], options: Mapping[str, object]) -> Future[bytes]:
        """The drawing, as `svg` or `png`, some time later; one that is not begun yet can be cancelled.

        Its result raises ValueError where Vega-Lite cannot draw the spec, UndrawnError where that came to no
        end, and UnstartedError where nothing at all can be drawn.
        """
        self.start()
        asked = json.dumps({"form": form, "spec": spec, "options": options})
        job = _Job(request=f"{asked}\n".encode(), form=form, drawn=Future())
        self._jobs.put(job)
        return job.drawn

    def close(self) -> None:
        """End the process, whatever it is at; nothing is drawn after that."""
        with self._starting:
            self._is_closed = True
            self._end()

    def _work(self) -> None:
        with suppress(Exception):  # the first job tries again, and tells
            self._start_process()
        while True:
            job = self._jobs.get()
            if job.drawn.set_running_or_notify_cancel():
                try:
                    job.drawn.set_result(self._drawn(job))
                except Exception as error:  # noqa: BLE001 - who waits for the drawing is told, or waits for ever
                    job.drawn.set_exception(error)

    def _drawn(self, job: _Job) -> bytes:
        answer = json.loads(self._answer(job.request))
        if "error" in answer:
            raise ValueError(answer["error"])
        drawing: str = answer[job.form]
        return base64.b64decode(drawing) if job.form == "png" else drawing.encode()

    def _answer(self, request: bytes) -> bytes:
        process = self._process
        if process is None or self._is_closed or process.poll() is not None:
            process = self._start_process()
        assert process.stdin and process.stdout  # noqa: S101, PT018 - both were asked for
        with suppress(OSError):  # it has gone, and answers nothing
            process.stdin.write(request)
            process.stdin.flush()
        told = process.stdout.readline()
        if not told.endswith(b"\n"):
            raise UndrawnError(
                f"it took longer than {self._patience:.0f} seconds, or ended the process that draws"
                f" (status {process.wait()})"
            )
        return told

    def _start_process(self) -> subprocess.Popen[bytes]:
        """The process, when it can draw; one that was there before is gone. Raises UnstartedError."""
        with self._starting:
            if self._is_closed:
                raise UnstartedError("pmreport ends")
            self._end()
            process = self._process = self._started()
        assert process.stdout  # noqa: S101 - it was asked for
        if not process.stdout.readline():
            raise UnstartedError(f"it ended at once (status {process.wait()})")
        return process

    def _started(self) -> subprocess.Popen[bytes]:
        """The process; a Ctrl-C at the terminal does not reach it, nor does it import from this folder."""
        if not sys.executable:
            raise UnstartedError("Python does not know where it lies")
        try:
            return subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-P", str(_PROGRAM), str(self._patience)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise UnstartedError(str(error)) from error

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


DRAWER = ChartDrawer()  # for all reports of this process
