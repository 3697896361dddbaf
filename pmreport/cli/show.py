"""`pmreport show`: the numbers, in the terminal or as JSON."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pmreport.cli import moment
from pmreport.cli.group import Group
from pmreport.cli.session import Session, common, pass_session

Callback = TypeVar("Callback", bound=Callable[..., Any])


@click.group("show", cls=Group)
@common()
def command() -> None:
    """Show numbers in the terminal, or as JSON."""


def _reading(callback: Callback) -> Callback:
    """The options every number takes."""
    json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
    return moment.as_of_option(json(common()(callback)))


@command.command("sprints")
@click.option("--board", type=int, metavar="ID", help="Only this board, with the sprints of others it lists.")
@click.option("--sprint", type=int, metavar="ID", help="Only this sprint.")
@_reading
@pass_session
def sprints(
    session: Session, *, board: int | None, sprint: int | None, as_of: str | None, as_json: bool
) -> None:
    """What each sprint committed, what changed, and what was completed."""
    from pmreport.app import show
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    when = show.moment(workspace, moment.asked(as_of, zone))
    ledgers = show.sprints(workspace, as_of=when, board=board, sprint=sprint)
    if as_json:
        screen.say_json(json_shapes.sprints(ledgers))
    else:
        grid.show(tables.sprint_tables(ledgers, zone))


@command.command("estimates")
@_reading
@pass_session
def estimates(session: Session, *, as_of: str | None, as_json: bool) -> None:
    """How far estimates lay from what it took."""
    from pmreport.app import show
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    when = show.moment(workspace, moment.asked(as_of, workspace.config.calendar.time_zone))
    summary = show.estimates(workspace, as_of=when)
    if as_json:
        screen.say_json(json_shapes.estimates(summary, when))
    else:
        grid.show(tables.estimation_tables(summary))


@command.command("followups")
@_reading
@pass_session
def followups(session: Session, *, as_of: str | None, as_json: bool) -> None:
    """Agreed actions and open questions: which are late, which are nobody's."""
    from pmreport.app import show
    from pmreport.cli import grid, json_shapes, screen, tables

    workspace = session.workspace()
    when = show.moment(workspace, moment.asked(as_of, workspace.config.calendar.time_zone))
    found = show.followups(workspace, as_of=when)
    if as_json:
        screen.say_json(json_shapes.follow_ups(found, when))
    else:
        grid.show(tables.follow_up_tables(found))
