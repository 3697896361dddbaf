"""`pmreport goals review`: the document for the talk with your manager."""

from pathlib import Path

import click

from pmreport.app.formats import READ_TOGETHER
from pmreport.cli import clock, moment
from pmreport.cli.formats import FormatList
from pmreport.cli.place import Place
from pmreport.cli.screen import say
from pmreport.cli.session import Session, common, pass_session


@click.command("review", short_help="The document for the talk with your manager.")
@click.option("--mine", is_flag=True, help="With your private goals: for you alone, and never sent.")
@click.option("--period", metavar="QUARTER", help="e.g. 2026-Q4; default: the last complete one.")
@click.option(
    "--format",
    "formats",
    type=FormatList(READ_TOGETHER),
    default="html",
    show_default=True,
    metavar="LIST",
    help=f"What to write: {', '.join(READ_TOGETHER)}; several between commas.",
)
@click.option(
    "--out",
    type=Place(file_okay=False),
    metavar="DIR",
    help="Where to write; default: reports/PERIOD beside the configuration.",
)
@moment.as_of_option
@common()
@pass_session
def command(
    session: Session,
    *,
    mine: bool,
    period: str | None,
    formats: tuple[str, ...],
    out: Path | None,
    as_of: str | None,
) -> None:
    """Write a page for each active goal, to be read and filled in by two people.

    Why it matters, where it stands, the measure with its guard, what speaks for and against it, both ratings,
    help needed, the manager's words, and what came of last time's actions. The files made are printed.
    """
    from pmreport.app.reports import ReportRequest, write
    from pmreport.cli.show import unread

    workspace = session.workspace()
    when = None if as_of is None else moment.asked(as_of, workspace.config.calendar.time_zone)
    request = ReportRequest(
        name="review", now=clock.now(), as_of=when, period=period, formats=formats, out=out, mine=mine
    )
    for path in write(workspace, request):
        say(str(path))
    unread.tell(workspace)
