"""`pmreport goals stakeholders`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading


@click.command("stakeholders")
@explaining
@reading
@pass_session
def command(session: Session, *, explain: bool, as_of: str | None, as_json: bool) -> None:
    """When those with a stake were last heard, by the alphabet: it ranks nobody."""
    from pmreport.app.numbers import knowledge
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli.goals import knowledge_shapes
    from pmreport.cli.show import unread
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    asked = moment.asked(as_of, workspace.config.calendar.time_zone)
    when = known_moment(workspace, asked)
    found = knowledge.stakeholders(workspace, as_of=when, typed_by=asked)
    unread.tell(workspace)
    say(knowledge_shapes.stakeholders(found, when), as_json=as_json, explain=explain)
