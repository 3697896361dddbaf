"""Who sees which goal, and what may be said of its measure."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pmreport.goals.catalog import load
from pmreport.goals.evidence import Match, collect
from pmreport.goals.goal import Aim, Goal, GoalRule, Visibility
from pmreport.goals.indicators import Reading, Verdict, verdict
from pmreport.goals.review import Audience, shown, visible

NOW = datetime(2026, 11, 20, tzinfo=UTC)
BASE = load()["follow-up"]


def marked(visibility: Visibility) -> Goal:
    """A goal with a marker word in every text it has."""
    marker = f"MARK-{visibility}"
    texts: dict[str, Any] = {
        field.name: marker for field in fields(Goal) if field.type in ("str", str, str | None)
    }
    return Goal(**texts, visibility=visibility, rules=(GoalRule(id=marker, jql=marker),))


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.PRIVATE, {"MARK-private", "MARK-manager", "MARK-management"}),
        (Audience.MANAGER, {"MARK-manager", "MARK-management"}),
        (Audience.MANAGEMENT, {"MARK-management"}),
        (Audience.TEAM, set()),
    ],
)
def test_no_word_of_a_hidden_goal_reaches_an_audience(audience: Audience, seen: set[str]) -> None:
    """Marker words in every text of a goal and of its evidence show up for its audience, and for no other."""
    goals = [marked(visibility) for visibility in Visibility]
    found = [
        Match(goal_id=goal.id, rule=goal.rules[0], issue_id=1, issue_key=goal.id, clause=goal.id, since=NOW)
        for goal in goals
    ]
    noted = [replace(piece, note=piece.goal_id) for piece in collect((), found)]

    text = repr(shown(goals, noted, audience))

    assert {f"MARK-{visibility}" for visibility in Visibility if f"MARK-{visibility}'" in text} == seen
    assert {goal.id for goal in visible(goals, audience)} == seen


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (None, Verdict.NO_DATA),
        (Reading(value=None), Verdict.NO_DATA),
        (Reading(value=0.9, n=4), Verdict.TOO_EARLY),
        (Reading(value=0.7, n=20), Verdict.NOT_YET),
        (Reading(value=0.8, n=20), Verdict.MET),
        (Reading(value=0.9, n=10, successes=9), Verdict.MET),  # lower bound 0.596
        (Reading(value=0.8, n=20, successes=16), Verdict.MET),  # 0.584
        (Reading(value=0.8, n=10, successes=8), Verdict.NOT_SURE),  # 0.490
        (Reading(value=0.8, n=5, successes=4), Verdict.NOT_SURE),  # 0.376
    ],
)
def test_a_target_is_met_only_when_it_is_sure(reading: Reading | None, said: Verdict) -> None:
    """No data is no score, few are too early, and a share also needs its Wilson bound above one half."""
    assert verdict(replace(BASE, target=0.8, aim=Aim.AT_LEAST), reading) is said


@pytest.mark.parametrize(("value", "said"), [(1.4, Verdict.MET), (1.5, Verdict.MET), (1.6, Verdict.NOT_YET)])
def test_less_can_be_better(value: float, said: Verdict) -> None:
    """For a goal that aims below its target, a share needs no lower bound."""
    goal = replace(BASE, target=1.5, aim=Aim.AT_MOST)

    assert verdict(goal, Reading(value=value, n=9, successes=1)) is said


def test_without_a_target_nothing_is_met() -> None:
    """A goal without a target is measured, and not judged."""
    assert verdict(replace(BASE, target=None), Reading(value=1.0, n=50)) is Verdict.NO_TARGET
