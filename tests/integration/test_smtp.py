"""A mail given to mail servers of every kind: taken, refused in part, refused, or lost on the way."""

import base64
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from pmreport.deliver import smtp
from pmreport.deliver.addresses import Mailbox, parse
from pmreport.deliver.connection import MailServer
from pmreport.deliver.login import Login
from pmreport.deliver.parcel import Delivery, Parcel, UnknownFateError
from pmreport.deliver.settings import MailSecurity
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    ExitStatus,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from tests.support.mail_server import Manners, Office, certified, taking

PASSWORD = "correct horse ß"  # noqa: S105 - of nobody
LOGIN = Login(user="pm@acme.example", secret=PASSWORD)
TOKEN = Login(user="pm@acme.example", secret="ey.token", is_token=True)  # noqa: S106 - of nobody


def coded(text: str) -> str:
    """The text as it travels in a login."""
    return base64.b64encode(text.encode()).decode()


SECRET, PLAIN = coded(PASSWORD), coded(f"\0pm@acme.example\0{PASSWORD}")
BEARER = coded("user=pm@acme.example\1auth=Bearer ey.token\1\1")


def people(*names: str) -> tuple[Mailbox, ...]:
    """Mailboxes of the company."""
    return tuple(parse(f"{name}@acme.example", where="To") for name in names)


BOSS, GONE, FULL = people("boss", "gone", "full")
PARCEL = Parcel(
    sender=parse("Junior PM <pm@acme.example>", where="From"),
    recipients=(BOSS, GONE, FULL),
    content=b"Subject: Hello\r\n\r\n.A line that begins with a dot\r\n.\r\nand goes on\r\n",
    message_id="<1@acme.example>",
)


def given(office: Office, login: Login | None = None, parcel: Parcel = PARCEL, **more: float) -> Delivery:
    """The parcel given to a server on this machine."""
    server = MailServer(host="127.0.0.1", port=office.port, security=MailSecurity.NONE)
    return smtp.send(server, login, parcel, **more)


def verbs(office: Office) -> list[str]:
    """What the server was asked, without the words behind."""
    return [(line.split() or [""])[0] for line in office.heard]


def test_a_mail_is_given_once_for_all_its_recipients() -> None:
    """One message in one conversation; its dots arrive, and nothing names the machine it came from."""
    with taking() as office:
        delivery = given(office)

    assert delivery == Delivery(accepted=(BOSS, GONE, FULL))
    assert delivery.status is ExitStatus.OK
    assert office.taken == [PARCEL.content]
    assert office.heard[0] == "ehlo [127.0.0.1]"
    assert [word.upper() for word in verbs(office)] == ["EHLO", "MAIL", *["RCPT"] * 3, "DATA", "QUIT"]


def test_who_is_refused_is_told_with_the_servers_sentence() -> None:
    """The others get it; waiting is worth it only where every refusal may pass."""
    answers = {
        "RCPT TO:<gone@": [b"550-5.1.1 No such user\r\n550 5.1.1 here\x1b[2J"],
        "RCPT TO:<full@": [b"452 full"],
    }
    with taking(Manners(answers=answers)) as office:
        delivery = given(office)

    assert delivery.accepted == (BOSS,)
    assert [(one.mailbox, one.code, one.is_temporary) for one in delivery.refused] == [
        (GONE, 550, False),
        (FULL, 452, True),
    ]
    assert delivery.refused[0].sentence == "5.1.1 No such user 5.1.1 here␛[2J"
    assert delivery.status is ExitStatus.BAD_DATA
    assert replace(delivery, refused=delivery.refused[1:]).status is ExitStatus.TRY_LATER
    assert len(office.taken) == 1


def test_where_everybody_is_refused_no_message_is_sent() -> None:
    """A long sentence is cut."""
    with taking(Manners(answers={"RCPT": [b"550 " + b"no " * 200]})) as office:
        delivery = given(office)

    assert delivery.accepted == ()
    assert len(delivery.refused) == 3
    assert len(delivery.refused[0].sentence) == 201
    assert "DATA" not in [word.upper() for word in verbs(office)]


def test_a_server_that_closes_among_the_recipients_leaves_nobody_with_the_mail() -> None:
    """Whom it took before gets nothing either, so that the next run sends to everybody."""
    manners = Manners(answers={"RCPT TO:<gone@": [b"421 4.3.2 shutting down"]})
    with taking(manners) as office, pytest.raises(TryLaterError, match="shutting down"):
        given(office)

    assert "DATA" not in [word.upper() for word in verbs(office)]


