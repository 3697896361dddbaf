"""The built-in goals, and a person's own goals made from them."""

from datetime import date

import pytest

from pmreport.errors import ConfigurationError
from pmreport.goals.catalog import STRENGTHS, load, resolve
from pmreport.goals.goal import GoalRule, Polarity, Visibility
from pmreport.goals.jql import parse
from pmreport.goals.plan import resolve as plan
from pmreport.goals.settings import GoalSettings
from tests.support.goal_context import site

ESTIMATE = "catalogue:estimate-ahead"


def test_the_built_in_goals_are_complete() -> None:
    """Every built-in goal says why, from what to what, by which number and guard, and what to show."""
    assert len(load()) == 23
    for goal in load().values():
        words = (goal.title, goal.why, goal.behaviour_now, goal.target_behaviour, goal.indicator, goal.guard)
        assert all(word.strip() for word in (*words, goal.show, goal.metric or ""))
        assert goal.target is not None
        assert {rule.polarity for rule in goal.rules} == set(Polarity)


def test_the_built_in_rules_can_be_used() -> None:
    """The rules of the catalogue are JQL that fits an ordinary site, and have a strength."""
    for rule in (rule for goal in load().values() for rule in goal.rules):
        assert plan(parse(rule.jql), site()).checks
        assert rule.strength in STRENGTHS


def test_a_goal_takes_what_it_does_not_say_itself() -> None:
    """A goal starts from the built-in one, and everything written in the configuration wins."""
    due = date(2027, 3, 31)
    (goal,) = resolve(
        [GoalSettings(id="mine", use=ESTIMATE, title="Mine", target=1.2, due=due, active=False)]
    )
    base = load()["estimate-ahead"]

    assert (goal.id, goal.title, goal.target, goal.due, goal.active) == ("mine", "Mine", 1.2, due, False)
    assert (goal.why, goal.metric, goal.aim, goal.rules) == (base.why, base.metric, base.aim, base.rules)
    assert goal.visibility is Visibility.MANAGER


def test_own_rules_are_added_or_take_the_place_of_built_in_ones() -> None:
    """A rule with the id of a built-in one replaces it in its place; others come after."""
    own = GoalRule(id="unestimated-in-sprint", jql="status = Done", where="pmreport.toml:9:7")
    new = GoalRule(id="new", jql="status = Done")
    (goal,) = resolve([GoalSettings(id="x", use="estimate-ahead", rules=(new, own))])

    assert [rule.id for rule in goal.rules] == ["estimated-in-sprint", "unestimated-in-sprint", "new"]
    assert goal.rules[1] is own


def test_a_goal_of_ones_own_needs_only_a_title() -> None:
    """What is not said of a goal of one's own stays empty."""
    (goal,) = resolve([GoalSettings(id="x", title="Speak up", visibility=Visibility.PRIVATE)])

    assert (goal.title, goal.why, goal.metric, goal.rules) == ("Speak up", "", None, ())
    assert goal.visibility is Visibility.PRIVATE


def own(name: str, *, active: bool = True, where: str | None = None) -> GoalSettings:
    """A goal with a title and nothing else."""
    return GoalSettings(id=name, title=name, active=active, where=where)


@pytest.mark.parametrize(
    ("goals", "problem"),
    [
        (
            [GoalSettings(id="x", where="p.toml:3:6")],
            "the goal x is your own and needs a title\n  --> p.toml:3:6",
        ),
        ([GoalSettings(id="x", use="catalogue:estimate-ahed")], "Did you mean estimate-ahead?"),
        ([GoalSettings(id="x", use="zzz")], "There are estimate-ahead, plan-resources, "),
        ([own("x"), own("x")], "two goals are called x"),
        ([own(name) for name in "abcd"], "4 goals are active (a, b, c, d), at most three can be"),
        (
            [
                GoalSettings(
                    id="x", title="x", rules=(GoalRule(id="r", jql="x = 1", strength=4, where="p.toml:5:1"),)
                )
            ],
            "the strength of the rule r is 1, 2 or 3, not 4\n  --> p.toml:5:1",
        ),
        (
            [
                GoalSettings(
                    id="x", title="x", rules=(GoalRule(id="r", jql="x = 1"), GoalRule(id="r", jql="x = 2"))
                )
            ],
            "two rules of the goal x are called r",
        ),
    ],
)
def test_what_is_wrong_with_a_goal_is_said_with_its_place(goals: list[GoalSettings], problem: str) -> None:
    """A goal that cannot be used is named, with its place and what was probably meant."""
    with pytest.raises(ConfigurationError) as caught:
        resolve(goals)

    assert problem in f"{caught.value.what}\n  --> {caught.value.where}"


def test_every_problem_is_said_at_once() -> None:
    """Two wrong goals are told together."""
    with pytest.raises(ConfigurationError) as caught:
        resolve(
            [GoalSettings(id="x", where="p.toml:1:1"), GoalSettings(id="y"), GoalSettings(id="z", use="zzz")]
        )

    assert caught.value.what == (
        "the goal x is your own and needs a title\n  --> p.toml:1:1\n\n"
        "error: the goal y is your own and needs a title\n\n"
        f"error: there is no built-in goal zzz. There are {', '.join(load())}."
    )
    assert caught.value.where is None


def test_goals_on_the_shelf_are_not_counted() -> None:
    """Any number of goals may lie on the shelf."""
    goals = resolve([own(name, active=name in "abc") for name in "abcdef"])

    assert sum(goal.active for goal in goals) == 3


def test_a_fourth_goal_needs_a_reason() -> None:
    """Three and one that cannot wait, which says why; the reason stays with the goal."""
    fourth = GoalSettings(id="d", title="d", beyond_three="the audit")
    goals = resolve([*(own(name) for name in "abc"), fourth])

    assert [goal.beyond_three for goal in goals] == ["", "", "", "the audit"]
