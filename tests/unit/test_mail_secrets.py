"""The password and the token of the mail server: where they are looked for, and that nothing shows them."""

from pathlib import Path

import pytest

from pmreport.errors import NotAuthorisedError
from pmreport.secrets import Secret, mail_password, mail_token, redacted
from tests.unit.test_secrets import LockedDrawer

USER, HOST = "pm@acme.example", "smtp.acme.example"


class Drawer:
    """A keyring with one password."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password of the mail server."""
        return "from the keyring" if (service, username) == ("pmreport", f"mail:{USER}@{HOST}") else None


def test_the_environment_is_asked_before_the_file_and_the_keyring(tmp_path: Path) -> None:
    """Each of the three, as the one before has nothing; none at all is no error here."""
    file = tmp_path / "password"
    file.write_text("from a file\n", encoding="utf-8")
    named = {"PMREPORT_MAIL_PASSWORD_FILE": str(file)}

    found = [
        mail_password(USER, HOST, environ, keyring=Drawer())
        for environ in ({"PMREPORT_MAIL_PASSWORD": "given", **named}, named, {})
    ]

    assert found == [Secret("given"), Secret("from a file"), Secret("from the keyring")]
    assert mail_password("other", HOST, {}, keyring=Drawer()) is None
    assert mail_password(USER, HOST, {}, keyring=LockedDrawer()) is None


def test_a_token_comes_from_outside_alone(tmp_path: Path) -> None:
    """It lives for an hour; blanks around it are none of it."""
    file = tmp_path / "token"
    file.write_text(" ey.x \n", encoding="utf-8")

    assert mail_token({}) is None
    assert mail_token({"PMREPORT_MAIL_TOKEN": " ey.x"}) == Secret("ey.x")
    assert mail_token({"PMREPORT_MAIL_TOKEN_FILE": str(file)}) == Secret("ey.x")


def test_a_file_without_a_password_is_told_by_its_variable(tmp_path: Path) -> None:
    """Missing, or empty."""
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    for name, told in (("gone", "cannot read the file with the mail server's token"), ("empty", "is empty")):
        with pytest.raises(NotAuthorisedError, match=told) as caught:
            mail_token({"PMREPORT_MAIL_TOKEN_FILE": str(tmp_path / name)})
        assert "PMREPORT_MAIL_TOKEN_FILE" in str(caught.value.where)


def test_no_text_of_ours_shows_them() -> None:
    """The last net takes out what the environment holds."""
    environ = {"PMREPORT_MAIL_PASSWORD": "correct horse", "PMREPORT_MAIL_TOKEN": "ey.x"}

    assert redacted("535 correct horse ey.x", environ) == "535 [hidden] [hidden]"
