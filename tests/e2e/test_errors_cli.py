"""The mistakes of a first hour, each in a process of its own: what is said, and the exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import seen_on_a_terminal

ROOT = Path(__file__).resolve().parents[2]

LEAST = """\
[site]
name = "acme"
url = "{url}"
[scope]
projects = ["WEB"]
[store]
url = "duckdb:store.duckdb"
[me]
folder = "."
"""
TOKEN = "s3cret-t0ken"  # noqa: S105 - of nobody
DEAD = "http://127.0.0.1:9"  # nobody listens there
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


def pmreport(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run pmreport in a folder, with an empty home and nothing of this machine's environment."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    keep = {
        name: value for name, value in os.environ.items() if name.startswith(("PATH", "COV", "PYTHONPATH"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pmreport", *words],
        cwd=folder,
        env={**keep, "HOME": str(home), **NO_KEYRING, **environ},
        stdin=subprocess.DEVNULL,
        check=False,
        text=True,
        capture_output=True,
        timeout=120,
    )


def configured(folder: Path, more: str = "", url: str = DEAD) -> Path:
    """A folder with a configuration."""
    (folder / "pmreport.toml").write_text(LEAST.format(url=url) + more, encoding="utf-8")
    return folder


def test_a_misspelt_command_is_answered_with_the_right_one(tmp_path: Path) -> None:
    """Status 2, and nothing on standard output."""
    done = pmreport(tmp_path, "reprot", "weekly")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        'error: there is no command "reprot"; did you mean "report"?\n'
        "  hint: `pmreport --help` shows what is possible\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "sprnts"], 'there is no command "sprnts"; did you mean "sprints"?'),
        (["report", "weekly", "--format", "odt"], '"odt" is none of html, mail, md, txt, json, xlsx, pdf'),
        (["demo", "--issues", "3"], "3 is not in the range x>=1500"),
        (["sync", "--ful"], "no such option '--ful'"),
        (["tag", "explain"], "missing argument 'KEY'"),
        (["report", "weekly", "--out", ""], "invalid value for '--out': it is empty; name a place"),
        (["export", " ", "--format", "csv"], "invalid value for 'DIR': it is empty; name a place"),
        (["completion", "csh"], "'csh' is not one of 'bash', 'zsh', 'fish', 'powershell'"),
    ],
)
def test_words_that_cannot_be_followed_end_with_2(tmp_path: Path, words: list[str], said: str) -> None:
    """Each says what is wrong and which help to read."""
    done = pmreport(tmp_path, *words)

    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
    assert "--help` shows what is possible" in done.stderr


def test_no_configuration_names_the_demo_and_ends_with_78(tmp_path: Path) -> None:
    """A newcomer learns what to do next."""
    done = pmreport(tmp_path, "show", "sprints")

    assert done.returncode == 78
    assert done.stderr == (
        "error: there is no configuration yet\n"
        f"  --> pmreport.toml, then {tmp_path}/home/.config/pmreport/pmreport.toml\n"
        "  hint: `pmreport init` writes one for your own Jira, `pmreport demo` shows what pmreport does "
        f"without; every option stands in {ROOT}/config.example.toml\n"
    )


def test_a_wrong_configuration_shows_every_fault_and_ends_with_78(tmp_path: Path) -> None:
    """Every fault with its line, in one round."""
    configured(tmp_path, '[calendar]\ntime_zone = "Europe/Berln"\nweek_strat = "mon"\n')

    done = pmreport(tmp_path, "sync")

    assert done.returncode == 78
    assert done.stderr == (
        'error: there is no time zone of this name; did you mean "Europe/Berlin"?\n'
        "  --> pmreport.toml:11:13\n"
        '  11 | time_zone = "Europe/Berln"\n'
        "     |             ^^^^^^^^^^^^^^\n"
        "\n"
        'error: unknown key "week_strat"; did you mean "week_start"?\n'
        "  --> pmreport.toml:12:1\n"
        "  12 | week_strat = ***\n"
        "     | ^^^^^^^^^^\n"
    )


def test_a_token_in_the_configuration_is_never_printed(tmp_path: Path) -> None:
    """Also not with --debug and --verbose."""
    configured(tmp_path, '[mail]\npassword = "hunter2hunter2"\n')

    done = pmreport(tmp_path, "-v", "--debug", "sync")

    assert done.returncode == 78
    assert "hunter2" not in done.stderr + done.stdout
    assert "password = ***" in done.stderr


def test_no_token_names_the_three_ways_and_ends_with_77(tmp_path: Path) -> None:
    """Environment, file, keyring; and why the keyring of this machine is not used."""
    done = pmreport(configured(tmp_path), "sync")

    assert done.returncode == 77
    assert done.stderr == (
        f"error: there is no token for {DEAD}\n"
        f"  --> the environment and the keyring (pmreport, jira:{DEAD}); the keyring keyring.backends.null "
        "is not used: it throws tokens away\n"
        "  hint: `pmreport auth login` asks for it and keeps it; or set PMREPORT_JIRA_TOKEN; "
        "or name a file that holds the token with PMREPORT_JIRA_TOKEN_FILE\n"
    )


def test_a_site_that_does_not_answer_ends_with_69_and_keeps_the_token(tmp_path: Path) -> None:
    """The address is named, the token is not; nor is it with --debug."""
    done = pmreport(configured(tmp_path), "--debug", "sync", PMREPORT_JIRA_TOKEN=TOKEN)

    assert done.returncode == 69
    assert "127.0.0.1:9" in done.stderr
    assert TOKEN not in done.stderr + done.stdout


def test_a_store_without_a_sync_says_so_and_ends_with_65(tmp_path: Path) -> None:
    """There is nothing to show yet, and the way on is named."""
    done = pmreport(configured(tmp_path), "show", "sprints")

    assert done.returncode == 65
    assert "sync" in done.stderr


def test_a_store_that_is_none_ends_with_65(tmp_path: Path) -> None:
    """A file of something else is not written over."""
    configured(tmp_path)
    (tmp_path / "store.duckdb").write_bytes(b"this is no store" * 1000)

    done = pmreport(tmp_path, "show", "sprints")

    assert done.returncode == 65
    assert "store.duckdb" in done.stderr
    assert (tmp_path / "store.duckdb").read_bytes() == b"this is no store" * 1000


def test_a_period_that_is_none_ends_with_2(tmp_path: Path) -> None:
    """A slip of the pen in --as-of is told before anything is read."""
    done = pmreport(configured(tmp_path), "show", "sprints", "--as-of", "yesterday")

    assert done.returncode == 2
    assert "'yesterday' is no date and no instant" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_ends_with_1_and_a_sentence(tmp_path: Path) -> None:
    """Standard output that cannot be written to is no traceback."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pmreport", "--help"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("error: the disk is full; what was written before stays\n")


