"""`pmreport auth`: the token in the keyring of the system."""

from datetime import date
from typing import TYPE_CHECKING

import click

from pmreport.cli import ask, clock
from pmreport.cli.group import Group
from pmreport.cli.screen import note, one_line, say, say_json
from pmreport.cli.session import Session, common, pass_session

if TYPE_CHECKING:
    from pmreport.app.setup.tokens import TokenStatus

_REVOKE = {
    "cloud": "https://id.atlassian.com/manage-profile/security/api-tokens",
    "datacenter": "your profile in Jira, under Personal Access Tokens",
}


@click.group("auth", cls=Group, short_help="Keep the token in your system's keyring.")
@common()
def command() -> None:
    """Keep the token in the keyring of your system, look after it, take it out."""


@command.command("login")
@click.option(
    "--insecure-storage",
    is_flag=True,
    help="Keep it in a plain file that only your user can read, instead of the keyring.",
)
@click.option("--expires", metavar="DATE", help="The token's last day, for `auth status` to tell.")
@common()
@pass_session
def login(session: Session, *, insecure_storage: bool, expires: str | None) -> None:
    """Ask for a token, try it, and keep it.

    In a terminal it is typed or pasted unseen; else it is read from standard input. A token that Jira does
    not take is not kept.
    """
    from pmreport.app.setup import access, tokens
    from pmreport.errors import NotAuthorisedError
    from pmreport.secrets import Places, Secret, checked, keep
    from pmreport.secrets.keeping import require_home

    site, places, last = session.config().site, Places(session.environ), ask.last_day(expires)
    require_home(site, places, insecure=insecure_storage)

    def attempt() -> tuple[Secret, access.Access]:
        typed = ask.token(f"Token for {site.url}") if ask.can_ask() else ask.piped_token()
        secret = checked(typed, "what was typed" if ask.can_ask() else "standard input")
        return secret, access.sign_in(site, secret)

    secret, taken = ask.until_right(session, attempt, again=NotAuthorisedError)
    kept = keep(site, secret, places, insecure=insecure_storage, expires=last)
    note(f"Jira takes the token, as {one_line(taken.name)}. It is kept here: {kept.source}")
    if kept.hidden_by:
        note(f"warning: another token is used before it, from {kept.hidden_by}")
    if hint := tokens.scoped_hint(site, taken):
        note(f"warning: {hint}")


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@common()
@pass_session
def status(session: Session, *, as_json: bool) -> None:
    """Say where the token lies, whether Jira takes it, as whom, and until when; never the token itself."""
    from pmreport.app.setup import tokens
    from pmreport.cli import json_shapes
    from pmreport.secrets import Places

    found = tokens.status(session.config().site, Places(session.environ))
    if as_json:
        say_json(json_shapes.token_status(found))
    else:
        say("\n".join(_status_lines(found, clock.now().date())))
    if found.caution:
        note(f"warning: {found.caution}")
    if found.trouble:
        raise found.trouble


@command.command("logout")
@common()
@pass_session
def logout(session: Session) -> None:
    """Take the token out of the keyring and the plain file. It still opens Jira until you revoke it there."""
    from pmreport.secrets import Places, forget
    from pmreport.secrets.keeping import from_outside

    site, places = session.config().site, Places(session.environ)
    gone = forget(site, places)
    for place in gone:
        note(f"The token was taken out of this place: {place}")
    if not gone:
        note(f"No token for {site.url} is kept in the keyring or the plain file.")
    for source in from_outside(site, places):
        note(f"warning: a token still comes from {source}")
    if gone:
        where = _REVOKE["cloud" if site.email else "datacenter"]
        note(f"It opens Jira until it is revoked: {where}")


def _status_lines(found: "TokenStatus", today: date) -> list[str]:
    access = found.access
    lies = found.places[0] if found.places else "nowhere"
    lines = [f"site     {found.url}", f"token    {lies}"]
    lines += [f"         also in {place}; not used" for place in found.places[1:]]
    if found.places:
        taken = f"as {one_line(access.name)} ({one_line(access.account)})" if access else "no, or not known"
        lines.append(f"taken    {taken}")
        lines.append(f"expires  {_last_day(found.expires, today)}")
    return lines


def _last_day(expires: date | None, today: date) -> str:
    if expires is None:
        return "not known"
    days = (expires - today).days
    return f"{expires} ({f'in {days} days' if days >= 0 else f'{-days} days ago'})"
