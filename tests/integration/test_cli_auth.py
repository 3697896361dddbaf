"""`pmreport auth` and `pmreport discover` against a simulated site."""

import io
import json
import logging
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from pmreport.cli.boundary import run
from pmreport.config import load
from pmreport.secrets import plain_file
from tests.support.configured import configured
from tests.support.file_keyring import FileKeyring, ForgetfulKeyring
from tests.support.schema import faults
from tests.support.simulator import Simulator

VARIABLE = "PMREPORT_JIRA_TOKEN"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an empty keyring."""
    monkeypatch.setenv("PMREPORT_TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setattr(plain_file, "default_path", lambda: tmp_path / "home" / "tokens.json")
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield tmp_path / "home"
    keyring.set_keyring(before)


@pytest.fixture
def config(simulator: Simulator, tmp_path: Path) -> Path:
    """A configuration of the simulated site."""
    return configured(tmp_path, simulator.site, "SHOP", "OPS")


class Desk:
    """Somebody without a terminal who runs commands with that configuration."""

    def __init__(
        self, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.config = config
        self.capsys = capsys
        self.monkeypatch = monkeypatch

    def run(
        self, *words: str, piped: bytes = b"", environ: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """The exit status, and what went to standard output and standard error."""
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
        status = run(["--config", str(self.config), *words], environ or {})
        said = self.capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def desk(config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk."""
    return Desk(config, capsys, monkeypatch)


def test_a_piped_token_is_tried_kept_and_used(desk: Desk, simulator: Simulator) -> None:
    """It says as whom and where; status says the same; the token is in no word of it."""
    token = simulator.site.token

    login = desk.run("auth", "login", "--expires", "2027-03-31", piped=f"\ufeff{token}\n".encode())
    status = desk.run("auth", "status")
    shape = json.loads(desk.run("auth", "status", "--json")[1])

    place = f"keyring: pmreport, jira:{simulator.url}"
    assert login == (
        0,
        "",
        f"Jira takes the token, as {simulator.site.display_name}. It is kept here: {place}\n",
    )
    assert status[0] == 0
    *lines, last = status[1].splitlines()
    assert lines == [
        f"site     {simulator.url}",
        f"token    {place}",
        f"taken    as {simulator.site.display_name} ({simulator.site.account_id})",
    ]
    assert last.startswith("expires  2027-03-31 (")
    assert faults(shape, "auth-status") == []
    assert (shape["places"], shape["taken"], shape["expires"]) == ([place], True, "2027-03-31")
    assert token not in "".join(map(str, (*login, *status, shape)))


@pytest.mark.parametrize(
    ("piped", "said"),
    [
        (b"wrong", "Jira refused the token"),
        (b" \n", "no token came over standard input"),
        (b"two words", "what was found is no token"),
        (b"\xff\xfes\x00", "what was found is no token"),
    ],
)
def test_a_token_that_is_not_taken_is_not_kept(desk: Desk, tmp_path: Path, piped: bytes, said: str) -> None:
    """Status 77; the keyring stays as it was."""
    status, out, err = desk.run("auth", "login", piped=piped)

    assert (status, out) == (77, "")
    assert said in err
    assert not (tmp_path / "keyring.json").exists()


def test_a_keyring_that_forgets_is_not_believed(desk: Desk, simulator: Simulator) -> None:
    """What was written is read back: the login fails, and says what else can be done."""
    keyring.set_keyring(ForgetfulKeyring())  # type: ignore[no-untyped-call]

    status, _, err = desk.run("auth", "login", piped=simulator.site.token.encode())

    assert status == 77
    assert "the keyring does not hold what was put into it" in err


def test_insecure_storage_writes_a_plain_file(desk: Desk, simulator: Simulator, home: Path) -> None:
    """Without a keyring nothing is kept unless that is asked for; every use brings a caution."""
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    token = simulator.site.token

    refused = desk.run("auth", "login", piped=token.encode())
    kept = desk.run("auth", "login", "--insecure-storage", piped=token.encode())
    status = desk.run("auth", "status")
    gone = desk.run("auth", "logout")

    assert refused[0] == 77
    assert "this system has no keyring that keeps a token safe" in refused[2]
    assert kept[0] == 0
    assert f"plain file: {home / 'tokens.json'}" in kept[2]
    assert (status[0], "warning: the token lies in a plain file" in status[2]) == (0, True)
    assert f"plain file: {home / 'tokens.json'}" in gone[2]
    assert not (home / "tokens.json").exists()


