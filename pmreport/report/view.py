"""The report as values: what is said, in which order, before anybody decides how it looks.

A `Report` is all a template gets. It holds numbers and dates, not formatted text: formatting is the
renderer's, and so is escaping. Text is a tuple of inline parts, so that nothing here is ever markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Tone(StrEnum):
    """How good the news is. UNKNOWN is grey, and grey is never green."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `href` is an http(s) address, or `#` and an anchor of this page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A small label, such as "Late 3 days"."""

    text: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that must be seen first."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """An amount and its unit ("points", "%", "x", "days", "issues", ""). `value` None: not known.

    `decimals` is the most that is printed, rounded half even, trailing zeros dropped unless `fixed`.
    A unit of "%" means that `value` is already a percentage. `signed` prints the plus too.
    """

    value: Decimal | None
    unit: str = ""
    decimals: int = 0
    signed: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A local day."""

    value: date


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, to be shown in the report's zone."""

    value: datetime


@dataclass(frozen=True, slots=True)
class Trend:
    """The last values of a number, the newest last, as a line the size of a word. A gap is not known."""

    values: tuple[Number, ...]


Inline = str | Link | Mark | Strong | Number | Day | Moment | Trend
Text = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose. `quiet` is said in a lower voice: where a sentence comes from, what was left aside."""

    text: Text
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """The one thing to take away: `lead` in bold, then the sentence."""

    tone: Tone
    lead: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One headline number with everything that makes it honest.

    `was` is the value a period ago, `trend` the last values with the newest last (None: a gap), `n` how many
    things it rests on, `excluded` what was left out by reason. `definition` is the catalogue id, also found
    in the glossary. `items` leads to what stands behind it. `missing` says why `number.value` is None, `note`
    what else must be known to read it.
    """

    id: str
    label: str
    number: Number
    of: Number | None = None  # "22 / 46"
    was: Number | None = None
    target: Number | None = None
    trend: tuple[Decimal | None, ...] = ()
    n: int | None = None
    excluded: tuple[tuple[str, int], ...] = ()
    definition: str = ""
    items: Link | None = None
    tone: Tone = Tone.NEUTRAL
    missing: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Two to six headline numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list: its sentence, and a second line in a quieter voice."""

    text: Text
    detail: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list. `empty` is said when there are none; `more` counts those left out, never silently."""

    items: tuple[Item, ...]
    ordered: bool = False
    empty: str = "None."
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `definition` is a catalogue id, or empty."""

    title: str
    numeric: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: one Text a column. `anchor` is the row's id in the page, or empty."""

    cells: tuple[Text, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; the first column names the row, `filter_column` (an index) offers choice.

    A table that is `folded` opens on request and stays off paper; empty cells of one that is `to_fill` have
    room to write in.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()
    searchable: bool = False
    filter_column: int | None = None
    more: int = 0
    empty: str = "Nothing to show."
    folded: bool = False
    to_fill: bool = False


ChartValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture: `spec` names `charts/<spec>.vl.json`, `caption` states the finding.

    `data` maps the names of the data sets in the spec to their rows; instants are ISO 8601 text, days
    YYYY-MM-DD. `description` says in words what the picture shows, for those who cannot see it; `table` holds
    the same values.
    """

    id: str
    spec: str
    caption: str
    description: str
    data: Mapping[str, tuple[Mapping[str, ChartValue], ...]]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar: a count of one kind."""

    label: str
    value: int
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of segments, in the order they are drawn."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Stacked bars that also a mail can draw. Every bar has the same segment labels in the same order."""

    id: str
    caption: str
    description: str
    bars: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What something is: a name, and its value in a few words. `definition` is a catalogue id, or empty.

    A `main` fact is seen first.
    """

    label: str
    text: Text
    definition: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts that belong together, in one row where there is room; `note` is said of all of them."""

    id: str
    facts: tuple[Fact, ...]
    note: Text = ()


class FieldKind(StrEnum):
    """How a field is filled in: one of the numbers 1 to 5, a line, or several lines."""

    SCALE = "scale"
    LINE = "line"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field for a person to fill in, on screen or with a pen; nothing filled in leaves the page.

    `hint` says how, and stands beside the label.
    """

    id: str
    label: str
    kind: FieldKind = FieldKind.LINE
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields, one below the other."""

    fields: tuple[Field, ...]


PanelBlock = Paragraph | Items | Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part that stands beside another one, with a title of its own."""

    title: str
    blocks: tuple[PanelBlock, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """Two parts that are read against each other, each as wide as the other where there is room."""

    panels: tuple[Panel, ...]


Block = Paragraph | Callout | Figures | Items | Table | Chart | Bars | Facts | Form | Panels


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the report. `brief` ones stand in the mail too, `off_paper` ones are not printed."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    brief: bool = False
    page_break_before: bool = False
    off_paper: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A mark used in the report, and what it means."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report about one period, as known at one moment.

    `name` is weekly, sprint or review. `headline` is the overall state in one sentence, `subject` the
    subject of the mail, `preheader` the line mail programs show beside it. `as_of` doubles as "made at",
    so that the same data give the same bytes. `data_as_of` is the newest committed complete sync.
    """

    name: str
    title: str
    kicker: str  # the line above the title: the period in words
    product: str
    author: str
    audience: str  # management, team, manager, or private
    period: str  # 2026-W47, 2026-Q4, or the sprint's name
    period_start: datetime
    period_end: datetime
    time_zone: str
    as_of: datetime
    data_as_of: datetime | None  # None: no sync ever completed
    headline: Callout
    subject: str
    preheader: str
    sections: tuple[Section, ...]
    glossary: tuple[Term, ...]
    how_counted: tuple[Text, ...]  # the footer: queries, time read, what was left out
    site_url: str
    generator: str  # "pmreport 0.1.0"
