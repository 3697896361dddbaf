"""`pmreport baseline`: what an initiative is held against, kept for good."""

import click

from pmreport.cli import clock, moment
from pmreport.cli.group import Group
from pmreport.cli.session import Session, common, pass_session

_AT = "The moment the baseline speaks of: a past day (its end) or an instant; else now."


@click.group("baseline", cls=Group, short_help="Keep what an initiative was planned to be.")
@common()
def command() -> None:
    """Keep the scope and the budget of an initiative as a baseline; it never changes."""


@command.command("set")
@click.argument("initiative")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is set, for those who read it later.")
@click.option("--at", "when", metavar="DATE", help=_AT)
@common()
@pass_session
def set_one(session: Session, *, initiative: str, reason: str, when: str | None) -> None:
    """Keep the scope and budget of INITIATIVE; a second baseline stands beside the first."""
    from pmreport.app.numbers import initiatives, scope
    from pmreport.cli import baseline_shapes, grid
    from pmreport.errors import UsageError

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    initiatives.named(workspace.config, initiative)
    if not reason.strip():
        raise UsageError("a baseline needs a reason", hint='write one: --reason "The plan of 1 September"')
    at = moment.known(workspace, when)
    entry = scope.set_baseline(workspace, initiative, reason=reason.strip(), at=at, now=clock.now())
    grid.show(baseline_shapes.tables((entry,), scope.unit_of(workspace), zone))


@command.command("list")
@click.argument("initiative", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@common()
@pass_session
def list_all(session: Session, *, initiative: str | None, as_json: bool) -> None:
    """Show the baselines of INITIATIVE, or of all; the first of each is in force."""
    from pmreport.app.numbers import scope
    from pmreport.cli import baseline_shapes, grid, screen
    from pmreport.cli.show import unread

    workspace = session.workspace()
    entries = scope.kept_baselines(workspace, initiative)
    unread.tell(workspace)
    if as_json:
        screen.say_json(baseline_shapes.shape(entries))
    else:
        zone = workspace.config.calendar.time_zone
        grid.show(baseline_shapes.tables(entries, scope.unit_of(workspace), zone))
