"""A token is kept where it is safe, read back, and found again."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from pmreport.errors import NotAuthorisedError, PmreportError
from pmreport.jira.settings import SiteSettings
from pmreport.secrets import Places, Secret, forget, jira_token, keep, tokens
from pmreport.secrets.keeping import from_outside, require_home
from tests.support.file_keyring import FileKeyring, ForgetfulKeyring

SITE = SiteSettings(name="acme", url="https://acme.atlassian.net")
OTHER = SiteSettings(name="other", url="https://other.atlassian.net")
TOKEN = Secret("s3cret-t0ken")
LAST = date(2027, 3, 31)


class AwayKeyring(FileKeyring):
    """A keyring that is not even read without its owner."""

    def get_password(self, service: str, username: str) -> str | None:
        """Never."""
        raise KeyringLocked(f"{service} {username}")


class LockedKeyring(FileKeyring):
    """A keyring whose owner is away."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Never."""
        raise KeyringLocked(f"{service} {username} {password}")

    def delete_password(self, service: str, username: str) -> None:
        """Never."""
        raise KeyringLocked(f"{service} {username}")


@pytest.fixture(autouse=True)
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the keyring of the test writes."""
    monkeypatch.setenv("PMREPORT_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    yield tmp_path / "keyring.json"
    keyring.set_keyring(before)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A machine with a keyring and nothing in it."""
    return Places({}, FileKeyring(), tmp_path / "data" / "tokens.json")  # type: ignore[no-untyped-call]


def found(site: SiteSettings, places: Places) -> list[tuple[str, str, date | None]]:
    """Every token for a site: the kind of its place, itself, its last day."""
    return [(str(each.place), each.reveal(), each.expires) for each in tokens(site, places)]


def test_a_token_in_the_keyring_is_found_again(places: Places) -> None:
    """It is the keyring of the system that holds it, under the name of the site, with its last day."""
    kept = keep(SITE, TOKEN, places, insecure=False, expires=LAST)

    assert kept.source == "keyring: pmreport, jira:https://acme.atlassian.net"
    assert kept.hidden_by is None
    assert found(SITE, places) == [("keyring", "s3cret-t0ken", LAST)]
    assert found(OTHER, places) == []


def test_a_new_token_takes_the_last_day_of_the_old_one_along(places: Places) -> None:
    """Nobody is told that a new token ends when the old one did."""
    keep(SITE, TOKEN, places, insecure=False, expires=LAST)

    keep(SITE, Secret("new"), places, insecure=False)

    assert found(SITE, places) == [("keyring", "new", None)]


def test_a_keyring_that_does_not_give_the_token_back_is_not_trusted(tmp_path: Path) -> None:
    """What is read back is compared, and the error shows neither text."""
    places = Places({}, ForgetfulKeyring(), tmp_path / "tokens.json")  # type: ignore[no-untyped-call]

    with pytest.raises(NotAuthorisedError) as caught:
        keep(SITE, TOKEN, places, insecure=False)

    assert caught.value.what == "the keyring does not hold what was put into it"
    assert "s3cr" not in f"{caught.value.where} {caught.value.hint}"


def test_a_locked_keyring_is_told_without_the_token(tmp_path: Path) -> None:
    """The words of the keyring stay out: here they hold the token."""
    places = Places({}, LockedKeyring(), tmp_path / "tokens.json")  # type: ignore[no-untyped-call]

    with pytest.raises(NotAuthorisedError) as caught:
        keep(SITE, TOKEN, places, insecure=False)

    assert caught.value.what == "the keyring does not open (KeyringLocked)"
    assert caught.value.__cause__ is None


def test_a_keyring_that_does_not_open_hides_no_plain_file(tmp_path: Path) -> None:
    """Whoever asks for the plain file often has such a keyring; without the file its error is told."""
    places = Places({}, AwayKeyring(), tmp_path / "tokens.json")  # type: ignore[no-untyped-call]

    with pytest.raises(NotAuthorisedError, match="the keyring does not open"):
        found(SITE, places)
    keep(SITE, TOKEN, places, insecure=True)

    assert found(SITE, places) == [("plain file", "s3cret-t0ken", None)]


@pytest.mark.parametrize("backend", [NoKeyring, NullKeyring], ids=["none", "null"])
def test_a_keyring_that_is_none_keeps_no_token(tmp_path: Path, backend: type) -> None:
    """It is refused before anybody is asked for a token; a plain file is only made when asked for."""
    keyring.set_keyring(backend())
    places = Places({}, plain=tmp_path / "tokens.json")

    for attempt in (
        lambda: require_home(SITE, places, insecure=False),
        lambda: keep(SITE, TOKEN, places, insecure=False),
    ):
        with pytest.raises(NotAuthorisedError) as caught:
            attempt()
        assert caught.value.what == "this system has no keyring that keeps a token safe"
        assert "--insecure-storage" in str(caught.value.hint)

    assert list(tmp_path.iterdir()) == []


