"""The rules of the active goals made ready for one site, and what they find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmreport.goals.compile import MatchRow, held_text, match_query
from pmreport.goals.context import JqlContext
from pmreport.goals.counting import Counted
from pmreport.goals.evidence import Match
from pmreport.goals.fields import custom_name
from pmreport.goals.goal import Goal, GoalRule
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.goals.plan import Plan, resolve
from pmreport.goals.tree import clauses
from pmreport.model.instant import from_ms
from pmreport.model.query import Query, sql_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRule:
    """One rule of one goal, ready to be asked."""

    goal: Goal
    rule: GoalRule
    plan: Plan

    @property
    def query(self) -> Query[MatchRow]:
        """The question to the store."""
        return match_query(self.plan)

    def matches(
        self, rows: Iterable[MatchRow], numbers: Mapping[int, Counted] | None = None
    ) -> tuple[Match, ...]:
        """What the answer says about the goal; `numbers` are those that the rule's condition asks for."""
        return tuple(
            Match(
                goal_id=self.goal.id,
                rule=self.rule,
                issue_id=row.issue_id,
                issue_key=row.issue_key,
                clause=clause,
                since=since,
                restricted=bool(row.restricted),
            )
            for row in rows
            for clause, since in self._held(row, (numbers or {}).get(row.issue_id))
        )

    def _held(self, row: MatchRow, number: Counted | None) -> Iterator[tuple[str, datetime]]:
        """What made an item match and since when, unless the condition does not hold."""
        clause, since = held_text(self.plan, row.held), from_ms(row.since_ms)
        condition = self.rule.condition
        if condition is None:
            yield clause, since
        elif number is not None and condition.holds(number.value):
            yield f"{clause} AND {condition.text}", max(since, number.since or since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The rules that can be asked on this site, and a sentence for everything that cannot."""

    rules: tuple[PreparedRule, ...]
    remarks: tuple[str, ...]

    @property
    def rule_ids(self) -> tuple[tuple[str, str], ...]:
        """(goal id, rule id) of every rule that is asked."""
        return tuple((prepared.goal.id, prepared.rule.id) for prepared in self.rules)


class ItemCountRow(NamedTuple):
    """How many items there are."""

    items: int


def prepare(goals: Sequence[Goal], context: JqlContext) -> Prepared:
    """The rules of the active goals.

    A wrong rule of the user's own raises JqlError with its place in the configuration. A built-in rule that
    asks for what this site does not have (a field, a label) is left out, with a remark; so is a goal that has
    no rule. What is wrong with a rule of a goal on the shelf is a remark: nobody asks it yet.
    """
    rules: list[PreparedRule] = []
    remarks: list[str] = []
    for goal in goals:
        if not goal.active:
            continue
        if not goal.rules:
            remarks.append(f"goal {goal.id} has no rule, so no item can speak for it")
        for rule in goal.rules:
            try:
                jql = parse(rule.jql)
                rules.append(PreparedRule(goal=goal, rule=rule, plan=resolve(jql, context)))
            except JqlError as error:
                if rule.where is not None:
                    raise error.within(rule.where) from error
                remarks.append(f"rule {rule.id} of goal {goal.id} does not fit this site: {error.problem}")
                continue
            if jql.ordered:
                remarks.append(f"the ORDER BY of rule {rule.id} of goal {goal.id} is without effect")
    remarks += dict.fromkeys(remark for prepared in rules for remark in _unseen(prepared))
    remarks += _on_the_shelf(goals, context)
    return Prepared(rules=tuple(rules), remarks=tuple(remarks))


def _on_the_shelf(goals: Iterable[Goal], context: JqlContext) -> Iterator[str]:
    """A sentence, with its place, for each rule of one's own that will be refused once its goal is active."""
    own = [(goal, rule) for goal in goals if not goal.active for rule in goal.rules if rule.where]
    for goal, rule in own:
        try:
            resolve(parse(rule.jql), context)
        except JqlError as error:
            near = f"; {error.hint[:1].lower()}{error.hint[1:].rstrip('.')}" if error.hint else ""
            which = f"rule {rule.id} of goal {goal.id}, which waits on the shelf, cannot be asked"
            yield f"{which}: {error.problem}{near} ({rule.where})"


def custom_fields(goals: Iterable[Goal], queries: Iterable[str] = ()) -> tuple[str, ...]:
    """The custom fields that the rules and other queries speak of, for the sync to keep a history of.

    Goals on the shelf count too, so that their rules know the past when they are taken up. A rule that cannot
    be read names none here; `prepare` says what is wrong with it.
    """
    names: dict[str, None] = {}
    for jql in (*(rule.jql for goal in goals for rule in goal.rules), *queries):
        with suppress(JqlError):
            named = (custom_name(clause.field.name) for clause in clauses(parse(jql).condition))
            names |= dict.fromkeys(name for name in named if name is not None)
    return tuple(names)


def _unseen(prepared: PreparedRule) -> Iterator[str]:
    """A sentence for each custom field of which the store has no value: EMPTY would hold for every item."""
    stored = prepared.plan.context.stored
    for check in prepared.plan.checks:
        is_custom = check.field.ids[0].startswith("customfield")
        if is_custom and stored.isdisjoint(check.field.ids):
            asks = f"rule {prepared.rule.id} of goal {prepared.goal.id} asks about {check.field.name}"
            yield f"{asks}, which no item in the store has: if it is new to your rules, run `pmreport sync`"


def item_count_query(context: JqlContext) -> Query[ItemCountRow]:
    """How many items there were at the context's moment."""
    parameters = {"site_id": context.site_id, "as_of_ms": context.as_of_ms}
    return Query(sql_text("pmreport.goals", "sql/item_count.sql"), ItemCountRow, parameters)
