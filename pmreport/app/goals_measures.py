"""The measures of the goals: every number, every piece of evidence and every entry they are bound to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from pmreport.app import journal, past_evidence
from pmreport.app.numbers import (
    budget,
    estimates,
    followups,
    knowledge,
    ontime,
    planning,
    quality,
    scope,
    sprints,
    together,
)
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError, ConfigurationError, UsageError
from pmreport.goals.goal import Goal
from pmreport.goals.indicator import Aim, Binding, Source
from pmreport.goals.indicators import Measure, Reading, Readings, measures
from pmreport.goals.readings import BASELINE_AFTER, Logged, bindings, own_readings
from pmreport.goals.register import written
from pmreport.metrics import (
    acronyms,
    budget_values,
    components,
    dependencies,
    investment,
    involvement,
    ontime_values,
    priority,
    project_plan,
    readiness,
    scope_values,
    updates,
)
from pmreport.metrics import estimates as estimating
from pmreport.metrics.catalog import FAMILIES
from pmreport.metrics.followups import numbers
from pmreport.metrics.ledger import SprintTotals
from pmreport.metrics.quality import finding
from pmreport.metrics.value import Value
from pmreport.report import trends
from pmreport.stats.proportion import Interval

RECENT = 6  # sprints
_PERCENT = 100.0
_TREND = "-trend"
_FAMILY_OF = {each.id: family for family, definitions in FAMILIES.items() for each in definitions}


def measured(
    workspace: Workspace,
    goals: Iterable[Goal],
    *,
    as_of: datetime,
    typed_by: datetime | None = None,
    with_baseline: bool = False,
) -> Mapping[str, tuple[Measure, ...]]:
    """Every measure of the goals, by goal id.

    Each family of numbers is asked once for all goals, and only if a goal needs it; `with_baseline` asks a
    second time, for a quarter before. A family that cannot be asked (no initiative, no rates) gives no
    readings, and its reason stands in the note. Raises BadDataError as the journal does.
    """
    chosen = tuple(goals)
    known_by = as_of if typed_by is None else typed_by
    families = dict.fromkeys(
        _FAMILY_OF[binding.id]
        for goal in chosen
        for binding, _ in bindings(goal)
        if binding.source is Source.NUMBER
    )
    now = _numbers(workspace, families, as_of, known_by)
    then = as_of - BASELINE_AFTER
    before = _numbers(workspace, families, then, then) if with_baseline else {}
    with workspace.store.reading() as reader:
        evidence = past_evidence.known_at(workspace, reader, chosen, as_of=as_of, typed_by=known_by).evidence
    evidence_before = (
        past_evidence.evidence_then(workspace, chosen, then, said_by=known_by) if with_baseline else ()
    )
    entries = tuple(
        Logged(
            at=one.at,
            kind=str(one.logged.what),
            goal_id=one.logged.goal,
            is_sourced=bool(one.logged.link.strip()),
            subject=one.logged.subject,
        )
        for one in written(journal.read(workspace).entries, known_by)
    )
    told = {}
    for goal in chosen:
        own = own_readings(goal, evidence, entries, known_by, before=evidence_before)
        told[goal.id] = measures(
            goal,
            Readings(
                {**own.now, **_bound(goal, now)}, {**own.before, **(_bound(goal, before) if before else {})}
            ),
        )
    return told


Told = Mapping[str, tuple[Value, ...] | str]


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


def _bound(goal: Goal, told: Told) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for binding, aim in bindings(goal):
        if binding.source is Source.NUMBER:
            family = told[_FAMILY_OF[binding.id]]
            if isinstance(family, str):
                found[binding.key] = Reading(value=None, note=family)
            else:
                found[binding.key] = reading_of(binding, aim, family, _trends(family))
    return found


def _trends(values: Iterable[Value]) -> dict[str, str]:
    """What the test of trends says, by the id of the number it is about."""
    return {
        f"{name}-typical-factor" if value.definition == "estimation-trend" else name: value.note
        for value in values
        if (name := value.id.removesuffix(_TREND)) != value.id
    }


def _amount(value: Value) -> float:
    assert isinstance(value.value, Decimal | float | int)  # noqa: S101 - days are sorted out before
    return float(value.value)


def _is_picked(binding: Binding, value: Value) -> bool:
    return not binding.pick or value.id == binding.pick or value.id.endswith(f"-{binding.pick}")


def _numbers(
    workspace: Workspace, families: Iterable[str], as_of: datetime, typed_by: datetime
) -> dict[str, tuple[Value, ...] | str]:
    told: dict[str, tuple[Value, ...] | str] = {}
    for family in families:
        try:
            told[family] = tuple(_ASKED[family](workspace, as_of, typed_by))
        except (BadDataError, ConfigurationError, UsageError) as error:
            told[family] = error.what
    return told


def _sprints(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    """Ratios of sums over the newest closed sprints of every board, never means of ratios."""
    closed = [
        one
        for one in sprints.sprints(workspace, as_of=as_of)
        if one.close is not None and one.amounts.commitment and not one.is_incomplete
    ]
    ordered = sorted(closed, key=lambda one: (one.close or as_of, one.board_id, one.sprint_id))
    for definition, part in _RATIOS.items():
        yield _of_sprints(definition, ordered[-RECENT:], part)
        shares = [float(part(one) / one.amounts.commitment) for one in ordered]
        yield _trend(definition, shares, "sprint")


def _trend(definition: str, shares: Sequence[float], time: str) -> Value:
    """What may be said of the shares from one `time` to the next, beside the number it is about."""
    return Value(
        id=f"{definition}{_TREND}",
        definition=definition,
        label=definition,
        value=None,
        unit="",
        n=len(shares),
        note=trends.change_words(shares, time),
    )


_RATIOS: Mapping[str, Callable[[SprintTotals], Decimal]] = {
    "net-scope-growth": lambda one: one.amounts.final_scope - one.amounts.commitment,
    "gross-scope-change": lambda one: one.churn,
    "commitment-reliability": lambda one: one.amounts.committed_completed,
}


def _of_sprints(
    definition: str, recent: list[SprintTotals], part: Callable[[SprintTotals], Decimal]
) -> Value:
    committed = sum((one.amounts.commitment for one in recent), Decimal(0))
    total = sum((part(one) for one in recent), Decimal(0))
    return Value(
        id=definition,
        definition=definition,
        label=definition,
        value=100 * total / committed if committed else None,
        unit="%",
        n=len(recent),
        note="" if committed else "no sprint with a commitment has closed yet",
    )


def _estimates(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    known = estimates.estimates(workspace, as_of=as_of)
    words = {
        "items-trend": trends.trend_words(known.summary.item_trend),
        "commitments-trend": trends.trend_words(known.summary.commitment_trend),
    }
    return (replace(value, note=words.get(value.id, value.note)) for value in estimating.values(known))


def _followups(workspace: Workspace, as_of: datetime, typed_by: datetime) -> Iterable[Value]:
    known = followups.followups(workspace, as_of=as_of, typed_by=typed_by)
    yield from numbers.values(known)
    yield _trend("promises-kept", known.shares_kept, "week")


def _ontime(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    found = ontime.timeliness(workspace, as_of=as_of)
    return ontime_values.values(found.delivery, share=workspace.config.flow.sle_share)


def _scope(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    told = scope.scopes(workspace, as_of=as_of).told
    return (value for one in told for value in scope_values.values(one))


def _budget(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    told = budget.budgets(workspace, as_of=as_of)
    return (value for one in told for value in budget_values.values(one))


def _quality(workspace: Workspace, as_of: datetime, typed_by: datetime) -> Iterable[Value]:
    return finding.values(quality.quality(workspace, as_of=as_of, typed_by=typed_by))


def _planning(workspace: Workspace, as_of: datetime, typed_by: datetime) -> Iterable[Value]:
    """The initiatives first, where there are any; the rest needs none."""
    if workspace.config.initiatives:
        for told in planning.plans(workspace, as_of=as_of):
            yield from project_plan.values(told.plan)
        for waits in planning.dependencies(workspace, as_of=as_of):
            yield from dependencies.values(waits)
        for ranked in planning.priorities(workspace, as_of=as_of):
            yield from priority.values(ranked)
    yield from investment.values(planning.mix(workspace, as_of=as_of))
    yield from acronyms.values(knowledge.glossary(workspace, as_of=as_of, typed_by=typed_by))
    map_of = knowledge.product(workspace, as_of=as_of, typed_by=typed_by)
    yield from components.values(map_of, as_of.date())


def _together(workspace: Workspace, as_of: datetime, typed_by: datetime) -> Iterable[Value]:
    yield from readiness.values(together.ready(workspace, as_of=as_of, typed_by=typed_by))
    yield from involvement.values(together.spoken(workspace, as_of=as_of))
    yield from updates.values(together.updates(workspace, as_of=as_of, typed_by=typed_by))


_ASKED: Mapping[str, Callable[[Workspace, datetime, datetime], Iterable[Value]]] = {
    "Sprints": _sprints,
    "Estimation": _estimates,
    "Follow-ups": _followups,
    "On time": _ontime,
    "Scope": _scope,
    "Budget": _budget,
    "Data quality": _quality,
    "Planning": _planning,
    "Work with others": _together,
}
