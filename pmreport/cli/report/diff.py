"""`pmreport report diff`: what changed between two reports, and why."""

import click

from pmreport.cli import clock
from pmreport.cli.session import Session, common, pass_session


@click.command("diff", short_help="What changed between two reports, and why.")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@common()
@pass_session
def command(session: Session, *, first: str, second: str, as_json: bool) -> None:
    r"""Show what changed from the report A to the report B, and why, where that can be told.

    A and B are reports that were sent, named as `pmreport report list` names them: weekly:2026-W46, or
    weekly:2026-W46:1 for one of several editions. B may also be a word:

    \b
      again   A built once more for its own moment; what differs was changed in Jira's
              past, in the configuration, or by another release of pmreport
      now     A's report about the same period, as it stands today
    """
    from pmreport.app import comparing
    from pmreport.cli import grid, screen
    from pmreport.cli.report import diff_shapes

    workspace = session.workspace()
    found = comparing.difference(workspace, first, second, moment=clock.now())
    if as_json:
        screen.say_json(diff_shapes.shape(found))
    else:
        grid.show(diff_shapes.tables(found))
