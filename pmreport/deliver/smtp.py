"""A mail given to a mail server: one message, taken for each recipient or refused with a sentence."""

import smtplib
from dataclasses import dataclass, field
from typing import Final

from pmreport.deliver.addresses import Mailbox
from pmreport.deliver.connection import MailServer, connected, in_words
from pmreport.deliver.login import Login, log_in
from pmreport.deliver.parcel import Delivery, Parcel, Refused, UnknownFateError
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
)
from pmreport.model.visible import one_line

_TIMEOUT_SECONDS: Final = 60.0
_OK = range(200, 300)
_TEMPORARY = range(400, 500)
_BEGIN: Final = 354
_CLOSING: Final = 421  # RFC 5321 3.8: the server hangs up, so that whom it took before gets nothing either
_NO_LOGIN: Final = {530, 538}
_RETIRED: Final = "5.7.30"
_TOO_LARGE: Final = 552
_LONGEST_SENTENCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """One conversation: with whom, and who has logged in."""

    connection: smtplib.SMTP = field(repr=False)
    server: MailServer
    login: Login | None

    def sentence(self, said: bytes) -> str:
        """What the server said, on one line, without anything that was secret."""
        text = said.decode("utf-8", "replace")
        words = " ".join(one_line(self.login.hides(text) if self.login else text).split())
        return words if len(words) <= _LONGEST_SENTENCE else f"{words[:_LONGEST_SENTENCE]}…"


def send(
    server: MailServer, login: Login | None, parcel: Parcel, *, timeout_seconds: float = _TIMEOUT_SECONDS
) -> Delivery:
    """Give the message to the server, once for all recipients.

    Raises:
        UnknownFateError: the connection broke after the message was sent; the server may have it.
        UnreachableError, TryLaterError, NotAuthorisedError, ConfigurationError, BadDataError: nobody gets it.
    """
    with connected(server, timeout_seconds=timeout_seconds) as connection:
        talk = _Talk(connection=connection, server=server, login=login)
        if login is not None:
            log_in(connection, server, login)
        _announce(talk, parcel)
        accepted, refused = _address(talk, parcel)
        if accepted:
            _hand_over(talk, parcel)
    return Delivery(accepted=accepted, refused=refused)


def _announce(talk: _Talk, parcel: Parcel) -> None:
    """Say who sends it."""
    connection = talk.connection
    size = [f"size={len(parcel.content)}"] if connection.has_extn("size") else []
    with in_words(talk.server):
        code, said = connection.mail(parcel.sender.address, size)
    if code not in _OK:
        raise _sender_refused(code, said, talk, parcel.sender)


def _sender_refused(code: int, said: bytes, talk: _Talk, sender: Mailbox) -> PmreportError:
    where, sentence = talk.server.place, talk.sentence(said)
    if _RETIRED in sentence:
        return NotAuthorisedError(
            "the mail server takes no passwords any more: basic authentication has ended there (5.7.30)",
            where=where,
            hint='send through Microsoft Graph:\n[mail]\ntransport = "graph"',
        )
    if code in _NO_LOGIN:
        hint = "set `user` under [mail], and its password: PMREPORT_MAIL_PASSWORD or the keyring"
        return NotAuthorisedError(
            f"the mail server wants a login first ({code})",
            where=where,
            hint=hint if talk.login is None else "the login was taken, and is not enough: ask who runs it",
        )
    if code in _TEMPORARY:
        return _later("takes no mail now", code, sentence, where)
    if code == _TOO_LARGE:
        return _too_large(sentence, where)
    return ConfigurationError(
        f"the mail server takes no mail from {sender.address}: {code} {sentence}",
        where=where,
        hint="write `from` under [mail] as the address that `user` may send for",
    )


def _address(talk: _Talk, parcel: Parcel) -> tuple[tuple[Mailbox, ...], tuple[Refused, ...]]:
    """Name every recipient; whom the server takes, and whom not."""
    accepted: list[Mailbox] = []
    refused: list[Refused] = []
    for mailbox in parcel.recipients:
        with in_words(talk.server):
            code, said = talk.connection.rcpt(mailbox.address)
        if code in _OK:
            accepted.append(mailbox)
        elif code == _CLOSING:
            raise _later("closes before anybody got the mail", code, talk.sentence(said), talk.server.place)
        else:
            refused.append(Refused(mailbox=mailbox, code=code, sentence=talk.sentence(said)))
    return tuple(accepted), tuple(refused)


def _hand_over(talk: _Talk, parcel: Parcel) -> None:
    """Send the message itself. From its last byte on a broken connection leaves its fate unknown.

    Before that nobody has it: a server keeps no message whose end it has not seen (RFC 5321 4.1.1.4).
    """
    connection, where = talk.connection, talk.server.place
    with in_words(talk.server):
        code, said = connection.docmd("DATA")
        if code == _BEGIN:
            connection.send(_stuffed(parcel.content))
    if code == _BEGIN:
        try:
            code, said = connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise UnknownFateError(
                "the connection to the mail server broke after the mail was on its way",
                where=where,
                hint="nobody knows whether it has arrived: ask a recipient; "
                "if it has not, send it once more with --again",
            ) from error
    if code in _OK:
        return
    sentence = talk.sentence(said)
    if code in _TEMPORARY:
        raise _later("does not take the mail now", code, sentence, where)
    if code == _TOO_LARGE:
        raise _too_large(sentence, where)
    if _RETIRED in sentence:
        raise _sender_refused(code, said, talk, parcel.sender)
    raise BadDataError(
        f"the mail server does not take the mail: {code} {sentence}",
        where=where,
        hint="ask who runs it what it means; nothing was sent",
    )


def _stuffed(content: bytes) -> bytes:
    """The message as it travels: a dot at the begin of a line is doubled, and a dot alone ends it."""
    lines = content.replace(b"\r\n.", b"\r\n..")
    lines = b"." + lines if lines.startswith(b".") else lines
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _later(what: str, code: int, sentence: str, where: str) -> TryLaterError:
    return TryLaterError(
        f"the mail server {what}: {code} {sentence}", where=where, hint="try it again in some minutes"
    )


def _too_large(sentence: str, where: str) -> BadDataError:
    return BadDataError(
        f"the mail is too large for the mail server: {_TOO_LARGE} {sentence}",
        where=where,
        hint="ask who runs it what the limit is",
    )
