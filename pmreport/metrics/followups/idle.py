"""Standing still: open items by the working days since a person last did something on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmreport.metrics.followups.alerts import STALE_AFTER
from pmreport.metrics.followups.rows import IdleRow

EDGES = (2, 5, 10)  # 0 to 2, 3 to 5, 6 to 10, and more
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Open items, and of them the stale ones: five working days or more without a deed.

    `keys` are some of the stale ones, the longest idle first; `longest` is None without items.
    """

    items: int
    stale: int
    longest: int | None
    keys: tuple[str, ...]


def idle(rows: Iterable[IdleRow], *, in_work: bool) -> Idle:
    """stale-items: the items that were started, or those that were not."""
    told = [row for row in rows if bool(row.in_work) is in_work]
    amounts = {max(0, row.idle_days): row.items for row in told}
    stale = sorted(
        (row for row in told if row.idle_days >= STALE_AFTER), key=lambda row: (-row.idle_days, row.example)
    )
    return Idle(
        items=sum(amounts.values()),
        stale=sum(items for days, items in amounts.items() if days >= STALE_AFTER),
        longest=max(amounts, default=None),
        keys=tuple(row.example for row in stale[:_SHOWN]),
    )


def histogram(ages: Iterable[int]) -> tuple[tuple[str, int], ...]:
    """How many are 0 to 2, 3 to 5, 6 to 10 and more than 10 working days old, by these words."""
    names = ("0-2", "3-5", "6-10", ">10")
    counts = dict.fromkeys(names, 0)
    for age in ages:
        counts[names[sum(age > edge for edge in EDGES)]] += 1
    return tuple(counts.items())
