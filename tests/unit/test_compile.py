"""Rules as questions to the store, and the same answers worked out for one item."""

import re

import pytest

from pmreport.goals.check import AllOf, AnyOf, Check, Node
from pmreport.goals.compile import compile_jql, held_text
from pmreport.goals.holding import matches, past_of
from pmreport.goals.item import from_rows, query
from pmreport.goals.jql import parse
from pmreport.goals.membership import members_query
from pmreport.goals.plan import resolve
from tests.support.goal_context import item, site

RULES = (
    "status = Done", "status != 4", "key in (WEB-3, 1004)", "key != WEB-3",
    "parent in (WEB-3, 1004)", "parent = 1003", "sprint = 72", "sprint in openSprints()",
    "sprint not in (openSprints(), 71)",
    "effort = 5", "effort != 5",
    "labels in (EMPTY, x)", "labels not in (EMPTY, x)", "labels is empty", "labels is not empty",
    "created > -2w", "updated < now()", "resolved >= startOfWeek()", "due < 4d", "timeSpent > 1d",
    "effort > 5",
    "summary ~ 'two words'", "text !~ x", "comment ~ 'x*'", "notes ~ x", "description is empty",
    "status was in (1, 2) by u-ana after -1w", "assignee was EMPTY",
    "fixVersion was not in releasedVersions()",
    "status changed from 1 to (2, 4) during (-2w, now()) by currentUser()", "not assignee changed to EMPTY",
    "sprint in (closedSprints(), futureSprints())", "fixVersion in unreleasedVersions(WEB)",
    "statusCategory = undefined", "NOT (status = Done OR labels = x AND severity is not empty)",
)  # fmt: skip


@pytest.mark.parametrize("text", RULES)
def test_every_value_is_bound(text: str) -> None:
    """The SQL of a rule names each of its parameters and no other, and holds no word of the rule."""
    asked = compile_jql(parse(text), site())

    over_time = members_query(resolve(parse(text), site()))

    assert set(re.findall(r"\$(\w+)", asked.sql)) == set(asked.parameters)
    assert set(re.findall(r"\$(\w+)", over_time.sql)) == set(over_time.parameters)
    assert "WEB-3" not in asked.sql
    assert "'x'" not in asked.sql


def test_ids_are_bound_in_the_type_of_their_column() -> None:
    """Sprints and issues are known by numbers, numbers are compared as numbers, everything else as text."""
    bound = compile_jql(parse("sprint = 72 and key in (1003, WEB-4) and effort = 0.5 and status = 4"), site())

    assert {name: value for name, value in bound.parameters.items() if name.startswith("w")} == {
        "w0_0": 72, "w1_0": 1003, "w1_1": "WEB-4", "w2_0": 0.5, "w3_0": "4",
    }  # fmt: skip


def shape(node: Node) -> str:
    """A plan in one line."""
    match node:
        case Check():
            return f"{node.number}{'!' if node.negated else ''}"
        case AllOf(parts):
            return f"all({' '.join(shape(part) for part in parts)})"
        case AnyOf(parts):
            return f"any({' '.join(shape(part) for part in parts)})"


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("status = 1 and status = 2 or status = 4", "any(all(0 1) 2)"),
        ("not status = 1", "0!"),
        ("not (status = 1 and status != 2)", "any(0! 1)"),
        ("not (status = 1 or not (status = 2 and status = 4))", "all(0! all(1 2))"),
    ],
)
def test_not_is_carried_down_to_the_clauses(text: str, plan: str) -> None:
    """NOT turns AND into OR and a clause into its opposite: `NOT a = b` is `a != b`, as Jira documents it."""
    assert shape(resolve(parse(text), site()).root) == plan


def test_the_clauses_that_held_are_told_as_they_were_written() -> None:
    """Of the bits of a match, each stands for one clause; a clause under NOT says so."""
    plan = resolve(parse("status = 1   OR (NOT labels\n= x AND key = WEB-3)"), site())

    assert held_text(plan, 0b110) == "NOT labels = x AND key = WEB-3"


ITEM = item(
    ("status", "2", "In Progress"),
    ("assignee", "u-ana", "Ana Lima"),
    ("labels", "Follow-Up", "Follow-Up"),
    ("labels", "x", "x"),
    ("sprint", "71", "Sprint 1"),
    ("sprint", "72", "Sprint 2"),
    ("parent", "1001", "WEB-1"),
    numbers=(("customfield_10044", 5.0),),
)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("status = 'In Progress'", True),
        ("status != 'In Progress'", False),
        ("statusCategory = indeterminate", True),
        ("labels = x", True),
        ("labels != x", False),
        ("labels != y", True),
        ("severity != Major", False),  # it has none
        ("severity is empty", True),
        ("labels is empty", False),
        ("labels in (EMPTY, y)", False),
        ("severity in (EMPTY, Major)", True),
        ("sprint in openSprints()", True),
        ("sprint not in openSprints()", False),
        ("sprint = 71", True),
        ("parent = WEB-1", True),
        ("parent = 1001", True),
        ("key = WEB-3", True),
        ("key = 1004", False),
        ("effort = 5", True),  # the second of two fields of that name
        ("effort != 5", False),
        ("effort = 3 or labels = x and status = 2", True),
        ("labels = x and status = 1", False),
    ],
)
def test_a_rule_can_be_worked_out_for_one_item(text: str, holds: bool) -> None:  # noqa: FBT001  a table
    """What SQL answers for all items can be told for one, clause by clause."""
    plan = resolve(parse(text), site())

    assert matches(plan.root, ITEM, plan.context) is holds


def test_a_clause_about_the_present_has_no_past() -> None:
    """Only WAS and CHANGED speak of what has been."""
    (present,) = resolve(parse("status = 2"), site()).checks

    assert past_of(present, ITEM, site()) == ()


def test_an_item_that_is_not_there_is_none() -> None:
    """No row, no item; a key is asked for in capitals, as Jira writes it."""
    assert from_rows([]) is None
    assert query(1, "web-3", 5).parameters == {"site_id": 1, "issue_key": "WEB-3", "as_of_ms": 5}
