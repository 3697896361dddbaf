"""Words, components and contacts as tables and as JSON."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from pmreport.cli.grid import Column, Grid
from pmreport.cli.json_values import iso_date
from pmreport.cli.show.answer import Answer
from pmreport.cli.tables import NOT_KNOWN, calendar_day
from pmreport.metrics import acronyms, components
from pmreport.metrics.acronyms import FEWEST_ITEMS, Acronym, Glossary
from pmreport.metrics.components import Component
from pmreport.metrics.contacts import Contact

_FIRST = 25
_LOG = "pmreport goals log ID TEXT --kind {kind} --for {subject}"


def glossary(found: Glossary, as_of: datetime) -> Answer:
    """`goals glossary`: what nobody has explained stands first."""
    told = sorted(found.acronyms, key=lambda one: one.is_explained)
    more = len(told) - _FIRST
    return Answer(
        as_of=as_of,
        values=acronyms.values(found),
        grids=(
            Grid(
                title="Acronyms of the items",
                columns=(
                    Column(title="Term", whole=True),
                    Column(title="Items", is_number=True),
                    Column(title="Explained"),
                    Column(title="For example"),
                ),
                rows=tuple(
                    (one.term, str(one.items), _state(one), ", ".join(one.examples)) for one in told[:_FIRST]
                ),
                empty=f"No acronym is used by {FEWEST_ITEMS} items.",
                notes=(
                    *((f"and {more} more",) if more > 0 else ()),
                    f"{found.texts} texts were read; {found.rare} more acronyms stand in fewer items.",
                    f"Explain one: {_LOG.format(kind='glossary', subject='TERM')}",
                ),
            ),
        ),
        more={
            "acronyms": [
                {
                    "term": one.term,
                    "items": one.items,
                    "examples": list(one.examples),
                    "is_explained": one.is_explained,
                    "is_reviewed": one.is_reviewed,
                }
                for one in found.acronyms
            ],
            "rare": found.rare,
            "texts": found.texts,
        },
    )


def product(found: Iterable[Component], as_of: datetime, zone: str) -> Answer:
    """`goals product`; notes age by the days of `zone`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=components.values(told, as_of.astimezone(ZoneInfo(zone)).date()),
        grids=(
            Grid(
                title="The components",
                columns=(
                    Column(title="Component"),
                    Column(title="Items", is_number=True),
                    Column(title="Open", is_number=True),
                    Column(title="Noted", whole=True),
                    Column(title="What it is for"),
                    Column(title="Reviewed by"),
                ),
                rows=tuple(_component_row(one) for one in told),
                empty="The projects have no component.",
                notes=(f"Write one down: {_LOG.format(kind='note', subject='COMPONENT')}",),
            ),
        ),
        more={
            "components": [
                {
                    "name": one.name,
                    "items": one.items,
                    "open_items": one.open_items,
                    "noted_on": one.note.on.isoformat() if one.note else None,
                    "note": one.note.text if one.note else None,
                    "reviewer": one.note.reviewer or None if one.note else None,
                }
                for one in told
            ]
        },
    )


def stakeholders(found: Iterable[Contact], as_of: datetime) -> Answer:
    """`goals stakeholders`."""
    told = tuple(found)
    return Answer(
        as_of=as_of,
        values=(),
        grids=(
            Grid(
                title="When those with a stake were last heard",
                columns=(
                    Column(title="Area or name"),
                    Column(title="Last contact", short="Last", whole=True),
                    Column(title="Touch-point", short="Touch", whole=True),
                    Column(title="My comment", short="Mine", whole=True),
                    Column(title="Theirs", whole=True),
                    Column(title="Comments, 13 weeks", short="Recent", is_number=True),
                    Column(title="What came of it"),
                ),
                rows=tuple(_contact_row(one) for one in told),
                empty="No comment on your items, and no touch-point in the journal.",
                notes=(f"Write one down: {_LOG.format(kind='touch-point', subject='WHO-OR-AREA')}",),
                short_note="Last: the last contact; Touch: touch-point; Recent: comments of 13 weeks.",
            ),
        ),
        more={
            "contacts": [
                {
                    "name": one.name,
                    "last_contact": iso_date(one.last),
                    "last_touch_point": iso_date(one.last_touch_point),
                    "came_of_it": one.came_of_it,
                    "own_comment": iso_date(one.own_comment),
                    "others_comment": iso_date(one.others_comment),
                    "recent_comments": one.recent_comments,
                }
                for one in told
            ]
        },
    )


def _state(one: Acronym) -> str:
    if not one.is_explained:
        return "no"
    return "yes, reviewed" if one.is_reviewed else "yes, claimed"


def _component_row(one: Component) -> tuple[str, ...]:
    counts = (one.name, str(one.items), str(one.open_items))
    if one.note is None:
        return (*counts, NOT_KNOWN, "", "")
    return (*counts, one.note.on.isoformat(), one.note.text, one.note.reviewer or "nobody yet")


def _contact_row(one: Contact) -> tuple[str, ...]:
    days = (one.last, one.last_touch_point, one.own_comment, one.others_comment)
    shown = (calendar_day(each) for each in days)
    return (one.name, *shown, str(one.recent_comments), one.came_of_it)
