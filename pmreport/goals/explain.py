"""Why an item is tagged, or not: every rule, every clause, what the item has, and whether that is enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from pmreport.goals.check import Change, Check
from pmreport.goals.condition import Condition
from pmreport.goals.context import FieldKind, JqlContext
from pmreport.goals.goal import Polarity
from pmreport.goals.holding import holds, matches, past_of
from pmreport.goals.item import Item, ItemValue, PastRow
from pmreport.goals.tagging import PreparedRule
from pmreport.model.instant import from_ms

_MOST_TOLD = 10  # values, and of the past the latest
_LONGEST_TOLD = 80


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


def explain(
    item: Item,
    rules: Sequence[PreparedRule],
    context: JqlContext,
    numbers: Mapping[tuple[str, str], float] = MappingProxyType({}),
) -> Explanation:
    """Every clause of every rule, matched or not, for one item.

    `numbers` are those that conditions ask for, by goal and rule; a rule without has none on this item.
    """
    return Explanation(
        issue_key=item.key,
        as_of=context.as_of,
        account=context.account,
        zone=context.zone.key,
        week_start=context.week_start,
        rules=tuple(
            _rule(item, prepared, context, numbers.get((prepared.goal.id, prepared.rule.id)))
            for prepared in rules
        ),
    )


def _rule(item: Item, prepared: PreparedRule, context: JqlContext, number: float | None) -> RuleExplanation:
    condition = prepared.rule.condition
    return RuleExplanation(
        goal_id=prepared.goal.id,
        goal_title=prepared.goal.title,
        rule_id=prepared.rule.id,
        jql=prepared.rule.jql,
        polarity=prepared.rule.polarity,
        strength=prepared.rule.strength,
        matches=matches(prepared.plan.root, item, context) and (condition is None or condition.holds(number)),
        clauses=(
            *(
                ClauseExplanation(check.text, holds(check, item, context), _seen(check, item, context))
                for check in prepared.plan.checks
            ),
            *(() if condition is None else (_condition(condition, number),)),
        ),
    )


def _condition(condition: Condition, number: float | None) -> ClauseExplanation:
    seen = "none" if number is None else _plain(round(number, 2))
    return ClauseExplanation(condition.text, condition.holds(number), seen)


def _seen(check: Check, item: Item, context: JqlContext) -> str:
    """The item's values in people's words; the category beside a status that was asked for its category."""
    if check.of_the_past:
        told = [_past(check, row, context) for row in past_of(check, item, context)]
        return ", ".join(told[-_MOST_TOLD:]) or "never"
    values = item.of(check)
    if check.sprint_states:
        states = {sprint.id: sprint.state(context.as_of_ms) for sprint in context.sprints}
        texts = [f"{value.text} ({states.get(value.id, 'unknown')})" for value in values]
    else:
        texts = [_value(check, value, context) for value in values]
    return ", ".join(texts[:_MOST_TOLD]) or "EMPTY"


def _value(check: Check, value: ItemValue, context: JqlContext) -> str:
    match check.field.kind:
        case FieldKind.NUMBER if value.number is not None:
            return _plain(value.number)
        case FieldKind.DURATION if value.number is not None:
            return f"{_plain(round(value.number / 3600, 2))} h"
        case FieldKind.INSTANT:
            return _moment(int(value.id), context)
        case FieldKind.CATEGORY:
            return f"{value.text} ({context.categories.get(value.id, 'unknown')})"
        case FieldKind.TEXT:
            return value.text if len(value.text) <= _LONGEST_TOLD else f"{value.text[:_LONGEST_TOLD]}…"
        case _:
            return value.text


def _past(check: Check, row: PastRow, context: JqlContext) -> str:
    """`To Do to Done on 2026-11-12 09:30`, or `Done from 2026-11-12 09:30 on`."""
    field_id = check.field.ids[0]
    names = {named.id: named.name for named in (*context.choices.get(field_id, ()), *context.users)}
    before, after = (names.get(side, side) or "EMPTY" for side in (row.before_id, row.after_id))
    if isinstance(check.asked, Change):
        return f"{before} to {after} on {_moment(row.from_ms, context)}"
    return f"{after} from {_moment(row.from_ms, context)} on"


def _moment(at_ms: int, context: JqlContext) -> str:
    return f"{from_ms(at_ms).astimezone(context.zone):%Y-%m-%d %H:%M}"


def _plain(number: float) -> str:
    return f"{Decimal(repr(number)).normalize():f}"
