"""Why an item is tagged, or not: every rule, every clause, what the item has, and whether that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pmreport.goals.context import FieldKind, JqlContext
from pmreport.goals.goal import Polarity
from pmreport.goals.item import Item, holds, matches
from pmreport.goals.plan import Check
from pmreport.goals.tagging import PreparedRule


@dataclass(frozen=True, slots=True)
class ClauseExplanation:
    """One clause as written, whether it holds, and the value it saw."""

    text: str
    holds: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExplanation:
    """One rule and its clauses, in the order they were written."""

    goal_id: str
    goal_title: str
    rule_id: str
    jql: str
    polarity: Polarity
    strength: int
    matches: bool
    clauses: tuple[ClauseExplanation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Every rule for one item, and what the words that move were taken for.

    `account` is who `currentUser()` was (None: nobody has said), `as_of` what stood for now, `zone` where its
    days begin and end, `week_start` the day its weeks begin on.
    """

    issue_key: str
    as_of: datetime
    account: str | None
    zone: str
    week_start: str
    rules: tuple[RuleExplanation, ...]


def explain(item: Item, rules: Sequence[PreparedRule], context: JqlContext) -> Explanation:
    """Every clause of every rule, matched or not, for one item."""
    return Explanation(
        issue_key=item.key,
        as_of=context.as_of,
        account=context.account,
        zone=context.zone.key,
        week_start=context.week_start,
        rules=tuple(_rule(item, prepared, context) for prepared in rules),
    )


def _rule(item: Item, prepared: PreparedRule, context: JqlContext) -> RuleExplanation:
    return RuleExplanation(
        goal_id=prepared.goal.id,
        goal_title=prepared.goal.title,
        rule_id=prepared.rule.id,
        jql=prepared.rule.jql,
        polarity=prepared.rule.polarity,
        strength=prepared.rule.strength,
        matches=matches(prepared.plan.root, item, context),
        clauses=tuple(
            ClauseExplanation(check.text, holds(check, item, context), _seen(check, item, context))
            for check in prepared.plan.checks
        ),
    )


def _seen(check: Check, item: Item, context: JqlContext) -> str:
    """The item's values in people's words; the category beside a status that was asked for its category."""
    values = item.of(check)
    if check.field.kind is FieldKind.NUMBER:
        texts = [_plain(value.number) for value in values if value.number is not None]
    elif check.field.kind is FieldKind.CATEGORY:
        texts = [f"{value.text} ({context.categories.get(value.id, 'unknown')})" for value in values]
    elif check.open_sprints:
        texts = [
            f"{value.text} ({'open' if value.id in context.open_sprints else 'not open'})" for value in values
        ]
    else:
        texts = [value.text for value in values]
    return ", ".join(texts) or "EMPTY"


def _plain(number: float) -> str:
    return f"{Decimal(repr(number)).normalize():f}"
