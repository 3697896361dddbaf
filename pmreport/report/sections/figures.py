"""Six numbers of the week, each with what it was a week ago and what it rests on."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import exp

from pmreport.metrics.estimation import Accuracy, EstimationSummary
from pmreport.metrics.followups import FollowUp, FollowUps
from pmreport.metrics.ledger import Amounts, SprintTotals
from pmreport.report import links, sprints, terms
from pmreport.report.inputs import Inputs
from pmreport.report.recent import RECENT, left_out, measured, pooled, pooled_commitments
from pmreport.report.sections import flow_figures
from pmreport.report.trends import trend_in_short
from pmreport.report.view import Figure, Figures, Link, Number, Section, Tone
from pmreport.report.words import exact, factor, in_words, percent, plural

_NO_SPRINTS = "no closed sprint with a commitment"
_NO_PAIRS = "nothing completed has both an estimate and an actual"
_BY_ITEMS = "How far off estimates usually are"
_BY_COMMITMENTS = "How far off commitments usually are"
_NO_FOLLOWUPS = "follow-ups were not read"
_UNKNOWN = Accuracy(bias_factor=None, typical_factor=None, n=0, excluded=())
_NOTHING = EstimationSummary(sprints=(), items=_UNKNOWN, commitments=_UNKNOWN)


def section(inputs: Inputs) -> Section:
    """Sprint ratios and estimation, or flow where no board has sprints; delivery and follow-ups."""
    first = (
        _ratio(inputs, "Completion ratio", terms.COMPLETION_RATIO, lambda amounts: amounts.completed),
        _ratio(
            inputs,
            "Commitment reliability",
            terms.COMMITMENT_RELIABILITY,
            lambda amounts: amounts.committed_completed,
        ),
        _typical_factor(inputs),
    )
    figures = (
        *(flow_figures.headline(inputs) or first),
        _delivered(inputs),
        _followups(inputs, "Follow-ups overdue", terms.OVERDUE, lambda known: known.overdue),
        _followups(inputs, "Follow-ups without an owner", terms.UNOWNED, lambda known: known.unowned),
    )
    return Section(id="metrics", title="Numbers", blocks=(Figures(figures),), brief=True)


def _ratio(inputs: Inputs, label: str, definition: str, part: Callable[[Amounts], Decimal]) -> Figure:
    kept, excluded = sprints.comparable(inputs.ledgers)
    recent = kept[-sprints.SHOWN :]
    value = _ratio_of_sums(recent, part)
    earlier = sprints.comparable(inputs.ledgers_before or ())[0][-sprints.SHOWN :]
    return Figure(
        id=definition,
        label=f"{label}, last {len(recent)} {plural(len(recent), 'sprint')}" if recent else label,
        number=percent(value),
        was=percent(was) if (was := _ratio_of_sums(earlier, part)) is not None else None,
        trend=tuple(_percentage(part(one.amounts), one.amounts.commitment) for one in recent),
        n=len(recent),
        excluded=excluded,
        definition=definition,
        items=links.anchor("the sprints behind it", "sprints"),
        missing=None if value is not None else _NO_SPRINTS,
    )


def _ratio_of_sums(ledgers: tuple[SprintTotals, ...], part: Callable[[Amounts], Decimal]) -> Decimal | None:
    unit = sprints.common_unit(ledgers)
    amounts = [sprints.amounts(ledger, unit) for ledger in ledgers]
    whole = sum((one.commitment for one in amounts), Decimal(0))
    return None if whole == 0 else sum((part(one) for one in amounts), Decimal(0)) / whole


def _percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    return None if whole == 0 else part * 100 / whole


def _typical_factor(inputs: Inputs) -> Figure:
    known = inputs.estimation or _NOTHING
    by_items = known.items.n > 0 or known.commitments.n == 0
    now, n, sprints_told = _recent(known, by_items=by_items)
    label = _BY_ITEMS if by_items else _BY_COMMITMENTS
    trend = known.item_trend if by_items else known.commitment_trend
    was = _recent(inputs.estimation_before or _NOTHING, by_items=by_items)[0]
    return Figure(
        id=terms.TYPICAL_FACTOR,
        label=f"{label}, last {in_words(sprints_told, 'sprint')}" if sprints_told else label,
        number=factor(now),
        was=None if was is None else factor(was),
        trend=_factors(known, by_items=by_items),
        n=n,
        excluded=left_out(known.sprints[-RECENT:]) if by_items else known.commitments.excluded,
        definition=terms.TYPICAL_FACTOR,
        items=_measured_items(inputs, known)
        if by_items
        else links.anchor("the sprints behind it", "sprints"),
        missing=None if now is not None else _NO_PAIRS,
        note="" if now is None else trend_in_short(trend),
    )


def _measured_items(inputs: Inputs, known: EstimationSummary) -> Link | None:
    """The items of the newest sprints that have both an estimate and an actual, in Jira."""
    recent = {one.sprint_id for one in measured(known.sprints)[-RECENT:]}
    keys = [miss.issue_key for miss in known.misses if miss.sprint_id in recent]
    cut = len(keys) > links.KEYS_IN_A_LINK
    return links.keys(inputs, keys, "the furthest off" if cut else "these items in Jira")


def _recent(known: EstimationSummary, *, by_items: bool) -> tuple[float | None, int, int]:
    """The typical factor of the newest sprints, how many things it rests on, and how many sprints."""
    if by_items:
        newest = measured(known.sprints)[-RECENT:]
        return (*pooled(newest), len(newest))
    newest = tuple(one for one in known.sprints if one.log_ratio is not None)[-RECENT:]
    return (*pooled_commitments(newest), len(newest))


def _factors(known: EstimationSummary, *, by_items: bool) -> tuple[Decimal | None, ...]:
    recent = known.sprints[-RECENT:]
    if by_items:
        values = [one.items.typical_factor for one in recent]
    else:
        values = [None if one.log_ratio is None else exp(abs(one.log_ratio)) for one in recent]
    return tuple(None if value is None else exact(value) for value in values)


def _delivered(inputs: Inputs) -> Figure:
    weeks = inputs.delivered_by_week[-sprints.SHOWN :]
    before = weeks[-2] if len(weeks) > 1 else None
    return Figure(
        id=terms.DELIVERED,
        label="Items delivered",
        number=Number(value=Decimal(len(inputs.delivered))),
        was=None if before is None else Number(value=Decimal(before)),
        trend=tuple(None if week is None else Decimal(week) for week in weeks),
        n=len(inputs.delivered),
        definition=terms.DELIVERED,
        items=links.keys(inputs, (item.key for item in inputs.delivered), "these items in Jira"),
    )


def _followups(
    inputs: Inputs, label: str, definition: str, part: Callable[[FollowUps], Iterable[FollowUp]]
) -> Figure:
    known, before = inputs.followups, inputs.followups_before
    count = None if known is None else len(tuple(part(known)))
    return Figure(
        id=definition,
        label=label,
        number=Number(value=None if count is None else Decimal(count)),
        was=None if before is None else Number(value=Decimal(len(tuple(part(before))))),
        target=Number(value=Decimal(0)),
        n=0 if known is None else len(known.open_items),
        definition=definition,
        items=links.anchor("the list", "followups"),
        tone=Tone.WARN if count else Tone.NEUTRAL,
        missing=_NO_FOLLOWUPS if known is None else None,
    )
