"""What of the journal could not be read: said beside the numbers that rest on it."""

from typing import TYPE_CHECKING

from pmreport.cli import screen

if TYPE_CHECKING:  # it imports what `--help` must not
    from pmreport.app.wiring import Workspace


def tell(workspace: "Workspace") -> None:
    """Say on standard error which lines of the journal no number holds."""
    from pmreport.app import journal

    problems = journal.read(workspace).problems
    for problem in problems[:1]:
        more = f", and {len(problems) - 1} more lines" if len(problems) > 1 else ""
        screen.note(f"warning: {problem.subject} of your journal is not counted: {problem.detail}{more}")
