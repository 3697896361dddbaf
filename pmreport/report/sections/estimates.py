"""How far estimates lay from what things took, sprint by sprint."""

from decimal import Decimal
from math import exp

from pmreport.metrics.estimation import Accuracy, EstimationSummary
from pmreport.metrics.improvement import Trend, Verdict
from pmreport.report import charts, terms
from pmreport.report.inputs import Inputs
from pmreport.report.pictures import bias
from pmreport.report.recent import RECENT, measured, pooled
from pmreport.report.trends import trend_in_short, trend_words
from pmreport.report.view import Block, Chart, Column, Number, Paragraph, Row, Section, Table, Text
from pmreport.report.words import capital, counted, exact, factor, in_words, listed, plain

_SHOWN = 60  # two boards in two-week sprints, for more than a year
_MOVED = {Verdict.IMPROVING: "came nearer", Verdict.WORSENING: "drifted further off"}
_COLUMNS = (
    Column(title="Sprint"),
    Column(title="Items took", numeric=True, definition=terms.BIAS_FACTOR),
    Column(title="Items usually within", numeric=True, definition=terms.TYPICAL_FACTOR),
    Column(title="Items", numeric=True),
    Column(title="Completed of the commitment", numeric=True, definition=terms.COMPLETION_RATIO),
)


def section(inputs: Inputs) -> Section:
    """Items against their estimates, sprints against their commitments, and what may be said of a trend."""
    known = inputs.estimation
    if known is None or not (known.items.n or known.commitments.n):
        blocks: tuple[Block, ...] = (Paragraph(("Nothing is known yet about how good the estimates were.",)),)
    else:
        blocks = (Paragraph(_items(known)), Paragraph(_commitments(known)), *_chart(known))
    return Section(id="estimates", title="Estimates", blocks=blocks)


def bias_section(inputs: Inputs) -> tuple[Section, ...]:
    """Whether items took longer or shorter than was said, by sprint; nothing where no item can tell."""
    known = inputs.estimation
    if known is None or not known.items.n:
        return ()
    return (Section(id="bias", title="Longer or shorter than estimated", blocks=(bias.picture(known),)),)


def headline(inputs: Inputs) -> tuple[str, str]:
    """How far off the estimates of the newest sprints were, and what may be said of a trend."""
    known = inputs.estimation
    if known is None or not known.items.n:
        return "Nothing is known yet.", "No completed item has both a time estimate and logged work."
    newest = measured(known.sprints)[-RECENT:]
    value, n = pooled(newest)
    lead = f"Usually within a factor of {plain(exact(value or 1), 2)}."
    over = f"Over {in_words(n, 'item')} of the last {in_words(len(newest), 'sprint')}."
    return lead, f"{over} {capital(trend_in_short(known.item_trend))}."


def _items(known: EstimationSummary) -> Text:
    if known.items.n == 0:
        return ("No completed item has both a time estimate and logged work.", *_without(known.items))
    return (
        *_newest(known),
        "Over the whole time completed items took ",
        factor(known.items.bias_factor),
        " what was estimated, and were off by ",
        factor(known.items.typical_factor),
        " (",
        counted(known.items.n, "item"),
        "). ",
        trend_words(known.item_trend),
        *_without(known.items),
    )


def _newest(known: EstimationSummary) -> Text:
    newest = measured(known.sprints)[-RECENT:]
    value, n = pooled(newest)
    if value is None:
        return ()
    last = f"In the last {in_words(len(newest), 'sprint')} completed items were usually off by a factor of "
    return (last, factor(value), " (", counted(n, "item"), "). ")


def _commitments(known: EstimationSummary) -> Text:
    if known.commitments.n == 0:
        return ("No sprint has both a commitment and something completed.", *_without(known.commitments))
    return (
        "Sprints completed ",
        factor(known.commitments.bias_factor),
        " their commitment, and were usually off by a factor of ",
        factor(known.commitments.typical_factor),
        " (",
        counted(known.commitments.n, "sprint"),
        "). ",
        f"{capital(trend_in_short(known.commitment_trend))}.",
        *_without(known.commitments),
    )


def _without(told: Accuracy) -> Text:
    if not told.excluded:
        return ()
    return (f" Left out: {listed([f'{count} ({reason})' for reason, count in told.excluded])}.",)


def _chart(known: EstimationSummary) -> tuple[Chart, ...]:
    by_items = known.items.n > 0
    factors = _item_factors(known) if by_items else _commitment_factors(known)
    if not factors:
        return ()
    noun = "estimates" if by_items else "commitments"
    finding = _finding(noun, known.item_trend if by_items else known.commitment_trend, factors)
    chart = Chart(
        id="accuracy",
        spec="accuracy",
        caption=finding,
        description=f"How far off {noun} usually were, by sprint; 1 is exact. {finding}.",
        data=charts.accuracy(factors),
        table=_table(known),
    )
    return (chart,)


def _item_factors(known: EstimationSummary) -> list[tuple[str, Decimal]]:
    recent = known.sprints[-_SHOWN:]
    return [(one.sprint_name, exact(one.items.typical_factor)) for one in recent if one.items.typical_factor]


def _commitment_factors(known: EstimationSummary) -> list[tuple[str, Decimal]]:
    recent = known.sprints[-_SHOWN:]
    return [(one.sprint_name, exact(exp(abs(one.log_ratio)))) for one in recent if one.log_ratio is not None]


def _finding(noun: str, trend: Trend, factors: list[tuple[str, Decimal]]) -> str:
    """What the picture shows: a claim where the statistics allow one, else the plain range."""
    if trend.verdict in _MOVED and trend.first is not None and trend.last is not None:
        halves = f"from {plain(exact(trend.first), 2)}× to {plain(exact(trend.last), 2)}×"
        return f"{capital(noun)} {_MOVED[trend.verdict]}: the median factor went {halves}"
    low, high = (f"{plain(pick(value for _, value in factors), 2)}×" for pick in (min, max))
    return f"{capital(noun)} were off by factors from {low} to {high} over {in_words(len(factors), 'sprint')}"


def _table(known: EstimationSummary) -> Table:
    recent = known.sprints[-_SHOWN:]
    rows = tuple(
        Row(
            cells=(
                (one.sprint_name,),
                (factor(one.items.bias_factor),),
                (factor(one.items.typical_factor),),
                (Number(value=Decimal(one.items.n)),),
                (factor(None if one.log_ratio is None else exp(one.log_ratio)),),
            )
        )
        for one in recent
    )
    caption = f"Estimates of the last {in_words(len(recent), 'closed sprint')}"
    return Table(id="accuracy-table", caption=caption, columns=_COLUMNS, rows=rows)
