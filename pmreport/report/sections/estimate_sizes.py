"""Whether larger estimates take longer, which sizes stray, and the furthest misses with what they came to."""

from collections.abc import Mapping
from decimal import Decimal
from math import exp

from pmreport.metrics.consistency import Bucket
from pmreport.metrics.estimates import Estimates
from pmreport.metrics.estimation import Miss
from pmreport.report import links, terms
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import hours, sizes
from pmreport.report.view import Column, Number, Paragraph, Row, Section, Table, Text
from pmreport.report.words import counted, exact, factor, in_words, listed, plain

SHOWN = 10
_HOUR = 3600
_SIZES = (
    Column(title="Points", numeric=True),
    Column(title="Items", numeric=True),
    Column(title="Days, median", numeric=True, definition=terms.CYCLE_TIME),
    Column(title="Days, quartiles"),
    Column(title="Over the smaller size", numeric=True, definition=terms.SIZE_AGREEMENT),
)
_MISSES = (
    Column(title="Item"),
    Column(title="Estimate, hours", numeric=True),
    Column(title="Took, hours", numeric=True),
    Column(title="Factor", numeric=True, definition=terms.BIAS_FACTOR),
)
_HOW = (
    "Over the smaller size: how often one takes longer than one of the next smaller size; 0.5 is neither. "
    "Below five items only they themselves are told. A size leads to its items, at most the newest hundred."
)


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """The consistency by size, then the worst misses; nothing where estimates were not read."""
    known = inputs.estimates
    if known is None:
        return ()
    return (*_by_hours(known), _sizes(inputs, known), _misses(inputs, known))


def _by_hours(known: Estimates) -> tuple[Section, ...]:
    """Whether small or large estimates in hours stray; nothing where they cannot be compared."""
    drawn = hours.picture(known.groups)
    if drawn is None:
        return ()
    return (Section(id="hours-by-size", title="Estimates in hours by their size", blocks=(drawn,)),)


def _sizes(inputs: Inputs, known: Estimates) -> Section:
    told = known.consistency
    if not told.buckets:
        none = Paragraph(("No finished item has both points and a cycle time.",))
        return Section(id="sizes", title="Consistency by size", blocks=(none,), brief=True)
    table = Table(
        id="sizes-table",
        caption=f"Days from start to done by points, over {in_words(told.n, 'item')}",
        columns=_SIZES,
        rows=tuple(_size(inputs, bucket) for bucket in told.buckets),
        note=(_HOW,),
    )
    drawn = table if len(told.buckets) < sizes.FEWEST else sizes.picture(told, table)
    blocks = (Paragraph(_agreement(known)), drawn)
    return Section(id="sizes", title="Consistency by size", blocks=blocks, brief=True)


def _agreement(known: Estimates) -> Text:
    told = known.consistency
    left = listed([f"{count} ({reason})" for reason, count in known.sizes_left_out])
    left = f" Left out: {left}." if left else ""
    if told.agreement is None:
        return (f"Too few, or all of one size: no order can be told over {in_words(told.n, 'item')}.{left}",)
    rho = Number(value=exact(told.agreement.rho), decimals=2)
    start: Text = (
        "Larger points take longer with a rank correlation of ",
        rho,
        " (",
        counted(told.n, "item"),
    )
    interval = told.agreement.rho_interval
    if interval is None:
        return (*start, f").{left}")
    low, high = (Number(value=exact(edge), decimals=2) for edge in (interval.low, interval.high))
    return (*start, ", 95 % between ", low, " and ", high, f"). 0 is none, 1 a perfect order.{left}")


def _size(inputs: Inputs, bucket: Bucket) -> Row:
    """A size, which leads to its items in Jira, and how long they took."""
    spread: Text = ("\u2013",)
    if bucket.dots:
        spread = (f"only {', '.join(str(day) for day in bucket.dots)}",)
    elif bucket.low is not None and bucket.high is not None:
        low, high = (Number(value=exact(edge), decimals=1) for edge in (bucket.low, bucket.high))
        spread = (low, " to ", high)
    points = exact(bucket.points)
    return Row(
        cells=(
            (links.keys(inputs, bucket.keys, plain(points)) or Number(value=points, decimals=1),),
            (Number(value=Decimal(bucket.n)),),
            (_number(bucket.median_days),),
            spread,
            (_number(bucket.over_smaller),),
        )
    )


def _number(value: float | None) -> Number:
    return Number(value=None if value is None else exact(value), decimals=2)


def _misses(inputs: Inputs, known: Estimates) -> Section:
    misses = known.summary.misses
    number = f"{min(SHOWN, len(misses))} " if misses else ""
    caption = f"The {number}furthest off of {in_words(len(misses), 'completed item') if misses else 'all'}"
    table = _table(inputs, misses[:SHOWN], "misses-table", caption)
    return Section(id="misses", title="Worst misses", blocks=(table,), brief=True)


def pairs(inputs: Inputs) -> Table | None:
    """Every completed item with its estimate and what it took, the furthest off first; None: not read."""
    if inputs.estimates is None:
        return None
    misses = inputs.estimates.summary.misses
    return _table(
        inputs, misses, "pairs-table", f"Estimate and effort of {in_words(len(misses), 'completed item')}"
    )


def _table(inputs: Inputs, misses: tuple[Miss, ...], table_id: str, caption: str) -> Table:
    summaries = {card.key: card.summary for card in inputs.cards.values() if card.key}
    return Table(
        id=table_id,
        caption=caption,
        columns=_MISSES,
        rows=tuple(_miss(inputs, miss, summaries) for miss in misses),
        empty="No completed item has both a time estimate and logged work.",
    )


def _miss(inputs: Inputs, miss: Miss, summaries: Mapping[str, str]) -> Row:
    key = miss.issue_key
    return Row(
        cells=(
            (links.named(inputs, key, f"{key} {summaries.get(key, '')}".strip()),),
            (_hours(miss.estimate_seconds),),
            (_hours(miss.actual_seconds),),
            (factor(exp(miss.log_ratio)),),
        )
    )


def _hours(seconds: float) -> Number:
    return Number(value=exact(seconds / _HOUR), decimals=1)
