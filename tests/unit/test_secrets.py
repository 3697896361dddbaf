"""The token: where it is looked for, and that nothing shows it."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from pmreport.errors import ExitStatus, NotAuthorisedError
from pmreport.jira.settings import SiteSettings
from pmreport.secrets import Places, Secret, jira_token, keep, redacted, refusal

URL = "https://acme.atlassian.net"
SITE = SiteSettings(name="acme", url=URL)


class Drawer:
    """A keyring that holds what it is given."""

    def __init__(self, **passwords: str) -> None:
        self.passwords = passwords

    def get_password(self, service: str, username: str) -> str | None:
        """The password of `service`, if the user is the one of the site."""
        return self.passwords.get(service) if username == f"jira:{URL}" else None


class LockedDrawer:
    """A keyring whose owner is away."""

    def get_password(self, service: str, username: str) -> str | None:
        """Never."""
        raise KeyringLocked(f"{service} {username}")


def backend_of(module: str) -> KeyringBackend:
    """A keyring as the library in `module` would offer it; it would gladly give a token."""
    kind = type("Backend", (Drawer,), {"__module__": module})
    made: KeyringBackend = kind(pmreport="from-a-plain-file")
    return made


def test_the_token_of_the_site_wins(tmp_path: Path) -> None:
    """Its own variable is asked before the common one, both before the files, those before the keyring."""
    file = tmp_path / "token"
    file.write_text("from-file\n")
    environ = {
        "PMREPORT_ACME_WEB_JIRA_TOKEN": "own",
        "PMREPORT_JIRA_TOKEN": "common",
        "PMREPORT_JIRA_TOKEN_FILE": str(file),
    }
    order = []
    while environ:
        token = jira_token(replace(SITE, name="acme-web"), environ, keyring=Drawer(pmreport="kept"))
        order.append((token.source.split(" ")[0], token.secret.reveal()))
        environ.pop(next(iter(environ)))
    last = jira_token(replace(SITE, name="acme-web"), {}, keyring=Drawer(pmreport="kept"))

    assert order == [
        ("PMREPORT_ACME_WEB_JIRA_TOKEN", "own"),
        ("PMREPORT_JIRA_TOKEN", "common"),
        ("PMREPORT_JIRA_TOKEN_FILE", "from-file"),
    ]
    assert last.secret == Secret("kept")
    assert last.source == f"keyring: pmreport, jira:{URL}"


def test_blanks_around_a_token_are_dropped(tmp_path: Path) -> None:
    """A final line end, as every editor leaves it, is no part of the token."""
    file = tmp_path / "token"
    file.write_text("  abc\r\n")

    assert jira_token(SITE, {"PMREPORT_JIRA_TOKEN": " abc\n"}).secret == Secret("abc")
    assert jira_token(SITE, {"PMREPORT_JIRA_TOKEN_FILE": str(file)}).secret == Secret("abc")


def test_a_byte_order_mark_before_a_token_is_dropped(tmp_path: Path) -> None:
    """Some editors write one, and nobody sees it."""
    file = tmp_path / "token"
    file.write_text("abc\n", encoding="utf-8-sig")

    assert jira_token(SITE, {"PMREPORT_JIRA_TOKEN_FILE": str(file)}).secret == Secret("abc")


def test_an_empty_variable_counts_as_not_set() -> None:
    """A scheduler that exports an empty variable does not hide the keyring."""
    token = jira_token(SITE, {"PMREPORT_JIRA_TOKEN": " "}, keyring=Drawer(pmreport="kept"))

    assert token.secret == Secret("kept")


def test_a_token_file_that_others_can_read_is_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The token is used, and its owner told what to do."""
    file = tmp_path / "token"
    file.write_text("abc")
    environ = {"PMREPORT_JIRA_TOKEN_FILE": str(file)}
    file.chmod(0o604)
    open_to_all = jira_token(SITE, environ)
    file.chmod(0o640)
    shared = jira_token(SITE, environ)

    assert (
        open_to_all.caution == f"other users of this machine can read the token file; run `chmod 600 {file}`"
    )
    assert shared.caution is None
    assert caplog.messages == [open_to_all.caution]


def test_no_token_names_the_three_ways() -> None:
    """The error says where was looked and what can be done, with exit status 77."""
    with pytest.raises(NotAuthorisedError) as caught:
        jira_token(SITE, {}, keyring=Drawer())

    error = caught.value
    assert error.status is ExitStatus.NOT_AUTHORISED
    assert error.what == f"there is no token for {URL}"
    assert error.where == f"the environment and the keyring (pmreport, jira:{URL})"
    assert error.hint == (
        "`pmreport auth login` asks for it and keeps it; or set PMREPORT_JIRA_TOKEN; "
        "or name a file that holds the token with PMREPORT_JIRA_TOKEN_FILE"
    )


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("keyrings.alt.file", "the keyring keyrings.alt.file is not used: it keeps tokens in a plain file"),
        ("keyring.backends.null", "the keyring keyring.backends.null is not used: it throws tokens away"),
        ("keyring.backends.fail", "the keyring keyring.backends.fail is not used: it is no keyring"),
    ],
)
def test_a_keyring_that_is_none_is_not_used(module: str, why: str) -> None:
    """A plain file and a keyring that forgets are refused, and the error says so."""
    with pytest.raises(NotAuthorisedError) as caught:
        jira_token(SITE, {}, keyring=backend_of(module))

    assert why in str(caught.value.where)


