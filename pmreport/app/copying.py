"""The journal as a file of one's own: a copy that goes out, and one that comes in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pmreport.app import journal
from pmreport.app.files import write_whole
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError, UsageError
from pmreport.goals import catalog
from pmreport.goals.owned import seen_by
from pmreport.goals.review import Audience
from pmreport.model import journal as text
from pmreport.model.journal import Entry
from pmreport.model.problem import Problem, ProblemKind
from pmreport.store import journal as files

HARMLESS = frozenset({ProblemKind.JOURNAL_REPEATED})  # the same entry twice is one entry
_LARGEST = 1 << 30  # bytes: a person does not type so much in a life


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The text of a copy, how many entries it holds, and what is not in it."""

    content: bytes
    entries: int
    withheld: int
    problems: tuple[Problem, ...]
    has_private: bool


def copy(workspace: Workspace, audience: Audience) -> Copied:
    """The journal as JSON lines, without what belongs to goals that the audience may not see.

    What cannot be read is left out and told: nobody knows whose goal it speaks of.
    """
    read = journal.read(workspace)
    goals = catalog.resolve(workspace.config.goals)
    kept = seen_by(read.entries, goals, audience)
    of_manager = seen_by(read.entries, goals, Audience.MANAGER)
    return Copied(
        content=b"".join(text.dump(entry) for entry in kept),
        entries=len(kept),
        withheld=len(read.entries) - len(kept),
        problems=read.problems,
        has_private=len(of_manager) < len(kept),
    )


def ascii_lines(content: bytes) -> str:
    """The same entries in signs that every terminal and every locale can say, for standard output."""
    return "".join(
        json.dumps(json.loads(line), separators=(",", ":")) + "\n" for line in content.split(b"\n") if line
    )


def write(workspace: Workspace, copied: Copied, path: Path) -> None:
    """Write the copy, for the person's eyes alone. Raises UsageError where it would replace the journal."""
    mine = journal.path(workspace)
    if path.exists() and mine.exists() and path.samefile(mine):
        raise UsageError("that is the journal itself", where=str(path), hint="name another file for the copy")
    write_whole(path, copied.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came in, what was there already, and the lines that could not be read."""

    added: int
    known: int
    problems: tuple[Problem, ...]


def read_copy(path: Path) -> bytes:
    """The text of a copy. Raises BadDataError for a file that cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadDataError("the file is too large to be a journal", where=str(path))
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        hint = "name the file that `pmreport journal export` wrote"
        raise BadDataError(f"cannot read it: {why}", where=str(path), hint=hint) from error


def take_in(workspace: Workspace, content: bytes, *, where: str) -> Imported:
    """Add the entries of a copy that are not there yet, all at once; doing it again adds nothing.

    Lines that cannot be read are told with their number and left where they are. An entry whose id is known
    stays as it is in the journal. Raises as `pmreport.store.journal.append`.
    """
    came = text.load(content, where=where)
    mine = journal.path(workspace)
    there = {entry.id for entry in files.read(mine).entries}
    new = _in_order(entry for entry in came.entries if entry.id not in there)
    if new:
        files.append(mine, *new)
    return Imported(added=len(new), known=len(came.entries) - len(new), problems=came.problems)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By their moment: what was said last counts, wherever it was typed."""
    return tuple(sorted(entries, key=lambda entry: entry.at))
