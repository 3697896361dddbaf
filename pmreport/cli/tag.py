"""`pmreport tag`: finds the evidence for the goals."""

import click

from pmreport.cli import clock
from pmreport.cli.group import Group
from pmreport.cli.session import Session, common, pass_session

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


@click.group(
    "tag",
    cls=Group,
    invoke_without_command=True,
    no_args_is_help=False,
    short_help="Find the evidence for your goals.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be found and changed; keep nothing.")
@_json_option
@common()
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, *, dry_run: bool, as_json: bool) -> None:
    """Let the rules of your goals find their evidence in what was last read."""
    if ctx.invoked_subcommand is not None:
        return
    from pmreport.app import goals
    from pmreport.cli import goal_shapes, grid, screen
    from pmreport.cli.show import unread

    workspace = session.workspace()
    summary = goals.tag(workspace, now=clock.now(), dry_run=dry_run)
    unread.tell(workspace)
    if as_json:
        screen.say_json(goal_shapes.tag_json(summary))
    else:
        grid.show(goal_shapes.tag_tables(summary))


@command.command("explain")
@click.argument("key")
@_json_option
@common()
@pass_session
def explain(session: Session, *, key: str, as_json: bool) -> None:
    """Show every rule and every clause for one item, matched or not."""
    from pmreport.app import goals
    from pmreport.cli import explain_shapes, grid, screen

    explanation = goals.explain(session.workspace(), key.upper(), now=clock.now())
    if as_json:
        screen.say_json(explain_shapes.explanation_json(explanation))
    else:
        grid.show(explain_shapes.explanation_tables(explanation))


@command.command("accept")
@click.argument("key")
@click.argument("goal")
@click.option("--note", required=True, metavar="TEXT", help="Why it counts; kept with it.")
@click.option("--rule", metavar="RULE", help="Only what this rule says of it.")
@common()
@pass_session
def accept(session: Session, *, key: str, goal: str, note: str, rule: str | None) -> None:
    """Confirm that KEY says something about GOAL, whatever the rules become."""
    _judge(session, key, goal, "accepted", note=note, rule=rule)


@command.command("reject")
@click.argument("key")
@click.argument("goal")
@click.option("--note", required=True, metavar="TEXT", help="Why it does not count; kept with it.")
@click.option("--rule", metavar="RULE", help="Only what this rule says of it.")
@common()
@pass_session
def reject(session: Session, *, key: str, goal: str, note: str, rule: str | None) -> None:
    """Say that KEY says nothing about GOAL: it is kept and shown as rejected, and not counted."""
    _judge(session, key, goal, "rejected", note=note, rule=rule)


@command.command("coverage")
@_json_option
@common()
@pass_session
def coverage(session: Session, *, as_json: bool) -> None:
    """Show how much of the work your rules speak about, and which rules add nothing."""
    from pmreport.app import goals
    from pmreport.cli import coverage_shapes, grid, screen

    summary = goals.tag(session.workspace(), now=clock.now(), dry_run=True)
    if as_json:
        screen.say_json(coverage_shapes.coverage_json(summary))
    else:
        grid.show(coverage_shapes.coverage_tables(summary))


def _judge(session: Session, key: str, goal: str, verdict: str, *, note: str, rule: str | None) -> None:
    from pmreport.app.judging import Word, judge
    from pmreport.cli import screen
    from pmreport.model.journal_goals import Verdict

    word = Word(key=key.upper(), goal=goal, verdict=Verdict(verdict), note=note, rule=rule)
    said = judge(session.workspace(), word, now=clock.now())
    rules = ", ".join(piece.rule for piece in said.pieces)
    screen.note(f"{said.key} is {said.verdict} for {said.goal} ({rules}); it stays so in your journal.")
