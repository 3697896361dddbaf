"""What a report has told, read back from its JSON: numbers, colours and sentences, to hold against another.

The one reader of that JSON, for the report that was kept and for the one that is built now. It looks at
`kind`, and goes past what it does not know, so that an old file and a new one can be held against each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from pmreport.report.colours import TONES, Colour
from pmreport.report.draft import KEY
from pmreport.report.words import plain

_COLOURS = {tone.value: colour for colour, tone in TONES.items()}
_WEEKLY = "weekly"  # the one report whose headline is a state


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure:
    """A number that was told. `value` None: it was not known; `keys` are the items it says it rests on."""

    id: str
    label: str
    value: Decimal | None
    unit: str = ""
    decimals: int = 0
    keys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The number as it was printed, without its unit; "not known" where it was not."""
        return "not known" if self.value is None else plain(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """A sentence of a list, or a row of a table. `id` tells it from the others of its section."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A part of a report with its entries, in their order."""

    id: str
    title: str
    entries: tuple[ToldEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a report told. `colour` is the overall one, None where a report has none.

    `dimensions` are the colours behind it by name. `data_as_of` None: no sync had completed.
    """

    name: str
    period: str
    title: str
    headline: str
    as_of: datetime
    data_as_of: datetime | None
    period_end: datetime
    time_zone: str
    generator: str
    colour: Colour | None
    dimensions: tuple[tuple[str, Colour], ...]
    figures: tuple[ToldFigure, ...]
    sections: tuple[ToldSection, ...]

    def figure(self, wanted: str) -> ToldFigure | None:
        """The number with this id; None where it was not told."""
        return next((one for one in self.figures if one.id == wanted), None)


def told(document: Mapping[str, Any]) -> Told:
    """What the JSON of a report says; its numbers are Decimals (`json.loads` with `parse_float`).

    Raises ValueError where it is no report.
    """
    try:
        return _told(document)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("it is not the JSON of a report") from error


def _told(document: Mapping[str, Any]) -> Told:
    sections, is_weekly = document["sections"], document["name"] == _WEEKLY
    headline, read = document["headline"], document["data_as_of"]
    return Told(
        name=document["name"],
        period=document["period"],
        title=document["title"],
        headline=f"{headline['lead']} {_words(headline['text'])}",
        as_of=datetime.fromisoformat(document["as_of"]),
        data_as_of=None if read is None else datetime.fromisoformat(read),
        period_end=datetime.fromisoformat(document["period_end"]),
        time_zone=document["time_zone"],
        generator=document["generator"],
        colour=_COLOURS.get(headline["tone"]) if is_weekly else None,
        dimensions=tuple(_dimensions(sections)) if is_weekly else (),
        figures=tuple(figure for section in sections for figure in _figures(section)),
        sections=tuple(map(_section, sections)),
    )


def _dimensions(sections: list[Any]) -> Iterator[tuple[str, Colour]]:
    """The colours in the section of the overall state: a mark, then a name in bold."""
    for item in (item for section in sections if section["id"] == "state" for item in _items(section)):
        marks = [part["text"].lower() for part in item["text"] if _is(part, "mark")]
        names = [part["text"] for part in item["text"] if _is(part, "strong")]
        if marks and names and marks[0] in set(Colour):
            yield names[0], Colour(marks[0])


def _items(section: Mapping[str, Any]) -> Iterator[Any]:
    return (item for block in section["blocks"] if block["kind"] == "items" for item in block["items"])


def _figures(section: Mapping[str, Any]) -> Iterator[ToldFigure]:
    """The headline numbers, and the numbers of tables whose column has a definition."""
    for block in section["blocks"]:
        if block["kind"] == "figures":
            yield from map(_figure, block["figures"])
        if block["kind"] == "table":
            yield from _cells(block)


def _figure(figure: Mapping[str, Any]) -> ToldFigure:
    link = figure["items"]
    keys = KEY.findall(unquote(link["href"]).partition("jql=")[2]) if link else ()
    return _number(figure["id"], figure["label"], figure["number"], tuple(dict.fromkeys(keys)))


def _cells(table: Mapping[str, Any]) -> Iterator[ToldFigure]:
    for row in table["rows"]:
        name = _words(row["cells"][0])
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            numbers = [part for part in cell if _is(part, "number")]
            if column["definition"] and len(numbers) == 1:
                told_id = f"{table['id']}/{name}/{column['definition']}"
                yield _number(told_id, f"{name}: {column['title']}", numbers[0])


def _number(told_id: str, label: str, number: Mapping[str, Any], keys: tuple[str, ...] = ()) -> ToldFigure:
    value = number["value"]
    return ToldFigure(
        id=told_id,
        label=label,
        value=None if value is None else Decimal(value),
        unit=number["unit"],
        decimals=int(number["decimals"]),
        keys=keys,
    )


def _section(section: Mapping[str, Any]) -> ToldSection:
    known: dict[str, ToldEntry] = {}
    for name, text in _sentences(section):
        entry_id, times = name, 1
        while entry_id in known:
            times += 1
            entry_id = f"{name} ({times})"
        known[entry_id] = ToldEntry(entry_id, text)
    return ToldSection(section["id"], section["title"], tuple(known.values()))


def _sentences(section: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each entry with what it is known by: the first cell of a row, a key, what is bold, else all of it."""
    for number, block in enumerate(section["blocks"]):
        match block["kind"]:
            case "items":
                for item in block["items"]:
                    yield (
                        _name(item["text"]),
                        " ".join(filter(None, map(_words, (item["text"], item["detail"])))),
                    )
            case "table":
                yield from ((_words(row["cells"][0]), _row(row)) for row in block["rows"])
            case "paragraph":
                yield f"paragraph {number + 1}", _words(block["text"])
            case "callout":
                yield block["lead"], f"{block['lead']} {_words(block['text'])}"
            case "facts":
                yield from (
                    (fact["label"], f"{fact['label']}: {_words(fact['text'])}") for fact in block["facts"]
                )


def _row(row: Mapping[str, Any]) -> str:
    return " | ".join(map(_words, row["cells"]))


def _name(text: list[Any]) -> str:
    words = _words([part for part in text if not _is(part, "mark")]).strip()
    bold = [part["text"] for part in text if _is(part, "strong")]
    found = KEY.search(words)
    return bold[0] if bold else found[0] if found else words


def _words(text: list[Any]) -> str:
    return "".join(map(_part, text))


def _part(part: Any) -> str:  # noqa: PLR0911 - one a kind
    """A part of a text in words; a trend is a picture, and has none."""
    match part:
        case str():
            return part
        case {"kind": "number", "value": None}:
            return "not known"
        case {"kind": "number"}:
            unit = part["unit"]
            return plain(Decimal(part["value"]), int(part["decimals"])) + (f" {unit}" if unit else "")
        case {"kind": "mark"}:
            return f"[{part['text']}]"
        case {"text": words}:
            return str(words)
        case {"kind": "day" | "moment"}:
            return str(part["value"])
        case _:
            return ""


def _is(part: Any, kind: str) -> bool:
    return isinstance(part, Mapping) and part["kind"] == kind
