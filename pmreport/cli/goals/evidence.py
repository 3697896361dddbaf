"""`pmreport goals evidence`: the evidence as a file."""

from pathlib import Path

import click

from pmreport.cli import clock
from pmreport.cli.place import Place
from pmreport.cli.session import Session, common, pass_session


@click.command("evidence", short_help="Write the evidence as CSV, JSON or an Excel sheet.")
@click.argument("target", metavar="FILE|-", type=Place(dir_okay=False, allow_dash=True))
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "xlsx"]), required=True, help="What to write."
)
@click.option(
    "--visibility",
    type=click.Choice(["private", "manager", "management"]),
    default="manager",
    show_default=True,
    help="Who will read it; private: you alone, with your private goals.",
)
@common()
@pass_session
def command(session: Session, *, target: Path, form: str, visibility: str) -> None:
    """Write what speaks for and against your goals to FILE; - is standard output.

    Unless it is for you alone, your private goals are not in it, and items with a security level have no key.
    """
    from pmreport.app.export import evidence
    from pmreport.cli import screen
    from pmreport.cli.goal_shapes import evidence_json
    from pmreport.cli.json_values import SCHEMA
    from pmreport.errors import UsageError
    from pmreport.goals.review import Audience

    found = evidence.pieces(session.workspace(), Audience(visibility))
    is_piped = str(target) == "-"
    if form == "json":
        shape = {"schema": SCHEMA, "visibility": visibility, "evidence": list(map(evidence_json, found))}
        content = (screen.json_text(shape) + "\n").encode()
    else:
        if is_piped and form == "xlsx":
            raise UsageError("a workbook is no text", hint="name a file, e.g. evidence.xlsx")
        content = evidence.content(found, form, clock.now())
    if is_piped:
        click.echo(screen.harmless(content.decode("utf-8-sig")), nl=False)
        return
    evidence.write(target, content)
    screen.note(f"{len(found)} pieces of evidence are in {target}.")
    if visibility == "private":
        screen.note("PRIVATE: it holds your private goals; keep it to yourself.")
