"""`pmreport show followups`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading

_MOST_WEEKS = 104


@click.command("followups")
@click.option(
    "--window",
    "weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    default=4,
    show_default=True,
    metavar="WEEKS",
    help="Over so many complete weeks, the running one left out.",
)
@explaining
@reading
@pass_session
def command(session: Session, *, weeks: int, explain: bool, as_of: str | None, as_json: bool) -> None:
    """What was agreed, asked and decided: what is late, whose it is, and which promises were kept."""
    from pmreport.app.numbers import followups
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli.show import followups_json, followups_tables, unread
    from pmreport.cli.show.answer import Answer, say
    from pmreport.metrics.followups import numbers

    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    asked = moment.asked(as_of, zone)
    when = known_moment(workspace, asked)
    told = followups.followups(workspace, as_of=when, typed_by=asked, weeks=weeks)
    answer = Answer(
        as_of=when,
        values=numbers.values(told),
        grids=followups_tables.tables(told),
        more=followups_json.more(told),
    )
    unread.tell(workspace)
    say(answer, as_json=as_json, explain=explain)
