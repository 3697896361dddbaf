"""A program as a person sees it who runs it in a terminal."""

import os
import re
import subprocess
import sys
from pathlib import Path

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def seen_on_a_terminal(folder: Path, *words: str, columns: int, **environ: str) -> str:
    """What `python WORDS...` writes to a terminal of so many columns, without its control codes."""
    import pty  # POSIX alone

    reading, writing = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm", "HOME": str(folder), **environ},
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    seen = b"".join(iter(lambda: _read(reading), b""))
    os.close(reading)
    running.wait(timeout=60)
    return _CODES.sub("", seen.decode()).replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has gone
        return b""
