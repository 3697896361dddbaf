"""`pmreport report list`: the reports that were sent, as they were kept."""

import click

from pmreport.cli.session import Session, common, pass_session


@click.command("list", short_help="The reports that were sent.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@common()
@pass_session
def list_all(session: Session, *, as_json: bool) -> None:
    """Show the reports that were sent, each as it was kept, the oldest first.

    The name of a report is what `pmreport report diff` takes.
    """
    from pmreport.app import frozen
    from pmreport.cli import grid, screen
    from pmreport.cli.report import kept_shapes
    from pmreport.cli.show import unread

    workspace = session.workspace()
    listed = frozen.listed(workspace)
    unread.tell(workspace)
    if as_json:
        screen.say_json(kept_shapes.shape(listed))
    else:
        grid.show(kept_shapes.tables(listed, workspace.config.calendar.time_zone))
