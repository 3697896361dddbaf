"""Red, amber, green by written thresholds, dimension by dimension.

A missing input is grey and named, and grey is never green.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from pmreport.metrics.sprint import SprintLedger
from pmreport.report import sprints, terms
from pmreport.report.colours import SEVERITY, STATES, TONES, Colour
from pmreport.report.inputs import Inputs
from pmreport.report.settings import Threshold
from pmreport.report.view import Number, Tone
from pmreport.report.words import capital, counted, in_words, listed, local_day, percent, plain, plural

_DATA = "data"
_NOT_MEASURED = {
    "schedule": "no initiative plan yet",
    "budget": "no initiative plan yet",
    "quality": "defects are not counted yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension's colour, the number that decided it, and one clause why (no capital, no full stop).

    `number.value` is None where the input is missing; `rule` says from where on it is amber and red.
    """

    id: str
    name: str
    colour: Colour
    number: Number
    why: str
    rule: str
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The overall colour, one sentence why, and the dimensions behind it."""

    colour: Colour
    why: str
    dimensions: tuple[Dimension, ...]

    @property
    def state(self) -> str:
        """The colour in words: on track, at risk, off track, not known."""
        return STATES[self.colour]

    @property
    def tone(self) -> Tone:
        """How good the news is."""
        return TONES[self.colour]


def verdict(inputs: Inputs) -> Verdict:
    """The state of the product: the worst dimension that is known, and grey when none is.

    Fresh data alone make nothing green: they say how well it is known, not how it stands.
    """
    dimensions = (
        _missing("schedule", inputs.thresholds.schedule),
        _scope(inputs),
        _missing("budget", inputs.thresholds.budget),
        _missing("quality", inputs.thresholds.quality),
        _data(inputs),
    )
    worst = max(dimensions, key=lambda dimension: SEVERITY[dimension.colour]).colour
    if worst is Colour.GREEN and all(one.colour is Colour.GREY for one in dimensions if one.id != _DATA):
        worst = Colour.GREY
    return Verdict(colour=worst, why=_why(worst, dimensions), dimensions=dimensions)


def colour_of(value: Decimal, threshold: Threshold) -> Colour:
    """Amber at or above the first threshold, red at or above the second, else green."""
    if value >= threshold.red:
        return Colour.RED
    return Colour.AMBER if value >= threshold.amber else Colour.GREEN


def data_age(inputs: Inputs) -> int | None:
    """Working days since the last complete sync, its own day not counted; None when there never was one."""
    if inputs.data_as_of is None:
        return None
    synced = local_day(inputs.data_as_of, inputs.zone)
    # as_of is the end of what is told; midnight itself still belongs to the day before
    today = local_day(inputs.as_of - timedelta(microseconds=1), inputs.zone)
    return sum(1 for day in inputs.working_days if synced < day <= today)


def _why(worst: Colour, dimensions: tuple[Dimension, ...]) -> str:
    grey = [dimension.name for dimension in dimensions if dimension.colour is Colour.GREY]
    if worst is Colour.GREY:
        unknown = (dimension for dimension in dimensions if dimension.colour is Colour.GREY)
        return f"Nothing could be measured: {'; '.join(f'{d.name}: {d.why}' for d in unknown)}."
    decisive = [f"{d.name}: {d.why}" for d in dimensions if d.colour is worst]
    unmeasured = (
        f" {capital(listed(grey))} {plural(len(grey), 'is', 'are')} not measured yet." if grey else ""
    )
    return f"{capital('; '.join(decisive))}.{unmeasured}"


def _missing(name: str, threshold: Threshold) -> Dimension:
    return Dimension(
        id=name,
        name=name,
        colour=Colour.GREY,
        number=Number(value=None, unit="%"),
        why=_NOT_MEASURED[name],
        rule=_share_rule(threshold),
        definition="",
    )


def _scope(inputs: Inputs) -> Dimension:
    grown = [
        (growth, ledger)
        for ledger in sprints.current(inputs.ledgers)
        if (growth := sprints.net_growth(ledger)) is not None
    ]
    broken = [ledger for ledger in sprints.told(inputs.ledgers) if not ledger.identity_holds]
    growth, words = None, [_no_scope_words(sprints.current(inputs.ledgers))]
    colour = Colour.GREY
    if grown:
        growth, ledger = max(grown, key=lambda pair: pair[0])
        colour = colour_of(growth, inputs.thresholds.scope)
        words = [_scope_words(growth, ledger)]
    if broken:  # numbers that do not add up are never green
        colour = max(colour, Colour.AMBER, key=SEVERITY.__getitem__)
    words += [_broken_words(sprint) for sprint in broken]
    return Dimension(
        id="scope",
        name="scope",
        colour=colour,
        number=percent(growth, signed=True),
        why=", and ".join(words),
        rule=_share_rule(inputs.thresholds.scope),
        definition=terms.NET_GROWTH,
    )


def _no_scope_words(current: Iterable[SprintLedger]) -> str:
    incomplete = [ledger.name for ledger in current if ledger.is_incomplete]
    return f"{listed(incomplete)} {sprints.BEGAN_BEFORE}" if incomplete else "no sprint with a commitment yet"


def _scope_words(growth: Decimal, ledger: SprintLedger) -> str:
    share = plain(abs(growth) * 100, 0)
    if share == "0":
        return f"{ledger.name} holds what was committed"
    return f"{ledger.name} {'grew' if growth > 0 else 'shrank'} by {share} % since its start"


def _broken_words(ledger: SprintLedger) -> str:
    named = [issue.issue_key for issue in sprints.unbalanced(ledger) if issue.issue_key]
    return f"the numbers of {ledger.name} do not add up" + (f" ({listed(named[:5])})" if named else "")


def _data(inputs: Inputs) -> Dimension:
    threshold = inputs.thresholds.data_age_days
    age = data_age(inputs)
    return Dimension(
        id=_DATA,
        name="data",
        colour=Colour.GREY if age is None else colour_of(Decimal(age), threshold),
        number=Number(value=None) if age is None else counted(age, "working day"),
        why=_data_words(age),
        rule=f"amber from {_working_days(threshold.amber)}, red from {_working_days(threshold.red)}",
        definition=terms.DATA_AGE,
    )


def _data_words(age: int | None) -> str:
    if age is None:
        return "no sync has completed yet"
    return f"read {in_words(age, 'working day')} ago" if age else "read on the day of this report"


def _working_days(days: Decimal) -> str:
    return f"{plain(days)} {plural(days, 'working day')}"


def _share_rule(threshold: Threshold) -> str:
    return f"amber from {plain(threshold.amber * 100)} %, red from {plain(threshold.red * 100)} %"
