"""Red, amber, green by written thresholds: the worst dimension, and what a person says to the contrary.

A missing input is grey and named, and grey is never green.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pmreport.metrics.quality.finding import blocked_metrics
from pmreport.model.problem import Problem, ProblemKind
from pmreport.report.colours import SEVERITY, STATES, TONES, Colour
from pmreport.report.dimensions import DATA, Dimension, measured
from pmreport.report.draft import Override
from pmreport.report.inputs import Inputs
from pmreport.report.view import Tone
from pmreport.report.words import capital, day_in_words, listed, local_day, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The overall colour, one sentence why, and the dimensions behind it.

    `weeks` is how long the colour has stood, this week included, and `arrow` how it moved against last week:
    "better", "worse", "the same"; None and empty where no report was kept. `expired` overrides are ignored;
    `problems` are what is odd about overrides.
    """

    colour: Colour
    why: str
    dimensions: tuple[Dimension, ...]
    weeks: int | None = None
    arrow: str = ""
    expired: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def state(self) -> str:
        """The colour in words: on track, at risk, off track, not known."""
        return STATES[self.colour]

    @property
    def tone(self) -> Tone:
        """How good the news is."""
        return TONES[self.colour]

    @property
    def watermelons(self) -> tuple[Dimension, ...]:
        """What is reported green while its measure is red."""
        return tuple(one for one in self.dimensions if _is_watermelon(one))


def verdict(inputs: Inputs) -> Verdict:
    """The state of the product: the worst dimension that is known, and grey when none is.

    Fresh data alone make nothing green: they say how well it is known, not how it stands.
    """
    held, expired = _overrides(inputs)
    dimensions = tuple(_overridden(_guarded(one, inputs), held.get(one.id)) for one in measured(inputs))
    worst = max(dimensions, key=lambda dimension: SEVERITY[dimension.colour]).colour
    if worst is Colour.GREEN and all(one.colour is Colour.GREY for one in dimensions if one.id != DATA):
        worst = Colour.GREY
    return Verdict(
        colour=worst,
        why=_why(worst, dimensions),
        dimensions=dimensions,
        weeks=_weeks(worst, inputs.colours_before),
        arrow=_arrow(worst, inputs.colours_before),
        expired=expired,
        problems=(
            *(Problem(ProblemKind.OVERRIDE_EXPIRED, one.dimension, f"until {one.until}") for one in expired),
            *(Problem(ProblemKind.WATERMELON, one.name) for one in dimensions if _is_watermelon(one)),
        ),
    )


def _overrides(inputs: Inputs) -> tuple[dict[str, Override], tuple[Override, ...]]:
    """The overrides that hold on the last day told, the last one of a dimension counting; and the rest."""
    told = inputs.draft.overrides if inputs.draft else ()
    today = last_day(inputs)
    return (
        {one.dimension: one for one in told if one.until >= today},
        tuple(one for one in told if one.until < today),
    )


def last_day(inputs: Inputs) -> date:
    """The last local day that the report tells: midnight itself still belongs to the day before."""
    return local_day(inputs.as_of - timedelta(microseconds=1), inputs.zone)


def _guarded(one: Dimension, inputs: Inputs) -> Dimension:
    """A green that rests on data which a check of their quality found wanting is amber."""
    blocked = blocked_metrics(inputs.findings)
    checks = sorted({code for name in one.rests_on for code in blocked.get(name, ())})
    if one.colour is not Colour.GREEN or not checks:
        return one
    why = f"{one.why}, but the data behind it do not pass {plural(len(checks), 'check')} {listed(checks)}"
    return replace(one, colour=Colour.AMBER, measured=Colour.AMBER, why=why)


def _overridden(one: Dimension, said: Override | None) -> Dimension:
    if said is None:
        return one
    return replace(one, colour=said.colour, override=said)


def _is_watermelon(one: Dimension) -> bool:
    return one.override is not None and one.colour is Colour.GREEN and one.measured is Colour.RED


def _weeks(colour: Colour, before: tuple[Colour | None, ...]) -> int | None:
    if not before:
        return None
    same = 0
    for one in reversed(before):
        if one is not colour:
            break
        same += 1
    return same + 1


def _arrow(colour: Colour, before: tuple[Colour | None, ...]) -> str:
    was = before[-1] if before else None
    if was is None or Colour.GREY in {was, colour}:
        return ""
    if was is colour:
        return "the same"
    return "worse" if SEVERITY[colour] > SEVERITY[was] else "better"


def _why(worst: Colour, dimensions: tuple[Dimension, ...]) -> str:
    grey = [dimension for dimension in dimensions if dimension.colour is Colour.GREY]
    if worst is Colour.GREY:
        return f"Nothing could be measured: {'; '.join(f'{d.name}: {d.why}' for d in grey)}."
    decisive = [_reason(one) for one in dimensions if one.colour is worst]
    words = f"{capital('; '.join(decisive))}."
    names = [one.name for one in grey]
    if grey:
        words += f" {capital(listed(names))} {plural(len(names), 'is', 'are')} not known."
    return words + "".join(f" {watermelon(one)}" for one in dimensions if _is_watermelon(one))


def _reason(one: Dimension) -> str:
    if one.override is None:
        return f"{one.name}: {one.why}"
    return f"{one.name}: {one.override.reason.rstrip('.')} (measured {one.measured.value}: {one.why})"


def watermelon(one: Dimension) -> str:
    """The sentence that calls out a green over a red measure."""
    return f"{capital(one.name)} is reported green while its measure is red."


def said_otherwise(one: Dimension) -> str:
    """Who says otherwise than the measure, why, and until when; empty where nobody does."""
    if one.override is None:
        return ""
    until = day_in_words(one.override.until)
    return (
        f"Set to {one.colour.value} by hand until {until}: {one.override.reason.rstrip('.')}. "
        f"Measured {one.measured.value}."
    )
