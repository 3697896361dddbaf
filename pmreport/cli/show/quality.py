"""`pmreport show quality`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import explaining, reading

_SHOWN = 50


@click.command("quality")
@click.option("--check", "check_id", metavar="ID", help="Only this check, with what it found, e.g. E1.")
@explaining
@reading
@pass_session
def command(
    session: Session, *, check_id: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """Where the data bumps against the model, and which numbers that touches."""
    from pmreport.app.numbers import quality
    from pmreport.app.numbers.moment import moment as known_moment
    from pmreport.cli import grid
    from pmreport.cli.show import quality_json, quality_tables, unread
    from pmreport.cli.show.answer import Answer, explanation, say
    from pmreport.metrics.quality.finding import values

    wanted = None if check_id is None else quality.check_named(check_id)
    workspace = session.workspace()
    zone = workspace.config.calendar.time_zone
    asked = moment.asked(as_of, zone)
    when = known_moment(workspace, asked)
    found = quality.quality(workspace, as_of=when, typed_by=asked, most=None if as_json else _SHOWN)
    unread.tell(workspace)
    shown = tuple(each for each in found if wanted is None or each.check is wanted)
    if as_json:
        answer = Answer(as_of=when, values=values(shown), more=quality_json.more(shown))
        say(answer, as_json=True, explain=explain)
        return
    tables = quality_tables.overview(shown) if wanted is None else quality_tables.one(shown[0])
    grid.show((*tables, *((explanation(values(shown)),) if explain else ())))
