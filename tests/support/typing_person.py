"""A person at a terminal: reads what a program asks, types an answer, and sees only what is shown."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PATIENCE_SECONDS = 60.0
_MOST_PRESSES, _PRESS_SECONDS = 3, 5.0
# The program gets the terminal as its own, so that Ctrl-C and a hidden question work as for a person, also
# where the tests were started in the background, whose children would ignore Ctrl-C.
_OWN_TERMINAL = (
    "import fcntl, os, signal, sys, termios; "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class Person:
    """Somebody who sits before a running program."""

    def __init__(self, terminal: int, program: subprocess.Popen[bytes]) -> None:
        self._terminal = terminal
        self._program = program
        self._looked = 0
        self.screen = ""

    def answers(self, question: str, answer: str) -> None:
        """Wait until the question stands there, then type the answer and Enter."""
        self.waits_for(question)
        os.write(self._terminal, f"{answer}\n".encode())

    def waits_for(self, text: str) -> None:
        """Wait until a text appears that was not waited for yet."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while (found := self.screen.find(text, self._looked)) < 0:
            assert time.monotonic() < until, f"no {text!r} on the screen:\n{self.screen}"
            assert self._read(), f"the program ended before it said {text!r}:\n{self.screen}"
        self._looked = found + len(text)

    def interrupts(self) -> None:
        """Press Ctrl-C, as often as somebody does who sees that nothing happens.

        Between printing a question and waiting for the answer Python notes the key and looks at the note
        only after the next one.
        """
        for _ in range(_MOST_PRESSES):
            os.write(self._terminal, b"\x03")
            patient = time.monotonic() + _PRESS_SECONDS
            while time.monotonic() < patient:
                if not self._read():
                    return

    def ends(self) -> int:
        """Read on until the program has ended; its exit status."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while self._read():
            assert time.monotonic() < until, f"the program does not end:\n{self.screen}"
        return self._program.wait(timeout=_PATIENCE_SECONDS)

    def _read(self) -> bool:
        """Take in what is on the screen; False when the program has gone."""
        ready, _, _ = select.select([self._terminal], [], [], 1.0)
        if not ready:
            return True
        try:
            found = os.read(self._terminal, 65536)
        except OSError:  # Linux says so when the other side has gone
            return False
        self.screen += _CODES.sub("", found.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(found)


@contextmanager
def person(folder: Path, environ: Mapping[str, str], *words: str) -> Iterator[Person]:
    """Somebody who has just typed `python WORDS...` in a folder."""
    import pty  # POSIX alone

    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", _OWN_TERMINAL, sys.executable, *words],
        cwd=folder,
        env={"TERM": "xterm", "COLUMNS": "200", **environ},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Person(ours, program)
    finally:
        if program.poll() is None:
            program.kill()
        program.wait(timeout=_PATIENCE_SECONDS)
        os.close(ours)


def home_of(folder: Path, **more: str) -> dict[str, str]:
    """The environment of somebody with an empty home and a keyring that works."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name.startswith("COV") or name == "PATH"}
    keyring = {
        "PYTHON_KEYRING_BACKEND": "tests.support.file_keyring.FileKeyring",
        "PMREPORT_TEST_KEYRING": str(folder / "keyring.json"),
        "PYTHONPATH": str(ROOT),
    }
    return {**kept, "HOME": str(home), "PYTHONWARNINGS": "error", **keyring, **more}


def at_terminal(folder: Path, *words: str, **more: str) -> AbstractContextManager[Person]:
    """Somebody who has just typed a command of pmreport at a terminal."""
    return person(folder, home_of(folder, **more), "-m", "pmreport", *words)
