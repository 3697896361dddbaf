"""`pmreport show forecast`."""

import re

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, on_board, reading
from pmreport.errors import UsageError

_RANGE = re.compile(r"(\d{1,9})(?:(?:\.\.|-)(\d{1,9}))?")
_MOST_WEEKS = 52


@click.command("forecast")
@on_board
@about_initiative
@click.option("--items", metavar="N[..M]", help="Forecast so many items instead of those that are open.")
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    default=4,
    show_default=True,
    help="How many are finished in so many weeks; the backtest looks as far.",
)
@click.option("--working-days", is_flag=True, help="Count in working days, so that holidays move the days.")
@explaining
@reading
@pass_session
def command(  # noqa: PLR0913  # click gives every option by its name
    session: Session,
    *,
    board: int | None,
    initiative: str | None,
    items: str | None,
    weeks: int,
    working_days: bool,
    explain: bool,
    as_of: str | None,
    as_json: bool,
) -> None:
    """When what is open will be finished, with exact chances, and whether such forecasts came true."""
    from pmreport.app.numbers.forecast import forecasts
    from pmreport.cli.show import flow_shapes
    from pmreport.cli.show.answer import Answer, say
    from pmreport.cli.show.forecast_tables import forecast_tables
    from pmreport.metrics.forecast_summary import Asked, values

    low, high = _range(items)
    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    asked = Asked(low=low, high=high, horizon_weeks=weeks, by_working_days=working_days)
    found = forecasts(workspace, asked, as_of=when, board=board, initiative=initiative)
    answer = Answer(
        as_of=when,
        values=tuple(value for subject, summary in found for value in values(summary, subject.id)),
        grids=tuple(
            table
            for subject, summary in found
            for table in forecast_tables(subject.name, summary, notes=subject.notes)
        ),
        more={"subjects": [flow_shapes.forecast(subject, summary) for subject, summary in found]},
        in_grids=True,
    )
    say(answer, as_json=as_json, explain=explain)


def _range(text: str | None) -> tuple[int | None, int | None]:
    """The smallest and the largest number that `20` or `20..30` stands for."""
    if text is None:
        return None, None
    found = _RANGE.fullmatch(text.strip())
    if found is None or (found[2] is not None and int(found[2]) < int(found[1])):
        raise UsageError(
            f"{text!r} is no number of items", hint="write one like `20`, or a range like `20..30`"
        )
    return int(found[1]), int(found[2] or found[1])
