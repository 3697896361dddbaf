"""`pmreport goals mix`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("mix")
@click.option(
    "--weeks",
    type=click.IntRange(1, 520),
    default=13,
    show_default=True,
    metavar="N",
    help="What was delivered in the last N weeks.",
)
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, weeks: int, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """What the delivered work was an investment in, by count and by points."""
    from pmreport.app.numbers import planning
    from pmreport.cli.goals import mix_shapes
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = planning.mix(workspace, as_of=when, weeks=weeks, initiative=initiative)
    say(mix_shapes.mix(found, when), as_json=as_json, explain=explain)
