"""`pmreport show followups`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import reading


@click.command("followups")
@reading
@pass_session
def command(session: Session, *, as_of: str | None, as_json: bool) -> None:
    """Agreed actions and open questions: which are late, which are nobody's."""
    from pmreport.app.numbers import followups
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    when = known_moment(workspace, moment.asked(as_of, zone))
    found = followups.followups(workspace, as_of=when)
    if as_json:
        screen.say_json(json_shapes.follow_ups(found, when))
    else:
        grid.show(tables.follow_up_tables(found))
