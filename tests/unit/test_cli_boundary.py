"""The end of every command: what is said, and the exit status."""

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmreport.cli.boundary import Refusal, refused, run
from pmreport.cli.session import common, wanted_color
from pmreport.errors import (
    BadDataError,
    ConfigurationError,
    ExitStatus,
    NotAuthorisedError,
    PmreportError,
    StorageFullError,
    TryLaterError,
    UnreachableError,
    UsageError,
)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PmreportError("x"), 1),
        (StorageFullError("x"), 1),
        (UsageError("x"), 2),
        (BadDataError("x"), 65),
        (UnreachableError("x"), 69),
        (TryLaterError("x"), 75),
        (NotAuthorisedError("x"), 77),
        (ConfigurationError("x"), 78),
    ],
)
def test_every_error_of_ours_has_its_exit_status(error: PmreportError, status: int) -> None:
    """A scheduler can tell a wrong token from a rate limit."""
    assert refused(error) == Refusal(what="x", status=status)


def test_an_error_says_what_where_and_what_to_do() -> None:
    """Three lines: the sentence, the place, the way on."""
    error = BadDataError("the store is damaged", where="store.duckdb", hint="run: pmreport sync --rebuild")

    assert str(refused(error)) == (
        "error: the store is damaged\n  --> store.duckdb\n  hint: run: pmreport sync --rebuild"
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_in_a_sentence(number: int) -> None:
    """It names the file and comforts: what was written stays."""
    refusal = refused(OSError(number, "No space left on device", "/data/store.duckdb"))

    assert refusal == Refusal(
        what="the disk is full; what was written before stays",
        where="/data/store.duckdb",
        hint="make room and run the command again",
        status=ExitStatus.OTHER,
    )


def test_another_fault_of_the_system_names_its_file() -> None:
    """A folder that cannot be written to is named, without a traceback."""
    refusal = refused(PermissionError(errno.EACCES, "Permission denied", "/reports"))

    assert (refusal.what, refusal.where, refusal.status) == ("permission denied", "/reports", 1)


def test_the_words_of_an_unexpected_error_stay_out() -> None:
    """They may hold anything, also a token; the kind is enough until somebody asks with --debug."""
    refusal = refused(KeyError("s3cret"))

    assert "s3cret" not in str(refusal)
    assert refusal.what == "a fault of pmreport itself (KeyError)"
    assert "--debug" in str(refusal.hint)


def run_failing(error: BaseException, *words: str) -> int:
    """Run the program with a command that raises `error`."""

    @click.command("fail")
    @common()
    def fail() -> None:
        raise error

    return run(words, {"PMREPORT_JIRA_TOKEN": "s3cret"}, program=fail)


def test_a_traceback_is_shown_on_request_without_secrets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """--debug shows where it happened; what the environment keeps secret is hidden even there."""
    status = run_failing(ValueError("sent s3cret with Basic cG06c2VjcmV0"), "--debug")

    said = capsys.readouterr().err
    assert status == 1
    assert "Traceback (most recent call last)" in said
    assert "sent [hidden] with Basic [hidden]" in said
    assert said.endswith("run it again with --debug to see where, and report it\n")


def test_an_error_of_ours_hides_the_secrets_of_the_environment_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A net below the net: should a sentence hold the token, it is not printed; nor is a control code."""
    run_failing(NotAuthorisedError("refused s3cret \x1b[2J"))

    assert capsys.readouterr().err == "error: refused [hidden] \N{SYMBOL FOR ESCAPE}[2J\n"


def test_an_interruption_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is no fault: one word, and the status a shell expects."""
    assert run_failing(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err.strip() == "interrupted"


def test_an_error_of_click_without_usage_is_told_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever click refuses has a sentence of its own."""
    assert run_failing(click.ClickException("No such thing.")) == 1
    assert capsys.readouterr().err == "error: no such thing\n"


def test_an_exit_status_of_a_command_is_kept() -> None:
    """A command may end with a status of its own."""
    assert run_failing(click.exceptions.Exit(3)) == 3


def test_warnings_of_any_room_reach_the_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They go to standard error; what is said for --verbose only stays out."""

    @click.command("warn")
    @common()
    def warn() -> None:
        log = logging.getLogger("pmreport.secrets")
        log.warning("other users can read %s", "s3cret")
        log.info("details")

    run([], {"PMREPORT_JIRA_TOKEN": "s3cret"}, program=warn)
    calm = capsys.readouterr().err
    run(["-v"], {}, program=warn)
    wordy = capsys.readouterr().err

    assert calm == "warning: other users can read [hidden]\n"
    assert wordy.endswith("details\n")


@pytest.mark.parametrize(
    ("environ", "color"),
    [
        ({}, None),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, None),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_follow_the_environment(environ: dict[str, str], *, color: bool | None) -> None:
    """NO_COLOR wins over FORCE_COLOR; an empty variable says nothing."""
    assert wanted_color(environ) is color


def test_colours_are_forced_and_forbidden(capsys: pytest.CaptureFixture[str]) -> None:
    """FORCE_COLOR colours even a file, --no-color not even a terminal."""
    run(["nope"], {"FORCE_COLOR": "1"})
    forced = capsys.readouterr().err
    run(["--no-color", "nope"], {"FORCE_COLOR": "1"})
    forbidden = capsys.readouterr().err

    assert forced.startswith("\x1b[31m\x1b[1merror:\x1b[0m there is no command")
    assert forbidden.startswith("error: there is no command")


HEAVY: tuple[str, ...] = (
    "pandas",
    "jira",
    "duckdb",
    "pydantic",
    "keyring",
    "rich",
    "lark",
    "jinja2",
    "starlette",
    "uvicorn",
)
HEAVY += ("vl_convert", "css_inline", "holidays", "requests")
LOADED = f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
CALL = f"""
import atexit, sys
atexit.register(lambda: {LOADED})
from pmreport.__main__ import main
sys.argv = ["pmreport", *sys.argv[1:]]
main()
"""


def python(code: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, far from anybody's configuration."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environ},
        cwd=Path(__file__).parent,
        check=False,
        text=True,
        capture_output=True,
        timeout=60,
    )


COMMANDS = [
    [],
    *([name] for name in ("demo", "doctor", "sync", "tag", "show", "report", "sql", "completion")),
    *(["show", name] for name in ("sprints", "estimates", "followups")),
    *(["report", name] for name in ("weekly", "sprint", "review")),
    ["tag", "explain"],
]


def test_help_loads_nothing_heavy() -> None:
    """The help of every command is there at once: no library that takes its time is loaded for it."""
    code = f"""
import sys
from pmreport.cli.boundary import run
for words in {COMMANDS!r}:
    assert run([*words, "--help"]) == 0, words
    assert run([*words, "-h"]) == 0, words
{LOADED}
"""
    done = python(code)

    assert done.stderr == "[]\n"
    assert done.stdout.count("Usage: pmreport") == 2 * len(COMMANDS)


@pytest.mark.parametrize("words", ["pmreport ", "pmreport show s", "pmreport report weekly --f"])
def test_completion_loads_nothing_heavy(words: str) -> None:
    """The Tab key answers at once."""
    count = str(len(words.split(" ")) - 1)
    done = python(CALL, _PMREPORT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)

    assert done.stderr == "[]\n"
    assert {"pmreport ": "report", "pmreport show s": "sprints"}.get(words, "--format") in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The script asks pmreport itself for what may follow."""
    assert run(["completion", shell], {}) == 0
    assert "_PMREPORT_COMPLETE" in capsys.readouterr().out


def test_every_command_is_listed_with_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """No line of the list of commands is cut."""
    run(["--help"], {})

    commands = capsys.readouterr().out.split("Commands:")[1]
    assert "..." not in commands.split("New here?")[0]
    assert all(
        name in commands for name in ("demo", "doctor", "sync", "tag", "show", "report", "sql", "completion")
    )


def test_pmreport_alone_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error and with status 2: nothing was asked, so there are no data."""
    assert run([], {}) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Usage: pmreport [OPTIONS] COMMAND")


def test_the_version_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """For scripts, and for the report of a fault."""
    assert run(["--version"], {}) == 0
    assert capsys.readouterr().out == "pmreport 0.1.0\n"


def test_options_may_stand_before_and_behind_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`pmreport --config x show sprints` and `pmreport show sprints --config x` mean the same."""
    said = []
    for words in (["--config", "x.toml", "show", "sprints"], ["show", "sprints", "--config", "x.toml"]):
        assert run(words, {}) == 78
        said.append(capsys.readouterr().err)

    assert said[0] == said[1]
    assert "x.toml" in said[0]


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    """`pmreport ... | head` ends without a complaint."""
    code = """
import os, sys
from pmreport.cli.boundary import run
reading, writing = os.pipe()
os.close(reading)
os.dup2(writing, 1)
sys.stderr.write(str(run(["--help"])))
"""
    done = python(code)

    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    "number",
    [errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG],
)
def test_a_place_that_does_not_suit_is_no_fault_to_report(number: int) -> None:
    """The person chose it: they learn which path it is and what to do there."""
    refusal = refused(OSError(number, os.strerror(number), "/there"))

    assert refusal.where == "/there"
    assert "report" not in str(refusal.hint)


def test_a_closed_standard_output_is_no_fault() -> None:
    """`pmreport ... >&-`: nobody wants to read, and nothing breaks."""
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m pmreport completion bash >&-"],
        check=False,
        capture_output=True,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_what_standard_output_cannot_show_becomes_a_question_mark() -> None:
    """An old encoding loses a letter and not the whole answer; JSON is escaped and loses none."""
    code = """
import sys
from pmreport.cli.screen import say, say_json, steady
steady()
say("a \N{EN DASH} b")
say_json({"a": "\N{EN DASH}"})
"""
    done = python(code, PYTHONIOENCODING="latin-1")

    assert done.stderr == ""
    assert done.stdout == 'a ? b\n{\n  "a": "\\u2013"\n}\n'


def test_a_word_that_the_locale_cannot_read_is_read_as_utf_8() -> None:
    """A scheduler with the locale C passes the same bytes on as everybody else."""
    code = """
import sys
from pmreport.cli.screen import unbroken
print(ascii(unbroken(sys.argv[1])), unbroken("plain"))
"""
    done = python(code, "é😀", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert done.stdout == "'\\xe9\\U0001f600' plain\n"
