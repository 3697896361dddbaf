"""`pmreport sync`: reads what is new in Jira."""

import click

from pmreport.cli import clock, json_shapes, progress
from pmreport.cli.screen import note, say, say_json
from pmreport.cli.session import Session, common, pass_session
from pmreport.errors import TryLaterError, UsageError

_ONE_OF_THEM = "leave one of them out"


@click.command("sync")
@click.option("--full", is_flag=True, help="Read everything again, not only what has changed.")
@click.option("--census", is_flag=True, help="Look for deleted, hidden and moved issues now.")
@click.option("--rebuild", is_flag=True, help="Make the tables again from what was read, without Jira.")
@click.option(
    "--wait",
    type=click.IntRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another sync to end, instead of giving up at once.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@common()
@pass_session
def command(session: Session, *, full: bool, census: bool, rebuild: bool, wait: int, as_json: bool) -> None:
    """Read what is new in Jira into the store.

    It can be stopped at any time: what was read stays, and the next sync goes on from there.
    """
    from pmreport.app import sync
    from pmreport.sync.summary import Outcome

    if rebuild and (full or census):
        other = "--full asks for everything" if full else "--census asks for all ids"
        raise UsageError(f"--rebuild asks Jira nothing, and {other}", hint=_ONE_OF_THEM)
    workspace, now = session.workspace(), clock.now()
    with progress.shown() as report:
        if rebuild:
            summary = sync.rebuild(workspace, now=now, wait_seconds=wait, progress=report)
        else:
            summary = sync.run(
                workspace, now=now, full=full, census=census, wait_seconds=wait, progress=report
            )
    if as_json:
        say_json(json_shapes.sync_summary(summary))
    elif rebuild:
        say(
            f"{summary.issues.seen} issues with {summary.changes} changes in their history made again, "
            f"without Jira, in {summary.seconds:.0f} s"
        )
    else:
        issues = summary.issues
        gone = f"{issues.moved} moved, {issues.hidden} out of sight, {issues.deleted} deleted; "
        say(
            f"{issues.seen} issues read, {issues.inserted} new and {issues.updated} changed; "
            f"{gone if issues.moved or issues.hidden or issues.deleted else ''}"
            f"{summary.changes} changes in their history; "
            f"{summary.requests} requests in {summary.seconds:.0f} s"
        )
    for warning in summary.warnings:
        note(warning)
    for kind, count in summary.problems.items():
        note(f"odd in Jira: {count} x {kind}")
    if summary.status is Outcome.PARTIAL:
        hint = "run `pmreport sync` again: it goes on where it stopped"
        raise TryLaterError("the sync ended early; what was read stays", hint=hint)
