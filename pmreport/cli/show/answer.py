"""What a command shows: tables for a person, JSON for a program, and on request what it all means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal

from pmreport.cli import grid, json_values, screen
from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import Json
from pmreport.cli.tables import NOT_KNOWN
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.value import Value

_DIGITS = 3
_THIN_SPACE = "\u202f"
_EXACT = Context(prec=400)  # more digits than any float has: the usual 28 refuse to round a long number
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The numbers of one command at one moment.

    `grids` are the tables that a person reads below the numbers; `more` are the keys beside `values` that a
    program gets, as the schema of the command says. `in_grids`: the grids hold the numbers already, by
    subject.
    """

    as_of: datetime
    values: tuple[Value, ...]
    grids: tuple[Grid, ...] = ()
    more: Json = field(default_factory=dict)
    in_grids: bool = False


def say(answer: Answer, *, as_json: bool, explain: bool) -> None:
    """Write the answer to standard output."""
    if as_json:
        screen.say_json(json_values.values(answer.as_of, answer.values) | answer.more)
        return
    explained = (explanation(answer.values),) if explain else ()
    above = (values_table(answer.values),) if answer.values and not answer.in_grids else ()
    grid.show((*above, *answer.grids, *explained))


def values_table(values: Iterable[Value], title: str = "") -> Grid:
    """Numbers, one a line: what, how much, how sure, of how many, and what limits it.

    Where no number has an interval there is no column for it.
    """
    shown = tuple(values)
    has_intervals = any(value.interval for value in shown)
    interval = (Column(title="Interval", short="Int.", is_number=True),) if has_intervals else ()
    return Grid(
        title=title,
        columns=(
            Column(title="Number"),
            Column(title="Value", is_number=True),
            *interval,
            Column(title="n", is_number=True),
            Column(title="Left out", short="Out", is_number=True),
            Column(title="Note"),
        ),
        rows=tuple(_row(value, has_intervals=has_intervals) for value in shown),
        short_note=f"{'Int.: interval; ' if has_intervals else ''}Out: left out.",
    )


def explanation(values: Iterable[Value]) -> Grid:
    """The definition of every number shown, once, and what it left out."""
    shown = tuple(values)
    used = dict.fromkeys(value.definition for value in shown)
    rows = [
        (DEFINITIONS[each].name, DEFINITIONS[each].text, DEFINITIONS[each].source)
        for each in used
        if each in DEFINITIONS
    ]
    return Grid(
        title="What the numbers mean",
        columns=(Column(title="Number"), Column(title="Meaning"), Column(title="Source")),
        rows=tuple(rows),
        empty="None of these has a definition.",
        notes=_left_out(shown),
    )


def figure(value: Value) -> str:
    """The number of a value with its unit, rounded once."""
    if value.value is None:
        return NOT_KNOWN
    if not isinstance(value.value, Decimal | float | int):
        return value.value.isoformat()
    if _CURRENCY.fullmatch(value.unit):
        return f"{value.unit} {money(value.value)}"
    unit = "" if value.unit in {"", "date"} else f" {value.unit}"
    return f"{rounded(value.value)}{unit}"


def money(amount: Decimal | float) -> str:
    """An amount of money in whole units, thousands apart: `1 200`."""
    whole = Decimal(str(amount)).quantize(Decimal(1), ROUND_HALF_EVEN, context=_EXACT)
    return f"{whole + 0:,f}".replace(",", _THIN_SPACE)


def rounded(number: Decimal | float, digits: int = _DIGITS) -> str:
    """A number to so many significant digits, without needless zeros; whole digits are never dropped."""
    exact = Decimal(str(number))
    if exact == 0:
        return "0"
    places = max(0, digits - 1 - exact.adjusted())
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, context=_EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row(value: Value, *, has_intervals: bool) -> tuple[str, ...]:
    edges = "" if value.interval is None else " to ".join(rounded(edge) for edge in value.interval)
    sure = (edges,) if has_intervals else ()
    return (value.label, figure(value), *sure, str(value.n), str(value.n_excluded or ""), value.note)


def _left_out(shown: tuple[Value, ...]) -> tuple[str, ...]:
    """What was left out and why, said once where several numbers rest on the same things."""
    labels: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for value in shown:
        if value.excluded:
            labels.setdefault(value.excluded, []).append(value.label)
    return tuple(
        f"Left out of {of[0]}{f' and {len(of) - 1} more' if len(of) > 1 else ''}: "
        f"{', '.join(f'{count} {reason}' for reason, count in excluded)}."
        for excluded, of in labels.items()
    )
