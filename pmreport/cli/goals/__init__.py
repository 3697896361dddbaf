"""`pmreport goals`: your goals, what speaks for them, and what you write under them."""

import click

from pmreport.cli import clock
from pmreport.cli.group import LazyGroup
from pmreport.cli.session import Session, common, pass_session

COMMANDS = {
    "show": "pmreport.cli.goals.show",
    "log": "pmreport.cli.goals.log",
    "confirm": "pmreport.cli.goals.confirm",
    "score": "pmreport.cli.goals.score",
    "evidence": "pmreport.cli.goals.evidence",
    "review": "pmreport.cli.goals.review",
    "plan": "pmreport.cli.goals.plan",
    "dependencies": "pmreport.cli.goals.dependencies",
    "glossary": "pmreport.cli.goals.glossary",
    "product": "pmreport.cli.goals.product",
    "priorities": "pmreport.cli.goals.priorities",
    "stakeholders": "pmreport.cli.goals.stakeholders",
    "mix": "pmreport.cli.goals.mix",
}


@click.group(
    "goals",
    cls=LazyGroup,
    modules=COMMANDS,
    invoke_without_command=True,
    no_args_is_help=False,
    short_help="Your goals at a glance, and what you write under them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@common()
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, *, as_json: bool) -> None:
    """Show your goals at a glance: what speaks for and against each, and what you last wrote.

    It names private goals too: it is for you.
    """
    if ctx.invoked_subcommand is not None:
        return
    from pmreport.app.register import overview
    from pmreport.cli import grid, screen
    from pmreport.cli.goals import overview_shapes

    known = overview(session.workspace(), now=clock.now())
    if as_json:
        screen.say_json(overview_shapes.overview_json(known))
    else:
        grid.show(overview_shapes.overview_tables(known))
