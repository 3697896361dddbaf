"""What a run has counted so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pmreport.model.problem import Problem
from pmreport.sync.issue_rows import IssueRows


@dataclass(slots=True)
class Tally:
    """Issues seen, new, changed, and moved to another project; changes in their histories; what was odd.

    `read_again` are the keys of the issues whose rows were built by this run.
    """

    seen: set[int] = field(default_factory=set)
    inserted: int = 0
    updated: int = 0
    moved: set[int] = field(default_factory=set)
    changes: int = 0
    problems: list[Problem] = field(default_factory=list)
    read_again: set[str] = field(default_factory=set)

    def count(self, rows: IssueRows, *, seen: Iterable[int], inserted: int, updated: int) -> None:
        """Add what was written together."""
        self.seen.update(seen)
        self.inserted += inserted
        self.updated += updated
        self.changes += rows.changes
        self.problems += rows.named_problems()
        self.read_again.update(rows.keys.values())
