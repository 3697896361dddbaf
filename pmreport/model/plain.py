"""Frozen values as JSON objects, and back: exact, and refused where a value is of another kind."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pmreport.model.instant import to_iso, to_ms

Kind = TypeVar("Kind")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")


def to_plain(value: Any) -> Any:
    """A frozen value as JSON knows it: a dataclass as an object, a decimal and a moment as text.

    Fields that hold their default are left out, so a field added later does not change what was written
    before. Instants are rounded down to milliseconds. Raises TypeError for a kind of value not listed here.
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case tuple():
            return [to_plain(one) for one in value]
        case Decimal() | date():  # a datetime is a date
            return _text(value)
        case _ if is_dataclass(value):
            return {name: to_plain(held) for name, held in _given(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no plain shape")


def _text(value: Decimal | date) -> str | None:
    match value:
        case Decimal():
            return f"{value:f}"
        case datetime():
            return to_iso(to_ms(value))
        case _:
            return value.isoformat()


def _given(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields that hold something else than their default."""
    for each in fields(value):
        held = getattr(value, each.name)
        if each.default is MISSING or each.default != held:
            yield each.name, held


def from_plain(kind: type[Kind], plain: Any) -> Kind:
    """The frozen value that `to_plain` wrote, of the dataclass `kind`.

    Keys that the dataclass does not know are left alone: a newer release wrote them. Raises ValueError for
    a key that is missing or holds something else.
    """
    if not isinstance(plain, Mapping):
        raise ValueError(f"an object is wanted, not {type(plain).__name__}")  # noqa: TRY004 - data, not code
    given: dict[str, Any] = {}
    asked: Any = kind
    for name, (parse, is_needed) in _parsers(asked).items():
        if name in plain:
            try:
                given[name] = parse(plain[name])
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error
        elif is_needed:
            raise ValueError(f"{name} is missing")
    return kind(**given)


@cache
def _parsers(kind: Any) -> dict[str, tuple[Callable[[Any], Any], bool]]:
    """How each field is read, and whether it has to be there."""
    hints = get_type_hints(kind)
    return {each.name: (_parser(hints[each.name]), each.default is MISSING) for each in fields(kind)}


def _parser(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        parse = _parser(inner)
        return lambda plain: None if plain is None else parse(plain)
    if get_origin(hint) is tuple:
        parse_one = _parser(get_args(hint)[0])
        return lambda plain: tuple(parse_one(one) for one in _of(list)(plain))
    if is_dataclass(hint):
        asked: Any = hint
        return partial(from_plain, asked)
    parse_simple: Callable[[Any], Any] = _SIMPLE.get(hint, hint)  # an enumeration reads its values itself
    return parse_simple


def _of(kind: type[Any]) -> Callable[[Any], Any]:
    """A value of this kind and no other: `true` is no number."""

    def same(plain: Any) -> Any:
        if type(plain) is not kind:
            raise ValueError(f"{kind.__name__} is wanted, not {type(plain).__name__}")
        return plain

    return same


def _decimal(plain: Any) -> Decimal:
    try:
        number = Decimal(_of(str)(plain))
    except InvalidOperation:
        raise ValueError(f"{plain!r} is no number") from None
    if not number.is_finite():
        raise ValueError(f"{plain!r} is no number")
    return number


def _instant(plain: Any) -> datetime:
    if not _INSTANT.fullmatch(_of(str)(plain)):
        raise ValueError(f"{plain!r} is no instant like 2026-11-23T08:00:00Z")
    return datetime.fromisoformat(plain).astimezone(UTC)


def _day(plain: Any) -> date:
    return date.fromisoformat(_of(str)(plain))


_SIMPLE: dict[Any, Callable[[Any], Any]] = {
    str: _of(str),
    int: _of(int),
    bool: _of(bool),
    Decimal: _decimal,
    datetime: _instant,
    date: _day,
}
