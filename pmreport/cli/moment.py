"""The moment a command looks from: `--as-of`."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmreport.cli import clock

if TYPE_CHECKING:
    from pmreport.app.wiring import Workspace

Callback = TypeVar("Callback", bound=Callable[..., Any])


def as_of_option(callback: Callback) -> Callback:
    """Add the option `--as-of`."""
    return click.option(
        "--as-of",
        metavar="WHEN",
        help="Look from a past day (its end) or instant, e.g. 2026-11-22 or 2026-11-22T17:00:00Z.",
    )(callback)


def asked(as_of: str | None, zone: str) -> datetime:
    """The moment asked for, else now. Raises UsageError for what is no moment."""
    from pmreport.model.period import parse_as_of

    return clock.now() if as_of is None else parse_as_of(as_of, zone)


def known(workspace: "Workspace", as_of: str | None) -> datetime:
    """The moment that numbers are looked at from: the one asked for, but not after the newest complete sync.

    Raises UsageError for what is no moment or lies before the first issue, BadDataError before the first
    complete sync.
    """
    from pmreport.app.numbers.moment import moment

    return moment(workspace, asked(as_of, workspace.config.calendar.time_zone))
