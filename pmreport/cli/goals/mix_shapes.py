"""The investment mix as a table and as JSON."""

from datetime import datetime
from decimal import Decimal

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import instant, number
from pmreport.cli.show.answer import Answer, rounded, values_table
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics import investment
from pmreport.metrics.investment import Mix, Part


def mix(found: Mix, as_of: datetime) -> Answer:
    """`goals mix`."""
    return Answer(
        as_of=as_of,
        values=investment.values(found),
        grids=(values_table(investment.values(found)[:2], "Labels of what was delivered"), _mix_table(found)),
        in_grids=True,
        more={
            "since": instant(found.since),
            "parts": [
                {
                    "investment": str(part.investment),
                    "items": part.items,
                    "labelled_early": part.early,
                    "with_points": part.sized,
                    "points": number(part.points),
                }
                for part in found.parts
            ],
        },
    )


def _mix_table(found: Mix) -> Grid:
    return Grid(
        title=f"What was delivered since {found.since.date()}, by investment",
        columns=(
            Column(title="Investment"),
            Column(title="Items", is_number=True),
            Column(title="Share", is_number=True),
            Column(title="Points", is_number=True),
            Column(title="Share of points", short="Share", is_number=True),
            Column(title="Labelled at start", short="Early", is_number=True),
        ),
        rows=tuple(_mix_row(part, found) for part in found.parts),
        short_note="Early: the label was there when the work started.",
    )


def _mix_row(part: Part, found: Mix) -> tuple[str, ...]:
    is_kind = part.investment in investment.KINDS
    return (
        str(part.investment),
        str(part.items),
        _share(Decimal(part.items), Decimal(found.items)),
        rounded(part.points),
        _share(part.points, found.points),
        _share(Decimal(part.early), Decimal(part.items)) if is_kind else "",
    )


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{rounded(100 * part / whole)} %" if whole > 0 else NOT_KNOWN
