"""The password of a store on a server: where it is looked for, and that nothing shows it."""

from pathlib import Path

import pytest

from pmreport.errors import NotAuthorisedError
from pmreport.secrets import Secret, redacted, store_password
from tests.unit.test_secrets import LockedDrawer

URL = "postgresql://pm@db.example/jira"


class Drawer:
    """A keyring with one password."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password of the store."""
        return "from the keyring" if (service, username) == ("pmreport", f"store:{URL}") else None


def test_the_environment_is_asked_before_the_file_and_the_keyring(tmp_path: Path) -> None:
    """Each of the three, as the one before has nothing."""
    file = tmp_path / "password"
    file.write_text(" from a file \n", encoding="utf-8-sig")
    named = {"PMREPORT_STORE_PASSWORD_FILE": str(file)}

    found = [
        store_password(URL, environ, keyring=Drawer())
        for environ in ({"PMREPORT_STORE_PASSWORD": "given", **named}, named, {})
    ]

    assert found == [Secret("given"), Secret(" from a file "), Secret("from the keyring")]


def test_no_password_is_no_error() -> None:
    """Many servers ask for none, or libpq finds it: also where a keyring does not open."""
    assert store_password("postgresql://pm@other.example/jira", {}, keyring=Drawer()) is None
    assert store_password(URL, {}, keyring=LockedDrawer()) is None


@pytest.mark.parametrize(
    ("content", "what"), [(None, "cannot read"), (b"", "is empty"), (b"\xff\xfe", "it is not text")]
)
def test_a_file_that_holds_no_password_is_told(tmp_path: Path, content: bytes | None, what: str) -> None:
    """Whoever names one means it."""
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(NotAuthorisedError, match=what) as caught:
        store_password(URL, {"PMREPORT_STORE_PASSWORD_FILE": str(file)}, keyring=Drawer())

    assert str(file) in str(caught.value.where)


def test_a_password_of_the_environment_is_in_no_text() -> None:
    """The net below the net."""
    assert redacted("it was hunter2", {"PMREPORT_STORE_PASSWORD": "hunter2"}) == "it was [hidden]"
