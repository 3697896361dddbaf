"""Which of a site's fields holds the sprint, the story points and the like, and why that one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]

TIME_FIELDS = ("timeoriginalestimate", "timeestimate")  # estimates in seconds, on every site

_SPRINT = "com.pyxis.greenhopper.jira:gh-sprint"
_POINTS = "com.pyxis.greenhopper.jira:jsw-story-points"
_FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
_EPIC_LINK = "com.pyxis.greenhopper.jira:gh-epic-link"
_RANK = "com.pyxis.greenhopper.jira:gh-lexo-rank"
_CHECKBOXES = "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"
_POINT_NAMES = ("story points", "story point estimate")  # exact: "Actual Story Points" is another thing

# How a changelog names a field where it gives no id, and what that field is called in an issue.
_CHANGE_NAMES = {
    "issueparentassociation": "parent",
    "parent": "parent",
    "epic link": "parent",
    "fix version": "fixVersions",
    "version": "versions",
    "component": "components",
    "link": "issuelinks",
    "key": "issuekey",
    "workflow": "workflow",
    "worklogid": "worklog",
}


class Role(StrEnum):
    """What a field is for, as stored in `field.role`."""

    SPRINT = "sprint"
    POINTS = "points"
    EPIC_LINK = "epic_link"
    FLAGGED = "flagged"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field with its part, and the reason for the choice in words."""

    role: Role
    field_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardEstimate:
    """What a board estimates in: a field id, and the project the board belongs to (None: a person's)."""

    board_id: int
    project_key: str | None
    field_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """The fields of one site by their parts.

    `points` are all that may hold points, best first. `project_points` is the one that a project's own board
    estimates in; there no other field is looked at. `names` leads from a changelog's field name, in small
    letters, to the field's id. `schemas` are the field descriptions by id.
    """

    sprint: str | None = None
    points: tuple[str, ...] = ()
    project_points: Mapping[str, str] = field(default_factory=dict)
    epic_link: str | None = None
    flagged: str | None = None
    rank: str | None = None
    choices: tuple[FieldChoice, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    schemas: Mapping[str, Json] = field(default_factory=dict)

    def points_of(self, project_key: str) -> tuple[str, ...]:
        """The fields to look for points in; the first that has a value counts, and they never add up."""
        own = self.project_points.get(project_key)
        return (own,) if own else self.points

    def field_id_of(self, field_id: str | None, name: str) -> str:
        """The id of a changed field: Jira's id if it gave one, else the field of that name, else the name."""
        if field_id is None:
            return self.names.get(name.lower(), name)
        return "parent" if field_id == self.epic_link else field_id

    def role_of(self, field_id: str) -> Role | None:
        """What a field is for; None for the others."""
        return next((choice.role for choice in self.choices if choice.field_id == field_id), None)


def discover(
    fields: Sequence[Json],
    boards: Iterable[BoardEstimate] = (),
    *,
    story_points: str | None = None,
    sprint: str | None = None,
) -> FieldMap:
    """The parts of a site's fields.

    Points: the configured field, then what the boards estimate in, then the field made for it, then number
    fields called exactly "Story Points" or "Story point estimate" (in English first, then as shown). Many
    sites have two, one for each kind of project.
    """
    boards = tuple(each for each in boards if each.field_id not in TIME_FIELDS)
    points = _distinct(_points(fields, boards, story_points))
    single = _distinct(_single(fields, sprint))
    chosen = {choice.role: choice.field_id for choice in single}
    return FieldMap(
        sprint=chosen.get(Role.SPRINT),
        points=tuple(choice.field_id for choice in points),
        project_points={} if story_points else _by_project(boards),
        epic_link=chosen.get(Role.EPIC_LINK),
        flagged=chosen.get(Role.FLAGGED),
        rank=chosen.get(Role.RANK),
        choices=(*single, *points),
        names=_names(fields),
        schemas={str(each["id"]): each for each in fields if each.get("id")},
    )


def _points(
    fields: Sequence[Json], boards: Sequence[BoardEstimate], configured: str | None
) -> Iterable[FieldChoice]:
    if configured:
        yield FieldChoice(Role.POINTS, configured, "set in the configuration")
    for board in boards:
        yield FieldChoice(Role.POINTS, board.field_id, f"board {board.board_id} estimates in it")
    for each in _of_kind(fields, _POINTS):
        yield FieldChoice(Role.POINTS, each["id"], "made by Jira for story points")
    for name, reason in (("untranslatedName", "in English"), ("name", "as shown")):
        for each in _of_kind(fields, _FLOAT):
            if str(each.get(name, "")).lower() in _POINT_NAMES:
                yield FieldChoice(Role.POINTS, each["id"], f"a number field called {each[name]!r} {reason}")


def _single(fields: Sequence[Json], sprint: str | None) -> Iterable[FieldChoice]:
    if sprint:
        yield FieldChoice(Role.SPRINT, sprint, "set in the configuration")
    else:
        yield from _first(fields, Role.SPRINT, _SPRINT)
    yield from _first(fields, Role.EPIC_LINK, _EPIC_LINK)
    yield from _first(fields, Role.RANK, _RANK, name="rank")
    yield from _first(fields, Role.FLAGGED, _CHECKBOXES, name="flagged", needed=True)


def _first(
    fields: Sequence[Json], role: Role, kind: str, *, name: str | None = None, needed: bool = False
) -> Iterable[FieldChoice]:
    """The one field of a kind: of that name where it has one, none without it where a name is `needed`."""
    found = _of_kind(fields, kind)
    named = [each for each in found if name in (_english(each), str(each.get("name", "")).lower())]
    for each in (named or ([] if needed else found))[:1]:
        reason = f"of the kind {kind.rpartition(':')[2]}"
        yield FieldChoice(role, each["id"], f"{reason}, called {each.get('name')!r}" if named else reason)


def _english(each: Json) -> str:
    return str(each.get("untranslatedName") or each.get("name") or "").lower()


def _of_kind(fields: Sequence[Json], kind: str) -> list[Json]:
    return [each for each in fields if (each.get("schema") or {}).get("custom") == kind and each.get("id")]


def _distinct(choices: Iterable[FieldChoice]) -> tuple[FieldChoice, ...]:
    """Each field once, with the first reason that was found for it."""
    first: dict[str, FieldChoice] = {}
    for choice in choices:
        first.setdefault(choice.field_id, choice)
    return tuple(first.values())


def _by_project(boards: Sequence[BoardEstimate]) -> dict[str, str]:
    """The field of each project, where all its boards agree; where they differ every field stays in play."""
    found: dict[str, set[str]] = {}
    for board in boards:
        if board.project_key:
            found.setdefault(board.project_key, set()).add(board.field_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _names(fields: Sequence[Json]) -> dict[str, str]:
    """Field ids by name in small letters. A field of the whole site goes before one of a single project."""
    names: dict[str, str] = {}
    for each in sorted(fields, key=lambda each: each.get("scope") is not None):
        for name in (each.get("untranslatedName"), each.get("name"), each.get("id")):
            if name and each.get("id"):
                names.setdefault(str(name).lower(), str(each["id"]))
    return names | _CHANGE_NAMES
