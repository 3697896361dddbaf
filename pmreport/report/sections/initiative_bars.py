"""How much of each initiative is done, as bars that also a mail can draw."""

from decimal import Decimal

from pmreport.metrics.scope_summary import Scope
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import values
from pmreport.report.view import Bar, Bars, Column, Number, Row, Section, Segment, Table, Tone
from pmreport.report.words import in_words, plural

_COLUMNS = (
    Column(title="Initiative"),
    Column(title="Done", numeric=True),
    Column(title="To do", numeric=True),
    Column(title="In scope now", numeric=True),
)


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """A bar for each initiative with something in scope, in the order of the configuration; else nothing.

    Paper has the same in the words below.
    """
    told = tuple(one.scope for one in inputs.initiatives if one.scope is not None and one.scope.current)
    if not told:
        return ()
    bars = Bars(
        id="initiatives-done",
        caption=finding(told),
        description="Items in scope now: what is done, and what is to do.",
        bars=tuple(_bar(one) for one in told),
        table=Table(
            id="initiatives-done-table",
            caption="Items in scope now",
            columns=_COLUMNS,
            rows=tuple(_row(one) for one in told),
        ),
    )
    return (Section(id="progress", title="Progress", blocks=(bars,), brief=True, off_paper=True),)


def finding(told: tuple[Scope, ...]) -> str:
    """How much of all of them is done: "173 of 196 items of 2 initiatives are done"."""
    done, whole = sum(map(_done, told)), sum(len(one.current) for one in told)
    of = values.name(told[0].name) if len(told) == 1 else in_words(len(told), "initiative")
    return f"{done} of {in_words(whole, 'item')} of {of} {plural(done, 'is', 'are')} done"


def _done(scope: Scope) -> int:
    return sum(item.is_done for item in scope.current)


def _bar(scope: Scope) -> Bar:
    done = _done(scope)
    return Bar(
        label=scope.name,
        segments=(
            Segment(label="Done", value=done, tone=Tone.GOOD),
            Segment(label="To do", value=len(scope.current) - done, tone=Tone.UNKNOWN),
        ),
    )


def _row(scope: Scope) -> Row:
    done, whole = _done(scope), len(scope.current)
    amounts = ((Number(value=Decimal(count)),) for count in (done, whole - done, whole))
    return Row(cells=((scope.name,), *amounts))
