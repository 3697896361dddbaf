"""`pmreport init`: from nothing to a configuration that works."""

from pathlib import Path

import click

from pmreport.cli import ask, clock
from pmreport.cli.place import Place
from pmreport.cli.screen import note, say
from pmreport.cli.session import Session, common, pass_session


@click.command("init", short_help="Set up pmreport for your own Jira.")
@click.option("--url", help="The address of your Jira.")
@click.option("--email", help="The account of a Cloud API token.")
@click.option("--cloud-id", help="Of a Cloud site, for a token with scopes; found by itself where possible.")
@click.option("--project", "projects", multiple=True, metavar="KEY", help="A project; may be repeated.")
@click.option(
    "--board", "boards", multiple=True, metavar="ID", help="A board; may be repeated. Default: all."
)
@click.option(
    "--time-zone", metavar="ZONE", help="The zone of the reports. Default: the one of your profile."
)
@click.option("--name", help="A short name for the site. Default: from its address.")
@click.option("--ca-bundle", type=Place(), metavar="FILE", help="Your company's own authority.")
@click.option(
    "--client-certificate",
    type=Place(),
    metavar="FILE",
    help="A certificate and its key in one file, where Jira asks for one.",
)
@click.option("--store", metavar="URL", help="postgresql://user@host/db, shared by a team. Default: a file.")
@click.option("--token-stdin", is_flag=True, help="Read the token from standard input.")
@click.option("--expires", metavar="DATE", help="The token's last day, for `auth status` to tell.")
@click.option("--insecure-storage", is_flag=True, help="Keep the token in a plain file, not in the keyring.")
@click.option("--force", is_flag=True, help="Replace a configuration that is there; it is kept beside it.")
@common()
@pass_session
def command(session: Session, /, *, force: bool, **flags: object) -> None:
    """Set up pmreport for your own Jira: write ./pmreport.toml, and put the token into the keyring.

    What is not said by an option is asked for. Without a terminal nothing is asked: then the token comes from
    PMREPORT_JIRA_TOKEN, PMREPORT_JIRA_TOKEN_FILE, the keyring, or with --token-stdin from standard input.
    Nothing is ever written to Jira.
    """
    from pmreport.app.setup import configuration, store
    from pmreport.cli.interview import Interview, Wishes
    from pmreport.config.source import NAME, VARIABLE

    path = session.config_path or Path(session.environ.get(VARIABLE) or NAME).expanduser()
    if path.is_file() and not force and ask.can_ask():
        force = ask.yes(f"{path} is there already. Write a new one, and keep this one beside it?")
    configuration.refuse_existing(path, replace=force)
    wishes = Wishes(**flags)  # type: ignore[arg-type]  # as the options above say
    if wishes.store:
        store.check(wishes.store, session.environ)
    interview = Interview(session, wishes)
    beginning = interview.hold()
    _, kept = configuration.write(beginning, path, now=clock.now())
    say(str(path))
    if kept:
        note(f"The configuration that was there is now {kept}")
    interview.keep_token(beginning.access.site)
    note(_NEXT.format(more=f" --config {path}" if session.config_path else ""))


_NEXT = """
What to do next:
  pmreport sync{more}              read your Jira; the first time takes longest
  pmreport tag{more}               find the evidence for your goals
  pmreport report weekly{more}     write the weekly report
  pmreport discover fields{more}   see which fields are used, and why"""
