"""`pmreport journal`: what you typed, as a copy that goes out or comes in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmreport.cli.group import Group
from pmreport.cli.place import Place
from pmreport.cli.session import Session, common, pass_session

if TYPE_CHECKING:  # it imports what `--help` must not
    from collections.abc import Iterable

    from pmreport.model.problem import Problem

_MOST_TOLD = 10


@click.group("journal", cls=Group, short_help="Copy what you typed, or take a copy in.")
@common()
def command() -> None:
    """Copy what you typed to a file of your own, or take such a copy in."""


@command.command("export")
@click.argument("target", metavar="FILE|-", type=Place(dir_okay=False, allow_dash=True))
@click.option(
    "--visibility",
    type=click.Choice(["private", "manager", "management"]),
    default="private",
    show_default=True,
    help="Who may read it: manager leaves out your private goals, management also those of your manager.",
)
@common()
@pass_session
def export(session: Session, *, target: Path, visibility: str) -> None:
    """Write your journal to FILE, an entry a line as JSON; - is standard output.

    It holds all you typed, for a backup or another machine. What belongs to a goal goes only to those who may
    see the goal.
    """
    from pmreport.app import copying
    from pmreport.cli import screen
    from pmreport.goals.review import Audience

    workspace = session.workspace()
    copied = copying.copy(workspace, Audience(visibility))
    if str(target) == "-":
        click.echo(copying.ascii_lines(copied.content), nl=False)
    else:
        copying.write(workspace, copied, target)
        screen.note(f"{copied.entries} entries are in {target}.")
    if copied.withheld:
        screen.note(f"{copied.withheld} entries of goals that are not for {visibility} are left out.")
    if copied.has_private:
        screen.note("It holds private goals: keep it to yourself, or use --visibility manager.")
    _tell(copied.problems)


@command.command("import")
@click.argument("source", metavar="FILE|-", type=Place(exists=False, dir_okay=False, allow_dash=True))
@common()
@pass_session
def take_in(session: Session, *, source: Path) -> None:
    """Add the entries of FILE that your journal does not have yet; - is standard input.

    Doing it twice adds nothing the second time. A line that cannot be read is named by its number, and the
    others are added all the same; the exit status is then 65.
    """
    from pmreport.app import copying
    from pmreport.cli import screen
    from pmreport.errors import BadDataError

    is_piped = str(source) == "-"
    content = sys.stdin.buffer.read() if is_piped else copying.read_copy(source)
    name = "standard input" if is_piped else source.name
    done = copying.take_in(session.workspace(), content, where=name)
    screen.note(f"{done.added} entries are new, {done.known} were there already.")
    broken = [problem for problem in done.problems if problem.kind not in copying.HARMLESS]
    if broken:
        _tell(broken)
        raise BadDataError(
            f"{len(broken)} lines of {name} cannot be read and are not in your journal",
            hint="mend them and run it again: what was added is not added twice",
        )


def _tell(problems: "Iterable[Problem]") -> None:
    from pmreport.cli import screen

    told = list(problems)
    for problem in told[:_MOST_TOLD]:
        screen.note(f"warning: {problem.subject} is left out: {problem.detail}")
    if len(told) > _MOST_TOLD:
        screen.note(f"warning: and {len(told) - _MOST_TOLD} more lines")
