"""A page printed by a browser: without a window, without the network, with a profile of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from pmreport.errors import PmreportError, StorageFullError
from pmreport.model.visible import one_line

SECONDS = 60.0
_HINT = "run it again, name another browser with PMREPORT_BROWSER, or print the page from a browser"
_FULL = "No space left"
_LAST_LINE = 1024  # bytes in which a PDF has to end
_MOST_SAID = 200  # characters of what a browser complains
_OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-breakpad",
    "--password-store=basic",  # nothing is kept, and no keyring is asked to be unlocked
    "--use-mock-keychain",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a page needs nothing from outside, and gets nothing
    "--no-pdf-header-footer",
)


def printed(html: bytes, browser: Path, *, seconds: float = SECONDS) -> bytes:
    """The PDF of a page.

    Raises StorageFullError where the folder for temporary files is full, and PmreportError where the browser
    cannot be started, does not end in time, or makes no whole PDF; nothing of it runs on then, and nothing is
    left on the disk.
    """
    with tempfile.TemporaryDirectory(
        prefix="pmreport-", dir=_room(browser), ignore_cleanup_errors=True
    ) as name:
        room = Path(name)
        page, made = room / "report.html", room / "report.pdf"
        page.write_bytes(html)
        said = _run(_command(browser, room, page, made), browser, seconds)
        content = made.read_bytes() if made.is_file() else b""
    if not _is_whole(content):
        if _FULL in said:
            raise StorageFullError(
                "the disk is full; no PDF was made", where=str(room.parent), hint="make room and run it again"
            )
        raise PmreportError(
            f"the browser made no PDF: {said or 'it said nothing'}", where=str(browser), hint=_HINT
        )
    return content


def _is_whole(content: bytes) -> bool:
    """Whether it is a PDF from its first to its last line: a full disk cuts it off."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-_LAST_LINE:]


def _command(browser: Path, room: Path, page: Path, made: Path) -> list[str]:
    own = (f"--user-data-dir={room / 'profile'}", f"--print-to-pdf={made}")
    return [str(browser), *_OPTIONS, *_as_root(), *own, page.as_uri()]


def _as_root() -> tuple[str, ...]:
    """Its sandbox, with which a browser refuses to run as root; it is shown our own page and no network."""
    return ("--no-sandbox",) if sys.platform != "win32" and os.geteuid() == 0 else ()


def _room(browser: Path) -> Path | None:
    """Where the page lies: one that came as a snap has a folder for temporary files that nobody else sees."""
    return Path.home() if "snap" in browser.parts else None


def _run(command: list[str], browser: Path, seconds: float) -> str:
    """What the browser said last; all of its processes have ended."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PMREPORT_")}
    try:
        child = subprocess.Popen(  # noqa: S603 - a browser that the person has installed or named
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=kept,
            start_new_session=True,
        )
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise PmreportError(
            f"the browser cannot be started: {why}", where=str(browser), hint=_HINT
        ) from error
    with child:
        try:
            _, said = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise PmreportError(
                f"the browser made no PDF in {seconds:.0f} seconds and was ended",
                where=str(browser),
                hint=_HINT,
            ) from error
        finally:
            _end(child)
    lines = said.decode(errors="replace").strip().splitlines()
    return one_line(lines[-1])[:_MOST_SAID] if lines else ""


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the browser and everything it started."""
    if sys.platform == "win32":
        words = ["taskkill", "/F", "/T", "/PID", str(child.pid)]
        subprocess.run(words, check=False, capture_output=True)  # noqa: S603 - a tool of Windows
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
