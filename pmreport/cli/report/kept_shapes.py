"""Kept reports as a table and as a JSON object."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from pmreport.app.frozen import Listed
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import SCHEMA, Json, instant
from pmreport.cli.tables import NOT_KNOWN

_NONE = "No report was sent yet: pmreport send weekly"
_UNCERTAIN = (
    "A number after + counts those who may have it: a sending began there and nobody knows how it ended."
)


def tables(found: Iterable[Listed], zone: str) -> tuple[Grid, ...]:
    """Every kept report, the oldest first."""
    known = tuple(found)
    doubt = any(one.kept.uncertain for one in known)
    lost = [f"{one.kept.name} cannot be read: {one.trouble}" for one in known if one.trouble]
    return (
        Grid(
            title="Sent reports",
            columns=(
                Column(title="Report", whole=True),
                Column(title="Sent", whole=True),
                Column(title="To", is_number=True),
                Column(title="As of", whole=True),
                Column(title="State"),
                Column(title="Title"),
            ),
            rows=tuple(_row(one, ZoneInfo(zone)) for one in known),
            empty=_NONE,
            notes=(*((_UNCERTAIN,) if doubt else ()), *lost),
        ),
    )


def shape(found: Iterable[Listed]) -> Json:
    """`report list`."""
    return {"schema": SCHEMA, "reports": [_shape(one) for one in found]}


def _row(one: Listed, zone: ZoneInfo) -> tuple[str, ...]:
    kept, told = one.kept, one.told
    return (
        kept.name,
        _minute(kept.at, zone),
        f"{kept.recipients}+{kept.uncertain}" if kept.uncertain else str(kept.recipients),
        _minute(told.as_of, zone) if told else NOT_KNOWN,
        told.colour.value if told and told.colour else NOT_KNOWN,
        told.title if told else NOT_KNOWN,
    )


def _minute(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _shape(one: Listed) -> Json:
    kept, told = one.kept, one.told
    return {
        "name": kept.name,
        "report": kept.report,
        "period": kept.period,
        "edition": kept.edition,
        "sent_at": instant(kept.at),
        "recipients": kept.recipients,
        "uncertain": kept.uncertain,
        "as_of": instant(told.as_of) if told else None,
        "data_as_of": instant(told.data_as_of) if told else None,
        "colour": told.colour.value if told and told.colour else None,
        "title": told.title if told else None,
        "headline": told.headline if told else None,
        "file": kept.file,
        "trouble": one.trouble or None,
    }
