"""`pmreport templates`: the files that reports are made with, and yours instead of them."""

from pathlib import Path

import click

from pmreport.cli.group import Group
from pmreport.cli.place import Place
from pmreport.cli.screen import note, say, say_json
from pmreport.cli.session import Session, common, pass_session
from pmreport.errors import ExitStatus


@click.group("templates", cls=Group, short_help="Change how reports look, and check it.")
@common()
def command() -> None:
    """The files that reports are made with: pages, mails, texts, charts, colours.

    A file of the same name in the folder `templates` of [report] takes the place of a shipped one.
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@common()
@pass_session
def list_(session: Session, *, as_json: bool) -> None:
    """List every template and chart: shipped or yours, and whether the shipped one has changed since."""
    from pmreport.app import templates
    from pmreport.cli import template_shapes

    shelf = templates.listed(session.config())
    if as_json:
        say_json(template_shapes.shelf_json(shelf))
    else:
        template_shapes.show(shelf)


@command.command("copy")
@click.argument("name", metavar="NAME")
@click.option(
    "--to",
    type=Place(file_okay=False),
    metavar="DIR",
    help="Where to; default: your folder of templates, else my_templates beside the configuration.",
)
@click.option("--force", is_flag=True, help="Write over copies that are there.")
@common()
@pass_session
def copy(session: Session, *, name: str, to: Path | None, force: bool) -> None:
    """Copy shipped templates into your folder, to change them there.

    NAME is a report (weekly), a chart (burnup), `charts`, or a file (theme.css). The paths are printed.
    """
    from pmreport.app import template_copies

    copied = template_copies.copy(session.config(), name, to=to, force=force)
    for path in copied.paths:
        say(str(path))
    if copied.configure:
        note(f"To have them used, write into your configuration:\n{copied.configure}")
    note("`pmreport templates check` tries them.")


@command.command("diff")
@click.argument("name", metavar="NAME")
@common()
@pass_session
def diff(session: Session, *, name: str) -> None:
    """Show how your templates differ from the shipped ones of today; NAME as in `copy`."""
    from pmreport.app import template_copies

    found = template_copies.difference(session.config(), name)
    if found:
        say(found)
    else:
        note("Nothing differs.")


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
@common()
@pass_session
@click.pass_context
def check(ctx: click.Context, session: Session, *, as_json: bool) -> None:
    """Try your templates on a sample report that holds everything there is, and draw your charts.

    Every fault is told with its file and line; the exit status is 65 where there is one.
    """
    from pmreport.app import templates
    from pmreport.cli import template_shapes

    folder, faults = templates.checked(session.config())
    if as_json:
        say_json(template_shapes.faults_json(folder, faults))
    else:
        template_shapes.show_faults(folder, faults)
    if faults:
        ctx.exit(ExitStatus.BAD_DATA)
