"""`pmreport goals show`: everything about one goal."""

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session


@click.command("show", short_help="Show everything about one goal.")
@click.argument("goal", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@common()
@pass_session
def command(session: Session, *, goal: str, as_json: bool) -> None:
    """Show the goal ID: its words, its number, what speaks for and against it, and what you wrote."""
    from pmreport.app.register import detail
    from pmreport.cli import grid, screen
    from pmreport.cli.goals import detail_json, detail_tables

    known = detail(session.workspace(), goal, now=clock.now())
    if as_json:
        screen.say_json(detail_json.detail_json(known))
    else:
        grid.show(detail_tables.detail_tables(known))
