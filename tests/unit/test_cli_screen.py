"""What reaches a terminal: words, and nothing that steers it."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.cli.progress import pace, shown
from pmreport.cli.root import pmreport
from pmreport.cli.screen import harmless, say_json
from pmreport.cli.sql import as_csv
from pmreport.sync.summary import Progress
from tests.support.terminal import seen_on_a_terminal


@given(st.text())
def test_no_control_code_reaches_a_terminal(text: str) -> None:
    """Whatever stands in Jira, only line ends and tabs move the cursor, and nothing turns writing round."""
    kept = set(harmless(text)) - {"\n", "\t"}

    assert not [sign for sign in kept if ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u202e\u2066"]


def test_an_escape_is_seen_as_a_sign() -> None:
    """A control code is shown and not dropped, so that nobody wonders what was there."""
    assert harmless("a\x1b[2J\r\nb\x9b") == "a\N{SYMBOL FOR ESCAPE}[2J\nb\N{REPLACEMENT CHARACTER}"


def test_json_says_everything_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Control codes are escaped as JSON escapes them, so a program reads what Jira holds."""
    say_json({"summary": "é \x1b[31m\x9b \u202e"})

    out = capsys.readouterr().out
    assert json.loads(out) == {"summary": "é \x1b[31m\x9b \u202e"}
    assert "é" in out
    assert not [sign for sign in out if ord(sign) in {0x1B, 0x9B, 0x202E}]


def test_csv_never_holds_a_formula() -> None:
    """What a spreadsheet would compute gets an apostrophe; numbers stay numbers."""
    text = as_csv([["=a", "b"], ["=HYPERLINK()", -1], ["-x", None], ['say "hi", you', "two\nlines"]])

    assert text == '\'=a,b\n\'=HYPERLINK(),-1\n\'-x,\n"say ""hi"", you","two\nlines"\n'


def test_a_log_gets_one_line_a_phase(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal progress is calm: a line when a phase ends, with what it came to."""
    with shown() as report:
        for done in range(0, 1501, 100):
            report(Progress(phase="reading issues", done=done, total=1500))
        report(Progress(phase="building histories"))
        report(Progress(phase="reading worklogs", done=7, total=9))

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "reading issues: 1500\nbuilding histories\nreading worklogs: 7 of 9\n"


@pytest.mark.parametrize(
    ("rate", "seconds", "words"),
    [
        (None, None, ""),
        (420.4, None, "420/s"),
        (420.4, 200.0, "420/s, 3 min left"),
        (420.4, 61.0, "420/s, 61 s left"),
        (0.5, 0.4, "30/min, 1 s left"),
    ],
)
def test_the_pace_is_said_as_far_as_it_is_known(
    rate: float | None, seconds: float | None, words: str
) -> None:
    """How many a second, or a minute where it is slow; minutes left, or seconds at the end."""
    assert pace(rate, seconds) == words


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_sentence_breaks_between_words_on_a_terminal(tmp_path: Path, columns: int) -> None:
    """Never within one, and a path stands out rather than being cut."""
    sentence = f"You have none of your own; `copy NAME` begins a folder in /{'long-' * 30} for all of them."
    script = "import sys; from pmreport.cli.screen import in_lines; print(in_lines(sys.argv[1]))"
    lines = seen_on_a_terminal(tmp_path, "-c", script, sentence, columns=columns).splitlines()

    assert " ".join(lines) == sentence
    assert [len(line) > columns for line in lines] == ["long-" in line for line in lines]


def pages(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help of a command and of all below it."""
    yield command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from pages(below, click.Context(below, info_name=name, parent=context))


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_help_breaks_a_word(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """Nor does the terminal, for no line is longer; at sixty a line to be copied may be."""
    monkeypatch.setenv("COLUMNS", str(columns))
    context = click.Context(pmreport, info_name="pmreport", max_content_width=100)
    lines = [line for page in pages(pmreport, context) for line in page.splitlines()]

    assert len(lines) > 500
    assert [line for line in lines if re.search(r"\w-$", line)] == []
    assert [line for line in lines if len(line) > max(columns, 80)] == []
