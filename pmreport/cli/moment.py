"""The moment a command looks from: `--as-of`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from pmreport.cli import clock

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
