"""`pmreport forget`: takes an issue or a person out of everything that pmreport keeps."""

import click

from pmreport.cli import ask, clock, progress
from pmreport.cli.screen import note, say, say_json
from pmreport.cli.session import Session, common, pass_session


@click.command("forget", short_help="Take an issue or a person out of all that is kept.")
@click.argument("subject", metavar="KEY|ACCOUNT")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; forgets only with --yes.")
@common()
@pass_session
def command(session: Session, *, subject: str, yes: bool, as_json: bool) -> None:
    """Take an issue (by its key) or a person (by account, login or whole name) out of all that is kept.

    The store is made again without it, your journal is written anew once, and later syncs leave it out. An
    issue goes with everything about it; a person becomes "a forgotten person", and what they wrote in
    comments goes. Without --yes it is shown what would go; on a terminal you are asked then.
    """
    from pmreport.app.forget import run
    from pmreport.cli import forget_shapes as shapes

    workspace = session.workspace()
    if not yes:
        shown = run.preview(workspace, subject)
        if as_json:
            say_json(shapes.as_json(shown, is_done=False))
            return
        say(shapes.words(shown, is_done=False))
        if not ask.can_ask():
            note("Nothing was forgotten: --yes does it.")
            return
        if not ask.yes(f"Forget {shown.found.title}? It cannot be taken back."):
            note("Nothing was forgotten.")
            return
    with progress.shown() as report:
        done = run.forget(workspace, subject, now=clock.now(), progress=report)
    if as_json:
        say_json(shapes.as_json(done, is_done=True))
        return
    if yes:
        say(shapes.words(done, is_done=True))
    note(
        f"{done.found.title[:1].upper()}{done.found.title[1:]} is forgotten; syncs leave it out from now on."
    )