def test_a_mail_that_broke_off_in_the_middle_was_not_sent() -> None:
    """A server keeps no message whose end it has not seen."""
    large = replace(PARCEL, content=PARCEL.content + b"more\r\n" * 3_000_000)
    with (
        taking(Manners(deaf=True)) as office,
        pytest.raises(PmreportError, match="nothing was sent") as caught,
    ):
        given(office, parcel=large)

    assert type(caught.value) is UnreachableError


@pytest.mark.parametrize(
    ("login", "offered", "said"),
    [
        (LOGIN, "LOGIN PLAIN", [f"AUTH PLAIN {PLAIN}"]),
        (LOGIN, "LOGIN", [f"AUTH LOGIN {coded('pm@acme.example')}", SECRET]),
        (TOKEN, "PLAIN XOAUTH2", [f"AUTH XOAUTH2 {BEARER}"]),
    ],
    ids=["PLAIN", "LOGIN", "XOAUTH2"],
)
def test_a_login_is_tried_once_in_the_way_that_fits(login: Login, offered: str, said: list[str]) -> None:
    """More tries with a wrong password would lock the account; a password may hold any letter."""
    answers = {"AUTH LOGIN": [b"334 UGFzc3dvcmQ6"], SECRET: [b"235 ok"]}
    with taking(Manners(logins=offered, answers=answers)) as office:
        assert given(office, login).accepted

    assert office.heard[1 : 1 + len(said)] == said


@pytest.mark.parametrize(
    ("asked", "answer", "error", "told"),
    [
        ("AUTH", b"535 5.7.8 bad", NotAuthorisedError, "the password of pm@acme.example (535)"),
        ("AUTH", b"535 5.7.139 basic is disabled", NotAuthorisedError, "takes no passwords any more"),
        ("AUTH", b"454 4.7.0 later", TryLaterError, "cannot check the password now (454)"),
        ("AUTH", b"", UnreachableError, "does not answer any more"),
        ("MAIL", b"530 5.7.0 authentication required", NotAuthorisedError, "wants a login first (530)"),
        ("MAIL", b"550 5.7.30 No basic authentication", NotAuthorisedError, "has ended there"),
        (
            "MAIL",
            b"553 5.7.1 not yours",
            ConfigurationError,
            "no mail from pm@acme.example: 553 5.7.1 not yours",
        ),
        ("MAIL", b"451 4.3.2 busy", TryLaterError, "takes no mail now: 451 4.3.2 busy"),
        ("MAIL", b"552 5.3.4 too big", BadDataError, "too large for the mail server: 552"),
        ("MAIL", b"", UnreachableError, "has hung up; nothing was sent"),
        ("DATA", b"554 5.5.1 no", BadDataError, "does not take the mail: 554 5.5.1 no"),
        (".", b"550 5.7.30 No basic authentication", NotAuthorisedError, "has ended there"),
        (".", b"452 4.3.1 no room", TryLaterError, "does not take the mail now: 452 4.3.1 no room"),
        (".", b"552 5.3.4 too big", BadDataError, "too large for the mail server: 552"),
        (".", b"554 5.7.1 this is spam", BadDataError, "does not take the mail: 554 5.7.1 this is spam"),
        (".", b"", UnknownFateError, "broke after the mail was on its way"),
    ],
)
def test_each_answer_of_a_server_has_a_sentence_of_its_own(
    asked: str, answer: bytes, error: type[PmreportError], told: str
) -> None:
    """With what to do about it; the password stands in none of them."""
    answers = {asked: [answer]}
    with taking(Manners(logins="PLAIN", answers=answers)) as office, pytest.raises(error) as caught:
        given(office, LOGIN)

    assert type(caught.value) is error
    assert told in caught.value.what
    assert caught.value.hint
    assert PASSWORD not in f"{caught.value.what}{caught.value.where}{caught.value.hint}"
    assert office.taken == []


def test_a_server_that_wants_a_login_tells_who_has_none() -> None:
    """The keys to set, where none are set."""
    manners = Manners(answers={"MAIL": [b"530 5.7.0 first"]})
    with taking(manners) as office, pytest.raises(NotAuthorisedError) as caught:
        given(office)

    assert "set `user` under [mail]" in str(caught.value.hint)


