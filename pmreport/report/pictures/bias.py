"""How items turned out against their estimates, sprint by sprint: a factor above 1 took longer.

Spec `bias`:
    `sprints` [{sprint, index, factor, n}]  oldest first, index counts from 1; n is how many items it rests on
"""

from collections.abc import Sequence
from decimal import Decimal

from pmreport.metrics.estimation import EstimationSummary, SprintAccuracy
from pmreport.report import terms
from pmreport.report.pictures import values
from pmreport.report.recent import measured
from pmreport.report.view import Chart, Column, Number, Paragraph, Row, Table
from pmreport.report.words import exact, factor, in_words, plain

FEWEST = 2  # sprints
_SHOWN = 60  # two boards in two-week sprints, for more than a year
_COLUMNS = (
    Column(title="Sprint"),
    Column(title="Items took", numeric=True, definition=terms.BIAS_FACTOR),
    Column(title="Items", numeric=True),
)


def picture(known: EstimationSummary) -> Chart | Paragraph:
    """The bias by sprint, or the sentence that there are too few."""
    shown = measured(known.sprints)[-_SHOWN:]
    if len(shown) < FEWEST:
        told = in_words(len(shown), "sprint")
        return Paragraph((f"The bias is not drawn: only {told} can be told, and a line needs {FEWEST}.",))
    told = finding(known, shown)
    return Chart(
        id="bias-drawn",
        spec="bias",
        caption=told,
        description=f"What items took over what was estimated, by sprint; 1 is as estimated. {_span(shown)}.",
        data={
            "sprints": tuple(
                {
                    "sprint": one.sprint_name,
                    "index": index,
                    "factor": values.number(_bias(one)),
                    "n": one.items.n,
                }
                for index, one in enumerate(shown, start=1)
            )
        },
        table=_table(shown),
    )


def finding(known: EstimationSummary, shown: Sequence[SprintAccuracy]) -> str:
    """What the picture shows; a tendency is no trend, and none is claimed."""
    biases = [_bias(one) for one in shown]
    longer = sum(bias > 1 for bias in biases)
    overall = plain(exact(known.items.bias_factor or 1), 2)
    return (
        f"Items took {overall}× their estimate over all, "
        f"longer than estimated in {longer} of {in_words(len(biases), 'sprint')}"
    )


def _span(shown: Sequence[SprintAccuracy]) -> str:
    biases = [_bias(one) for one in shown]
    low, high = (f"{plain(edge, 2)}×" for edge in (min(biases), max(biases)))
    return f"The least is {low}, the most {high}"


def _bias(one: SprintAccuracy) -> Decimal:
    return exact(one.items.bias_factor or 1)


def _table(shown: Sequence[SprintAccuracy]) -> Table:
    return Table(
        id="bias-table",
        caption=f"The bias of the last {in_words(len(shown), 'sprint')}",
        columns=_COLUMNS,
        rows=tuple(
            Row(
                cells=(
                    (one.sprint_name,),
                    (factor(one.items.bias_factor),),
                    (Number(value=Decimal(one.items.n)),),
                )
            )
            for one in shown
        ),
    )
