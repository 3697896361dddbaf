"""The boards of the projects with their columns and sprints, read anew by every run: the lists are short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pmreport.errors import ConfigurationError
from pmreport.jira.answers import ForbiddenError, RefusedError, ScopeError
from pmreport.jira.client import JiraClient
from pmreport.jira.fields import BoardEstimate
from pmreport.jira.parse import boards as parse
from pmreport.jira.parse.values import integer, member
from pmreport.jira.resources.boards import SPRINT_PAGE
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import BoardColumnRow, BoardRow, SprintRow
from pmreport.sync.known_boards import KnownBoards, Shown, digest
from pmreport.sync.notes import BoardNote

Json = dict[str, Any]

EVERY_BOARD = "the boards of the site"

_NOT_FOUND = 404
# Columns may stay unread, also for want of a scope; sprints not: most of the numbers are about them.
_CLOSED = (RefusedError, ForbiddenError, ScopeError)
_SELF = ("id", "self", "name", "type", "location")  # what a configuration says of its board
_OVERLAP = 5  # closed sprints that are read again to see that they stand where they stood


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReading:
    """One board as it stands.

    `columns` and `sprints` are None where they could not be read, so that what is known of them stays.
    `project_keys` are those of the projects it shows, where it does not say itself whose it is.
    `sprints` may belong to other boards: a board lists every sprint of the issues that it shows.
    """

    row: BoardRow
    found: Json
    configuration: Json
    columns: tuple[BoardColumnRow, ...] | None
    sprints: tuple[SprintRow, ...] | None
    sprint_documents: tuple[Json, ...]
    project_keys: tuple[str | None, ...]
    estimate: BoardEstimate | None
    problems: tuple[Problem, ...]


def read(
    client: JiraClient,
    projects: Sequence[str],
    board_ids: Sequence[int],
    known: KnownBoards,
    problems: list[Problem],
) -> tuple[tuple[BoardReading, ...], Shown]:
    """Each board once: those configured, else every board that shows one of the projects.

    And which these are, to be remembered. What stands in the way of finding them is added to `problems`; a
    board keeps its own.
    """
    if board_ids:
        asked, shown = [partial(_configured, client, board_id, known) for board_id in board_ids], Shown()
    else:
        listed, shown = _found(client, projects, known, problems)
        asked = [partial(_reading, client, found, known) for found in listed]
    readings = client.crew.together(asked)
    return tuple(reading for reading in readings if reading is not None), shown


def _found(
    client: JiraClient, projects: Sequence[str], known: KnownBoards, problems: list[Problem]
) -> tuple[list[Json], Shown]:
    """The boards that show the projects; none where the site has Jira without boards: its licence says no."""
    try:
        return _listed(client, projects, known)
    except ForbiddenError as error:
        problems.append(Problem(ProblemKind.BOARD_UNREADABLE, EVERY_BOARD, str(error)))
        return [], Shown()


def _listed(client: JiraClient, projects: Sequence[str], known: KnownBoards) -> tuple[list[Json], Shown]:
    """The boards that show the projects.

    One project is asked for its boards. Of several, the list of all boards is looked at first: while it fits
    on a page and is as it was, so are theirs.
    """
    every, complete = client.first_boards() if len(projects) > 1 else ([], False)
    listing = digest(every) if complete else ""
    if listing and known.holds(projects, listing):
        return [found for found in every if found.get("id") in known.shown.board_ids], known.shown
    pages = client.crew.together([partial(_shown, client, project) for project in projects])
    listed = {found.get("id"): found for page in pages for found in page}
    return list(listed.values()), Shown(
        projects=tuple(projects),
        listing=listing,
        board_ids=tuple(each for each in map(integer, listed) if each is not None),
        asked_ms=known.now_ms,
    )


def _configured(client: JiraClient, board_id: int, known: KnownBoards) -> BoardReading | None:
    """A board by its number. Its configuration says what it is; where that may not be read, Jira is asked."""
    try:
        configuration = client.board_configuration(board_id)
    except _CLOSED:
        return _reading(client, _board(client, board_id), known)
    found = {name: configuration[name] for name in _SELF if name in configuration}
    return _reading(client, found, known, configuration)


def _board(client: JiraClient, board_id: int) -> Json:
    try:
        return client.board(board_id)
    except RefusedError as error:
        if error.status_code != _NOT_FOUND:
            raise
        raise ConfigurationError(
            f"There is no board {board_id}, or this token may not see it.",
            where="[scope] boards",
            hint="The number stands in the board's address; leave `boards` empty to read every board.",
        ) from error


def _shown(client: JiraClient, project: str) -> list[Json]:
    return [found for page in client.boards(project) for found in page]


def _reading(
    client: JiraClient, found: Json, known: KnownBoards, configuration: Json | None = None
) -> BoardReading | None:
    board_id = integer(found.get("id"))
    if board_id is None:
        return None
    problems: list[Problem] = []
    configuration = configuration or _configuration(client, found, problems)
    filter_jql = _filter_jql(client, found, configuration or {}, problems)
    sprints = _sprints(client, found, known.sprints.get(board_id, ()), problems)
    projects = _project_keys(client, found, known.notes.get(board_id), filter_jql, problems)
    row = parse.board(found, configuration or {}, filter_jql=filter_jql, has_sprints=sprints is not None)
    if row is None:
        return None
    return BoardReading(
        row=row,
        found=found,
        configuration=configuration or {},
        columns=None if configuration is None else tuple(parse.columns(row.board_id, configuration)),
        sprints=None if sprints is None else (*sprints.kept, *filter(None, map(parse.sprint, sprints.found))),
        sprint_documents=() if sprints is None else tuple(sprints.found),
        project_keys=projects,
        estimate=parse.board_estimate(found, configuration or {}, [{"key": key} for key in projects]),
        problems=tuple(problems),
    )


def _configuration(client: JiraClient, found: Json, problems: list[Problem]) -> Json | None:
    try:
        return client.board_configuration(found["id"])
    except _CLOSED as error:
        problems.append(_unreadable(found, "configuration", error))
        return None


def _project_keys(
    client: JiraClient,
    found: Json,
    note: BoardNote | None,
    filter_jql: str | None,
    problems: list[Problem],
) -> tuple[str | None, ...]:
    """The keys of the projects that the board shows, where it does not say itself whose it is.

    They follow from its filter: while that is as it was, so are they.
    """
    if client.dialect.board_location:
        return ()
    if note is not None and filter_jql is not None and note.filter_jql == filter_jql:
        return note.project_keys
    try:
        return tuple(member(each, "key") for each in client.board_projects(found["id"]))
    except _CLOSED as error:
        problems.append(_unreadable(found, "projects", error))
        return ()


def _filter_jql(client: JiraClient, found: Json, configuration: Json, problems: list[Problem]) -> str | None:
    """The JQL of the board's filter. People may share a board and not its filter."""
    filter_id = parse.filter_id(configuration)
    if filter_id is None:
        return None
    try:
        jql = client.filter(filter_id).get("jql")
    except _CLOSED as error:
        problems.append(_unreadable(found, "filter", error))
        return None
    return jql if isinstance(jql, str) else None


