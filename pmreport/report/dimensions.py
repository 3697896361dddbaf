"""The five dimensions of a state, each with the number that decided its colour."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from pmreport.metrics.ledger import SprintLedger, SprintTotals
from pmreport.report import sprints, terms
from pmreport.report.colours import SEVERITY, Colour
from pmreport.report.draft import Override
from pmreport.report.inputs import Initiative, Inputs
from pmreport.report.settings import Threshold
from pmreport.report.view import Number
from pmreport.report.words import counted, day_in_words, in_words, listed, local_day, percent, plain, plural

DATA = "data"
_NO_INITIATIVE = "no initiative is configured"
_REOPENED = "F3"
_MANIFOLD = 2  # from there on a pace is told as a multiple


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension's colour, the number that decided it, and one clause why (no capital, no full stop).

    `number.value` is None where the input is missing; `rule` says from where on it is amber and red.
    `rests_on` are the catalogue ids behind it. With an `override` the colour is what a person says, and
    `measured` what the number says.
    """

    id: str
    name: str
    colour: Colour
    measured: Colour
    number: Number
    why: str
    rule: str
    definition: str = ""
    rests_on: tuple[str, ...] = ()
    override: Override | None = None


def measured(inputs: Inputs) -> tuple[Dimension, ...]:
    """Every dimension as the numbers tell it."""
    return (_schedule(inputs), _scope(inputs), _budget(inputs), _quality(inputs), _data(inputs))


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


def _worst(found: list[tuple[Decimal, str]], missing: str) -> tuple[Decimal | None, str]:
    """The largest number with its words; None with what is missing where there is none."""
    return max(found, key=lambda pair: pair[0]) if found else (None, missing)


def _schedule(inputs: Inputs) -> Dimension:
    """1 - SPI(t) of the worst initiative; without a plan, its P85 finish past due over the duration."""
    found = [(slip, words) for one in inputs.initiatives for slip, words in _slip(one)]
    slip, why = _worst(found, _no_schedule(inputs))
    return _share("schedule", slip, why, inputs.thresholds.schedule, (terms.SPI_TIME, terms.FORECAST_WHEN))


def _slip(one: Initiative) -> Iterable[tuple[Decimal, str]]:
    pace = one.budget.schedule.performance.number if one.budget else None
    if pace is not None:
        yield 1 - pace, _pace_words(one.name, pace)
    elif one.lateness is not None:
        late = one.lateness
        words = f"{one.name} is 85 % likely done by {day_in_words(late.finish)}"
        past = f", {in_words(late.late_days, 'working day')} past due" if late.late_days else ", in time"
        yield Decimal(late.late_days) / max(late.duration_days, 1), words + past


def _pace_words(name: str, pace: Decimal) -> str:
    """In the first days of a plan a little work is many times what was planned: no share says that well."""
    share = plain(abs(1 - pace) * 100, 0)
    if share == "0":
        return f"{name} keeps its plan"
    if pace >= _MANIFOLD:
        return f"{name} is {plain(pace, 0)} times as far as its plan"
    return f"{name} is {share} % {'behind' if pace < 1 else 'ahead of'} its plan"


def _no_schedule(inputs: Inputs) -> str:
    reasons = [
        (one.budget.schedule.performance.reason if one.budget else "") or one.budget_missing
        for one in inputs.initiatives
    ]
    return listed(list(dict.fromkeys(filter(None, reasons)))) or _NO_INITIATIVE


def _scope(inputs: Inputs) -> Dimension:
    """The net growth of what grew most: an initiative, else a sprint. Sums that do not hold are amber."""
    current = sprints.current(inputs.ledgers)
    grown = [(growth, words) for one in inputs.initiatives for growth, words in _growth(one)] or [
        (growth, _scope_words(growth, ledger))
        for ledger in current
        if (growth := sprints.net_growth(ledger)) is not None
    ]
    told = sprints.with_issues(sprints.told(inputs.ledgers))
    broken = [_broken_words(ledger) for ledger in told if not ledger.identity_holds]
    broken += [
        f"the scope of {one.name} does not add up"
        for one in inputs.initiatives
        if one.scope and not one.scope.identity_holds
    ]
    growth, why = _worst(grown, _no_scope_words(current))
    found = _share(
        "scope", growth, ", and ".join([why, *broken]), inputs.thresholds.scope, _growth_id(inputs)
    )
    if not broken:  # numbers that do not add up are never green
        return found
    worst = max(found.colour, Colour.AMBER, key=SEVERITY.__getitem__)
    return replace(found, colour=worst, measured=worst)


