"""`pmreport goals plan`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("plan")
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """The plan of an initiative by the critical path: what comes first, what may slip, what must not."""
    from pmreport.app.numbers import planning
    from pmreport.cli.goals import plan_shapes
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = planning.plans(workspace, as_of=when, initiative=initiative)
    say(plan_shapes.plan(found, when), as_json=as_json, explain=explain)
