"""`pmreport goals priorities`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("priorities")
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """The ranked list by WSJF or RICE, and whether work starts in its order."""
    from pmreport.app.numbers import planning
    from pmreport.cli.goals import priority_shapes
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = planning.priorities(workspace, as_of=when, initiative=initiative)
    say(priority_shapes.priorities(found, when), as_json=as_json, explain=explain)
