"""`pmreport goals score`: what came of an action that was agreed."""

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session


@click.command("score", short_help="Say what came of an agreed action.")
@click.argument("entry", metavar="ENTRY")
@click.argument("state", type=click.Choice(["done", "missed", "dropped"]), metavar="done|missed|dropped")
@click.option("--reason", default="", metavar="TEXT", help="Why nothing came of it.")
@common()
@pass_session
def command(session: Session, *, entry: str, state: str, reason: str) -> None:
    """Say what came of the action ENTRY, the id that `pmreport goals show` lists.

    What was missed or dropped needs a reason; a later word counts instead of an earlier one.
    """
    from pmreport.app import writing
    from pmreport.cli import screen
    from pmreport.goals.register import short
    from pmreport.model.journal_goals import ActionState

    found = writing.score(session.workspace(), entry, ActionState(state), reason, now=clock.now())
    screen.note(f"{short(found.id)} is {state}.")
