"""The login at a mail server: one try with the one way that fits, so that no account is locked."""

import base64
import re
import smtplib
from dataclasses import dataclass, field
from typing import Final

from pmreport.deliver.connection import MailServer, in_words
from pmreport.errors import ConfigurationError, NotAuthorisedError, PmreportError, TryLaterError

_OK: Final = 235
_GO_ON: Final = 334
_TEMPORARY = range(400, 500)
_NO_PASSWORDS = ("5.7.30", "5.7.139")  # how Exchange Online says that basic authentication has ended
_RETIRED = (
    "the mail server takes no passwords any more: basic authentication has ended there",
    'send through Microsoft Graph:\n[mail]\ntransport = "graph"\nor set PMREPORT_MAIL_TOKEN',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who logs in, with a password or with an OAuth token. It shows neither."""

    user: str
    secret: str = field(repr=False)
    is_token: bool = False

    @property
    def place(self) -> str:
        """What is wrong when it is wrong, as people say it."""
        return "token" if self.is_token else "password"

    def hides(self, text: str) -> str:
        """The text without the secret, in any of the forms in which it was sent."""
        sent = (self.secret, _base64(self.secret), _plain(self), _xoauth2(self))
        for secret in sorted(filter(None, sent), key=len, reverse=True):
            text = text.replace(secret, "[hidden]")
        return text


def log_in(connection: smtplib.SMTP, server: MailServer, login: Login) -> None:
    """Log in once.

    Raises NotAuthorisedError where the server does not take the password or the token, TryLaterError where it
    cannot say now, ConfigurationError where it knows no login of this kind.
    """
    offered = connection.esmtp_features.get("auth", "").upper().split()
    with in_words(server):
        if login.is_token:
            _require(offered, ("XOAUTH2",), server, login)
            code, said = connection.docmd("AUTH", f"XOAUTH2 {_xoauth2(login)}")
            if code == _GO_ON:  # the server explains in base64 and waits for an empty line
                code, said = connection.docmd("")
        elif _require(offered, ("PLAIN", "LOGIN"), server, login) == "PLAIN":
            code, said = connection.docmd("AUTH", f"PLAIN {_plain(login)}")
        else:
            code, said = connection.docmd("AUTH", f"LOGIN {_base64(login.user)}")
            if code == _GO_ON:
                code, said = connection.docmd(_base64(login.secret))
    if code != _OK:
        raise _refusal(code, said.decode("ascii", "replace"), server, login)


def _require(offered: list[str], ways: tuple[str, ...], server: MailServer, login: Login) -> str:
    for way in ways:
        if way in offered:
            return way
    if not offered:
        what = "`user` is set, and the mail server offers no login on this port"
        hint = "remove `user`, or use the port for submission, often 587"
    else:
        what = f"the mail server takes no {login.place} ({', '.join(ways)}); it offers {_listed(offered)}"
        hint = "set PMREPORT_MAIL_TOKEN instead" if not login.is_token else "use a password instead"
    raise ConfigurationError(what, where=server.place, hint=hint)


def _listed(offered: list[str]) -> str:
    return (
        ", ".join(word for word in offered[:6] if re.fullmatch(r"[A-Z0-9_-]{1,20}", word)) or "none we know"
    )


def _refusal(code: int, said: str, server: MailServer, login: Login) -> PmreportError:
    """The server's words stay out: what answers a login may repeat it."""
    where = f"{login.user} at {server.place}"
    if any(mark in said for mark in _NO_PASSWORDS) and not login.is_token:
        return NotAuthorisedError(_RETIRED[0], where=where, hint=_RETIRED[1])
    if code in _TEMPORARY:
        return TryLaterError(
            f"the mail server cannot check the {login.place} now ({code})",
            where=where,
            hint="try it again in some minutes",
        )
    ways = (
        "get a new one, and set PMREPORT_MAIL_TOKEN; they live for about an hour"
        if login.is_token
        else "set PMREPORT_MAIL_PASSWORD or PMREPORT_MAIL_PASSWORD_FILE, or renew it in the keyring; "
        "with a second factor the account needs an app password"
    )
    return NotAuthorisedError(
        f"the mail server does not take the {login.place} of {login.user} ({code})",
        where=server.place,
        hint=ways,
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _plain(login: Login) -> str:
    return _base64(f"\0{login.user}\0{login.secret}")


def _xoauth2(login: Login) -> str:
    return _base64(f"user={login.user}\1auth=Bearer {login.secret}\1\1")
