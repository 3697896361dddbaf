"""What an issue of the simulator was at each instant, played forwards from its birth."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pmreport.demo.catalogue import Site
from pmreport.demo.changes import CLASSIC_POINTS, FLAGGED, SPRINT, TEAM_POINTS
from pmreport.demo.issue import Issue, Item
from pmreport.model.instant import OPEN_END_MS

Held = frozenset[str]  # the values of a field at one instant: ids, or texts where there are none

PEOPLE = frozenset({"assignee", "reporter"})
SECONDS = {"timeoriginalestimate": "original_s", "timeestimate": "remaining_s", "timespent": "spent_s"}
NUMBERS = frozenset({TEAM_POINTS, CLASSIC_POINTS, *SECONDS})
ELEMENTS = frozenset({"fixVersions", "components"})  # an item for each element that comes or goes
_GAPS = frozenset({"timeestimate", "timespent"})  # deleting or editing a worklog leaves no entry
_NAMED = {"IssueParentAssociation": "parent", "Link": "issuelinks", "Key": "issuekey"}


class Entry(NamedTuple):
    """One step in the life of a field."""

    at_ms: int
    before: Held
    after: Held


@dataclass(frozen=True, slots=True)
class Stay:
    """A value, and from when until when it was there."""

    value: str
    from_ms: int
    to_ms: int


def person(site: Site, account: str | None) -> str | None:
    """What stands for a person on this product."""
    return site.users[account].reference if account in site.users else account


def field_of(site: Site, item: Item) -> str:
    """The id of the field that an item speaks of."""
    if item.field_id or item.field in _NAMED:
        return item.field_id or _NAMED[item.field]
    return next(info.id for info in site.fields.values() if info.name == item.field)


def shown(site: Site, issue: Issue, parent: int | None) -> dict[str, Held]:
    """The values of every field with a history, as they are now. The parent is one that can be seen."""
    found: dict[str, Sequence[object]] = {
        "status": [issue.status],
        "assignee": [person(site, issue.assignee)],
        "reporter": [person(site, issue.reporter)],
        "labels": issue.labels,
        "components": issue.components,
        "fixVersions": issue.versions,
        "versions": (),
        "duedate": [issue.due],
        "parent": [parent],
        "issuetype": [issue.type],
        "priority": [issue.priority],
        "resolution": [issue.resolution],
        "summary": [issue.summary],
        "project": [issue.project],
        SPRINT: issue.sprints,
        FLAGGED: ["10019"] if issue.flagged else (),
        **{name: [getattr(issue, seconds)] for name, seconds in SECONDS.items()},
        **{name: [issue.points.get(name)] for name in (TEAM_POINTS, CLASSIC_POINTS)},
    }
    return {
        name: frozenset(_written(value) for value in values if value is not None)
        for name, values in found.items()
    }


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def stays(issue: Issue, site: Site, name: str, now: Held) -> list[Stay]:
    """Every value of one field with its time, from the issue's creation on."""
    entries = list(_entries(issue, site, name, now))
    held = entries[0].before if entries else now
    begun = dict.fromkeys(held, issue.created_ms)
    ended: list[Stay] = []
    for entry, following in zip(entries, [*(each.before for each in entries), now][1:], strict=True):
        if entry.after != following and name not in _GAPS:
            raise AssertionError(f"The simulator contradicts itself: {issue.key} {name} {entry} {following}")
        at_ms = max(entry.at_ms, issue.created_ms)
        ended += [Stay(gone, begun.pop(gone), at_ms) for gone in begun.keys() - following]
        begun |= dict.fromkeys(following - begun.keys(), at_ms)
    ended += [Stay(value, since, OPEN_END_MS) for value, since in begun.items()]
    return [stay for stay in ended if stay.from_ms < stay.to_ms]


def _entries(issue: Issue, site: Site, name: str, now: Held) -> Iterator[Entry]:
    """The steps of one field, oldest first; what happens in the same millisecond is one step."""
    items = [
        (row.at_ms, item)
        for row in sorted(issue.histories, key=lambda row: (row.at_ms, row.id))
        for item in row.items
        if field_of(site, item) == name
    ]
    sides = [(at_ms, *_sides(site, name, item)) for at_ms, item in items]
    steps = _of_elements(sides, now) if name in ELEMENTS else [Entry(*each) for each in sides]
    for at_ms, together in groupby(steps, key=lambda step: step.at_ms):
        moment = list(together)
        yield Entry(at_ms, moment[0].before, moment[-1].after)


def _of_elements(sides: Sequence[tuple[int, Held, Held]], now: Held) -> list[Entry]:
    """Steps of the whole set, where each item tells of one element: born with it are those that only go."""
    first: dict[str, bool] = {}
    for _at, gone, come in sides:
        first |= {each: True for each in gone if each not in first}
        first |= {each: False for each in come if each not in first}
    held = frozenset(each for each, there in first.items() if there) | (now - first.keys())
    steps: list[Entry] = []
    for at_ms, gone, come in sides:
        steps.append(Entry(at_ms, held, (held - gone) | come))
        held = steps[-1].after
    return steps


def _sides(site: Site, name: str, item: Item) -> tuple[Held, Held]:
    read = _READ.get(name, _one)
    before, after = read(item.from_, item.from_string), read(item.to, item.to_string)
    if name not in PEOPLE:
        return before, after
    return frozenset(person(site, x) or x for x in before), frozenset(person(site, x) or x for x in after)


def _one(value: str | None, text: str | None) -> Held:
    return frozenset({value or text or ""} - {""})


def _labels(_value: str | None, text: str | None) -> Held:
    return frozenset((text or "").split())


def _ids(value: str | None, _text: str | None) -> Held:
    return frozenset((value or "").strip("[]").replace(",", " ").split())


_READ: Mapping[str, Callable[[str | None, str | None], Held]] = {
    "labels": _labels,
    SPRINT: _ids,
    FLAGGED: _ids,
}
