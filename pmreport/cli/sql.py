"""`pmreport sql`: a question of one's own to the store."""

import csv
import io
import sys
from collections.abc import Iterable
from typing import Any

import click

from pmreport.cli.session import Session, common, pass_session

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so


@click.command("sql", short_help="Ask the store a question in SQL.")
@click.argument("query")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@common()
@pass_session
def command(session: Session, *, query: str, form: str) -> None:
    """Ask the store a question in SQL: `-` reads it from standard input.

    Nothing can be written, and no file or address can be reached from it. The tables are described by
    `SELECT table_name, column_name FROM information_schema.columns`.
    """
    from pmreport.app import sql
    from pmreport.cli import grid, json_shapes, screen, tables

    answer = sql.run(session.workspace(), sys.stdin.read() if query == "-" else query)
    match form:
        case "json":
            screen.say_json(json_shapes.answer(answer.columns, answer.records))
        case "csv":
            click.echo(as_csv(answer.columns, answer.records), nl=False)
        case _:
            grid.show([tables.answer_table(answer.columns, answer.records)])


def as_csv(columns: Iterable[str], records: Iterable[Iterable[Any]]) -> str:
    """The answer as CSV. Text that a spreadsheet would compute gets an apostrophe before it."""
    from pmreport.cli.screen import harmless

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_safe(column) for column in columns])
    writer.writerows([[_safe(cell) for cell in record] for record in records])
    return harmless(text.getvalue())


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
