"""What is said beside the command: which configuration, how much detail, colours or none."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmreport.cli.place import Place

if TYPE_CHECKING:  # these import what `--help` must not
    from pmreport.app.wiring import Workspace
    from pmreport.config import Config

Callback = TypeVar("Callback", bound=Callable[..., Any])


@dataclass(slots=True)
class Session:
    """One run of the program. Not frozen: its options may stand before the command and behind it."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    config_path: Path | None = None
    verbose: bool = False
    debug: bool = False
    color: bool | None = None  # None: where a terminal is

    def config(self) -> "Config":
        """The configuration. Raises ConfigurationError."""
        from pmreport.config import load_found

        return load_found(self.config_path, self.environ)

    def workspace(self) -> "Workspace":
        """The configuration with everything it leads to."""
        from pmreport.app.wiring import open_workspace

        return open_workspace(self.config(), self.environ)


pass_session = click.make_pass_decorator(Session, ensure=True)


def wanted_color(environ: Mapping[str, str]) -> bool | None:
    """What NO_COLOR and FORCE_COLOR ask for; None where neither is set. No colour wins."""
    if environ.get("NO_COLOR"):
        return False
    return True if environ.get("FORCE_COLOR") else None


def common(*, hidden: bool = True) -> Callable[[Callback], Callback]:
    """The options every command understands; hidden ones work but are not listed once more."""
    options = (
        click.option(
            "--config",
            "config_path",
            type=Place(),
            metavar="FILE",
            help="The configuration file; else PMREPORT_CONFIG, ./pmreport.toml, your configuration folder.",
            callback=_remember,
            expose_value=False,
            hidden=hidden,
        ),
        _flag("-v", "--verbose", help="Say more about what is done.", hidden=hidden),
        _flag("--debug", help="Show the traceback of an error.", hidden=hidden),
        _flag("--no-color", help="No colours; NO_COLOR and FORCE_COLOR are heeded too.", hidden=hidden),
    )

    def add(callback: Callback) -> Callback:
        for option in reversed(options):
            callback = option(callback)
        return callback

    return add


def _flag(*names: str, help: str, hidden: bool) -> Callable[[Callback], Callback]:  # noqa: A002 - click's word
    return click.option(
        *names, is_flag=True, help=help, callback=_remember, expose_value=False, hidden=hidden
    )


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep what was said; what was not said here may have been said before the command."""
    if not value:
        return
    session = ctx.ensure_object(Session)
    match parameter.name:
        case "config_path":
            session.config_path = value
        case "verbose":
            session.verbose = True
            logging.getLogger("pmreport").setLevel(logging.INFO)
        case "debug":
            session.debug = True
            logging.getLogger("pmreport").setLevel(logging.DEBUG)
        case _:
            session.color = ctx.color = False