def test_logout_takes_the_token_out_and_says_what_is_left(desk: Desk, simulator: Simulator) -> None:
    """A variable still gives one; the token still opens Jira until it is revoked there."""
    desk.run("auth", "login", piped=simulator.site.token.encode())

    first = desk.run("auth", "logout")
    second = desk.run("auth", "logout", environ={VARIABLE: "other"})
    status = desk.run("auth", "status")

    assert first[0] == second[0] == 0
    assert "It opens Jira until it is revoked: https://id.atlassian.com" in first[2]
    assert f"No token for {simulator.url} is kept" in second[2]
    assert "warning: a token still comes from PMREPORT_JIRA_TOKEN" in second[2]
    assert (status[0], status[1].splitlines()[1]) == (77, "token    nowhere")
    assert "`pmreport auth login` asks for it" in status[2]


def test_a_variable_that_hides_the_new_token_is_told(desk: Desk, simulator: Simulator) -> None:
    """Status names both places, the one that is used first."""
    environ = {"PMREPORT_SIM_JIRA_TOKEN": "stale"}

    login = desk.run("auth", "login", piped=simulator.site.token.encode(), environ=environ)
    status = desk.run("auth", "status", environ=environ)

    assert login[0] == 0
    assert "warning: another token is used before it, from PMREPORT_SIM_JIRA_TOKEN" in login[2]
    assert status[0] == 77
    assert status[1].splitlines()[1:] == [
        "token    PMREPORT_SIM_JIRA_TOKEN",
        f"         also in keyring: pmreport, jira:{simulator.url}; not used",
        "taken    no, or not known",
        "expires  not known",
    ]


def test_the_status_of_a_site_that_does_not_answer(desk: Desk) -> None:
    """Where the token lies is known all the same; the status is that of an unreachable site."""
    text = desk.config.read_text()
    url = load(desk.config).site.url
    desk.config.write_text(text.replace(url, "http://127.0.0.1:9"))

    status, out, err = desk.run("auth", "status", environ={VARIABLE: "s3cret"})

    assert status == 69
    assert "token    PMREPORT_JIRA_TOKEN" in out
    assert "the connection was refused" in err
    assert "s3cret" not in out + err


@pytest.mark.parametrize("what", ["boards", "fields", "statuses"])
def test_what_is_discovered_can_be_pasted(desk: Desk, simulator: Simulator, what: str) -> None:
    """Standard output is TOML and nothing else, and the configuration with it loads."""
    status, out, err = desk.run("discover", what, environ={VARIABLE: simulator.site.token})

    pasted = tomllib.loads(out)
    begin = desk.config.read_text()
    if "scope" in pasted:
        begin = begin[: begin.index("[scope]")]
    desk.config.write_text(begin + out)
    assert (status, err) == (0, "")
    assert load(desk.config).site.name == "sim"
    assert pasted


def test_the_reason_of_a_field_is_the_board_that_estimates_in_it(desk: Desk, simulator: Simulator) -> None:
    """SHOP has a board that estimates in its own field; OPS has none and takes the first with a value."""
    _, out, _ = desk.run("discover", "fields", environ={VARIABLE: simulator.site.token})

    lines = {line.split(":")[0]: line for line in out.splitlines() if line.startswith("#   ")}
    assert "board 11 estimates in it" in lines["#   SHOP"]
    assert "; else " in lines["#   OPS"]
    assert 'sprint = "customfield_10020"' in out


def test_a_project_that_is_not_there_is_named_with_the_nearest(desk: Desk, simulator: Simulator) -> None:
    """Discovery says what is wrong with the configuration."""
    desk.config.write_text(desk.config.read_text().replace('"SHOP"', '"SHIP"'))

    status, out, err = desk.run("discover", "boards", environ={VARIABLE: simulator.site.token})

    assert (status, out) == (2, "")
    assert "there is no project SHIP" in err
    assert "did you mean SHOP?" in err


def test_the_log_holds_no_token(desk: Desk, simulator: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    """Also not with --debug, when it was typed and not in the environment."""
    caplog.set_level(logging.DEBUG)

    status, out, err = desk.run("--debug", "auth", "login", piped=simulator.site.token.encode())

    assert status == 0
    assert simulator.site.token not in out + err + caplog.text
