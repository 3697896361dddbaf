"""The overall state, and the colour of every dimension with the number that fired."""

from pmreport.report import terms
from pmreport.report.rag import TONES, Verdict
from pmreport.report.view import Column, Mark, Row, Section, Table
from pmreport.report.words import capital

_COLUMNS = (
    Column(title="Dimension"),
    Column(title="State", definition=terms.RAG),
    Column(title="Number", numeric=True),
    Column(title="Why"),
    Column(title="Thresholds"),
)


def section(verdict: Verdict) -> Section:
    """The five dimensions as a table; the overall state stands in the headline above it."""
    rows = tuple(
        Row(
            cells=(
                (capital(dimension.name),),
                (Mark(capital(dimension.colour.value), TONES[dimension.colour]),),
                (dimension.number,),
                (f"{capital(dimension.why)}.",),
                (dimension.rule,),
            )
        )
        for dimension in verdict.dimensions
    )
    table = Table(
        id="state",
        caption="Each dimension, and the number that decided it",
        columns=_COLUMNS,
        rows=rows,
        note=("Grey is not known, and never counts as green.",),
    )
    return Section(id="state", title="Overall state", blocks=(table,))