def test_the_keyrings_of_real_systems_are_used() -> None:
    """What GNOME, Windows and macOS offer is no plain file."""
    modules = ("keyring.backends.SecretService", "keyring.backends.Windows", "keyring.backends.macOS")

    assert [refusal(backend_of(module)) for module in modules] == [None, None, None]


def test_a_refused_keyring_hides_no_good_one() -> None:
    """Where the system chains several keyrings, each is asked by itself."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    class Chain(ChainerBackend):
        """A chain of a plain file and a real keyring."""

        priority = 1
        backends = (backend_of("keyrings.alt.file"), Drawer(pmreport="kept"))

    Chain.__module__ = "keyring.backends.chainer"
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]  # the library says nothing
        token = jira_token(SITE, {})
    finally:
        keyring.set_keyring(before)

    assert token.secret == Secret("kept")


@pytest.mark.parametrize("named", ["", "oneword", "nowhere.at.all.Keyring", "keyring.backends.Missing"])
def test_a_keyring_that_cannot_be_loaded_hides_no_token(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable names a keyring that is not installed: it is told, and the plain file still counts."""
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
    plain = tmp_path / "tokens.json"

    with pytest.raises(NotAuthorisedError, match="there is no token") as caught:
        jira_token(SITE, {}, plain=plain)
    with pytest.raises(NotAuthorisedError, match="no keyring that keeps a token safe"):
        keep(SITE, Secret("one"), Places({}, plain=plain), insecure=False)
    keep(SITE, Secret("two"), Places({}, plain=plain), insecure=True)

    assert "PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded" in str(caught.value.where)
    assert jira_token(SITE, {}, plain=plain).secret == Secret("two")


def test_a_locked_keyring_says_so() -> None:
    """The owner is told to unlock it, or to take another way."""
    with pytest.raises(NotAuthorisedError) as caught:
        jira_token(SITE, {}, keyring=LockedDrawer())

    assert caught.value.what == "the keyring does not open (KeyringLocked)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the token file is empty"),
        (b"abc def", "what was found is no token"),
        (b"one\ntwo", "what was found is no token"),
        ("tokén".encode(), "what was found is no token"),
        (b"\xff\xfe", "cannot read the token file: it is not text"),
    ],
    ids=["empty", "two words", "two lines", "an accent", "bytes"],
)
def test_a_file_that_holds_no_token_is_refused_unseen(tmp_path: Path, content: bytes, said: str) -> None:
    """The error names the file and shows nothing of what is in it."""
    file = tmp_path / "token"
    file.write_bytes(content)

    with pytest.raises(NotAuthorisedError) as caught:
        jira_token(SITE, {"PMREPORT_JIRA_TOKEN_FILE": str(file)})

    assert said in caught.value.what
    assert caught.value.where == f"PMREPORT_JIRA_TOKEN_FILE = {file}"


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is not taken for "no token"."""
    with pytest.raises(NotAuthorisedError) as caught:
        jira_token(SITE, {"PMREPORT_JIRA_TOKEN_FILE": str(tmp_path / "nope")}, keyring=Drawer(pmreport="k"))

    assert caught.value.what == "cannot read the token file: No such file or directory"


def test_a_secret_shows_itself_only_when_asked() -> None:
    """Printing, formatting, logging and pickling give nothing away."""
    secret = Secret("abc123")

    shown = f"{secret} {secret!r} {[secret]}"

    assert "abc123" not in shown
    assert secret.reveal() == "abc123"
    assert secret == Secret("abc123")
    assert len({secret, Secret("abc123")}) == 1
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_text_is_cleared_of_secrets() -> None:
    """Values of the environment, login headers, addresses and anything like an Atlassian token go."""
    environ = {"PMREPORT_JIRA_TOKEN": "s3cret", "PMREPORT_MAIL_PASSWORD": "pa55", "PMREPORT_CONFIG": "x.toml"}

    text = redacted(
        "s3cret pa55 x.toml Basic cG06c2VjcmV0 https://pm:geheim@host ATATT3xFfGF0abc=12345678", environ
    )

    assert text == "[hidden] [hidden] x.toml Basic [hidden] https://[hidden]@host [hidden]"
