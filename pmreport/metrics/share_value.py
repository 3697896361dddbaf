"""A share of so many things as it may be shown: with its interval, and a reason where there is nothing."""

from decimal import Decimal

from pmreport.metrics.value import Value
from pmreport.stats.proportion import Interval, wilson

_PERCENT = 100


def share_value(
    definition: str,
    label: str,
    part_of: tuple[int, int],
    *,
    nothing: str,
    id_: str = "",
    items: tuple[str, ...] = (),
) -> Value:
    """So many of so many in per cent, with Wilson's interval; `nothing` says what there is none of."""
    part, n = part_of
    edges = wilson(part, n)
    return Value(
        id=id_ or definition,
        definition=definition,
        label=label,
        value=Decimal(_PERCENT * part) / n if n else None,
        unit="%",
        n=n,
        interval=None if edges is None else Interval(_PERCENT * edges.low, _PERCENT * edges.high),
        items=items,
        note="" if n else nothing,
    )
