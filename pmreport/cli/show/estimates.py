"""`pmreport show estimates`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import reading


@click.command("estimates")
@reading
@pass_session
def command(session: Session, *, as_of: str | None, as_json: bool) -> None:
    """How far estimates lay from what it took."""
    from pmreport.app.numbers import estimates
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    when = known_moment(workspace, moment.asked(as_of, zone))
    summary = estimates.estimates(workspace, as_of=when)
    if as_json:
        screen.say_json(json_shapes.estimates(summary, when))
    else:
        grid.show(tables.estimation_tables(summary))
