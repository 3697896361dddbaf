"""One visit to Jira: every resource that a sync needs is asked once, and what it said is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from pmreport.errors import PmreportError
from pmreport.jira.answers import ForbiddenError, RefusedError, ScopeError
from pmreport.jira.client import JiraClient
from pmreport.jira.fields import FieldMap
from pmreport.jira.paging import Json
from pmreport.jira.parse import lists
from pmreport.jira.parse.values import instant_ms, integer
from pmreport.model.instant import to_ms
from pmreport.model.rows import FieldRow

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something to ask Jira for: `scope` opens it to a scoped token, together with `also`."""

    name: str
    scope: str
    also: str = ""


MYSELF = Resource(name="the token's own user", scope="read:jira-user")
SERVER = Resource(name="the server's clock", scope="read:jira-work")
PERMISSIONS = Resource(name="permissions", scope="read:jira-work")
FIELDS = Resource(name="fields", scope="read:jira-work")
BOARDS = Resource(name="boards", scope="read:board-scope:jira-software", also="read:project:jira")
COLUMNS = Resource(
    name="columns of a board", scope="read:board-scope.admin:jira-software", also="read:project:jira"
)
SPRINTS = Resource(name="sprints of a board", scope="read:sprint:jira-software")


@dataclass(frozen=True, slots=True)
class Failure:
    """A resource that could not be had, and why; `project` is whose it was."""

    resource: Resource
    error: PmreportError
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """What Jira's clock said, and ours just before and just after; epoch milliseconds."""

    before_ms: int
    server_ms: int
    after_ms: int

    @property
    def skew_ms(self) -> int:
        """How far our clock is ahead of Jira's; negative where it is behind."""
        return (self.before_ms + self.after_ms) // 2 - self.server_ms


@dataclass(slots=True, kw_only=True)
class Visit:
    """What Jira said. What is None or missing was not answered: see `failures`.

    `kind` is what the server calls itself. `may_browse` tells of each project whether its issues may be seen.
    """

    failures: list[Failure] = field(default_factory=list)
    clock: ClockReading | None = None
    kind: str | None = None
    may_browse: dict[str, bool] = field(default_factory=dict)
    fields: tuple[FieldRow, ...] | None = None

    @property
    def ended_early(self) -> Failure | None:
        """The failure after which there was no point in asking on."""
        return next((each for each in self.failures if not _is_of_one_resource(each)), None)

    def open_projects(self, projects: Sequence[str]) -> list[str]:
        """Those that were not refused before: a fault is told once."""
        refused = {failure.project for failure in self.failures}
        return [each for each in projects if each not in refused and self.may_browse.get(each, True)]


def visit(
    client: JiraClient,
    projects: Sequence[str],
    known_boards: Mapping[int, bool],
    clock: Callable[[], datetime],
) -> Visit:
    """Ask for everything once. A refused token or a silent server ends it, a refused resource does not.

    `known_boards` are the boards of the store with whether each has sprints, for where the list of boards is
    refused and the boards themselves are not.
    """
    call = _Call(client, Visit())
    call.ask(MYSELF, client.myself)
    call.ask(SERVER, lambda: _read_server(call, clock))
    for project in projects:
        call.ask(PERMISSIONS, partial(_read_permission, call, project), project)
    found = call.ask(FIELDS, client.fields)
    if found is not None:
        call.visit.fields = tuple(filter(None, (lists.field(each, FieldMap()) for each in found)))
    _read_boards(call, projects, known_boards)
    return call.visit


class _Call:
    """The visit while it goes on."""

    def __init__(self, client: JiraClient, seen: Visit) -> None:
        self.client = client
        self.visit = seen

    def ask(self, resource: Resource, question: Callable[[], Found], project: str = "") -> Found | None:
        """The answer; None, and a failure noted, where there is none."""
        if self.visit.ended_early:
            return None
        try:
            return question()
        except PmreportError as error:
            self.visit.failures.append(Failure(resource, error, project))
            return None


def _is_of_one_resource(failure: Failure) -> bool:
    """Whether other resources may answer all the same."""
    if isinstance(failure.error, RefusedError | ForbiddenError):
        return failure.resource is not MYSELF
    return isinstance(failure.error, ScopeError)


def _read_server(call: _Call, clock: Callable[[], datetime]) -> None:
    before = clock()
    server = call.client.server_info()
    after = clock()
    server_ms = instant_ms(server.get("serverTime"))
    call.visit.kind = str(server.get("deploymentType") or "") or None
    if server_ms is not None:
        call.visit.clock = ClockReading(before_ms=to_ms(before), server_ms=server_ms, after_ms=to_ms(after))


def _read_permission(call: _Call, project: str) -> None:
    call.visit.may_browse[project] = call.client.may_browse(project)


def _read_boards(call: _Call, projects: Sequence[str], known: Mapping[int, bool]) -> None:
    """The boards of each project, and the columns and sprints of one: the scopes are the same for all."""
    listed: list[Json] = []
    for project in call.visit.open_projects(projects):
        pages = call.ask(BOARDS, partial(_boards, call.client, project), project)
        listed += [each for page in pages or () for each in page]
    boards = {integer(each.get("id")) or 0: each.get("type") != "kanban" for each in listed} or dict(known)
    for board_id in list(boards)[:1]:
        call.ask(COLUMNS, partial(call.client.board_configuration, board_id))
    for board_id in [each for each, has_sprints in boards.items() if has_sprints][:1]:
        call.ask(SPRINTS, partial(_read_sprints, call.client, board_id))


def _boards(client: JiraClient, project: str) -> list[list[Json]]:
    return list(client.boards(project))


def _read_sprints(client: JiraClient, board_id: int) -> None:
    """A page of sprints; a board that has none to have says so, and that is no fault."""
    try:
        next(client.sprints(board_id), None)
    except RefusedError as error:
        if "support sprints" not in error.reason:
            raise
