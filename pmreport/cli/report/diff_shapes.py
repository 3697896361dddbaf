"""What differs between two reports, as tables and as a JSON object."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant, number
from pmreport.cli.tables import NOT_KNOWN
from pmreport.report.colours import Colour
from pmreport.report.differences import ChangedEntry, ChangedFigure, Difference, Kind
from pmreport.report.freeze import Frozen
from pmreport.report.told import Told, ToldFigure

_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~"}


def tables(found: Difference) -> tuple[Grid, ...]:
    """Both reports and their colours; then the numbers and the entries that changed, where some did."""
    return (_both(found), *(part for part in (_figures(found), _entries(found)) if part.rows))


def shape(found: Difference) -> Json:
    """`report diff`."""
    return {
        "schema": SCHEMA,
        "first": _told(found.first),
        "second": _told(found.second),
        "restatement": found.is_restatement,
        "causes": list(found.causes),
        "colours": [
            {"name": one.name, "was": one.was and one.was.value, "now": one.now and one.now.value}
            for one in found.colours
        ],
        "figures": [_figure(one) for one in found.figures],
        "entries": [
            {
                "section": one.section,
                "change": one.kind.value,
                "entry": one.id,
                "was": one.was or None,
                "now": one.now or None,
            }
            for one in found.entries
        ],
    }


def _both(found: Difference) -> Grid:
    first, second = found.first.told, found.second.told
    return Grid(
        title=_title(_name(found.first), _name(found.second)),
        columns=(
            Column(title="", whole=True),
            Column(title="Was", whole=True),
            Column(title="Now", whole=True),
        ),
        rows=(
            ("As of", _minute(first), _minute(second)),
            ("Title", first.title, second.title),
            *((one.name, _colour(one.was), _colour(one.now)) for one in found.colours),
        ),
        notes=tuple(_notes(found)),
    )


def _figures(found: Difference) -> Grid:
    return Grid(
        title="Restated numbers" if found.is_restatement else "Numbers",
        columns=(
            Column(title="Number"),
            Column(title="Was", is_number=True),
            Column(title="Now", is_number=True),
            Column(title="Why"),
        ),
        rows=tuple((one.label, _amount(one.was), _amount(one.now), one.why) for one in found.figures),
    )


def _entries(found: Difference) -> Grid:
    return Grid(
        title="Entries",
        columns=(Column(title="", whole=True), Column(title="Section"), Column(title="Entry")),
        rows=tuple(row for one in found.entries for row in _lines(one)),
    )


def _lines(one: ChangedEntry) -> Iterator[tuple[str, str, str]]:
    if one.kind is Kind.CHANGED:
        yield (_SIGNS[one.kind], one.section, f"was: {one.was}")
        yield ("", "", f"now: {one.now}")
    else:
        yield (_SIGNS[one.kind], one.section, one.was or one.now)


def _notes(found: Difference) -> Iterator[str]:
    if found.is_empty:
        yield "Both tell the same."
    elif found.is_restatement:
        yield "Both tell the same moment: what differs was changed afterwards."
    yield from (f"{cause[:1].upper()}{cause[1:]}." for cause in found.causes)


def _title(first: str, second: str) -> str:
    return f"{first}, then and now" if first == second else f"{first} and {second}"


def _name(one: Frozen) -> str:
    return f"{one.about.report} {one.told.period}"


def _minute(told: Told) -> str:
    return told.as_of.astimezone(ZoneInfo(told.time_zone)).strftime("%Y-%m-%d %H:%M")


def _colour(colour: Colour | None) -> str:
    return colour.value if colour else NOT_KNOWN


def _amount(figure: ToldFigure | None) -> str:
    if figure is None:
        return NOT_KNOWN
    return f"{figure.text} {figure.unit}".strip()


def _told(one: Frozen) -> Json:
    told = one.told
    return {
        "report": one.about.report,
        "period": told.period,
        "title": told.title,
        "as_of": instant(told.as_of),
        "data_as_of": instant(told.data_as_of),
        "colour": told.colour.value if told.colour else None,
        "generator": told.generator,
    }


def _figure(one: ChangedFigure) -> Json:
    known = one.now or one.was
    return {
        "id": one.id,
        "label": one.label,
        "was": number(one.was.value) if one.was else None,
        "now": number(one.now.value) if one.now else None,
        "unit": known.unit if known else "",
        "gone": list(one.gone),
        "came": list(one.came),
        "why": one.why or None,
    }
