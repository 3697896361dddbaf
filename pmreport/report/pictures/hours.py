"""What items took over their estimate in hours, by how large it was: whether small or large ones stray.

Spec `hours`:
    `groups` [{row, name, n, factor, text}]  smallest estimates first; factor is null where items are too few
"""

from collections.abc import Sequence
from decimal import Decimal

from pmreport.metrics.effort import Group
from pmreport.report import terms
from pmreport.report.pictures import values
from pmreport.report.view import Chart, Column, Number, Row, Table, Text
from pmreport.report.words import exact, factor, in_words, plain

_BY_SIZE = "size"
_COLUMNS = (
    Column(title="Estimate"),
    Column(title="Items", numeric=True),
    Column(title="Items took", numeric=True, definition=terms.BIAS_FACTOR),
    Column(title="Items usually within", numeric=True, definition=terms.TYPICAL_FACTOR),
)


def picture(groups: Sequence[Group]) -> Chart | None:
    """The factors by size of the estimate; None where fewer than two sizes have one to compare."""
    sizes = [group for group in groups if group.by == _BY_SIZE]
    told = [group for group in sizes if group.bias_factor is not None]
    if len(told) < 2:  # noqa: PLR2004 - a comparison needs two
        return None
    said = finding(sizes)
    return Chart(
        id="hours",
        spec="hours",
        caption=said,
        description=f"What items took over their estimate, by its size; 1 is as estimated. {said}.",
        data={
            "groups": tuple(
                {
                    "row": row,
                    "name": group.name,
                    "n": group.n,
                    "factor": None if group.bias_factor is None else values.number(exact(group.bias_factor)),
                    "text": _label(group),
                }
                for row, group in enumerate(sizes)
            )
        },
        table=_table(sizes),
    )


def finding(sizes: Sequence[Group]) -> str:
    """The factors of the smallest and the largest size that have one; whether they differ is not tested."""
    told = [(group.name, plain(exact(group.bias_factor), 2)) for group in sizes if group.bias_factor]
    (small, first), (large, last) = told[0], told[-1]
    return f"Items estimated at {small} took {first}× as long as said, those at {large} {last}×"


def _label(group: Group) -> str:
    items = in_words(group.n, "item")
    if group.bias_factor is None:
        return f"{items}, too few"
    return f"{plain(exact(group.bias_factor), 2)}×, {items}"


def _table(sizes: Sequence[Group]) -> Table:
    return Table(
        id="hours-table",
        caption="Completed items by the size of their estimate",
        columns=_COLUMNS,
        rows=tuple(Row(cells=_cells(group)) for group in sizes),
        note=("Below five items no factor is told.",),
    )


def _cells(group: Group) -> tuple[Text, ...]:
    return (
        (group.name,),
        (Number(value=Decimal(group.n)),),
        (factor(group.bias_factor),),
        (factor(group.typical_factor),),
    )
