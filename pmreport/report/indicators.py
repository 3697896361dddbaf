"""What was measured for a goal, in the shape in which a report tells it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pmreport.goals.indicators import Guarded, Kept, Reading, Verdict
from pmreport.goals.indicators import Measure as Judged
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.report.inputs import Also, Inputs, Measure
from pmreport.report.words import capital, exact, plain, rounded

PERCENT = "%"
_HUNDRED = Decimal(100)
_ONE = Decimal(1)


def with_indicators(inputs: Inputs, judged: Mapping[str, tuple[Judged, ...]]) -> Inputs:
    """The inputs with the first measure of each goal, which it is known by, and its further ones beside it.

    A line that is already known is kept where it leads to the same number: two counts of one metric over
    different items would contradict each other side by side.
    """
    first, also = dict(inputs.measures), {}
    for goal_id, measures in judged.items():
        if measures:
            first[goal_id] = _with_line(measure(measures[0]), inputs.measures.get(goal_id))
            also[goal_id] = tuple(_also(one) for one in measures[1:])
    return replace(inputs, measures=first, also=also)


def _with_line(found: Measure, line: Measure | None) -> Measure:
    if line is None or line.value is None or found.value is None or line.definition != found.definition:
        return found
    if rounded(line.value, found.decimals) != rounded(found.value, found.decimals):
        return found
    baseline = line.baseline if found.baseline is None else found.baseline
    return replace(found, trend=line.trend, baseline=baseline)


def _also(judged: Judged) -> Also:
    indicator = judged.indicator
    target = "" if indicator.target is None else said(exact(indicator.target), unit_of(judged))
    return Also(
        name=indicator.name,
        target=f"{indicator.aim.value} {target}" if target else "",
        measure=measure(judged),
    )


def measure(judged: Judged) -> Measure:
    """One measure; shares become percentages."""
    reading, unit = judged.reading, unit_of(judged)
    scale, decimals = _form(unit)
    baseline = _value(judged.baseline, scale) if judged.baseline else None
    interval = judged.interval
    return Measure(
        value=_value(reading, scale),
        unit=unit,
        decimals=decimals,
        scale=scale,
        n=reading.n if reading.value is not None else None,
        baseline=baseline,
        excluded=reading.excluded,
        definition=judged.id if judged.id in DEFINITIONS else "",
        verdict=verdict_words(judged),
        missing=None if reading.value is not None else reading.note or "nothing was measured",
        interval=None if interval is None else (exact(interval.low) * scale, exact(interval.high) * scale),
        guarded=_guarded(judged.guarded),
    )


def unit_of(judged: Judged) -> str:
    """The unit of a measure; a factor is written as one."""
    return judged.indicator.binding.unit


def verdict_words(judged: Judged) -> str:
    """Where it stands against its target, what may be said of a change, and what limits the number."""
    reading = judged.reading
    if reading.value is None:
        return ""
    said = [judged.verdict.value, judged.trend, reading.note]
    if judged.verdict is Verdict.CONTEXT:
        said = said[:1]
    return " ".join(f"{capital(words.strip().rstrip('.'))}." for words in said if words.strip())


def said(value: Decimal | None, unit: str) -> str:
    """A number inside a sentence: "85 %", "1.2×", "3"; "no data" where there is none."""
    if value is None:
        return "no data"
    scale, decimals = _form(unit)
    number = plain(value * scale, decimals)
    return f"{number}×" if unit == "x" else f"{number} {unit}".rstrip()


def _guarded(guarded: Guarded | None) -> str:
    if guarded is None:
        return ""
    guard, unit = guarded.guard, guarded.guard.binding.unit
    limit = f"{guard.aim.value} {said(exact(guard.limit), unit)}"
    if guarded.kept is Kept.UNKNOWN:
        return f"{capital(guard.name)}: no data (wanted {limit})."
    value = said(exact(guarded.reading.value or 0), unit)
    return f"{capital(guard.name)}: {value}, {guarded.kept.value} (wanted {limit}, n = {guarded.reading.n})."


def _value(reading: Reading, scale: Decimal) -> Decimal | None:
    return None if reading.value is None else exact(reading.value) * scale


def _form(unit: str) -> tuple[Decimal, int]:
    return (_HUNDRED, 0) if unit == PERCENT else (_ONE, 2)
