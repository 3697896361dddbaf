"""What the numbers of flow and forecast are about: each board, one board, or one initiative."""

import re
from dataclasses import dataclass
from datetime import datetime

from pmreport.app import choice
from pmreport.app.goals import jql_context
from pmreport.app.numbers import initiatives
from pmreport.app.wiring import Workspace
from pmreport.errors import ConfigurationError
from pmreport.goals.compile import compile_jql
from pmreport.goals.context import JqlContext
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.metrics import workflow as workflows
from pmreport.metrics.settings import InitiativeSettings
from pmreport.metrics.workflow import Workflow
from pmreport.model.members import MemberRow, everything
from pmreport.model.query import Query, sql_text
from pmreport.store.session import Reader

_NO_CONDITION = re.compile(r"\s*(order\s+by\b.*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A set of items and their way of work. `id` is unique and stands in the ids of numbers.

    `notes` say what to know about the set.
    """

    id: str
    name: str
    board_id: int | None
    workflow: Workflow
    members: Query[MemberRow]
    notes: tuple[str, ...] = ()


def subjects(
    workspace: Workspace,
    reader: Reader,
    *,
    as_of: datetime,
    board: int | None = None,
    initiative: str | None = None,
) -> tuple[Subject, ...]:
    """Every board, or the one asked for; with `initiative` its items, by the columns of that board.

    A site without boards is one subject. Raises UsageError for a board or an initiative that is not known,
    and ConfigurationError for a start column that a board has not, or a condition of an initiative that is
    wrong.
    """
    site_id = workspace.site_id()
    choice.check(reader, site_id, as_of, board=board)
    rows = reader.rows(workflows.query(site_id))
    found = workflows.from_rows(rows, workspace.config.boards)
    wanted = [*found] if board is None else [board]
    if initiative is not None:
        settings = initiatives.named(workspace.config, initiative)
        way = workflows.by_category(settings.name)
        if board is not None:
            way = _checked(workspace, board, found[board])
        members = initiatives.members_of(workspace, reader, settings, as_of=as_of)
        return (_of_initiative(settings, way, members),)
    if not wanted:
        way = workflows.by_category()
        return (
            Subject(id="everything", name=way.name, board_id=None, workflow=way, members=everything(site_id)),
        )
    context = jql_context(workspace, reader, as_of)
    return tuple(_of_board(each, _checked(workspace, each, found[each]), context) for each in wanted)


def matching(jql: str, context: JqlContext) -> Query[MemberRow]:
    """The items that match at the moment of the context, from their creation on. Raises JqlError."""
    found = compile_jql(parse(jql), context)
    text = sql_text("pmreport.app", "texts/matching.sql").format(matches=found.sql)
    return Query(text, MemberRow, found.parameters)


def _of_board(board_id: int, way: Workflow, context: JqlContext) -> Subject:
    """A board shows what its filter finds; where the filter cannot be asked, everything in its columns."""
    notes: tuple[str, ...] = ()
    members = everything(context.site_id)
    if way.filter_jql is None:
        notes = ("the filter of the board may not be read: every item in one of its columns counts",)
    elif not _NO_CONDITION.fullmatch(way.filter_jql):
        try:
            members = matching(way.filter_jql, context)
        except JqlError as error:
            notes = (f"its filter is not understood ({error.problem}): every item in its columns counts",)
    return Subject(
        id=f"board-{board_id}", name=way.name, board_id=board_id, workflow=way, members=members, notes=notes
    )


def _of_initiative(settings: InitiativeSettings, way: Workflow, members: Query[MemberRow]) -> Subject:
    return Subject(
        id=f"initiative-{settings.id}",
        name=settings.name,
        board_id=way.board_id,
        workflow=way,
        members=members,
    )


def _checked(workspace: Workspace, board_id: int, way: Workflow) -> Workflow:
    """The way of a board, unless the configuration names a column for the start that it has not."""
    if way.missing_start is not None:
        columns = ", ".join(column.name for column in way.columns if column.place < way.done)
        raise ConfigurationError(
            f'work on board {board_id} cannot start in the column "{way.missing_start}"',
            where=f'{workspace.config.path}: [board."{board_id}"] start_column',
            hint=f"its columns before the last are {columns}",
        )
    return way
