"""Values as tables of words."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pmreport.cli.grid import Column, Grid
from pmreport.metrics.ledger import Amounts, SprintTotals, Unit

NOT_KNOWN = "–"
_SECONDS_AN_HOUR = 3600
_SPRINT_COLUMNS = (
    Column(title="Sprint"),
    Column(title="Closed", whole=True),
    Column(title="Committed", short="Com", is_number=True),
    Column(title="Added", short="Add", is_number=True),
    Column(title="Removed", short="Rem", is_number=True),
    Column(title="Re-est.", short="Re-e", is_number=True),
    Column(title="Done", is_number=True),
    Column(title="Left", is_number=True),
    Column(title="Done/com.", short="D/C", is_number=True),
    Column(title="Reliable", short="Rel", is_number=True),
)
_SHORT = (
    "Com: committed; Add: added; Rem: removed; Re-e: re-estimated; D/C: done / committed; "
    "Rel: the part of the commitment that was done."
)
_INCOMPLETE = "* began before the history that was read: items may be missing, so it has no ratios."


def sprint_tables(ledgers: Iterable[SprintTotals], zone: str) -> tuple[Grid, ...]:
    """One table for each board, its sprints in the order given; days are those of `zone`."""
    boards = groupby(ledgers, key=lambda ledger: (ledger.board_id, ledger.board_name, ledger.unit))
    tables = tuple(_board_table(name, unit, tuple(one), zone) for (_, name, unit), one in boards)
    return tables or (Grid(title="", columns=(), rows=(), empty="No sprint has started yet."),)


def answer_table(columns: Iterable[str], records: Iterable[Iterable[Any]]) -> Grid:
    """The answer to a query; numbers stand at the right."""
    rows = [tuple(record) for record in records]
    titles = tuple(columns)
    return Grid(
        title="",
        columns=tuple(
            Column(title=title, is_number=_all_numbers(row[index] for row in rows))
            for index, title in enumerate(titles)
        ),
        rows=tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows),
        empty="The query found nothing.",
    )


def amount(value: Decimal, unit: Unit) -> str:
    """An amount without needless zeros; seconds are shown as hours."""
    shown = value / _SECONDS_AN_HOUR if unit is Unit.SECONDS else value
    text = f"{shown.quantize(Decimal('0.1'), ROUND_HALF_EVEN):f}"
    return text.removesuffix(".0")


def percent(ratio: Decimal | None) -> str:
    """A ratio as a whole percentage; 100 % only where it is exactly that."""
    if ratio is None:
        return NOT_KNOWN
    exact = ratio * 100
    whole = exact.quantize(Decimal(1), ROUND_HALF_EVEN)
    is_rounded_to_full = whole == 100 and exact != 100  # noqa: PLR2004 - a hundred per cent
    return f"{exact:.1f} %" if is_rounded_to_full else f"{whole} %"


def day(instant: datetime | None, zone: str) -> str:
    """The local day of an instant."""
    return NOT_KNOWN if instant is None else instant.astimezone(ZoneInfo(zone)).date().isoformat()


def calendar_day(day: date | None) -> str:
    """A day that is one everywhere, such as a due date."""
    return NOT_KNOWN if day is None else day.isoformat()


def _board_table(name: str, unit: Unit, ledgers: tuple[SprintTotals, ...], zone: str) -> Grid:
    broken = [ledger.name for ledger in ledgers if not ledger.identity_holds]
    what = {Unit.POINTS: "points", Unit.SECONDS: "hours", Unit.ISSUES: "issues"}[unit]
    return Grid(
        title=f"{name} ({what})",
        columns=_SPRINT_COLUMNS,
        short_note=_SHORT,
        rows=tuple(_sprint_row(ledger, zone) for ledger in ledgers),
        notes=(
            *([_INCOMPLETE] if any(ledger.is_incomplete for ledger in ledgers) else []),
            *(f"The ledger of {sprint} does not add up: do not use its numbers." for sprint in broken),
        ),
    )


def _sprint_row(ledger: SprintTotals, zone: str) -> tuple[str, ...]:
    closed = day(ledger.close, zone) if ledger.close else ledger.state
    ratios = (percent(ledger.completion_ratio), percent(ledger.commitment_reliability))
    name = f"{ledger.name} *" if ledger.is_incomplete else ledger.name
    return (name, closed, *_amounts(ledger.amounts, ledger.unit), *ratios)


def _amounts(amounts: Amounts, unit: Unit) -> tuple[str, ...]:
    change = amount(amounts.reestimated, unit)
    return (
        amount(amounts.commitment, unit),
        amount(amounts.added, unit),
        amount(amounts.removed, unit),
        f"+{change}" if amounts.reestimated > 0 else change,
        amount(amounts.completed, unit),
        amount(amounts.not_completed, unit),
    )


def _numbers(titles: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(title=title, is_number=True) for title in titles)


def _all_numbers(cells: Iterable[Any]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(
        isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in known
    )
