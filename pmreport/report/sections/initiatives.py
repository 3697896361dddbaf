"""Scope and budget of every initiative: the line that adds up, and the cost against the budget."""

from decimal import Decimal

from pmreport.metrics.budget import Budget
from pmreport.metrics.reckoning import Reckoning
from pmreport.metrics.scope import ScopeItem
from pmreport.metrics.scope_summary import Scope, ScopeLine
from pmreport.metrics.sprint import Unit
from pmreport.report import links, terms
from pmreport.report.inputs import Initiative, Inputs
from pmreport.report.pictures import waterfall
from pmreport.report.restricted import is_restricted
from pmreport.report.view import (
    Block,
    Callout,
    Column,
    Day,
    Inline,
    Item,
    Items,
    Number,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Tone,
)
from pmreport.report.words import bare, in_words, listed, local_day, percent, units

_MINUS = "−"
_NONE = "No initiative is configured, so there is no scope and no budget to hold the work against."
_COLUMNS = (
    Column(title="Initiative"),
    Column(title="Budget", numeric=True, definition=terms.BUDGET),
    Column(title="Spent", numeric=True, definition=terms.ACTUAL_COST),
    Column(title="Earned", numeric=True, definition=terms.EARNED_VALUE),
    Column(title="CPI", numeric=True, definition=terms.CPI),
    Column(title="Estimate at completion", numeric=True, definition=terms.EAC),
    Column(title="Over budget", numeric=True),
    Column(title="SPI(t)", numeric=True, definition=terms.SPI_TIME),
    Column(title="Done by, at this pace", definition=terms.FINISH_BY_PACE),
)


def section(inputs: Inputs) -> Section:
    """An identity for each initiative, what does not add up, then the budgets side by side."""
    told = inputs.initiatives
    blocks: list[Block] = [Paragraph((_NONE,), quiet=True)]
    if told:
        blocks = [Items(items=tuple(_entry(inputs, one) for one in told)), *_broken(told), *_budgets(told)]
    return Section(id="initiatives", title="Scope and budget", blocks=tuple(blocks))


def _entry(inputs: Inputs, one: Initiative) -> Item:
    if one.scope is None:
        return Item(text=(Strong(one.name), f": {one.scope_missing}."))
    scope = one.scope
    line, unit = waterfall.measured(scope)
    text: Text = (Strong(one.name), f", in {units(unit)}: ", *_equation(line, unit), ".")
    return Item(text=text, detail=_detail(inputs, scope, line))


def _equation(line: ScopeLine, unit: Unit) -> Text:
    sign = _MINUS if line.reestimated < 0 else "+"
    return (
        bare(line.baseline, unit),
        " baseline + ",
        bare(line.added, unit),
        f" added {sign} ",
        bare(abs(line.reestimated), unit),
        f" re-estimated {_MINUS} ",
        bare(line.removed, unit),
        " removed = ",
        bare(line.now, unit),
        " now",
    )


def _detail(inputs: Inputs, scope: Scope, line: ScopeLine) -> Text:
    at = Day(local_day(scope.basis.at, inputs.zone))
    held: tuple[Inline, ...] = ("Baseline kept for ", at) if scope.basis.is_kept else ("Held against ", at)
    growth: Text = () if line.net_growth is None else (", net growth ", percent(line.net_growth, signed=True))
    planned = in_words(len(scope.baseline), "planned item")
    return (
        *held,
        *growth,
        "; ",
        _items(inputs, scope.delivered, str(len(scope.delivered))),
        " of ",
        _items(inputs, scope.baseline, planned),
        " delivered, ",
        _items(inputs, scope.current, in_words(len(scope.current), "item")),
        " in scope now.",
    )


def _items(inputs: Inputs, items: tuple[ScopeItem, ...], text: str) -> Inline:
    """A count as a way to its items, without those that must not be named."""
    keys = [one.issue_key for one in items if not is_restricted(inputs, one.issue_id)]
    return links.keys(inputs, keys, text) or text


def _broken(told: tuple[Initiative, ...]) -> tuple[Callout, ...]:
    names = [one.name for one in told if one.scope is not None and not one.scope.identity_holds]
    if not names:
        return ()
    text = f"Read the scope of {listed(names)} with care."
    return (Callout(tone=Tone.BAD, lead="The numbers do not add up.", text=(text,)),)


def _budgets(told: tuple[Initiative, ...]) -> tuple[Block, ...]:
    budgets = [(one, one.budget) for one in told if one.budget is not None and _is_told(one.budget)]
    missing = [
        f"{one.name}: {one.budget_missing or 'no budget is configured, and nothing was spent'}"
        for one in told
        if one.budget is None or not _is_told(one.budget)
    ]
    blocks: list[Block] = []
    if budgets:
        unit = listed(sorted({budget.cost.unit for _, budget in budgets}))
        incomplete = [
            f"{one.name}: {budget.incomplete_cost}" for one, budget in budgets if budget.incomplete_cost
        ]
        table = Table(
            id="budgets",
            caption=f"Budgets, in {'hours' if unit == 'h' else unit}",
            columns=_COLUMNS,
            rows=tuple(_row(one, budget) for one, budget in budgets),
            note=(f"{'; '.join(incomplete)}.",) if incomplete else (),
        )
        blocks.append(table)
    if missing:
        blocks.append(Paragraph((f"{'; '.join(missing)}.",), quiet=True))
    return tuple(blocks)


def _is_told(budget: Budget) -> bool:
    """Whether there is a budget, a plan, or anything that was spent: a row without says nothing."""
    numbers = (budget.position.budget.number, budget.schedule.performance.number)
    return numbers != (None, None) or bool(budget.position.spent.number)


def _row(one: Initiative, budget: Budget) -> Row:
    position, blind = budget.position, bool(budget.incomplete_cost)
    whole, estimate = position.budget.number, position.estimate_typical.number
    over = estimate / whole - 1 if whole and estimate is not None else None
    finish: Text = (Number(value=None),) if budget.finish.day is None else (Day(budget.finish.day),)
    return Row(
        cells=(
            (one.name,),
            (_whole(position.budget.number),),
            (_whole(position.spent.number),),
            (_whole(position.earned.number),),
            (_index(None if blind else position.cost_performance),),
            (_whole(None if blind else estimate),),
            (percent(None if blind else over, signed=True),),
            (_index(budget.schedule.performance),),
            finish,
        )
    )


def _whole(amount: Decimal | None) -> Number:
    return Number(value=amount)


def _index(reckoning: Reckoning | None) -> Number:
    return Number(value=None if reckoning is None else reckoning.number, decimals=2, fixed=True)
