"""The way out: whether the mail server takes us, or the folder is there. No mail is sent."""

import os
from collections.abc import Iterator
from pathlib import Path

from pmreport.app.doctor.finding import Check, Finding, LeftOut, Remark, Severity, of_error
from pmreport.app.post import server_of
from pmreport.deliver.connection import MailServer
from pmreport.deliver.probe import Greeting, knock
from pmreport.deliver.settings import MailSettings, MailTransport
from pmreport.errors import PmreportError


def findings(settings: MailSettings, *, offline: bool) -> Iterator[Remark]:
    """Knock at the server that is configured, or look at the folder."""
    match settings.transport:
        case MailTransport.FOLDER:
            yield from _of_folder(settings.folder)
        case MailTransport.GRAPH:
            yield LeftOut(check=Check.MAIL, reason="Microsoft Graph has nothing to knock at")
        case MailTransport.SMTP:
            if settings.host is None:
                yield LeftOut(check=Check.MAIL, reason="no `host` is set under [mail]")
            elif offline:
                yield LeftOut(check=Check.MAIL, reason="--offline")
            else:
                yield from _of_server(settings, server_of(settings))


def _of_server(settings: MailSettings, server: MailServer) -> Iterator[Finding]:
    if settings.sender is None:
        yield _finding(
            Severity.WARNING,
            "[mail] from",
            "no sender is set",
            '[mail]\nfrom = "Your Name <you@acme.example>"',
        )
    try:
        greeting = knock(server)
    except PmreportError as error:
        yield of_error(Check.MAIL, error, subject=server.place)
        return
    yield from of_greeting(settings, server, greeting)


def of_greeting(settings: MailSettings, server: MailServer, greeting: Greeting) -> Iterator[Finding]:
    """A login that the server does not want, or wants and does not get."""
    if settings.user and not greeting.logins:
        yield _finding(
            Severity.WARNING,
            server.place,
            "`user` is set under [mail], and the mail server offers no login on this port",
            "remove `user`, or use the port for submission, often 587",
        )


def _of_folder(folder: Path | None) -> Iterator[Finding]:
    if folder is None:
        yield _finding(
            Severity.ERROR,
            "[mail] folder",
            "mails go into a folder, and none is named",
            '[mail]\nfolder = "outbox"',
        )
    elif not folder.is_dir():
        yield _finding(Severity.ERROR, str(folder), "there is no such folder", f"mkdir -p {folder}")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield _finding(
            Severity.ERROR, str(folder), "this folder cannot be written to", f"chmod u+rwx {folder}"
        )


def _finding(severity: Severity, subject: str, what: str, fix: str) -> Finding:
    return Finding(check=Check.MAIL, severity=severity, subject=subject, what=what, fix=fix)
