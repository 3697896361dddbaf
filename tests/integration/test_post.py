"""The way out that is configured: what it needs is found before anything is sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmreport.app import post
from pmreport.app.post import GRAPH_HOST, Post
from pmreport.deliver import graph_token
from pmreport.deliver.graph_token import App
from pmreport.deliver.settings import MailSettings, MailTransport
from pmreport.errors import ConfigurationError, NotAuthorisedError
from tests.support.fake_graph import Login
from tests.support.file_keyring import FileKeyring

SETTINGS = MailSettings(
    transport=MailTransport.GRAPH, tenant="acme.example", client_id="1c9d", sender="pm@acme.example"
)
GRANTED = {"access_token": "at", "expires_in": 3600, "token_type": "Bearer", "refresh_token": "next"}
CODE = {"user_code": "A", "device_code": "d", "verification_uri": "https://x.example", "interval": 0}
NAME = f"mail:pm@acme.example@{GRAPH_HOST}"


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileKeyring]:
    """The keyring of this machine."""
    import keyring as library

    monkeypatch.setenv("PMREPORT_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = library.get_keyring()
    library.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield FileKeyring()  # type: ignore[no-untyped-call]
    library.set_keyring(before)


def logging_in(monkeypatch: pytest.MonkeyPatch, *answers: dict[str, Any]) -> Login:
    """Microsoft's login with these answers, in place of the real one."""
    login = Login(list(answers))
    monkeypatch.setattr(post, "App", lambda **words: App(**words, http=login))
    return login


def test_a_person_logs_in_once(keyring: FileKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """What renews the login is kept in the keyring, so that the next run asks nobody."""
    told: list[str] = []
    login = logging_in(monkeypatch, {**CODE, "expires_in": 9}, {**GRANTED, "refresh_token": "rt"}, GRANTED)

    Post(SETTINGS, {}, told.append)
    Post(SETTINGS, {}, None)

    assert told == ["Open https://x.example and type the code A"]
    assert login.posted[2]["refresh_token"] == "rt"  # noqa: S105 - of nobody
    assert keyring.get_password("pmreport", NAME) == "next"


def test_where_nobody_is_nobody_is_asked(keyring: FileKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a login that was kept, or with one that has ended."""
    with pytest.raises(NotAuthorisedError, match="nobody has logged in"):
        Post(SETTINGS, {}, None)

    keyring.set_password("pmreport", NAME, "old")
    logging_in(monkeypatch, {"error": "invalid_grant"})
    with pytest.raises(NotAuthorisedError, match="invalid_grant"):
        Post(SETTINGS, {}, None)


def test_a_login_that_has_ended_is_made_anew(keyring: FileKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody is there."""
    keyring.set_password("pmreport", NAME, "old")
    logging_in(monkeypatch, {"error": "invalid_grant"}, {**CODE, "expires_in": 9}, GRANTED)

    Post(SETTINGS, {}, print)

    assert keyring.get_password("pmreport", NAME) == "next"


def test_a_keyring_that_keeps_nothing_costs_no_mail(
    keyring: FileKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs a login next time, and that is said."""
    told: list[str] = []
    logging_in(monkeypatch, {**CODE, "expires_in": 9}, GRANTED)
    monkeypatch.setattr(FileKeyring, "set_password", lambda *_: None)

    Post(SETTINGS, {}, told.append)

    assert told[-1].startswith("The login is not kept: the keyring does not hold")
    assert keyring.get_password("pmreport", NAME) is None


def test_an_app_needs_no_person(keyring: FileKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its secret is a password like another; a token that is given goes before both."""
    login = logging_in(monkeypatch, GRANTED)

    Post(SETTINGS, {"PMREPORT_MAIL_PASSWORD": "the secret"}, None)
    Post(SETTINGS, {"PMREPORT_MAIL_TOKEN": "ey.x"}, None)

    assert [each["grant_type"] for each in login.posted] == ["client_credentials"]
    assert keyring.get_password("pmreport", NAME) is None


def test_graph_without_an_app_registration_is_told() -> None:
    """With the lines to write; where mail goes is said in words."""
    with pytest.raises(ConfigurationError, match="app registration"):
        Post(MailSettings(transport=MailTransport.GRAPH), {}, None)

    assert post.place(SETTINGS) == "Microsoft Graph"
    assert graph_token.AUTHORITY.startswith("https://")
