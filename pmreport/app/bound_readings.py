"""What a family of numbers says of the measures of a goal that are bound to it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pmreport.app.family_values import Told
from pmreport.app.trend_values import trend_words_by_number
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Aim, Binding, Source
from pmreport.goals.indicators import Reading
from pmreport.goals.readings import bindings
from pmreport.metrics.catalog import FAMILIES
from pmreport.metrics.value import Value
from pmreport.stats.proportion import Interval

_PERCENT = 100.0
FAMILY_OF = {each.id: family for family, definitions in FAMILIES.items() for each in definitions}


def bound_readings(goal: Goal, told: Mapping[str, Told]) -> dict[str, Reading]:
    """The readings of a goal's numbers, by the key of their binding; `told` holds the family of each.

    A family that could not be asked leaves a reading without a value, and its reason as the note.
    """
    found: dict[str, Reading] = {}
    for binding, aim in bindings(goal):
        if binding.source is Source.NUMBER:
            family = told[FAMILY_OF[binding.id]]
            if isinstance(family, str):
                found[binding.key] = Reading(value=None, note=family)
            else:
                found[binding.key] = reading_of(binding, aim, family, trend_words_by_number(family))
    return found


def reading_of(binding: Binding, aim: Aim, values: Iterable[Value], trends: Mapping[str, str]) -> Reading:
    """What the values say of a binding: of several (one an initiative) the one furthest from the target."""
    found = [value for value in values if value.definition == binding.id and _is_picked(binding, value)]
    numbers_told = [value for value in found if isinstance(value.value, Decimal | float | int)]
    if not numbers_told:
        note = next((value.note for value in found if value.note), "nothing was measured")
        return Reading(value=None, note=note)
    worst = (min if aim is Aim.AT_LEAST else max)(numbers_told, key=_amount)
    is_percent = worst.unit == "%"
    value = _amount(worst) / _PERCENT if is_percent else _amount(worst)
    edges = worst.interval
    if edges is not None and is_percent:
        edges = Interval(edges.low / _PERCENT, edges.high / _PERCENT)
    others = f"the worst of {len(numbers_told)}: {worst.id}" if len(numbers_told) > 1 else ""
    is_share = binding.is_share and 0 <= value <= 1
    return Reading(
        value=value,
        n=worst.n,
        successes=round(value * worst.n) if is_share else None,
        interval=edges,
        is_count=worst.unit in {"items", "moves", "mentions", "comments"},
        items=worst.items,
        excluded=worst.excluded,
        note="; ".join(filter(None, (others, worst.note))),
        trend=trends.get(worst.id, ""),
    )


def _amount(value: Value) -> float:
    assert isinstance(value.value, Decimal | float | int)  # noqa: S101 - days are sorted out before
    return float(value.value)


def _is_picked(binding: Binding, value: Value) -> bool:
    return not binding.pick or value.id == binding.pick or value.id.endswith(f"-{binding.pick}")
