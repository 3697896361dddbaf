"""The choice of fields: whether those that are named exist, and whether points stand in one field alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pmreport.app.doctor.finding import Check, Finding, Severity, counted
from pmreport.metrics.settings import FieldSettings
from pmreport.model.query import Query, sql_text

_FEWEST = 2  # a single item with two amounts is an oddity of that item
_FEWEST_PERCENT = 1  # so is one in a hundred: `sync` counts them, and each stands in the data problems
_OFFERED = 3
_KINDS = {"story_points": ("float", "jsw-story-points"), "sprint": ("gh-sprint",)}
_WANTED = {"story_points": "a number field", "sprint": "the sprint field of Jira Software"}


class KnownField(NamedTuple):
    """A field of the site: `schema` is its kind, `role` what discovery took it for."""

    field_id: str
    name: str
    schema: str | None
    role: str | None


class TwiceRow(NamedTuple):
    """How many live issues of a project have points, and how many have differing ones in two fields.

    `example` is the key of one that has; None where none has.
    """

    project_key: str
    estimated: int
    differing: int
    example: str | None


class BoardUnit(NamedTuple):
    """The field that a board estimates in, and the project whose board it is; None where it does not say."""

    name: str
    project_key: str | None
    field_id: str


def known_query(site_id: int) -> Query[KnownField]:
    """The fields that the last sync found."""
    text = sql_text("pmreport.app.doctor", "texts/known_fields.sql")
    return Query(text, KnownField, {"site_id": site_id})


def twice_query(site_id: int) -> Query[TwiceRow]:
    """Projects with issues that have points in more than one field."""
    text = sql_text("pmreport.app.doctor", "texts/points_twice.sql")
    return Query(text, TwiceRow, {"site_id": site_id})


def configured(settings: FieldSettings, known: Sequence[KnownField]) -> Iterator[Finding]:
    """The fields of the section `[fields]` that are not there, or of a kind that cannot be meant."""
    by_id = {field.field_id: field for field in known}
    for key, kinds in _KINDS.items():
        field_id: str | None = getattr(settings, key)
        if field_id is None:
            continue
        field = by_id.get(field_id)
        if field is None:
            what = f"the site has no field {field_id}: it was deleted, or is hidden from the token's user"
            yield _wrong(key, what, known)
        elif (field.schema or "").rpartition(":")[2] not in kinds:
            what = f'{field_id} is "{field.name}", and {_WANTED[key]} is wanted'
            yield _wrong(key, what, known)


def sprint_field(known: Sequence[KnownField], *, has_sprints: bool) -> Iterator[Finding]:
    """Boards have sprints and no field holds them: every sprint would be empty."""
    if has_sprints and known and all(field.role != "sprint" for field in known):
        yield Finding(
            check=Check.FIELDS,
            severity=Severity.ERROR,
            subject="[fields] sprint",
            what="there are boards with sprints, and no field was found that says which issue is in which",
            fix="ask an administrator of Jira for the id of the field Sprint, then write it down:\n"
            '[fields]\nsprint = "customfield_..."',
        )


def _wrong(key: str, what: str, known: Sequence[KnownField]) -> Finding:
    return Finding(
        check=Check.FIELDS,
        severity=Severity.ERROR,
        subject=f"[fields] {key}",
        what=what,
        fix=_instead(key, known),
    )


def _instead(key: str, known: Sequence[KnownField]) -> str:
    """The line is seldom needed at all; else lines to paste, with the likeliest field first."""
    fitting = [field for field in known if (field.schema or "").rpartition(":")[2] in _KINDS[key]]
    likely = sorted(fitting, key=lambda field: (field.role is None, "point" not in field.name.lower()))
    remove = f"remove `{key}` from [fields]: the right field is mostly found without it"
    lines = [f'{key} = "{each.field_id}"  # {" ".join(each.name.split())}' for each in likely[:_OFFERED]]
    others = [f"# {line}" for line in lines[1:]]
    return "\n".join([f"{remove}; or write:", "[fields]", lines[0], *others]) if lines else remove


def two_point_fields(
    rows: Iterable[TwiceRow], boards: Iterable[BoardUnit], points: Mapping[str, str], *, chosen: bool
) -> Iterator[Finding]:
    """Projects whose points stand in two fields: by their boards, or by their issues.

    `points` are the names of the point fields by id. Where the configuration has `chosen` one, it counts, and
    what stands in the other is forgotten. A few issues with two amounts are no fault of the choice: they were
    moved, or somebody typed in the other field once.
    """
    by_project: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for board in boards:
        if board.project_key:
            by_project[board.project_key].setdefault(board.field_id, board.name)
    for project, units in by_project.items():
        if len(units) > 1:
            yield _torn_boards(project, units, points)
    for row in rows:
        units = by_project.get(row.project_key, {})
        is_use = row.differing >= _FEWEST and 100 * row.differing > _FEWEST_PERCENT * row.estimated
        if is_use and len(units) <= 1 and not chosen:
            yield _torn_issues(row, next(iter(units or points), "customfield_..."))


def _named(field_id: str, names: Mapping[str, str]) -> str:
    return f"{names[field_id]} ({field_id})" if field_id in names else field_id


def _torn_boards(project: str, units: Mapping[str, str], points: Mapping[str, str]) -> Finding:
    told = ", ".join(f'"{board}" in {_named(each, points)}' for each, board in units.items())
    return Finding(
        check=Check.FIELDS,
        severity=Severity.WARNING,
        subject=project,
        what=f"its boards estimate in different fields, so that their numbers cannot be compared: {told}",
        fix="in Jira let them estimate in one field (board settings, estimation), then run `pmreport sync`",
    )


def _torn_issues(row: TwiceRow, field_id: str) -> Finding:
    have = counted(row.differing, "issue")
    return Finding(
        check=Check.FIELDS,
        severity=Severity.WARNING,
        subject=row.project_key,
        what=f"{have} of {row.estimated} have different points in two fields ({row.example} is one)",
        fix="empty one of the two fields in Jira, or say which one counts and run `pmreport sync`:\n"
        f'[fields]\nstory_points = "{field_id}"',
    )
