"""An entry of the journal is seen by those who may see its goal, and by nobody else."""

from dataclasses import replace
from datetime import date

import pytest

from pmreport.goals.goal import Visibility
from pmreport.goals.owned import NOBODYS, owners, seen_by
from pmreport.goals.review import Audience
from pmreport.model.journal_goals import ActionResult, ActionState, GoalTerms, Logged, LogKind, SignOff
from pmreport.model.journal_kinds import Range
from tests.support.goal_pieces import goal
from tests.support.journals import BASELINE, ENTRIES, PAYLOADS, entry

GOALS = tuple(goal(visibility.value, visibility=visibility) for visibility in Visibility)
LOGGED = Logged(goal="private", text="a secret", what=LogKind.ACTION, on=date(2026, 9, 1))
(RANGE,) = (payload for payload in PAYLOADS if isinstance(payload, Range))
OWN = entry(LOGGED, number=50)
JOURNAL = (
    entry(BASELINE, number=1),
    entry(RANGE, number=2),  # under no goal
    entry(replace(RANGE, goal="private"), number=3),
    OWN,
    entry(SignOff(entry=OWN.id, reviewer="Head of Product"), number=51),
    entry(ActionResult(entry=OWN.id, state=ActionState.DONE, on=date(2026, 9, 9)), number=52),
    entry(GoalTerms(goal="private", active=True), number=53),
    entry(replace(LOGGED, goal="manager"), number=60),
    entry(replace(LOGGED, goal="management"), number=61),
    entry(replace(LOGGED, goal="long-gone"), number=62),
    entry(SignOff(entry="nowhere", reviewer="Somebody"), number=63),
)


@pytest.mark.parametrize(
    ("audience", "goals"),
    [
        (Audience.PRIVATE, {"private", "manager", "management", "long-gone", NOBODYS}),
        (Audience.MANAGER, {"manager", "management"}),
        (Audience.MANAGEMENT, {"management"}),
        (Audience.TEAM, set()),
    ],
)
def test_an_audience_sees_the_entries_of_its_goals(audience: Audience, goals: set[str]) -> None:
    """And those that speak of no goal; what was said of an entry goes where the entry goes."""
    kept = seen_by(JOURNAL, GOALS, audience)

    assert {owners(JOURNAL)[one.id] for one in kept if one.id in owners(JOURNAL)} == goals
    assert set(JOURNAL[:2]) <= set(kept)


def test_nothing_of_a_private_goal_is_in_what_another_sees() -> None:
    """Not a word, by any way of writing it."""
    text = repr(seen_by(JOURNAL, GOALS, Audience.MANAGER))

    assert "a secret" in text  # of the goals that the manager sees
    assert "'private'" not in text
    assert OWN.id not in text
    assert "long-gone" not in text


def test_every_kind_of_entry_is_placed() -> None:
    """A kind that speaks of a goal and is forgotten here would be shown to everybody."""
    placed = owners(ENTRIES)

    assert {one.kind for one in ENTRIES if one.id not in placed} == {
        "baseline",
        "range",
        "follow-up",
        "exception",
        "sending",
        "sent",
        "not-sent",
        "draft",
        "forgotten",
    }
