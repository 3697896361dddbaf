"""A number as a condition of a rule: when it holds, how it is written, and what a match then says."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pmreport.goals.compile import MatchRow
from pmreport.goals.condition import Condition, RuleMetric
from pmreport.goals.context import JqlContext, Source
from pmreport.goals.counting import Counted
from pmreport.goals.explain import explain
from pmreport.goals.goal import GoalRule
from pmreport.goals.item import Item, ItemValue
from pmreport.goals.tagging import prepare
from pmreport.model.instant import to_ms
from tests.support.goal_pieces import NOVEMBER, OCTOBER, goal

IDLE = Condition(metric=RuleMetric.IDLE, above=10)


@pytest.mark.parametrize(
    ("condition", "text", "inside", "outside"),
    [
        (IDLE, "idle-days > 10", 11, 10),
        (Condition(metric=RuleMetric.MOVES, below=2), "due-moves < 2", 1, 2),
        (
            Condition(metric=RuleMetric.ACTUAL, above=0.5, below=1.5),
            "actual-over-estimate > 0.5 AND actual-over-estimate < 1.5",
            1,
            1.5,
        ),
    ],
)
def test_a_bound_is_outside(condition: Condition, text: str, inside: float, outside: float) -> None:
    """Above ten is more than ten; an item that has no such number never fits."""
    assert condition.text == text
    assert condition.holds(inside)
    assert not condition.holds(outside)
    assert not condition.holds(None)


def context() -> JqlContext:
    """A site where nothing has a name."""
    return JqlContext(
        site_id=1,
        account="ann",
        zone=ZoneInfo("UTC"),
        week_start="mon",
        as_of=datetime(2026, 12, 1, tzinfo=UTC),
    )


def test_a_match_says_its_condition_and_the_later_moment() -> None:
    """The rule has held since both of its parts did; what does not fit, or has no number, is no match."""
    rule = GoalRule(id="idle", jql="created < 2026-11-30", condition=IDLE)
    (prepared,) = prepare([goal(rules=(rule,))], context()).rules
    rows = [MatchRow(number, f"WEB-{number}", "", 0, to_ms(OCTOBER), 1) for number in (1, 2, 3, 4)]
    numbers = {1: Counted(11, NOVEMBER), 2: Counted(10, NOVEMBER), 4: Counted(12, None)}

    found = prepared.matches(rows, numbers)

    assert [(match.issue_id, match.since) for match in found] == [(1, NOVEMBER), (4, OCTOBER)]
    assert found[0].clause == "created < 2026-11-30 AND idle-days > 10"


@pytest.mark.parametrize(
    ("number", "holds", "seen"), [(11.0, True, "11"), (2.345, False, "2.35"), (None, False, "none")]
)
def test_a_condition_is_explained_as_a_clause(number: float | None, holds: bool, seen: str) -> None:  # noqa: FBT001
    """With the item's number; the rule matches only where it holds too."""
    rule = GoalRule(id="idle", jql="created < 2026-11-30", condition=IDLE)
    prepared = prepare([goal(rules=(rule,))], context()).rules
    created = ItemValue(str(to_ms(OCTOBER)), "")
    item = Item(issue_id=1, key="WEB-1", values={(Source.CREATED, "created"): (created,)})
    numbers = {} if number is None else {("follow-up", "idle"): number}

    (told,) = explain(item, prepared, context(), numbers).rules

    assert told.matches is holds
    assert (told.clauses[-1].text, told.clauses[-1].holds, told.clauses[-1].seen) == (
        "idle-days > 10",
        holds,
        seen,
    )
