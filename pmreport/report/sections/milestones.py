"""The milestones: the date first promised, the date of today, and how far one slid from the other."""

from datetime import date, timedelta
from decimal import Decimal

from pmreport.metrics.milestones import Milestone
from pmreport.report import terms
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import slips
from pmreport.report.rag import last_day
from pmreport.report.view import Block, Column, Day, Mark, Number, Paragraph, Row, Section, Table, Text, Tone
from pmreport.report.words import counted, in_words

SHOWN = 10
_NEWS = timedelta(weeks=4)  # so long a milestone that was reached is told
_COLUMNS = (
    Column(title="Milestone"),
    Column(title="State"),
    Column(title="First date"),
    Column(title="Date now"),
    Column(title="Slid by", numeric=True, definition=terms.MILESTONE_SLIP),
)
_MOVES = (
    Column(title="Milestone"),
    Column(title="First seen on"),
    Column(title="Planned then"),
    Column(title="Planned now"),
    Column(title="Moved, times", numeric=True),
    Column(title="Moved by", numeric=True, definition=terms.MILESTONE_SLIP),
)


def section(inputs: Inputs) -> Section:
    """Those that are to come, the earliest first, and those reached in the last four weeks."""
    today = last_day(inputs)
    told = [one for one in inputs.milestones if one.released is None or today - one.released <= _NEWS]
    if not told:
        none = "No version with a date is known, so there is no milestone to hold a date against."
        return _section(Paragraph((none,)))
    table = Table(
        id="milestones-table",
        caption=f"{in_words(len(told), 'milestone')}, against the date first seen for each",
        columns=_COLUMNS,
        rows=tuple(_row(inputs, one) for one in told[:SHOWN]),
        more=max(0, len(told) - SHOWN),
        note=("The first date is the one that was seen first, and never moves.",),
    )
    return _section(table, slips.picture(told, _moves(told)))


def _section(*blocks: Block) -> Section:
    return Section(id="milestones", title="Milestones", blocks=blocks)


def _moves(told: list[Milestone]) -> Table:
    """How the dates moved, from report to report."""
    seen = [(one.name, one.trend) for one in told if one.trend is not None]
    return Table(
        id="milestone-moves",
        caption="Planned days, seen week after week",
        columns=_MOVES,
        rows=tuple(
            Row(
                cells=(
                    (name,),
                    (Day(trend.reports[0].day),),
                    (Day(trend.reports[0].forecast),),
                    (Day(trend.reports[-1].forecast),),
                    (Number(value=Decimal(sum(slip != 0 for slip in trend.slips))),),
                    (_days(trend.total),),
                )
            )
            for name, trend in seen
        ),
    )


def _row(inputs: Inputs, one: Milestone) -> Row:
    return Row(
        cells=(
            (one.name,),
            (_state(inputs, one),),
            _day(one.baseline),
            _day(one.released or one.forecast),
            _slid(one),
        )
    )


def _state(inputs: Inputs, one: Milestone) -> Mark:
    if one.released is not None:
        return Mark("Released", Tone.GOOD if not one.slip or one.slip <= 0 else Tone.WARN)
    if one.forecast is None:
        return Mark("No date", Tone.WARN)
    if one.forecast < last_day(inputs):
        return Mark("Overdue", Tone.BAD)
    return Mark("To come")


def _day(day: date | None) -> Text:
    return ("\u2013",) if day is None else (Day(day),)


def _slid(one: Milestone) -> Text:
    if one.released is not None:
        return (one.reason,) if one.slip is None else (_days(one.slip),)
    if one.baseline is None or one.forecast is None:
        return (Number(value=None),)
    return (_days((one.forecast - one.baseline).days),)


def _days(count: int) -> Number:
    days = counted(count, "day")
    return Number(value=Decimal(count), unit=days.unit, signed=True)
