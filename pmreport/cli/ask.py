"""Questions to the person at the terminal; where nobody sits there, nothing is asked."""

import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from pmreport.cli.screen import harmless, note
from pmreport.cli.session import Session
from pmreport.errors import NotAuthorisedError, PmreportError, UsageError

Found = TypeVar("Found")
_LONGEST_TOKEN = 4096


def can_ask() -> bool:
    """Whether a person sits there who can answer."""
    return sys.stdin.isatty()


def text(question: str, default: str | None = None) -> str:
    """An answer, with blanks around it dropped; an empty one is the default."""
    answer = click.prompt(harmless(question), default=default or "", show_default=bool(default), err=True)
    return str(answer).strip()


def yes(question: str) -> bool:
    """Whether the person says yes; no where only Enter is pressed."""
    return click.confirm(harmless(question), default=False, err=True)


def token(question: str) -> str:
    """A token, typed or pasted without being shown."""
    return str(click.prompt(harmless(question), hide_input=True, default="", show_default=False, err=True))


def piped_token() -> str:
    """The token on standard input. Raises NotAuthorisedError where there is nothing."""
    # bytes: some shells put a mark before what they pipe, and what is no text is no token either
    found = sys.stdin.buffer.read(_LONGEST_TOKEN).decode("utf-8-sig", "replace").strip()
    if not found:
        raise NotAuthorisedError(
            "no token came over standard input",
            hint="type `pmreport auth login` in a terminal, or pipe the token: pmreport auth login < FILE",
        )
    return found


def words(answer: str) -> list[str]:
    """The words of a list that is parted by commas or blanks."""
    return answer.replace(",", " ").split()


def last_day(text: str | None) -> date | None:
    """A day as it is typed. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f'"{text}" is no day; write it like 2027-03-31') from None


def tell(error: PmreportError, session: Session) -> None:
    """Say what was wrong, as at the end of a command, and go on."""
    from pmreport.cli.boundary import refused
    from pmreport.secrets import redacted

    note(redacted(str(refused(error)), session.environ))


def until_right(
    session: Session, attempt: Callable[[], Found], *, again: type[PmreportError] = PmreportError
) -> Found:
    """What the attempt comes to: on a terminal it is made again after each error of a kind, elsewhere once.

    The attempt keeps what was typed and offers it as the default.
    """
    while True:
        try:
            return attempt()
        except again as error:
            if not can_ask():
                raise
            tell(error, session)
