"""The report as JSON, for programs."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from pmreport.render.filters import instant, iso_day
from pmreport.report.view import Report

SCHEMA = 1

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def render(report: Report) -> str:
    """The report as a JSON object with `"schema": 1`; the same report gives the same bytes.

    Every part but plain words is an object whose `kind` is its name in small letters. Instants are ISO 8601
    with Z, days YYYY-MM-DD, numbers unrounded. Odd characters are escaped: a terminal obeys none of them.
    """
    return json.dumps(document(report), indent=2, ensure_ascii=True) + "\n"


def document(report: Report) -> dict[str, Json]:
    """The report as values that JSON has."""
    return {"schema": SCHEMA, **_object(report)}


def _object(value: Any) -> dict[str, Json]:
    said: dict[str, Json] = {"kind": type(value).__name__.lower()}
    return said | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> Json:
    match value:
        case tuple() | list():
            return [_plain(part) for part in value]
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case Enum() | Decimal() | date() | str() | int() | float() | None:
            return _scalar(value)
        case _:
            return _object(value)


def _scalar(value: Enum | Decimal | date | str | float | None) -> Json:
    match value:
        case Enum():
            return str(value.value)
        case Decimal():
            return _number(value)
        case datetime():
            return instant(value)
        case date():
            return iso_day(value)
        case _:
            return value


def _number(value: Decimal) -> int | float | None:
    """A decimal as JSON's number; None for what is no number."""
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)
