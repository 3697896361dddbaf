"""`pmreport draft`: the parts of a report that only a person can write."""

import os
import sys

import click

from pmreport.cli import clock
from pmreport.cli.screen import is_terminal, note, say
from pmreport.cli.session import Session, common, pass_session

_EDITORS = ("VISUAL", "EDITOR")


@click.command("draft", short_help="Write what only you can say.")
@click.argument("name", type=click.Choice(["weekly"]))
@click.option("--period", metavar="PERIOD", help="e.g. 2026-W47; default: the last complete one.")
@common()
@pass_session
def command(session: Session, *, name: str, period: str | None) -> None:
    """Write the draft of the report NAME once, filled in with comments from Jira and with last week's asks.

    Its path is printed; on a terminal it opens in $VISUAL or $EDITOR. A draft that is there is never written
    over. `pmreport report` reads it.
    """
    from pmreport.app.reports import ReportRequest, begin_draft

    path, is_new = begin_draft(session.workspace(), ReportRequest(name=name, now=clock.now(), period=period))
    say(str(path))
    editor = next((found for each in _EDITORS if (found := session.environ.get(each))), None)
    if editor and is_terminal() and sys.stdin.isatty():
        click.edit(filename=os.fspath(path), editor=editor)
        return
    note(f"{'Written' if is_new else 'It was there, and is as it was'}: fill it in with your editor.")