def test_a_refused_token_is_told_as_such() -> None:
    """The server explains in base64, waits for an empty line, and then refuses."""
    answers = {"AUTH XOAUTH2": [b"334 eyJzdGF0dXMiOiI0MDAifQ=="], "": [b"535 5.7.3 no"]}
    manners, told = Manners(logins="XOAUTH2", answers=answers), "does not take the token"
    with taking(manners) as office, pytest.raises(NotAuthorisedError, match=told) as caught:
        given(office, TOKEN)

    assert "PMREPORT_MAIL_TOKEN" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("login", "offered", "told"),
    [
        (LOGIN, "", "offers no login on this port"),
        (LOGIN, "XOAUTH2 \x1bNTLM", "takes no password"),
        (TOKEN, "PLAIN", "takes no token"),
    ],
)
def test_a_login_that_the_server_does_not_know_is_told(login: Login, offered: str, told: str) -> None:
    """What it offers instead is named; nothing secret was sent."""
    with taking(Manners(logins=offered)) as office, pytest.raises(ConfigurationError, match=told):
        given(office, login)

    assert "AUTH" not in verbs(office)


def test_a_server_that_repeats_a_secret_is_not_repeated() -> None:
    """In any of the forms in which it was sent."""
    echo = f"550 you said {PLAIN} and {SECRET}".encode()
    with taking(Manners(logins="PLAIN", answers={"RCPT": [echo]})) as office:
        delivery = given(office, LOGIN)

    assert delivery.refused[0].sentence == "you said [hidden] and [hidden]"
    assert PASSWORD not in repr(LOGIN)


def test_a_server_that_falls_silent_is_not_waited_for() -> None:
    """Before the message nothing was sent; the good-bye is not waited for long either."""
    manners, told = Manners(answers={"MAIL": [b"250-and"]}), "does not answer any more"
    with taking(manners) as office, pytest.raises(UnreachableError, match=told):
        given(office, timeout_seconds=0.2)


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_company_authority_is_named_in_the_configuration(tmp_path: Path, security: MailSecurity) -> None:
    """The server of the company is trusted with `ca_bundle`; the login goes through the protection alone."""
    context, authority = certified(tmp_path)
    is_tls = security is MailSecurity.TLS
    manners = Manners(logins="PLAIN", tls=context) if is_tls else Manners(logins="PLAIN", starttls=context)
    with taking(manners) as office:
        server = MailServer(host="127.0.0.1", port=office.port, security=security, ca_bundle=authority)
        assert smtp.send(server, LOGIN, PARCEL).accepted

    words = [word.upper() for word in verbs(office)]
    assert words[:2] == (["EHLO", "AUTH"] if is_tls else ["EHLO", "STARTTLS"])


@pytest.mark.parametrize(
    ("name", "years", "trusted", "told"),
    [
        ("127.0.0.1", 79, "unknown", "nobody we know vouches for it"),
        ("127.0.0.1", 1, "trusted", "it has expired"),
        ("mail.acme.example", 79, "trusted", "it belongs to another host"),
    ],
    ids=["self-signed", "expired", "wrong host"],
)
def test_each_fault_of_a_certificate_is_told_apart(
    tmp_path: Path,
    name: str,
    years: int,
    trusted: str,
    told: str,
) -> None:
    """The password would go to a stranger, so nothing is sent."""
    context, authority = certified(tmp_path, name, years=years)
    with taking(Manners(starttls=context)) as office:
        server = MailServer(
            host="127.0.0.1",
            port=office.port,
            security=MailSecurity.STARTTLS,
            ca_bundle=authority if trusted == "trusted" else None,
        )
        with pytest.raises(UnreachableError, match=told) as caught:
            smtp.send(server, LOGIN, PARCEL)

    assert caught.value.hint
    assert office.taken == []


def test_a_bundle_without_certificates_is_told(tmp_path: Path) -> None:
    """Missing, or something else."""
    (tmp_path / "ca.pem").write_text("hello", encoding="utf-8")
    for name, told in (("ca.pem", "holds no certificate"), ("gone.pem", "no such file")):
        server = MailServer(host="127.0.0.1", port=1, security=MailSecurity.TLS, ca_bundle=tmp_path / name)
        with pytest.raises(ConfigurationError, match=told):
            smtp.send(server, None, PARCEL)


def test_a_server_that_wants_us_later_is_told() -> None:
    """Also in its greeting."""
    with taking(Manners(banner=b"421 too busy")) as office, pytest.raises(TryLaterError, match="421"):
        given(office)


def test_the_message_that_arrives_is_the_one_that_was_given() -> None:
    """A server that knows sizes is told it; a message without an end gets one."""
    with taking() as office:
        given(office, parcel=replace(PARCEL, content=b".Subject: x\r\n\r\nhi"))

    assert office.taken == [b".Subject: x\r\n\r\nhi\r\n"]
    assert message_from_bytes(PARCEL.content, policy=SMTP)["Subject"] == "Hello"
