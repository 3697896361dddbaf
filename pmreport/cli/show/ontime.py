"""`pmreport show ontime`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("ontime")
@click.option(
    "--weeks",
    type=click.IntRange(1, 520),
    default=13,
    show_default=True,
    metavar="N",
    help="Due days of the last N weeks.",
)
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, weeks: int, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """What was done by its due day, how often due days were moved, and the milestones."""
    from pmreport.app.numbers import ontime
    from pmreport.cli.show import ontime_tables
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = ontime.timeliness(workspace, as_of=when, initiative=initiative, weeks=weeks)
    share = workspace.config.flow.sle_share
    say(ontime_tables.answer(found, when, share), as_json=as_json, explain=explain)
