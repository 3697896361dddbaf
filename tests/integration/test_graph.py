"""A mail given to Microsoft Graph, and the login before it: the real library against a fake Microsoft."""

import json
import socket
from pathlib import Path

import pytest
import requests

from pmreport.deliver import graph as sender
from pmreport.deliver import graph_token
from pmreport.deliver.addresses import parse
from pmreport.deliver.graph_token import App, Granted
from pmreport.deliver.parcel import Parcel, UnknownFateError
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    NotAuthorisedError,
    PmreportError,
    TryLaterError,
    UnreachableError,
)
from tests.support.fake_graph import Graph, Login, graph

TOKEN = "ey.s3cret"  # noqa: S105 - of nobody
PARCEL = Parcel(
    sender=parse("Junior PM <pm+x@acme.example>", where="From"),
    recipients=(parse("boss@acme.example", where="To"),),
    content=b"Subject: Hello\r\n\r\nhi\r\n",
    message_id="<1@acme.example>",
)
GRANTED = {"access_token": "at", "expires_in": 3600, "token_type": "Bearer"}
CODE = {
    "user_code": "ABCD",
    "device_code": "d",
    "verification_uri": "https://login.example/device",
    "expires_in": 900,
    "interval": 0,
}


def test_graph_gets_the_same_bytes_as_a_mail_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As base64, from the sender's mailbox, with the token and nothing else of the machine."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with graph(Graph()) as known:
        delivery = sender.send(TOKEN, PARCEL, base=known.base)

    assert delivery.accepted == PARCEL.recipients
    assert known.messages == [PARCEL.content]
    assert known.paths == ["/v1.0/users/pm%2Bx%40acme.example/sendMail"]
    assert known.asked[0]["Content-Type"] == "text/plain"
    assert known.asked[0]["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("status", "code", "error", "told"),
    [
        (401, "InvalidAuthenticationToken", NotAuthorisedError, "does not take the token (401 Invalid"),
        (403, "ErrorAccessDenied", NotAuthorisedError, "may not send mail as pm+x@acme.example (403 Error"),
        (404, "ErrorInvalidUser", ConfigurationError, "has no mailbox pm+x@acme.example"),
        (400, "ErrorInvalidRecipients", BadDataError, "does not take the mail (400 ErrorInvalidRecipients)"),
        (413, "s3cret words", BadDataError, "does not take the mail (413)"),
        (302, "", UnreachableError, "something else than Microsoft Graph answers (302)"),
        (429, "TooManyRequests", TryLaterError, "takes no mail now (429 TooManyRequests)"),
        (503, "ServiceUnavailable", TryLaterError, "takes no mail now (503"),
        (500, "InternalServerError", UnknownFateError, "with the mail in its hands (500"),
        (504, "", UnknownFateError, "with the mail in its hands (504)"),
        (0, "", UnknownFateError, "did not answer after the mail was on its way"),
    ],
)
def test_each_answer_of_graph_has_a_sentence_of_its_own(
    status: int, code: str, error: type[PmreportError], told: str
) -> None:
    """Its own sentences stay out, for they may repeat the token."""
    body = json.dumps({"error": {"code": code, "message": f"the token {TOKEN} is bad"}}) if code else "<html>"
    headers = {"Retry-After": "30", "Location": "http://127.0.0.1:9/"}
    with graph(Graph(status=status, body=body, headers=headers)) as known, pytest.raises(error) as caught:
        sender.send(TOKEN, PARCEL, base=known.base)

    assert type(caught.value) is error
    assert told in caught.value.what
    assert caught.value.hint
    assert "s3cret" not in f"{caught.value.what}{caught.value.where}{caught.value.hint}"
    assert getattr(caught.value, "resume_after_seconds", 30.0) == 30.0
    assert len(known.paths) == 1


def test_a_graph_that_cannot_be_reached_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens, or the proxy does not get through: nothing was sent, and nobody has to ask."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError, match="cannot be reached"):
        sender.send(TOKEN, PARCEL, base=f"http://127.0.0.1:{port}")

    monkeypatch.setenv("HTTPS_PROXY", f"http://user:s3cret@127.0.0.1:{port}")
    with pytest.raises(UnreachableError, match="the proxy does not get through") as caught:
        sender.send(TOKEN, PARCEL, base="https://graph.example/v1.0")
    assert "s3cret" not in f"{caught.value.what}{caught.value.where}{caught.value.hint}"


def test_a_graph_that_falls_silent_leaves_the_fate_unknown() -> None:
    """It has the message, and says nothing; one that does not take the connection has not."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnknownFateError, match="did not answer"):
            sender.send(TOKEN, PARCEL, base=base, timeout_seconds=(5.0, 0.1))
    for error, told in (
        (requests.exceptions.ConnectTimeout(), "in time"),
        (requests.exceptions.SSLError(), "certificate"),
    ):
        assert told in sender._no_answer(error, "https://graph.example").what


def app(login: Login) -> App:
    """The app registration, asked at the fake login."""
    return App(tenant="acme.example", client_id="1c9d7e34", http=login)


def test_an_app_logs_in_with_its_secret() -> None:
    """For runs without anybody; there is nothing to keep."""
    login = Login([GRANTED])

    granted = graph_token.of_app(app(login), "the secret")

    assert granted == Granted("at")
    assert login.posted[0]["grant_type"] == "client_credentials"
    assert "the secret" not in repr(granted) + repr(Granted("at", "rt"))


def test_a_person_logs_in_with_a_browser() -> None:
    """They are told the page and the code; what renews the token is given back."""
    told: list[str] = []
    login = Login([CODE, {**GRANTED, "refresh_token": "rt"}])

    granted = graph_token.of_person(app(login), told.append)

    assert granted == Granted("at", "rt")
    assert told == ["Open https://login.example/device and type the code ABCD"]
    assert "Mail.Send" in login.posted[0]["scope"]


def test_a_login_that_was_kept_is_renewed() -> None:
    """Without a word to anybody."""
    login = Login([{**GRANTED, "refresh_token": "next"}])

    assert graph_token.renewed(app(login), "rt") == Granted("at", "next")
    assert login.posted[0].get("refresh_token") == "rt"


def test_a_login_that_does_not_come_about_is_told_in_our_words() -> None:
    """Microsoft's words may hold anything, its name for the reason does not."""
    words = {"error": "invalid_client", "error_description": "the secret is wrong"}
    told = r"let us in \(invalid_client\)"
    with pytest.raises(NotAuthorisedError, match=told) as of_app:
        graph_token.of_app(app(Login([dict(words)])), "the secret")
    with pytest.raises(NotAuthorisedError, match=told) as of_person:
        graph_token.of_person(app(Login([dict(words)])), print)

    for caught in (of_app, of_person):
        assert "the secret" not in f"{caught.value.what}{caught.value.hint}"


def test_a_tenant_that_does_not_exist_is_a_fault_of_the_configuration() -> None:
    """Also a login that cannot be reached is told."""

    class Nobody(Login):
        def get(self, url: str, **_: object) -> object:  # type: ignore[override]
            raise requests.ConnectionError(url)

    with pytest.raises(ConfigurationError, match="no such organisation"):
        graph_token.of_app(app(Login([], is_there=False)), "x")
    with pytest.raises(UnreachableError, match="login cannot be reached"):
        graph_token.of_app(app(Nobody([])), "x")


def test_the_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it, and the way without it."""
    monkeypatch.setitem(__import__("sys").modules, "msal", None)

    with pytest.raises(ConfigurationError) as caught:
        graph_token.of_app(app(Login([])), "x")
    assert "pip install 'pmreport[m365]'" in str(caught.value.hint)
