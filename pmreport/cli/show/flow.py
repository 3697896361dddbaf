"""`pmreport show flow`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, on_board, reading


@click.command("flow")
@on_board
@about_initiative
@explaining
@reading
@pass_session
def command(  # click gives every option by its name
    session: Session,
    *,
    board: int | None,
    initiative: str | None,
    explain: bool,
    as_of: str | None,
    as_json: bool,
) -> None:
    """How work flows: throughput, cycle time, what is in progress and how old it is.

    The last twelve whole weeks of every board; of one board or initiative also where the time went.
    """
    from pmreport.app.numbers.flow import flow
    from pmreport.cli.show import flow_shapes
    from pmreport.cli.show.answer import Answer, say
    from pmreport.cli.show.flow_tables import flow_tables
    from pmreport.metrics.flow_values import values

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = flow(workspace, as_of=when, board=board, initiative=initiative)
    numbers = {subject.id: values(summary, subject.id) for subject, summary in found}
    answer = Answer(
        as_of=when,
        values=tuple(value for each in numbers.values() for value in each),
        grids=tuple(
            table
            for subject, summary in found
            for table in flow_tables(
                subject.name,
                summary,
                numbers[subject.id],
                notes=subject.notes,
                in_full=len(found) == 1,
            )
        ),
        more={"subjects": [flow_shapes.flow(subject, summary) for subject, summary in found]},
        in_grids=True,
    )
    say(answer, as_json=as_json, explain=explain)
