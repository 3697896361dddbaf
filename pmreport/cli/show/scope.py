"""`pmreport show scope`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("scope")
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """What each initiative was planned to hold, and everything that changed it since."""
    from pmreport.app.numbers import scope
    from pmreport.cli.show import scope_tables, unread
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    when = moment.known(workspace, as_of)
    found = scope.scopes(workspace, as_of=when, initiative=initiative)
    unread.tell(workspace)
    say(scope_tables.answer(found, when, zone), as_json=as_json, explain=explain)