@dataclass(frozen=True, slots=True)
class _Sprints:
    """The sprints of a board: closed ones that are known, and those behind them as Jira gives them."""

    kept: Sequence[SprintRow]
    found: Sequence[Json]


def _sprints(
    client: JiraClient, board: Json, known: Sequence[SprintRow], problems: list[Problem]
) -> _Sprints | None:
    """The board's sprints; None where it has none to have: a kanban board refuses the question."""
    if board.get("type") == "kanban":
        return None
    try:
        kept = _closed_before(known)
        found = _sprint_list(client, board, len(kept)) if kept else []
        if kept and _joins(known[len(kept) :], found):
            return _Sprints(kept, found)
        return _Sprints((), _sprint_list(client, board, 0))
    except (RefusedError, ForbiddenError) as error:
        if "support sprints" not in str(error):
            problems.append(_unreadable(board, "sprints", error))
        return None


def _closed_before(known: Sequence[SprintRow]) -> Sequence[SprintRow]:
    """The closed sprints that need not be read again: where all fit on a page, none.

    Jira lists closed sprints first, the newest of them last. A few are read once more, to see that the list
    still stands as it did.
    """
    if len(known) < SPRINT_PAGE:
        return ()
    closed = next((place for place, row in enumerate(known) if row.state != "closed"), len(known))
    return known[: max(0, closed - _OVERLAP)]


def _joins(known: Sequence[SprintRow], found: Sequence[Json]) -> bool:
    """Whether the sprints begin with the closed ones that are known to stand there."""
    ids = [row.sprint_id for row in known[:_OVERLAP]]
    return ids == [integer(each.get("id")) for each in found[: len(ids)]]


def _sprint_list(client: JiraClient, board: Json, start: int) -> list[Json]:
    return [sprint for page in client.sprints(board["id"], start) for sprint in page]


def _unreadable(found: Json, part: str, error: Exception) -> Problem:
    return Problem(ProblemKind.BOARD_UNREADABLE, f"board {found.get('id')}", f"{part}: {error}")


def own_sprints(boards: Iterable[BoardReading]) -> dict[int, SprintRow]:
    """Every sprint once, by its id, whichever boards list it."""
    return {sprint.sprint_id: sprint for board in boards for sprint in board.sprints or ()}
