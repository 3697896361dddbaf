"""`pmreport tag`: finds the evidence for the goals."""

import click

from pmreport.cli import clock
from pmreport.cli.group import Group
from pmreport.cli.session import Session, common, pass_session


@click.group(
    "tag",
    cls=Group,
    invoke_without_command=True,
    no_args_is_help=False,
    short_help="Find the evidence for your goals.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be found; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@common()
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, *, dry_run: bool, as_json: bool) -> None:
    """Let the rules of your goals find their evidence in what was last read."""
    if ctx.invoked_subcommand is not None:
        return
    from pmreport.app import goals
    from pmreport.cli import goal_shapes, grid, screen

    summary = goals.tag(session.workspace(), now=clock.now(), dry_run=dry_run)
    if as_json:
        screen.say_json(goal_shapes.tag_json(summary))
    else:
        grid.show(goal_shapes.tag_tables(summary))


@command.command("explain")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@common()
@pass_session
def explain(session: Session, *, key: str, as_json: bool) -> None:
    """Show every rule and every clause for one item, matched or not."""
    from pmreport.app import goals
    from pmreport.cli import goal_shapes, grid, screen

    explanation = goals.explain(session.workspace(), key.upper(), now=clock.now())
    if as_json:
        screen.say_json(goal_shapes.explanation_json(explanation))
    else:
        grid.show(goal_shapes.explanation_tables(explanation))
