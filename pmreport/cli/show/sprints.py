"""`pmreport show sprints`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import reading


@click.command("sprints")
@click.option("--board", type=int, metavar="ID", help="Only this board, with the sprints of others it lists.")
@click.option("--sprint", type=int, metavar="ID", help="Only this sprint.")
@reading
@pass_session
def command(
    session: Session, *, board: int | None, sprint: int | None, as_of: str | None, as_json: bool
) -> None:
    """What each sprint committed, what changed, and what was completed."""
    from pmreport.app.numbers import sprints
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    when = moment.known(workspace, as_of)
    ledgers = sprints.sprints(workspace, as_of=when, board=board, sprint=sprint)
    if as_json:
        screen.say_json(json_shapes.sprints(ledgers))
    else:
        grid.show(tables.sprint_tables(ledgers, zone))
