"""One number as it may be shown: never without what it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pmreport.stats.proportion import Interval

Amount = Decimal | float | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number, or a day, with what makes it honest.

    `id` is unique within one answer; `definition` is the catalogue id. `value` None: it cannot be said, and
    `note` says why; a note beside a number says what limits it. `n` is how many observations it rests on and
    `excluded` how many were left out, by reason. `interval` says how sure it is, None where nothing can be
    said. `items` are the keys of the issues behind it.
    """

    id: str
    definition: str
    label: str
    value: Amount | None
    unit: str
    n: int
    excluded: tuple[tuple[str, int], ...] = ()
    interval: Interval | None = None
    items: tuple[str, ...] = ()
    note: str = ""

    @property
    def n_excluded(self) -> int:
        """How many observations were left out."""
        return sum(count for _, count in self.excluded)
