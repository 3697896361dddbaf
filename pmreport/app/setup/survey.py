"""What a site has to choose from: projects, boards, fields, statuses, resolutions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from pmreport.errors import NotAuthorisedError, UsageError
from pmreport.jira.answers import ForbiddenError, RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.fields import BoardEstimate, FieldMap, discover
from pmreport.jira.paging import Json
from pmreport.jira.parse import boards as parse
from pmreport.jira.parse import lists
from pmreport.jira.parse.values import integer, text
from pmreport.metrics.settings import FieldSettings
from pmreport.model.rows import BoardColumnRow, ProjectRow, ResolutionRow, StatusRow
from pmreport.sync.settings import ScopeSettings

_NAMED = 10  # so many projects are offered in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFound:
    """A board as the list of boards shows it. `kind` is scrum, kanban or simple, in Jira's word."""

    board_id: int
    name: str
    kind: str
    listed: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLayout:
    """A board with what its configuration says; None where the token may not read that."""

    board: BoardFound
    columns: tuple[BoardColumnRow, ...] | None
    estimate: BoardEstimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSurvey:
    """The fields of a site by their parts, their names by id, and the boards that had a word in it."""

    projects: tuple[str, ...]
    fields: FieldMap
    boards: tuple[BoardLayout, ...]

    def name_of(self, field_id: str) -> str:
        """What the field is called, in English where Jira knows it; the id where it is not known."""
        found = self.fields.schemas.get(field_id, {})
        return str(found.get("untranslatedName") or found.get("name") or field_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSurvey:
    """The statuses and resolutions of a site, and the boards whose columns hold the statuses."""

    statuses: tuple[StatusRow, ...]
    resolutions: tuple[ResolutionRow, ...]
    boards: tuple[BoardLayout, ...]


def projects(client: JiraClient) -> tuple[ProjectRow, ...]:
    """Every project that the token sees, by key. Raises NotAuthorisedError where there is none at all."""
    found = [row for page in client.projects() for row in map(lists.project, page) if row]
    if not found:
        raise NotAuthorisedError(
            "the token's user can see no project at all",
            where=client.site.url,
            hint="ask for the permission to browse the projects; a token with scopes needs read:jira-work",
        )
    return tuple(sorted(found, key=lambda row: row.project_key))


def chosen(typed: Sequence[str], visible: Sequence[ProjectRow]) -> tuple[ProjectRow, ...]:
    """The projects that are named by key, in any case, or by their number in the list, from 1.

    Raises UsageError for a name that is none of them, with the nearest.
    """
    by_name = {row.project_key: row for row in visible}
    by_name |= {str(number): row for number, row in enumerate(visible, start=1)}
    unknown = [word for word in typed if word.upper() not in by_name]
    if unknown or not typed:
        raise _no_project(unknown, [row.project_key for row in visible])
    return tuple({by_name[word.upper()].project_key: by_name[word.upper()] for word in typed}.values())


def boards(client: JiraClient, project_keys: Iterable[str]) -> tuple[BoardFound, ...]:
    """Every board that shows one of the projects, by number; none where Jira has no boards to show."""
    try:
        calls = [partial(_boards_of, client, key) for key in project_keys]
        pages = client.crew.together(calls)
    except (ForbiddenError, RefusedError):  # a site without Jira Software
        return ()
    found = {board.board_id: board for page in pages for board in page}
    return tuple(found[number] for number in sorted(found))


def chosen_boards(typed: Sequence[str], visible: Sequence[BoardFound]) -> tuple[int, ...]:
    """The boards that are named by their numbers. Raises UsageError for one that is not there."""
    known = {str(board.board_id): board for board in visible}
    unknown = [word for word in typed if word.removeprefix("#") not in known]
    if unknown:
        offered = ", ".join(f"{board.board_id} ({board.name})" for board in visible[:_NAMED])
        raise UsageError(f"these projects have no board {unknown[0]}", hint=f"they have {offered or 'none'}")
    return tuple(dict.fromkeys(int(word.removeprefix("#")) for word in typed))


def in_scope(client: JiraClient, scope: ScopeSettings) -> tuple[BoardFound, ...]:
    """The boards that the configuration speaks of: those named, else all of its projects."""
    found = boards(client, scope.projects)
    if not scope.boards:
        return found
    listed = {board.board_id: board for board in found}
    return tuple(listed.get(number) or _board_alone(client, number) for number in scope.boards)


def layouts(client: JiraClient, found: Sequence[BoardFound]) -> tuple[BoardLayout, ...]:
    """The boards with their columns and what they estimate in."""
    return tuple(client.crew.together([partial(_layout, client, board) for board in found]))


def fields(
    client: JiraClient, project_keys: Sequence[str], found: Sequence[BoardFound], settings: FieldSettings
) -> FieldSurvey:
    """Which field holds what, for these projects with these boards."""
    read = layouts(client, found)
    discovered = discover(
        client.fields(),
        [layout.estimate for layout in read if layout.estimate],
        story_points=settings.story_points,
        sprint=settings.sprint,
    )
    return FieldSurvey(projects=tuple(project_keys), fields=discovered, boards=read)


def statuses(client: JiraClient, found: Sequence[BoardFound]) -> StatusSurvey:
    """The statuses and resolutions of the site, with the columns of these boards."""
    return StatusSurvey(
        statuses=tuple(row for row in map(lists.status, client.statuses()) if row),
        resolutions=tuple(row for row in map(lists.resolution, client.resolutions()) if row),
        boards=layouts(client, found),
    )


def _boards_of(client: JiraClient, project_key: str) -> list[BoardFound]:
    return [board for page in client.boards(project_key) for board in map(_board, page) if board]


def _board(found: Json) -> BoardFound | None:
    number = integer(found.get("id"))
    if number is None:
        return None
    name, kind = text(found.get("name")) or "", text(found.get("type")) or ""
    return BoardFound(board_id=number, name=name, kind=kind, listed=found)


def _board_alone(client: JiraClient, number: int) -> BoardFound:
    try:
        found = _board(client.board(number))
    except RefusedError:
        found = None
    if found is None:
        what = f"there is no board {number}, or this token may not see it"
        raise UsageError(what, where="[scope] boards", hint="`pmreport discover boards` names them")
    return found


def _layout(client: JiraClient, board: BoardFound) -> BoardLayout:
    try:
        configuration = client.board_configuration(board.board_id)
        shown = [] if client.dialect.board_location else client.board_projects(board.board_id)
    except (RefusedError, ForbiddenError):
        return BoardLayout(board=board, columns=None, estimate=None)
    return BoardLayout(
        board=board,
        columns=tuple(parse.columns(board.board_id, configuration)),
        estimate=parse.board_estimate(board.listed, configuration, shown),
    )


def _no_project(unknown: Sequence[str], visible: Sequence[str]) -> UsageError:
    near = [name for word in unknown for name in get_close_matches(word.upper(), visible, n=1)]
    meant = f"did you mean {', '.join(near)}? " if near else ""
    offered = ", ".join(visible[:_NAMED]) + (" and more" if len(visible) > _NAMED else "")
    what = f"there is no project {', '.join(unknown)}, or this token may not see it"
    return UsageError(
        what if unknown else "which projects shall be read is not said",
        hint=f"{meant}it can see {offered}" + ("" if unknown else "; name them with --project KEY"),
    )
