"""What one transaction writes, as a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AnyRow = tuple[Any, ...]  # a NamedTuple of pmreport.model.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Every row of the table of `row_type` whose `key` column is one of `keys` gives way to `rows`.

    `keys` holds all owners looked at, also those that have no row any more. `fresh`: no owner of these rows
    has been written before and no key stands twice among them, so that nothing needs to be compared.
    """

    row_type: type[AnyRow]
    key: str
    keys: Sequence[int | str]
    rows: Sequence[AnyRow]
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows that become visible together, or not at all.

    `upserts` are inserted, or take the place of the row with the same primary key; the classes may be mixed.
    Replacements run in their order, before the upserts. A cursor is a `SyncCursorRow` among the upserts:
    it moves with the rows it speaks of. Rows of the classes in `anew` are written even where they say what is
    there already: it may be damaged where nobody compares.
    """

    upserts: Sequence[AnyRow] = ()
    replacements: Sequence[Replacement] = ()
    anew: frozenset[type[AnyRow]] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.upserts and not any(each.keys or each.rows for each in self.replacements)
