"""How far estimates lay from what things took, sprint by sprint."""

from decimal import Decimal

from pmreport.metrics.estimation import EstimationSummary, SprintAccuracy
from pmreport.report import charts, terms
from pmreport.report.inputs import Inputs
from pmreport.report.view import Block, Chart, Column, Number, Paragraph, Row, Section, Table, Text
from pmreport.report.words import counted, exact, factor, in_words

_SHOWN = 12
_COLUMNS = (
    Column(title="Sprint"),
    Column(title="Takes times what was estimated", numeric=True, definition=terms.BIAS_FACTOR),
    Column(title="Usually within a factor of", numeric=True, definition=terms.TYPICAL_FACTOR),
    Column(title="Items", numeric=True),
)


def section(inputs: Inputs) -> Section:
    """The headline pair in a sentence, the statistics' word on a trend, then the sprints."""
    known = inputs.estimation
    if known is None or known.items.n == 0:
        blocks: tuple[Block, ...] = (Paragraph(_nothing(known)),)
    else:
        blocks = (Paragraph(_headline(known)), Paragraph((trend_words(inputs),)), *_charts(inputs, known))
    return Section(id="estimates", title="Estimates", blocks=blocks)


def trend_words(inputs: Inputs) -> str:
    """Whether estimates got better or worse, where the statistics allow to say so."""
    return (
        inputs.estimation_trend.statement
        if inputs.estimation_trend
        else "Too few sprints to say whether it changed."
    )


def _nothing(known: EstimationSummary | None) -> Text:
    left_out = () if known is None else known.items.excluded
    return (
        "No completed item has both an estimate and logged work, so accuracy is not known.",
        *_without(left_out),
    )


def _headline(known: EstimationSummary) -> Text:
    return (
        "Completed items take ",
        factor(known.items.bias_factor),
        " what was estimated, and are usually within a factor of ",
        factor(known.items.typical_factor),
        " (",
        counted(known.items.n, "item"),
        ").",
        *_without(known.items.excluded),
    )


def _without(excluded: tuple[tuple[str, int], ...]) -> Text:
    if not excluded:
        return ()
    return (" Left out: " + "; ".join(f"{reason}: {count}" for reason, count in excluded) + ".",)


def _charts(inputs: Inputs, known: EstimationSummary) -> tuple[Chart, ...]:
    measured = [one for one in known.sprints if one.items.bias_factor is not None][-_SHOWN:]
    if not measured:
        return ()
    finding = _finding(measured)
    factors = [(one.sprint_name, exact(one.items.bias_factor or 0)) for one in measured]
    chart = Chart(
        id="accuracy",
        spec="accuracy",
        caption=finding,
        description=f"What items took over what was estimated, by sprint; 1 is exact. {finding}.",
        data=charts.accuracy(factors, None),
        table=_table(measured),
    )
    return (chart,)


def _finding(measured: list[SprintAccuracy]) -> str:
    above = sum(1 for one in measured if (one.items.bias_factor or 0) > 1)
    return f"Items took longer than estimated in {above} of {in_words(len(measured), 'sprint')}"


def _table(measured: list[SprintAccuracy]) -> Table:
    rows = tuple(
        Row(
            cells=(
                (one.sprint_name,),
                (factor(one.items.bias_factor),),
                (factor(one.items.typical_factor),),
                (Number(value=Decimal(one.items.n)),),
            )
        )
        for one in measured
    )
    caption = f"The last {in_words(len(measured), 'sprint')} with measured items"
    return Table(id="accuracy-table", caption=caption, columns=_COLUMNS, rows=rows)
