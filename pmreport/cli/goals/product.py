"""`pmreport goals product`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading


@click.command("product")
@explaining
@reading
@pass_session
def command(session: Session, *, explain: bool, as_of: str | None, as_json: bool) -> None:
    """The components of the product, and what your journal says they are for."""
    from pmreport.app.numbers import knowledge
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli.goals import knowledge_shapes
    from pmreport.cli.show import unread
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    asked = moment.asked(as_of, zone)
    when = known_moment(workspace, asked)
    found = knowledge.product(workspace, as_of=when, typed_by=asked)
    unread.tell(workspace)
    say(
        knowledge_shapes.product(found, when, workspace.config.calendar.time_zone),
        as_json=as_json,
        explain=explain,
    )
