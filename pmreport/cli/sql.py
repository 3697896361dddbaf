"""`pmreport sql`: a question of one's own to the store."""

import codecs
import csv
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from pmreport.cli.screen import harmless, is_terminal, json_text, note, unbroken
from pmreport.cli.session import Session, common, pass_session
from pmreport.errors import UsageError
from pmreport.model.outgoing import defused

if TYPE_CHECKING:
    from pmreport.store.sandbox import Answer

_SHOWN = 1000  # records of a table: more is for a program to read
_IN_MEMORY = 16_000_000  # characters; a longer answer waits on the disk until all of it is there
_COMMENT = re.compile(r"--(?![a-z-]+=)\S*\s")


class _Question(click.Command):
    """A command whose argument may begin with `--`, as a comment in SQL does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options hold no blanks: what begins with two dashes and does is the question."""
        question = [word for word in args if _COMMENT.match(word)]
        others = [word for word in args if word not in question]
        return super().parse_args(ctx, [*others, "--", *question] if question else args)


@click.command("sql", cls=_Question, short_help="Ask the store a question in SQL.")
@click.argument("query")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@common()
@pass_session
def command(session: Session, *, query: str, form: str) -> None:
    """Ask the store a question in SQL: `-` reads it from standard input.

    Nothing can be written, and from a store of your own no file or address can be reached (what a shared one
    allows, its server decides by the user). The tables are described by
    `SELECT table_name, column_name FROM information_schema.columns`. A table shows the first 1000 rows;
    csv and json give all.
    """
    from pmreport.app import sql
    from pmreport.cli import grid, tables

    question, workspace = _text(query), session.workspace()
    if form == "table":
        answer = sql.run(workspace, question, limit=_SHOWN)
        grid.show([tables.answer_table(answer.columns, answer.records)])
        if answer.more:
            note(f"These are the first {_SHOWN} rows; there are more. `--format csv` gives all.")
        return
    # all of it before a word is said: a slow reader of ours shall not keep others from the store
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="") as whole:
        with sql.asked(workspace, question) as found:
            whole.writelines(_json(found) if form == "json" else _csv(found))
        whole.seek(0)
        _pass_on(iter(lambda: whole.read(1 << 16), ""), for_spreadsheet=form == "csv")


def as_csv(records: Iterable[Iterable[Any]]) -> str:
    """Records as CSV. Text that a spreadsheet would compute gets an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [[defused(cell) for cell in record] for record in records]
    )
    return harmless(text.getvalue())


def _csv(answer: "Answer") -> Iterator[str]:
    yield as_csv([answer.columns])
    for piece in answer.pieces():
        yield as_csv(piece)


def _json(answer: "Answer") -> Iterator[str]:
    from pmreport.cli import json_shapes

    frame = json_shapes.answer(answer.columns, ())
    yield json_text(frame).removesuffix("]\n}")
    between = "\n    "
    for piece in answer.pieces():
        for row in json_shapes.answer((), piece)["rows"]:
            yield between + json_text(row, indent=None)
            between = ",\n    "
    yield "\n  ]\n}\n"


def _pass_on(pieces: Iterator[str], *, for_spreadsheet: bool) -> None:
    """To a file always as UTF-8, for a spreadsheet with the mark it knows UTF-8 by; to a terminal as text."""
    if is_terminal() or not for_spreadsheet:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    click.echo(codecs.BOM_UTF8, nl=False)
    for piece in pieces:
        click.echo(piece.encode("utf-8", "replace"), nl=False)


def _text(query: str) -> str:
    """The question as text: from standard input for `-`; its bytes are UTF-8, whatever the locale."""
    if query != "-":
        return unbroken(query)
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("the question is not UTF-8 text", where="standard input") from None
