"""`pmreport report`: builds a report and writes it."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pmreport.app.formats import NAMES
from pmreport.cli import clock, moment, own_report
from pmreport.cli.formats import FormatList
from pmreport.cli.own_report import ReportGroup
from pmreport.cli.place import Place
from pmreport.cli.report import diff, kept
from pmreport.cli.screen import say
from pmreport.cli.session import Session, common, pass_session

Callback = TypeVar("Callback", bound=Callable[..., Any])


@click.group("report", cls=ReportGroup, short_help="Build a report and write it.")
@common()
def command() -> None:
    """Build a report and write it; the files made are printed.

    A folder with a page.html.j2 among your templates is a report too, by its name.
    """


def _writing(callback: Callback) -> Callback:
    """The options every report takes."""
    options = (
        click.option(
            "--format",
            "formats",
            type=FormatList(NAMES),
            default="html",
            show_default=True,
            metavar="LIST",
            help=f"What to write: {', '.join(NAMES)}; several between commas. `mail` is an .eml to open.",
        ),
        click.option(
            "--out",
            type=Place(file_okay=False),
            metavar="DIR",
            help="Where to write; default: reports/PERIOD beside the configuration.",
        ),
        moment.as_of_option,
        common(),
    )
    for option in reversed(options):
        callback = option(callback)
    return callback


def _period_option(example: str) -> Callable[[Callback], Callback]:
    several = "A..B writes each, as it stood at its end"
    return click.option(
        "--period", metavar="PERIOD", help=f"e.g. {example}; default: the last complete one. {several}."
    )


@command.command("weekly")
@_period_option("2026-W47")
@_writing
@pass_session
def weekly(session: Session, /, **words: Any) -> None:
    """The status report to management: one page, read in a minute."""
    _write(session, "weekly", **words)


@command.command("sprint")
@click.option("--sprint", type=int, metavar="ID", help="Default: the active one, else the last closed.")
@click.option("--board", type=int, metavar="ID", help="Only this board.")
@_writing
@pass_session
def sprint(session: Session, /, **words: Any) -> None:
    """What the sprint committed, what changed, and what was completed."""
    _write(session, "sprint", **words)


@command.command("estimation")
@_period_option("2026-Q4")
@_writing
@pass_session
def estimation(session: Session, /, **words: Any) -> None:
    """How good the estimates were, by sprint and by size, and the worst misses."""
    _write(session, "estimation", **words)


@command.command("team")
@_period_option("2026-W47")
@click.option("--board", type=int, metavar="ID", help="Only this board.")
@_writing
@pass_session
def team(session: Session, /, **words: Any) -> None:
    """How work flows: what is too old, what is blocked and why, what waits for what."""
    _write(session, "team", **words)


@command.command("review")
@_period_option("2026-Q4")
@_writing
@pass_session
def review(session: Session, /, **words: Any) -> None:
    """The goals with their evidence, for the talk with your manager."""
    _write(session, "review", **words)


@click.command("own")
@_period_option("2026-W47")
@click.option("--sprint", type=int, metavar="ID", help="Where it is made from sprint: this one.")
@click.option("--board", type=int, metavar="ID", help="Where it is made from sprint or team: this board.")
@_writing
@pass_session
@click.pass_context
def own(ctx: click.Context, session: Session, /, **words: Any) -> None:
    """A report of your own, from its folder among your templates."""
    about = {option: words[option] for option in ("period", "sprint", "board")}
    found = own_report.named(session, ctx.info_name or "", **about)
    _write(session, found.base, dress=found.dress, **words)


command.own = own


def _write(session: Session, name: str, *, as_of: str | None, **words: Any) -> None:
    """Have the report `name` written; `words` are the other options, named as in `ReportRequest`."""
    from pmreport.app.reports import ReportRequest, write, write_each

    workspace = session.workspace()
    when = None if as_of is None else moment.asked(as_of, workspace.config.calendar.time_zone)
    request = ReportRequest(name=name, now=clock.now(), as_of=when, **words)
    make = write_each if ".." in (request.period or "") else write
    for path in make(workspace, request):
        say(str(path))


command.add_command(kept.list_all)
command.add_command(diff.command)
