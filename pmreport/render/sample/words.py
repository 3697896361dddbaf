"""The words that the sample is written with."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from pmreport.report.view import Chart, ChartValue, Column, Link, Number, Row, Table

Points = tuple[Mapping[str, ChartValue], ...]

SITE = "https://jira.example"
ZONE = "Europe/Lisbon"
AS_OF = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)


def points(value: int | str | None, *, signed: bool = False) -> Number:
    """An amount of points."""
    return Number(value=None if value is None else Decimal(value), unit="points", signed=signed)


def plain(value: int | str | None, unit: str = "", decimals: int = 0) -> Number:
    """A number with a unit of its own."""
    return Number(value=None if value is None else Decimal(value), unit=unit, decimals=decimals)


def issue(key: str) -> Link:
    """A link to an issue."""
    return Link(key, f"{SITE}/browse/{key}")


def november(day: int, hour: int = 9) -> str:
    """An instant of November 2026 as a chart wants it."""
    return f"2026-11-{day:02d}T{hour:02d}:00:00Z"


def chart(spec: str, caption: str, **data: Points) -> Chart:
    """A picture of these data sets, over a table that counts their rows."""
    table = Table(
        id=f"{spec}-table",
        caption="The rows of each data set",
        columns=(Column(title="Data set"), Column(title="Rows", numeric=True)),
        rows=tuple(Row(cells=((name,), (plain(len(rows)),))) for name, rows in data.items()),
    )
    return Chart(id=spec, spec=spec, caption=caption, description=caption, data=data, table=table)
