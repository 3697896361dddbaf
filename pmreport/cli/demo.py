"""`pmreport demo`: every report from a simulated Jira."""

from pathlib import Path

import click

from pmreport.cli import progress
from pmreport.cli.place import Place
from pmreport.cli.screen import is_terminal, note, say
from pmreport.cli.session import common

_LEAST_ISSUES = 1500  # the story; what is asked beyond it is made up


@click.command("demo", short_help="Make every report from a simulated Jira.")
@click.option(
    "--out",
    type=Place(file_okay=False),
    default=Path("pmreport-demo"),
    show_default=True,
    metavar="DIR",
    help="Where all is kept.",
)
@click.option(
    "--issues",
    type=click.IntRange(min=_LEAST_ISSUES),
    default=1500,
    show_default=True,
    metavar="N",
    help="How big the simulated Jira is.",
)
@click.option(
    "--dialect",
    type=click.Choice(["cloud", "datacenter"]),
    default="cloud",
    show_default=True,
    help="Which Jira is simulated: Atlassian's Cloud, or Data Center.",
)
@click.option("--no-open", is_flag=True, help="Do not open the weekly report in a browser.")
@common()
def command(*, out: Path, issues: int, dialect: str, no_open: bool) -> None:
    """Make every report from a simulated Jira: no account, no network.

    The real sync reads a simulated Jira on this machine, and the real reports are made from it. Your own
    configuration, tokens and store are not touched.
    """
    from pmreport.app import demo

    with progress.shown() as report:
        result = demo.run(out, issues=issues, dialect=dialect, progress=report)
    for path in result.paths:
        say(str(path))
    if result.no_pdf:
        note(f"No PDF was made: {result.no_pdf}.")
    if not no_open and is_terminal():
        note("Opening the weekly report ...")
        click.launch(next(path for path in result.paths if path.name == "weekly.html").as_uri())
