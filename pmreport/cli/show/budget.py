"""`pmreport show budget`."""

import click

from pmreport.cli import moment
from pmreport.cli.session import Session, pass_session
from pmreport.cli.show.options import about_initiative, explaining, reading


@click.command("budget")
@about_initiative
@explaining
@reading
@pass_session
def command(
    session: Session, *, initiative: str | None, explain: bool, as_of: str | None, as_json: bool
) -> None:
    """What each initiative has earned, what it cost, and how it will end."""
    from pmreport.app.numbers import budget
    from pmreport.cli.show import budget_tables
    from pmreport.cli.show.answer import say

    workspace = session.workspace()
    when = moment.known(workspace, as_of)
    found = budget.budgets(workspace, as_of=when, initiative=initiative)
    say(budget_tables.answer(found, when), as_json=as_json, explain=explain)