def _growth_id(inputs: Inputs) -> tuple[str, ...]:
    """The definition behind the growth: that of initiatives where one has a baseline, else of sprints."""
    of_initiatives = any(list(_growth(one)) for one in inputs.initiatives)
    return (terms.SCOPE_GROWTH,) if of_initiatives else (terms.NET_GROWTH,)


def _growth(one: Initiative) -> Iterable[tuple[Decimal, str]]:
    if one.scope is None:
        return
    by_estimate, by_count = one.scope.amounts.net_growth, one.scope.counts.net_growth
    growth = by_count if by_estimate is None else by_estimate
    if growth is None:
        return
    share = plain(abs(growth) * 100, 0)
    if share == "0":
        yield growth, f"{one.name} holds what its baseline did"
    else:
        yield growth, f"{one.name} {'grew' if growth > 0 else 'shrank'} by {share} % since its baseline"


def _no_scope_words(current: Iterable[SprintTotals]) -> str:
    incomplete = [ledger.name for ledger in current if ledger.is_incomplete]
    return f"{listed(incomplete)} {sprints.BEGAN_BEFORE}" if incomplete else "no sprint with a commitment yet"


def _scope_words(growth: Decimal, ledger: SprintTotals) -> str:
    share = plain(abs(growth) * 100, 0)
    if share == "0":
        return f"{ledger.name} holds what was committed"
    return f"{ledger.name} {'grew' if growth > 0 else 'shrank'} by {share} % since its start"


def _broken_words(ledger: SprintLedger) -> str:
    named = sprints.unbalanced(ledger)
    return f"the numbers of {ledger.name} do not add up" + (f" ({named})" if named else "")


def _budget(inputs: Inputs) -> Dimension:
    """EAC / BAC - 1 of the worst initiative."""
    found = [(over, words) for one in inputs.initiatives for over, words in _overrun(one)]
    over, why = _worst(found, _no_budget(inputs))
    return _share("budget", over, why, inputs.thresholds.budget, (terms.EAC, terms.CPI))


def _overrun(one: Initiative) -> Iterable[tuple[Decimal, str]]:
    if one.budget is None or one.budget.incomplete_cost:
        return
    whole, estimate = one.budget.position.budget.number, one.budget.position.estimate_typical.number
    if not whole or estimate is None:
        return
    over = estimate / whole - 1
    share = plain(abs(over) * 100, 0)
    if share == "0":
        yield over, f"{one.name} will cost its budget"
    else:
        yield over, f"{one.name} will cost {share} % {'more' if over > 0 else 'less'} than its budget"


def _no_budget(inputs: Inputs) -> str:
    reasons = [_why_no_budget(one) for one in inputs.initiatives]
    return listed(list(dict.fromkeys(filter(None, reasons)))) or _NO_INITIATIVE


def _why_no_budget(one: Initiative) -> str:
    if one.budget is None:
        return one.budget_missing
    return one.budget.incomplete_cost or one.budget.position.estimate_typical.reason or "the budget is zero"


def _quality(inputs: Inputs) -> Dimension:
    """Items that had been done before and came back, over all that were done."""
    found = next((one for one in inputs.findings if one.check.code == _REOPENED), None)
    share, why = None, "what was reopened was not counted"
    if found is not None:
        share = None if found.share is None else found.share / 100
        why = found.unknown or "nothing was done"
        if share is not None:
            why = f"{found.count} of {in_words(found.population, 'item')} done had to be done again"
    return _share("quality", share, why, inputs.thresholds.quality, (terms.REOPENED,))


def _share(
    name: str, value: Decimal | None, why: str, threshold: Threshold, rests_on: tuple[str, ...]
) -> Dimension:
    colour = Colour.GREY if value is None else colour_of(value, threshold)
    return Dimension(
        id=name,
        name=name,
        colour=colour,
        measured=colour,
        number=percent(value, signed=name != "quality"),
        why=why,
        rule=_share_rule(threshold),
        definition=rests_on[0],
        rests_on=rests_on,
    )


def _data(inputs: Inputs) -> Dimension:
    threshold = inputs.thresholds.data_age_days
    age = data_age(inputs)
    colour = Colour.GREY if age is None else colour_of(Decimal(age), threshold)
    return Dimension(
        id=DATA,
        name="data",
        colour=colour,
        measured=colour,
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