def test_an_error_on_a_terminal_is_coloured_and_reads_the_same(tmp_path: Path) -> None:
    """Colour adds nothing that is not also in the words."""
    seen = seen_on_a_terminal(tmp_path, "-m", "pmreport", "reprot", columns=80)

    assert seen.startswith('error: there is no command "reprot"; did you mean "report"?\n')


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_command_whose_answer_finds_no_room_ends_with_1(tmp_path: Path) -> None:
    """The interpreter's own last words, and its status 120, stay out."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pmreport", "completion", "bash"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("error: the disk is full")
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("words", [["show", "sprints"], ["sql", "SELECT 1"], ["report", "weekly"]])
def test_who_looks_before_the_first_sync_makes_no_store(tmp_path: Path, words: list[str]) -> None:
    """Only a sync makes one."""
    done = pmreport(configured(tmp_path), *words)

    assert done.returncode == 65
    assert "nothing has been read yet" in done.stderr
    assert not (tmp_path / "store.duckdb").exists()


@pytest.mark.parametrize("kind", ["not UTF-8", "a folder"])
def test_a_demo_leaves_a_strange_configuration_alone(tmp_path: Path, kind: str) -> None:
    """A folder that no demo made is refused, whatever lies in it."""
    path = tmp_path / "out" / "pmreport.toml"
    path.parent.mkdir()
    if kind == "a folder":
        path.mkdir()
    else:
        path.write_bytes(b"caf\xe9")

    done = pmreport(tmp_path, "demo", "--out", "out", "--no-open")

    assert done.returncode == 2
    assert "the folder holds something that no demo made" in done.stderr
