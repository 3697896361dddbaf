"""The scope of an initiative from its baseline to now, a bar for everything that changed it.

Spec `waterfall`:
    `steps` [{row, label, low, high, end, text, kind}]  from the top down; a bar lies from `low` to `high` and
            leads to the total `end`; kind is total, approved, unapproved, more or less
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pmreport.metrics.scope_summary import Scope, ScopeLine
from pmreport.metrics.sprint import Unit
from pmreport.report import terms
from pmreport.report.charts import Points
from pmreport.report.pictures import values
from pmreport.report.view import Chart, ChartValue, Column, Paragraph, Row, Table, Text
from pmreport.report.words import bare, plain, scaled, unit_name, units

_MINUS = "\u2212"
_COLUMNS = (
    Column(title="Step"),
    Column(title="Change", numeric=True),
    Column(title="Scope after it", numeric=True, definition=terms.SCOPE_GROWTH),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: what it is, by how much it changes the scope, and what the scope is then."""

    label: str
    kind: str
    change: Decimal
    end: Decimal

    @property
    def is_total(self) -> bool:
        """Whether it shows the whole scope, and no change of it."""
        return self.kind == "total"

    @property
    def begin(self) -> Decimal:
        """Where the bar begins."""
        return Decimal(0) if self.is_total else self.end - self.change


def measured(scope: Scope) -> tuple[ScopeLine, Unit]:
    """The line a scope is told by, and its unit: estimates where the baseline has any, else items."""
    return (scope.amounts, scope.unit) if scope.amounts.baseline > 0 else (scope.counts, Unit.ISSUES)


def picture(scope: Scope) -> Chart | Paragraph:
    """The waterfall of an initiative, or the sentence why there is none."""
    line, unit = measured(scope)
    if not line.identity_holds:
        return Paragraph((f"{scope.name}: its scope does not add up, so it is not drawn.",), quiet=True)
    if not any((line.baseline, line.added, line.now)):
        return Paragraph(
            (f"{scope.name}: nothing was ever in scope, so there is nothing to draw.",), quiet=True
        )
    return Chart(
        id=f"scope-{scope.initiative_id}",
        spec="waterfall",
        caption=finding(scope),
        description=f"Scope from the baseline to now, change by change: {_told_whole(scope)}.",
        data={"steps": _data(steps(scope), unit)},
        table=_table(scope, unit),
    )


def finding(scope: Scope) -> str:
    """What became of the scope: "Checkout grew from 120 to 145 points; 20 came in unapproved"."""
    line, unit = measured(scope)
    now = f"{_told(line.now, unit)} {unit_name(line.now, unit)}"
    verb = "grew" if line.now > line.baseline else "shrank"
    moved = f"{verb} from {_told(line.baseline, unit)} to {now}"
    told = (
        f"{values.name(scope.name)} {f'stands at {now}, as planned' if line.now == line.baseline else moved}"
    )
    if scope.change_label is None or not line.unapproved:
        return told
    return f"{told}; {_told(line.unapproved, unit)} came in unapproved"


def _told_whole(scope: Scope) -> str:
    """Every change in a sentence: "120 points planned, 145 now; 25 came in, 20 of them unapproved"."""
    line, unit = measured(scope)
    planned = f"{_told(line.baseline, unit)} {unit_name(line.baseline, unit)} planned"
    changes = ", ".join(_changes(scope, line, unit)) or "nothing came or went"
    return f"{planned}, {_told(line.now, unit)} now; {changes}"


def steps(scope: Scope) -> tuple[Step, ...]:
    """The bars, from the baseline to now; what did not happen has none."""
    line, _ = measured(scope)
    at = line.baseline
    told = [Step(label="Baseline", kind="total", change=at, end=at)]
    for label, kind, change in _parts(scope, line):
        if change:
            at += change
            told.append(Step(label=label, kind=kind, change=change, end=at))
    return (*told, Step(label="Now", kind="total", change=line.now, end=line.now))


def _parts(scope: Scope, line: ScopeLine) -> Iterator[tuple[str, str, Decimal]]:
    new = line.approved + line.unapproved
    if scope.change_label is None:
        yield "Added", "more", new
    else:
        yield "Added, approved", "approved", line.approved
        yield "Added, not approved", "unapproved", line.unapproved
    yield "Split or came back", _kind(line.added - new), line.added - new
    yield "Re-estimated", _kind(line.reestimated), line.reestimated
    yield "Removed", "less", -line.removed


def _kind(change: Decimal) -> str:
    return "less" if change < 0 else "more"


def _changes(scope: Scope, line: ScopeLine, unit: Unit) -> Iterator[str]:
    if line.added:
        yield f"{_told(line.added, unit)} came in"
        if scope.change_label is not None:
            yield f"{_told(line.unapproved, unit) if line.unapproved else 'none'} of them unapproved"
    if line.removed:
        yield f"{_told(line.removed, unit)} went"
    if line.reestimated:
        verb = "added" if line.reestimated > 0 else "took away"
        yield f"new estimates {verb} {_told(abs(line.reestimated), unit)}"


def _data(told: tuple[Step, ...], unit: Unit) -> Points:
    return tuple(_row(index, step, unit) for index, step in enumerate(told))


def _row(index: int, step: Step, unit: Unit) -> Mapping[str, ChartValue]:
    low, high = sorted((step.begin, step.end))
    return {
        "row": index,
        "label": step.label,
        "low": values.amount(low, unit),
        "high": values.amount(high, unit),
        "end": values.amount(step.end, unit),
        "text": _told(step.change, unit) if step.is_total else _signed(step.change, unit),
        "kind": step.kind,
    }


def _told(amount: Decimal, unit: Unit) -> str:
    return plain(scaled(amount, unit))


def _signed(amount: Decimal, unit: Unit) -> str:
    return f"{_MINUS if amount < 0 else '+'}{_told(abs(amount), unit)}"


def _table(scope: Scope, unit: Unit) -> Table:
    return Table(
        id=f"scope-{scope.initiative_id}-table",
        caption=f"Scope of {scope.name}, in {units(unit)}",
        columns=_COLUMNS,
        rows=tuple(
            Row(cells=((step.label,), _change(step, unit), (bare(step.end, unit),))) for step in steps(scope)
        ),
    )


def _change(step: Step, unit: Unit) -> Text:
    return ("\u2013",) if step.is_total else (bare(step.change, unit, signed=True),)
