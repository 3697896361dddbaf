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
from pmreport.jira.parse.values import member
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import BoardColumnRow, BoardRow, SprintRow

Json = dict[str, Any]

_NOT_FOUND = 404
# Columns may stay unread, also for want of a scope; sprints not: most of the numbers are about them.
_CLOSED = (RefusedError, ForbiddenError, ScopeError)


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
    client: JiraClient, projects: Sequence[str], board_ids: Sequence[int], problems: list[Problem]
) -> tuple[BoardReading, ...]:
    """Each board once: those configured, else every board that shows one of the projects.

    What stands in the way of finding them is added to `problems`; a board keeps its own.
    """
    calls = (
        [partial(_configured, client, board_id) for board_id in board_ids]
        if board_ids
        else [partial(_shown, client, project, problems) for project in projects]
    )
    listed = {found.get("id"): found for page in client.crew.together(calls) for found in page}
    readings = client.crew.together([partial(_reading, client, found) for found in listed.values()])
    return tuple(reading for reading in readings if reading is not None)


def _configured(client: JiraClient, board_id: int) -> list[Json]:
    try:
        return [client.board(board_id)]
    except RefusedError as error:
        if error.status_code != _NOT_FOUND:
            raise
        raise ConfigurationError(
            f"There is no board {board_id}, or this token may not see it.",
            where="[scope] boards",
            hint="The number stands in the board's address; leave `boards` empty to read every board.",
        ) from error


def _shown(client: JiraClient, project: str, problems: list[Problem]) -> list[Json]:
    """The boards of a project; none where the site has Jira without boards, for its licence says no then."""
    try:
        return [found for page in client.boards(project) for found in page]
    except ForbiddenError as error:
        problems.append(Problem(ProblemKind.BOARD_UNREADABLE, f"the boards of {project}", str(error)))
        return []


def _reading(client: JiraClient, found: Json) -> BoardReading | None:
    problems: list[Problem] = []
    configuration = _configuration(client, found, problems)
    filter_jql = _filter_jql(client, found, configuration or {}, problems)
    documents = _sprints(client, found, problems)
    projects = _projects(client, found, problems)
    row = parse.board(found, configuration or {}, filter_jql=filter_jql, has_sprints=documents is not None)
    if row is None:
        return None
    return BoardReading(
        row=row,
        found=found,
        configuration=configuration or {},
        columns=None if configuration is None else tuple(parse.columns(row.board_id, configuration)),
        sprints=None if documents is None else tuple(filter(None, map(parse.sprint, documents))),
        sprint_documents=tuple(documents or ()),
        project_keys=tuple(member(each, "key") for each in projects),
        estimate=parse.board_estimate(found, configuration or {}, projects),
        problems=tuple(problems),
    )


def _configuration(client: JiraClient, found: Json, problems: list[Problem]) -> Json | None:
    try:
        return client.board_configuration(found["id"])
    except _CLOSED as error:
        problems.append(_unreadable(found, "configuration", error))
        return None


def _projects(client: JiraClient, found: Json, problems: list[Problem]) -> list[Json]:
    """The projects that the board shows, where it does not say itself whose it is."""
    if client.dialect.board_location:
        return []
    try:
        return client.board_projects(found["id"])
    except _CLOSED as error:
        problems.append(_unreadable(found, "projects", error))
        return []


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


def _sprints(client: JiraClient, found: Json, problems: list[Problem]) -> list[Json] | None:
    """The board's sprints; None where it has none to have: a kanban board refuses the question."""
    if found.get("type") == "kanban":
        return None
    try:
        return [sprint for page in client.sprints(found["id"]) for sprint in page]
    except (RefusedError, ForbiddenError) as error:
        if "support sprints" not in str(error):
            problems.append(_unreadable(found, "sprints", error))
        return None


def _unreadable(found: Json, part: str, error: Exception) -> Problem:
    return Problem(ProblemKind.BOARD_UNREADABLE, f"board {found.get('id')}", f"{part}: {error}")


def own_sprints(boards: Iterable[BoardReading]) -> dict[int, SprintRow]:
    """Every sprint once, by its id, whichever boards list it."""
    return {sprint.sprint_id: sprint for board in boards for sprint in board.sprints or ()}
