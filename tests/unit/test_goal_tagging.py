"""Rules made ready, and every clause of them explained for one item."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmreport.goals.catalog import load
from pmreport.goals.compile import MatchRow
from pmreport.goals.evidence import Match
from pmreport.goals.explain import explain
from pmreport.goals.goal import Goal, GoalRule, Polarity
from pmreport.goals.item import PastRow
from pmreport.goals.jql_error import JqlError
from pmreport.goals.tagging import custom_fields, item_count_query, prepare
from pmreport.model.instant import OPEN_END_MS
from tests.support.goal_context import AS_OF, NAMES, item, site

BASE = load()["follow-up"]


def goal(*rules: GoalRule, name: str = "mine") -> Goal:
    """A goal with these rules and no others."""
    return replace(BASE, id=name, title="Mine", rules=rules)


def rule(jql: str, *, name: str = "r", where: str | None = "pmreport.toml:7:7") -> GoalRule:
    """A rule written in the configuration."""
    return GoalRule(id=name, jql=jql, where=where, strength=3, polarity=Polarity.COUNTER)


def test_the_rules_of_active_goals_are_made_ready() -> None:
    """Goals on the shelf are not asked about; a goal without a rule is told."""
    shelved = replace(goal(rule("status = Done")), active=False)
    prepared = prepare([goal(rule("status = Done")), goal(name="bare"), shelved], site())

    assert prepared.rule_ids == (("mine", "r"),)
    assert prepared.remarks == ("goal bare has no rule, so no item can speak for it",)


def test_a_wrong_rule_is_refused_with_its_place_in_the_configuration() -> None:
    """A mistake in a rule of one's own stops the run, and says in which file and line the rule stands."""
    with pytest.raises(JqlError) as caught:
        prepare([goal(rule("statsu = Done"))], site())

    assert (caught.value.where, caught.value.hint) == ("pmreport.toml:7:7", "Did you mean status?")


def test_a_mistake_in_a_rule_on_the_shelf_is_told_with_its_place() -> None:
    """It stops nothing, for nobody asks it; the day the goal is taken up it would."""
    shelved = replace(goal(rule("statsu = Done"), rule("status = Done", name="s")), active=False)
    prepared = prepare([goal(rule("status = Done")), shelved], site())

    assert prepared.rule_ids == (("mine", "r"),)
    assert prepared.remarks == (
        (
            "rule r of goal mine, which waits on the shelf, cannot be asked: "
            "there is no field statsu on this site; did you mean status? (pmreport.toml:7:7)"
        ),
    )


def test_a_built_in_rule_on_the_shelf_need_not_fit() -> None:
    """The person did not write it, and cannot mend it."""
    shelved = replace(goal(rule("statsu = Done", where=None)), active=False)

    assert prepare([shelved], site()).remarks == ()


def test_a_built_in_rule_that_does_not_fit_is_left_out() -> None:
    """A built-in rule that asks for a field this site does not have is told, and stops nothing."""
    names = tuple(row for row in NAMES if row.value_id != "customfield_10016")
    prepared = prepare([load()["estimate-ahead"]], site(names=names))

    assert prepared.rules == ()
    assert prepared.remarks[0] == (
        "rule estimated-in-sprint of goal estimate-ahead does not fit this site: "
        "there is no field Story Points on this site"
    )


def test_a_field_without_any_value_is_told() -> None:
    """A custom field that no item in the store has is suspicious: EMPTY would hold for every item."""
    rules = (rule("severity is empty and cf[10040] != Major"), rule("effort = 5", name="s"))

    (remark,) = prepare([goal(*rules)], site()).remarks
    assert remark.startswith("rule r of goal mine asks about Severity, which no item in the store has")


def test_an_order_is_told_to_be_without_effect() -> None:
    """A rule copied from a filter of Jira keeps its ORDER BY, and nobody has to wonder what it does."""
    ready = prepare([goal(rule("status = Done ORDER BY created DESC, key"))], site())

    assert len(ready.rules) == 1
    assert ready.remarks == ("the ORDER BY of rule r of goal mine is without effect",)


def test_the_sync_is_told_which_custom_fields_the_rules_need() -> None:
    """Every custom field of every readable rule is named once; what every site has is not."""
    jqls = (
        "status = Done AND NOT (Severity = Major OR 'Team[Dropdown]' is empty)",
        "cf[10016] = 5 AND severity is empty",
        "not readable",
    )
    shelved = replace(goal(*(rule(jql) for jql in jqls)), active=False)

    assert custom_fields([shelved]) == ("severity", "team", "customfield_10016")
    assert custom_fields([], ["Team = Blue AND status was Done", "severity > 3"]) == ("team", "severity")


def test_an_answer_becomes_matches() -> None:
    """Each row says which clauses held and since when; the goal and the rule come with it."""
    (ready,) = prepare([goal(rule("status = Done OR labels = x"))], site()).rules
    row = MatchRow(1003, "WEB-3", "Summary", 1, 1_793_491_200_000, 0b10)

    assert ready.query.row is MatchRow
    assert ready.matches([row]) == (
        Match(
            goal_id="mine",
            rule=ready.rule,
            issue_id=1003,
            issue_key="WEB-3",
            clause="labels = x",
            since=datetime(2026, 11, 1, tzinfo=UTC),
            restricted=True,
        ),
    )


