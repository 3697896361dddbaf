"""What changed between two reports: colours, numbers, entries; and why, where it can be told. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmreport.report.colours import Colour
from pmreport.report.freeze import Frozen, Setting
from pmreport.report.told import Told, ToldFigure, ToldSection
from pmreport.report.words import listed, rounded

_NAMED = 5


class Kind(StrEnum):
    """What became of an entry from the first report to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ChangedColour:
    """A state that is another one now; None: it was not told."""

    name: str
    was: Colour | None
    now: Colour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFigure:
    """A number that is another one as printed; None: it was not told. `why` is empty where nobody knows.

    `gone` and `came` are the items it rested on and rests on no more, and the other way round.
    """

    id: str
    label: str
    was: ToldFigure | None
    now: ToldFigure | None
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEntry:
    """An entry of a section; `was` is empty where it was added, `now` where it was removed."""

    section: str
    kind: Kind
    id: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that differs. `is_restatement`: both speak of one period at one moment, so nothing should.

    `causes` are what changed around the numbers: the configuration, pmreport itself.
    """

    first: Frozen
    second: Frozen
    is_restatement: bool
    causes: tuple[str, ...]
    colours: tuple[ChangedColour, ...]
    figures: tuple[ChangedFigure, ...]
    entries: tuple[ChangedEntry, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both tell the same."""
        return not (self.colours or self.figures or self.entries)


def between(first: Frozen, second: Frozen, happened: Mapping[str, str]) -> Difference:
    """What changed from the first to the second.

    `happened` says in a few words what Jira's history holds of an item since the first was read, by key. Of
    two periods nothing is asked: they have other items.
    """
    was, now = first.told, second.told
    causes = tuple(_causes(first, second))
    moments = ((one.period, one.as_of, one.data_as_of) for one in (was, now))
    return Difference(
        first=first,
        second=second,
        is_restatement=_is_same(first, second) and len(set(moments)) == 1,
        causes=causes,
        colours=tuple(_colours(was, now)),
        figures=tuple(_figures(was, now, happened if _is_same(first, second) else None)),
        entries=tuple(_entries(was.sections, now.sections)),
    )


def changed_keys(was: Told, now: Told) -> frozenset[str]:
    """The items that one of the two counts in a number and the other does not."""
    return frozenset(key for one in _figures(was, now, {}) for key in (*one.gone, *one.came))


def why(gone: Iterable[str], came: Iterable[str], happened: Mapping[str, str]) -> str:
    """Why a number changed, by its items: "SHOP-3 was reopened; SHOP-9 came in". Empty without items."""
    left = [f"{key} {happened.get(key, 'no longer counts')}" for key in gone]
    new = [f"{key} {happened.get(key, 'came in')}" for key in came]
    said = [*left, *new]
    more = len(said) - _NAMED
    return "; ".join([*said[:_NAMED], *([f"and {more} more"] if more > 0 else [])])


def _is_same(first: Frozen, second: Frozen) -> bool:
    """Whether both tell of one period by the same numbers, so that an item of one belongs in the other."""
    return (first.told.name, first.about.period) == (second.told.name, second.about.period)


def _causes(first: Frozen, second: Frozen) -> Iterator[str]:
    if first.told.generator != second.told.generator:
        yield f"made by {first.told.generator}, then by {second.told.generator}"
    names = _changed(first.about.settings, second.about.settings)
    if names:
        yield f"the configuration changed: {listed([f'[{name}]' for name in names])}"


def _changed(was: Iterable[Setting], now: Iterable[Setting]) -> list[str]:
    known = {one.name: one.digest for one in was}
    return [one.name for one in now if known.get(one.name, one.digest) != one.digest]


def _colours(was: Told, now: Told) -> Iterator[ChangedColour]:
    if was.colour is not now.colour:
        yield ChangedColour("Overall", was.colour, now.colour)
    before, after = dict(was.dimensions), dict(now.dimensions)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) is not after.get(name):
            yield ChangedColour(name, before.get(name), after.get(name))


def _figures(was: Told, now: Told, happened: Mapping[str, str] | None) -> Iterator[ChangedFigure]:
    before, after = ({one.id: one for one in told.figures} for told in (was, now))
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or not _same(old, new):
            yield _figure(name, old, new, happened)


def _same(old: ToldFigure, new: ToldFigure) -> bool:
    """Whether two numbers are the same as printed."""
    if old.value is None or new.value is None:
        return old.value is new.value
    return rounded(old.value, old.decimals) == rounded(new.value, new.decimals)


def _figure(
    name: str, old: ToldFigure | None, new: ToldFigure | None, happened: Mapping[str, str] | None
) -> ChangedFigure:
    before, after = (one.keys if one and happened is not None else () for one in (old, new))
    gone = tuple(key for key in before if key not in after)
    came = tuple(key for key in after if key not in before)
    label = new.label if new else old.label if old else name
    return ChangedFigure(
        id=name, label=label, was=old, now=new, gone=gone, came=came, why=why(gone, came, happened or {})
    )


def _entries(was: Iterable[ToldSection], now: Iterable[ToldSection]) -> Iterator[ChangedEntry]:
    before, after = ({one.id: one for one in sections} for sections in (was, now))
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        title = new.title if new else old.title if old else name
        yield from _changes(title, _texts(old), _texts(new))


def _texts(section: ToldSection | None) -> dict[str, str]:
    return {one.id: one.text for one in section.entries} if section else {}


def _changes(title: str, was: dict[str, str], now: dict[str, str]) -> Iterator[ChangedEntry]:
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name, ""), now.get(name, "")
        if old != new:
            kind = Kind.ADDED if name not in was else Kind.REMOVED if name not in now else Kind.CHANGED
            yield ChangedEntry(section=title, kind=kind, id=name, was=old, now=new)
