"""`pmreport preview`: a report in the browser while its templates or its draft are changed."""

import secrets

import click

from pmreport.cli import clock
from pmreport.cli.screen import is_terminal, note, say
from pmreport.cli.session import Session, common, pass_session

_LETTERS = 12  # bytes of the secret part of the address


@click.command("preview", short_help="Look at a report while you change it.")
@click.argument("name", metavar="NAME")
@click.option("--watch", is_flag=True, help="Load the page again when a file it is made from changes.")
@click.option("--period", metavar="PERIOD", help="e.g. 2026-W47; default: the last complete one.")
@click.option("--sprint", type=int, metavar="ID", help="Only of `sprint`: this one.")
@click.option("--board", type=int, metavar="ID", help="Only of `sprint` and `team`: this board.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any that is free.")
@click.option("--no-open", is_flag=True, help="Do not open it in a browser.")
@common()
@pass_session
def command(session: Session, /, *, name: str, no_open: bool, **words: object) -> None:
    """Show the report NAME, shipped or your own, at an address of this machine that only you know.

    The page is made anew when a template, the draft or the configuration has changed: with --watch it then
    loads itself again, without it when you load it again. A fault is shown with its line, and the last good
    page stays. Nothing is written, and nothing is kept in your journal. Ctrl-C ends it.
    """
    from pmreport.app.preview.making import Shown
    from pmreport.app.preview.run import Wanted, run
    from pmreport.config.source import find

    def ready(address: str) -> None:
        say(address)
        note("Ctrl-C ends it.")
        if not no_open and is_terminal():
            click.launch(address)

    def tell(shown: Shown) -> None:
        if shown.trouble is None:
            note(f"made: {name}")
        else:
            where = f" --> {shown.trouble.where}" if shown.trouble.where else ""
            note(f"not made: {shown.trouble.what}{where}")

    wanted = Wanted(
        config=find(session.config_path, session.environ),
        environ=session.environ,
        name=name,
        secret=secrets.token_urlsafe(_LETTERS),
        **words,  # type: ignore[arg-type]  # as the options above say
    )
    run(wanted, clock=clock.now, ready=ready, tell=tell)