def test_the_items_are_counted_as_of_the_same_moment() -> None:
    """Coverage is measured against the items there were then."""
    assert item_count_query(site()).parameters == {"site_id": 1, "as_of_ms": site().as_of_ms}


NOV_11, NOV_12, NOV_13 = (1_794_355_200_000 + 86_400_000 * day for day in range(3))  # 00:00 UTC
ITEM = item(
    ("status", "2", "In Progress"),
    ("labels", "x", "x"),
    ("labels", "y", "y"),
    ("sprint", "71", "Sprint 1"),
    ("sprint", "72", "Sprint 2"),
    ("created", "1794355200000", ""),
    ("customfield_10016", "many", "many"),
    ("summary", "", f"A very {'long ' * 20}summary"),
    ("customfield_10041", "2026-11-18", "2026-11-18"),
    ("comment", "1", "Two words"),
    ("comment", "2", "EMPTY"),
    numbers=(("customfield_10043", 0.5), ("timespent", 5400.0)),
    past=(
        PastRow("stretch", "status", "1", "1", NOV_11, NOV_12 + 34_200_000, None),
        PastRow("change", "status", "1", "2", NOV_12 + 34_200_000, NOV_12 + 34_200_000, "u-bo"),
        PastRow("stretch", "status", "2", "2", NOV_12 + 34_200_000, OPEN_END_MS, None),
        PastRow("stretch", "assignee", "u-ana", "u-ana", NOV_12, NOV_13, None),
    ),
)


@pytest.mark.parametrize(
    ("clause", "holds", "seen"),
    [
        ("status = Done", False, "In Progress"),
        ("statusCategory = indeterminate", True, "In Progress (indeterminate)"),
        ("labels = x", True, "x, y"),
        ("assignee = currentUser()", False, "EMPTY"),
        ("sprint in openSprints()", True, "Sprint 1 (closed), Sprint 2 (open)"),
        ("effort = 0.5", True, "0.5"),
        ("key = WEB-3", True, "WEB-3"),
        ("created > -2w", True, "2026-11-11 01:00"),
        ("created <= 2026-11-01", False, "2026-11-11 01:00"),
        ("timeSpent >= 90m", True, "1.5 h"),
        ("timeSpent = 2h", False, "1.5 h"),
        ("'Go live' <= -2d", True, "2026-11-18"),
        ("summary ~ 'very long'", True, f"A very {'long ' * 14}lon…"),
        ("comment ~ 'no more'", False, "Two words, EMPTY"),
        ('"Story Points" > 3', False, "many"),  # somebody wrote a word into a field for numbers
        ("status was 'To Do'", True, "To Do from 2026-11-11 01:00 on"),
        ("status was 'To Do' by u-bo", False, "never"),
        ("status was 'In Progress' by u-bo", True, "In Progress from 2026-11-12 10:30 on"),
        ("status was not Done", True, "never"),
        ("status changed from 'To Do' by u-bo", True, "To Do to In Progress on 2026-11-12 10:30"),
        ("status changed to Done", False, "never"),
        ("assignee was EMPTY", True, "EMPTY from 2026-11-11 01:00 on, EMPTY from 2026-11-13 01:00 on"),
        ("assignee was EMPTY before 2026-11-12", True, "EMPTY from 2026-11-11 01:00 on"),
        ("assignee was u-ana", True, "Ana Lima from 2026-11-12 01:00 on"),
        ("assignee was u-ana after 2026-11-14", False, "never"),
    ],
)
def test_a_clause_is_explained_by_what_it_saw(clause: str, holds: bool, seen: str) -> None:  # noqa: FBT001  a table
    """Every clause, matched or not, shows the value on the item and whether it held."""
    context = site()
    prepared = prepare([goal(rule(f"{clause} OR due is not empty"))], context)
    (told,) = explain(ITEM, prepared.rules, context).rules

    assert (told.clauses[0].text, told.clauses[0].holds, told.clauses[0].seen) == (clause, holds, seen)
    assert told.matches is holds
    assert (told.goal_title, told.rule_id, told.polarity, told.strength) == ("Mine", "r", Polarity.COUNTER, 3)


def test_an_explanation_says_what_the_moving_words_meant() -> None:
    """Who currentUser() was, what now was, and in which zone the days are, stands beside the rules."""
    told = explain(ITEM, (), site())

    assert (told.issue_key, told.account, told.as_of) == ("WEB-3", "u-ana", AS_OF)
    assert (told.zone, told.week_start, told.rules) == ("Europe/Berlin", "mon", ())


def test_a_status_that_jira_deleted_has_an_unknown_category() -> None:
    """An item in a status that no longer exists is explained all the same."""
    context = site()
    prepared = prepare([goal(rule("statusCategory = Done"))], context)
    (told,) = explain(item(("status", "99", "Gone")), prepared.rules, context).rules

    assert told.clauses[0].seen == "Gone (unknown)"
