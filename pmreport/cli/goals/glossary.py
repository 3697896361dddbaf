"""`pmreport goals glossary`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading


@click.command("glossary")
@explaining
@reading
@pass_session
def command(session: Session, *, explain: bool, as_of: str | None, as_json: bool) -> None:
    """The acronyms that items use, and which of them your journal explains."""
    from pmreport.app.numbers import knowledge
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli.goals import knowledge_shapes
    from pmreport.cli.show import unread
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    asked = moment.asked(as_of, workspace.config.calendar.time_zone)
    when = known_moment(workspace, asked)
    found = knowledge.glossary(workspace, as_of=when, typed_by=asked)
    unread.tell(workspace)
    say(knowledge_shapes.glossary(found, when), as_json=as_json, explain=explain)
