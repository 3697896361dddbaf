"""The one place where an error becomes words and an exit status."""

import errno
import gc
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

from pmreport.cli.root import pmreport
from pmreport.cli.screen import harmless, steady
from pmreport.cli.session import Session, wanted_color
from pmreport.errors import ExitStatus, PmreportError, is_full

_INTERRUPTED = 130  # as a shell counts the signal of Ctrl-C
_SEE_WHERE = "run it again with --debug to see where, and report it"
_NOT_OURS = {  # what the system says about a place of the person's choice, and what to do there
    errno.EACCES: "allow yourself to read and write there, or name another place",
    errno.EPERM: "allow yourself to read and write there, or name another place",
    errno.EROFS: "name a place that can be written to",
    errno.ENOENT: "check the path",
    errno.EISDIR: "a file is wanted where a folder is: name another path, or move the folder away",
    errno.ENOTDIR: "a folder is wanted where a file is: name another path, or move the file away",
    errno.EEXIST: "a folder is wanted where a file is: name another path, or move the file away",
    errno.ENAMETOOLONG: "name a shorter path",
    errno.ELOOP: "the link leads back to itself: name another path",
    errno.EIO: "the disk or its connection does not work: try again, or name another place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An error as a person reads it: what happened, where, what to do next, and the exit status."""

    what: str
    where: str | None = None
    hint: str | None = None
    status: int = ExitStatus.OTHER

    def __str__(self) -> str:
        where = f"\n  --> {self.where}" if self.where else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"error: {self.what}{where}{hint}"


def run(
    arguments: Sequence[str],
    environ: Mapping[str, str] | None = None,
    *,
    program: click.Command = pmreport,
) -> int:
    """Run the program with these words; its exit status."""
    steady()
    session = Session(environ=os.environ if environ is None else environ)
    session.color = wanted_color(session.environ)
    with _log_shown(session), _no_search_for_cycles():
        try:
            status = program.main(
                list(arguments),
                prog_name="pmreport",
                standalone_mode=False,
                obj=session,
                color=session.color,
            )
            sys.stdout.flush()
        except BrokenPipeError:  # who read us has seen enough
            _forget_standard_output()
            return ExitStatus.OTHER
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted", err=True)
            return _INTERRUPTED
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True, color=session.color)
            return ExitStatus.USAGE
        except Exception as error:  # noqa: BLE001 - everything ends here
            if session.debug:
                _print("".join(traceback.format_exception(error)).rstrip(), session)
            refusal = refused(error)
            _flush_or_forget()
            _print(str(refusal), session)
            return refusal.status
    return status if isinstance(status, int) else ExitStatus.OK


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A command lives for seconds, and rows have no cycles: looking for some took a quarter of its time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def refused(error: Exception) -> Refusal:
    """What a person is told of an error. The words of an unexpected one stay out: they may hold anything."""
    match error:
        case PmreportError():
            return Refusal(what=error.what, where=error.where, hint=error.hint, status=error.status)
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "pmreport"
            hint = f"`{command} --help` shows what is possible"
            return Refusal(what=_sentence(error), hint=hint, status=ExitStatus.USAGE)
        case click.ClickException():
            return Refusal(what=_sentence(error))
        case OSError() if is_full(error):
            return Refusal(
                what="the disk is full; what was written before stays",
                where=_named(error.filename),
                hint="make room and run the command again",
            )
        case OSError():
            what = (error.strerror or type(error).__name__).lower()
            hint = _NOT_OURS.get(error.errno or 0, _SEE_WHERE)
            return Refusal(what=what, where=_named(error.filename), hint=hint)
        case _:
            return Refusal(what=f"a fault of pmreport itself ({type(error).__name__})", hint=_SEE_WHERE)


def _sentence(error: click.ClickException) -> str:
    """Click's words as ours are written: small at the begin, no full stop."""
    words = error.format_message().rstrip(".")
    return words[:1].lower() + words[1:]


def _named(path: object) -> str | None:
    return None if path is None else str(path)


def _print(text: str, session: Session) -> None:
    from pmreport.secrets import redacted  # a net below the net: no error of ours holds a secret

    safe = harmless(redacted(text, session.environ))
    click.echo("\n".join(map(_colored, safe.split("\n"))), err=True, color=session.color)


def _colored(line: str) -> str:
    for begin, color in (("error:", "red"), ("warning:", "yellow"), ("  hint:", "cyan")):
        if line.startswith(begin):
            return click.style(begin, fg=color, bold=True) + line.removeprefix(begin)
    return line


def _flush_or_forget() -> None:
    """What standard output does not take now it would not take at the end: the status would be 120."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _forget_standard_output()


def _forget_standard_output() -> None:
    """Let the interpreter's last flush go nowhere, or it would complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Shown(logging.Handler):
    """What any room logs, as a line to the person."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def emit(self, record: logging.LogRecord) -> None:
        begin = "warning: " if record.levelno >= logging.WARNING else ""
        _print(f"{begin}{record.getMessage()}", self._session)


@contextmanager
def _log_shown(session: Session) -> Iterator[None]:
    """Show warnings, and more with --verbose, until the command has ended."""
    log = logging.getLogger("pmreport")
    handler, level = _Shown(session), log.level
    log.addHandler(handler)
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
