"""The one home of every definition: what a number means, in words a reader can check."""

from collections.abc import Mapping
from types import MappingProxyType

from pmreport.metrics.definition import Definition
from pmreport.metrics.definitions import (
    budget,
    estimation,
    flow,
    followups,
    forecast,
    ontime,
    planning,
    quality,
    scope,
    sprint,
    together,
)

__all__ = ["DEFINITIONS", "FAMILIES", "Definition"]

FAMILIES: Mapping[str, tuple[Definition, ...]] = MappingProxyType(
    {
        "Sprints": sprint.ALL,
        "Estimation": estimation.ALL,
        "Flow": flow.ALL,
        "Forecast": forecast.ALL,
        "Scope": scope.ALL,
        "Budget": budget.ALL,
        "On time": ontime.ALL,
        "Follow-ups": followups.ALL,
        "Planning": planning.ALL,
        "Work with others": together.ALL,
        "Data quality": quality.ALL,
    }
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType(
    {each.id: each for family in FAMILIES.values() for each in family}
)
