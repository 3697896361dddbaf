"""A mail through a real mail server: TLS, a login, and a mailbox in which it arrives as it was written."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from pmreport.deliver import smtp
from pmreport.deliver.addresses import parse
from pmreport.deliver.connection import MailServer
from pmreport.deliver.login import Login
from pmreport.deliver.message import Letter, build
from pmreport.deliver.parcel import Parcel
from pmreport.deliver.settings import MailSecurity
from pmreport.errors import ExitStatus, NotAuthorisedError
from tests.support.exim import exim

LETTER = Letter(
    subject="Grüße: “at risk”\u202f– " + "a long subject " * 12 + "ends",
    html="<p>" + "ü" * 3000 + "</p>\n",
    text=".\n..two\nFrom here\n" + "z" * 3000 + "\n",
    sender='"Sousa, J. <boss@evil.example>" <pm@acme.example>',
    recipients=("Jürgen Brown <boss@acme.example>", "gone@acme.example", "full@acme.example"),
    date=datetime(2026, 11, 23, 8, tzinfo=UTC),
    domain="acme.example",
    list_id="Acme Web weekly",
    occasion="weekly 2026-W47",
)
PASSWORD = "correct-horse"  # noqa: S105 - of nobody


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")
def test_a_real_server_takes_the_mail_and_delivers_it_whole(tmp_path: Path) -> None:
    """STARTTLS, one login, one message; who is not there is told, and the words arrive as written."""
    people = tuple(parse(written, where="To") for written in LETTER.recipients)
    sender = parse(LETTER.sender, where="From")
    content = build(LETTER)
    parcel = Parcel(sender=sender, recipients=people, content=content, message_id="<1@acme.example>")
    login = Login(user="pm@acme.example", secret=PASSWORD)
    with exim(tmp_path, PASSWORD) as server:
        way = MailServer(
            host="127.0.0.1", port=server.port, security=MailSecurity.STARTTLS, ca_bundle=server.authority
        )
        delivery = smtp.send(way, login, parcel)
        with pytest.raises(NotAuthorisedError, match="does not take the password"):
            smtp.send(way, replace(login, secret="wrong"), parcel)  # noqa: S106 - of nobody
        (arrived,) = server.mails()

    assert delivery.accepted == people[:1]
    assert [(one.code, one.sentence) for one in delivery.refused] == [
        (550, "No such user here"),
        (451, "Mailbox is full"),
    ]
    assert delivery.status is ExitStatus.BAD_DATA
    message = message_from_bytes(arrived, policy=SMTP)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert message["Subject"] == LETTER.subject
    assert message["From"].addresses[0].addr_spec == "pm@acme.example"
    assert message["Return-path"] == "<pm@acme.example>"
    assert message["Envelope-to"] == "boss@acme.example"
    assert message["Bcc"] is None
