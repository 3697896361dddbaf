"""`pmreport export`: the tables of the store as files."""

from pathlib import Path

import click

from pmreport.cli import clock, progress
from pmreport.cli.place import Place
from pmreport.cli.screen import note, say, say_json
from pmreport.cli.session import Session, common, pass_session

_FORMATS = ("parquet", "csv", "xlsx")


@click.command("export", short_help="Write the tables as Parquet, CSV or an Excel workbook.")
@click.argument("folder", metavar="DIR", type=Place())
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    required=True,
    help="A file for each table; xlsx: a sheet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@common()
@pass_session
def command(session: Session, *, folder: Path, form: str, as_json: bool) -> None:
    """Write the tables of your site into DIR, for a spreadsheet or your own analysis.

    DIR is a new folder, or one that an export made: then its files are replaced, each at once. Beside every
    instant in milliseconds stands one to read, in UTC. All that your token may see goes out, restricted items
    and names too; what you typed into pmreport, your goals and your evidence never do.
    """
    from pmreport.app.export.run import run

    workspace = session.workspace()
    with progress.shown() as report:
        summary = run(workspace, folder, form=form, now=clock.now(), progress=report)
    if as_json:
        say_json({"folder": str(summary.folder), **summary.shape()})
    else:
        for name in summary.files:
            say(str(summary.folder / name))
    if summary.cut:
        note(f"{summary.cut} texts are cut, too long for a cell of Excel; csv and parquet hold all of them")
