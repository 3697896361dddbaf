"""The options that every number takes."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pmreport.cli import moment
from pmreport.cli.session import common

Callback = TypeVar("Callback", bound=Callable[..., Any])


def reading(callback: Callback) -> Callback:
    """`--as-of` and `--json`."""
    json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
    return moment.as_of_option(json(common()(callback)))


def explaining(callback: Callback) -> Callback:
    """`--explain`."""
    return click.option(
        "--explain", is_flag=True, help="Say below what each number means, and what it leaves out."
    )(callback)


def about_initiative(callback: Callback) -> Callback:
    """`--initiative`."""
    return click.option(
        "--initiative", metavar="ID", help="Only this initiative of the configuration, by its id."
    )(callback)


def on_board(callback: Callback) -> Callback:
    """`--board`."""
    return click.option("--board", type=int, metavar="ID", help="Only this board, by its number.")(callback)
