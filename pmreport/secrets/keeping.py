"""The keeping of a token: into the keyring and read back, or into a plain file for those who ask."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pmreport.errors import NotAuthorisedError
from pmreport.jira.settings import SiteSettings
from pmreport.secrets import keyrings, plain_file
from pmreport.secrets.keyrings import SERVICE, refusal
from pmreport.secrets.lookup import Places, expiry_of, tokens, user_of
from pmreport.secrets.secret import Place, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a token was put, and the place that is asked before it and holds another one, if any."""

    source: str
    hidden_by: str | None


def require_home(site: SiteSettings, places: Places, *, insecure: bool) -> None:
    """Raise NotAuthorisedError where no keyring of this system is a home for a token."""
    if insecure or places.homes:
        return
    reasons = [reason for backend in places.backends if (reason := refusal(backend))]
    raise NotAuthorisedError(
        "this system has no keyring that keeps a token safe",
        where="; ".join(reasons) or f"keyring: {SERVICE}, {user_of(site)}",
        hint="set PMREPORT_JIRA_TOKEN, or name a file of your own with PMREPORT_JIRA_TOKEN_FILE; "
        "--insecure-storage keeps the token in a plain file that only your user can read",
    )


def keep(
    site: SiteSettings, secret: Secret, places: Places, *, insecure: bool, expires: date | None = None
) -> Kept:
    """Keep a token in the first keyring that is a home for it, or in the plain file.

    It replaces the one before, wherever that was kept. Raises NotAuthorisedError where there is no keyring,
    or the keyring does not give back what it was given.
    """
    require_home(site, places, insecure=insecure)
    if insecure:
        plain_file.write(places.plain_path, user_of(site), secret.reveal(), expires)
        with suppress(NotAuthorisedError):  # a keyring that does not open hides nothing
            _leave_keyrings(site, places)  # one that does is asked first, and would hide it
        source = f"plain file: {places.plain_path}"
    else:
        home = places.homes[0]
        keyrings.write(home, user_of(site), secret.reveal())
        if expires:
            keyrings.write(home, expiry_of(site), expires.isoformat())
        else:
            keyrings.remove(home, expiry_of(site))
        plain_file.remove(places.plain_path, user_of(site))
        source = f"keyring: {SERVICE}, {user_of(site)}"
    first = next(tokens(site, places))
    return Kept(source=source, hidden_by=None if first.secret == secret else first.source)


def forget(site: SiteSettings, places: Places) -> tuple[str, ...]:
    """Take the site's token out of every keyring and the plain file; the places that held one.

    Raises NotAuthorisedError where a keyring does not open.
    """
    gone = [f"keyring: {SERVICE}, {user_of(site)}"] if _leave_keyrings(site, places) else []
    if plain_file.remove(places.plain_path, user_of(site)):
        gone.append(f"plain file: {places.plain_path}")
    return tuple(gone)


def from_outside(site: SiteSettings, places: Places) -> tuple[str, ...]:
    """The places that pmreport cannot empty: variables, and the files that they name."""
    return tuple(
        token.source for token in tokens(site, places) if token.place in (Place.ENVIRONMENT, Place.FILE)
    )


def _leave_keyrings(site: SiteSettings, places: Places) -> bool:
    gone = [keyrings.remove(home, user_of(site)) for home in places.homes]
    for home in places.homes:
        keyrings.remove(home, expiry_of(site))
    return any(gone)
