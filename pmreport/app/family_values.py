"""The numbers of each family of the catalogue, as the goals ask for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pmreport.app import sprint_ratios
from pmreport.app.numbers import (
    budget,
    estimates,
    followups,
    knowledge,
    ontime,
    planning,
    quality,
    scope,
    together,
)
from pmreport.app.trend_values import trend_value
from pmreport.app.wiring import Workspace
from pmreport.errors import BadDataError, ConfigurationError, UsageError
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
from pmreport.metrics.followups import numbers
from pmreport.metrics.quality import finding
from pmreport.metrics.value import Value
from pmreport.report import trends

Told = tuple[Value, ...] | str


def told(
    workspace: Workspace, families: Iterable[str], *, as_of: datetime, typed_by: datetime
) -> dict[str, Told]:
    """The values by family; of one that cannot be asked (no initiative, no rates) the reason, in words."""
    return {family: _told(workspace, family, as_of, typed_by) for family in families}


def _told(workspace: Workspace, family: str, as_of: datetime, typed_by: datetime) -> Told:
    try:
        return tuple(_ASKED[family](workspace, as_of, typed_by))
    except (BadDataError, ConfigurationError, UsageError) as error:
        return error.what


def _sprints(workspace: Workspace, as_of: datetime, _: datetime) -> Iterable[Value]:
    return sprint_ratios.values(workspace, as_of=as_of)


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
    yield trend_value("promises-kept", known.promises.weekly, "week")


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
