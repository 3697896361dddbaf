"""`pmreport goals confirm`: somebody has seen an entry and agrees."""

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session


@click.command("confirm", short_help="Say who has seen an entry and agrees.")
@click.argument("entry", metavar="ENTRY")
@click.option("--reviewer", required=True, metavar="NAME", help="Who has seen it and agrees.")
@click.option("--note", default="", metavar="TEXT", help="What they said.")
@common()
@pass_session
def command(session: Session, *, entry: str, reviewer: str, note: str) -> None:
    """Say who has seen ENTRY and agrees: until then it is claimed.

    ENTRY is the id that `pmreport goals show` lists.
    """
    from pmreport.app import writing
    from pmreport.cli import screen
    from pmreport.goals.register import short

    found = writing.confirm(session.workspace(), entry, reviewer, note, now=clock.now())
    screen.note(f"{short(found.id)} was seen by {reviewer.strip()}.")