def test_the_plain_file_is_its_owners_alone_and_comes_last(places: Places) -> None:
    """0600 in a folder of 0700, with a caution; the environment and the keyring are asked before it."""
    keep(SITE, TOKEN, places, insecure=True, expires=LAST)
    keep(OTHER, Secret("other"), places, insecure=True)
    path = places.plain_path

    token = jira_token(SITE, {}, keyring=places.keyring, plain=path)
    both = Places({"PMREPORT_JIRA_TOKEN": "from-outside"}, places.keyring, path)

    assert (token.reveal(), token.expires) == ("s3cret-t0ken", LAST)
    assert token.source == f"plain file: {path}"
    assert "plain file" in str(token.caution)
    assert [place for place, _, _ in found(SITE, both)] == ["environment", "plain file"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_plain_file_that_others_can_read_says_so(places: Places) -> None:
    """The caution names the command that mends it."""
    keep(SITE, TOKEN, places, insecure=True)
    places.plain_path.chmod(0o644)

    token = next(tokens(SITE, places))

    assert f"chmod 600 {places.plain_path}" in str(token.caution)


def test_a_token_lies_in_one_place_only(places: Places, drawer: Path) -> None:
    """Keeping it elsewhere takes it away from where it was, or the old one would be used."""
    keep(SITE, Secret("old"), places, insecure=False)
    keep(SITE, TOKEN, places, insecure=True)
    in_file = found(SITE, places)
    keep(SITE, Secret("new"), places, insecure=False)

    assert in_file == [("plain file", "s3cret-t0ken", None)]
    assert found(SITE, places) == [("keyring", "new", None)]
    assert not places.plain_path.exists()
    assert "old" not in drawer.read_text()


def test_a_token_that_another_one_hides_is_told(places: Places) -> None:
    """A variable goes before the keyring, so the new token would not be used."""
    hidden = Places({"PMREPORT_JIRA_TOKEN": "another"}, places.keyring, places.plain_path)

    assert keep(SITE, TOKEN, hidden, insecure=False).hidden_by == "PMREPORT_JIRA_TOKEN"
    assert from_outside(SITE, hidden) == ("PMREPORT_JIRA_TOKEN",)


def test_forgetting_empties_every_place(places: Places, drawer: Path) -> None:
    """The token and its last day go; other sites keep theirs; a second time there is nothing to do."""
    keep(OTHER, Secret("other"), places, insecure=False)
    keep(SITE, TOKEN, places, insecure=False, expires=LAST)

    gone = forget(SITE, places)

    assert gone == ("keyring: pmreport, jira:https://acme.atlassian.net",)
    assert forget(SITE, places) == ()
    assert found(SITE, places) == []
    assert "acme" not in drawer.read_text()
    assert found(OTHER, places) == [("keyring", "other", None)]


def test_forgetting_in_the_plain_file_leaves_the_others(places: Places) -> None:
    """The file goes with its last token."""
    keep(SITE, TOKEN, places, insecure=True)
    keep(OTHER, Secret("other"), places, insecure=True)

    first = forget(SITE, places)
    left = found(OTHER, places)
    forget(OTHER, places)

    assert first == (f"plain file: {places.plain_path}",)
    assert left == [("plain file", "other", None)]
    assert not places.plain_path.exists()


@pytest.mark.parametrize("content", ["[]", "{", "\x00", '"s3cret-t0ken"'])
def test_a_damaged_plain_file_is_told_unseen(places: Places, content: str) -> None:
    """The error names the file and shows nothing of it; nothing is written over it."""
    places.plain_path.parent.mkdir()
    places.plain_path.write_text(content)

    for attempt in (lambda: found(SITE, places), lambda: keep(SITE, TOKEN, places, insecure=True)):
        with pytest.raises(NotAuthorisedError) as caught:
            attempt()
        assert caught.value.what == "the plain file of tokens is damaged"
        assert "s3cret" not in f"{caught.value.where} {caught.value.hint}"

    assert places.plain_path.read_text() == content


def test_an_entry_of_the_plain_file_that_makes_no_sense_is_no_token(places: Places) -> None:
    """A file somebody has edited; a day that is none is not known."""
    places.plain_path.parent.mkdir()
    odd = {f"jira:{SITE.url}": 7, f"jira:{OTHER.url}": {"token": "t", "expires": "soon"}}
    places.plain_path.write_text(json.dumps(odd))

    assert found(SITE, places) == []
    assert found(OTHER, places) == [("plain file", "t", None)]


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """Here a file lies where the folder should be."""
    (tmp_path / "data").write_text("")
    places = Places({}, FileKeyring(), tmp_path / "data" / "tokens.json")  # type: ignore[no-untyped-call]

    with pytest.raises(PmreportError) as caught:
        keep(SITE, TOKEN, places, insecure=True)

    assert "cannot" in caught.value.what
