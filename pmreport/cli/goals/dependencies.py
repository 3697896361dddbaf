"""`pmreport goals dependencies`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("dependencies")
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """What work waits for: links to items of others, foreseen or found when the work had started."""
    from pmreport.app.numbers import planning
    from pmreport.cli.goals import dependency_shapes
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = planning.dependencies(workspace, as_of=when, initiative=initiative)
    say(
        dependency_shapes.dependencies(found, when, workspace.config.calendar.time_zone),
        as_json=as_json,
        explain=explain,
    )
