"""`pmreport show estimates`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading


@click.command("estimates")
@explaining
@reading
@pass_session
def command(session: Session, *, as_of: str | None, as_json: bool, explain: bool) -> None:
    """How far estimates lay from what it took."""
    from pmreport.app.numbers import estimates
    from pmreport.cli.show import estimates_json, estimates_tables, unread
    from pmreport.cli.show.answer import Answer, say
    from pmreport.metrics.estimates import values

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    known = estimates.estimates(workspace, as_of=when)
    told = values(known)
    answer = Answer(
        as_of=when,
        values=told,
        grids=estimates_tables.tables(known, told),
        more=estimates_json.more(known),
        in_grids=True,
    )
    unread.tell(workspace)
    say(answer, as_json=as_json, explain=explain)
