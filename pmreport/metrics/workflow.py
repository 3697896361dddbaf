"""Where work starts and where it is done: the columns of a board, else the categories of statuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pmreport.metrics.settings import BoardSettings
from pmreport.model.query import Query, sql_text

_OFF = "in no column"


class WorkflowRow(NamedTuple):
    """A status in a column of a board; without columns a row of None. `category` None: Jira has it not."""

    board_id: int
    board_name: str
    filter_jql: str | None
    column_name: str | None
    place: int | None
    is_last: int
    category: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its place, counted from the left; places may have gaps."""

    name: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """From where on an item counts as started, and as finished.

    `board_id` None: no board, the categories of statuses stand for columns. An item is started from `start`
    on and done in `done`; where the two are the same nothing can be started. `note` says how the start was
    found when the board does not tell it plainly; `missing_start` is a column of the configuration that the
    board has not.
    """

    board_id: int | None
    name: str
    columns: tuple[Column, ...]
    start: int
    done: int
    filter_jql: str | None = None
    note: str = ""
    missing_start: str | None = None

    def column_at(self, place: int | None) -> str:
        """The name of the column at a place; an item may also stand outside all of them."""
        return next((column.name for column in self.columns if column.place == place), _OFF)

    @property
    def start_column(self) -> str | None:
        """The column work starts in; None where nothing can be started."""
        return self.column_at(self.start) if self.start < self.done else None


def by_category(name: str = "Everything") -> Workflow:
    """The way of work where there is no board: to do, in progress, done."""
    columns = (Column("To Do", 0), Column("In Progress", 1), Column("Done", 2))
    return Workflow(board_id=None, name=name, columns=columns, start=1, done=2)


def query(site_id: int) -> Query[WorkflowRow]:
    """The columns of every board."""
    return Query(sql_text("pmreport.metrics", "sql/workflow.sql"), WorkflowRow, {"site_id": site_id})


def from_rows(rows: Iterable[WorkflowRow], settings: Iterable[BoardSettings] = ()) -> dict[int, Workflow]:
    """The way of work on every board, by its id.

    Work starts in the column of the configuration, else in the first one of which every status is in
    progress, else in the first with such a status, else in the second one. A board without columns follows
    categories.
    """
    starts = {one.board_id: one.start_column for one in settings}
    in_order = sorted(rows, key=lambda row: (row.board_id, row.place or 0))
    boards = groupby(in_order, key=lambda row: row.board_id)
    return {board_id: _workflow(tuple(group), starts.get(board_id)) for board_id, group in boards}


def _workflow(rows: Sequence[WorkflowRow], wanted: str | None) -> Workflow:
    board = rows[0]
    mapped = [row for row in rows if row.place is not None]
    last = [row.place for row in mapped if row.is_last and row.place is not None]
    if not last:
        plain = by_category(board.board_name)
        return Workflow(
            board_id=None,
            name=plain.name,
            columns=plain.columns,
            start=plain.start,
            done=plain.done,
            filter_jql=board.filter_jql,
            note="the board has no columns: the categories of statuses stand for them",
        )
    columns = tuple(dict.fromkeys(Column(row.column_name or "", row.place or 0) for row in mapped))
    done = min(last)
    start, note, missing = _start(mapped, columns, done, wanted)
    return Workflow(
        board_id=board.board_id,
        name=board.board_name,
        columns=columns,
        start=start,
        done=done,
        filter_jql=board.filter_jql,
        note=note,
        missing_start=missing,
    )


def _start(
    rows: Sequence[WorkflowRow], columns: Sequence[Column], done: int, wanted: str | None
) -> tuple[int, str, str | None]:
    """The place where work starts, a word on how it was found, and the column asked for in vain."""
    before_done = [column for column in columns if column.place < done]
    if wanted is not None:
        named = [column.place for column in before_done if column.name.casefold() == wanted.casefold()]
        if named:
            return named[0], "", None
    categories = {
        column.place: {row.category for row in rows if row.place == column.place} for column in before_done
    }
    plainly = [place for place, found in categories.items() if found == {"indeterminate"}]
    partly = [place for place, found in categories.items() if "indeterminate" in found]
    if plainly:
        return plainly[0], "", wanted
    if partly:
        return (
            partly[0],
            "no column holds statuses in progress alone: work starts in the first with one",
            wanted,
        )
    if len(before_done) > 1:
        return before_done[1].place, "no status is in progress: work starts in the second column", wanted
    return done, "no column stands between the first and the last: nothing counts as started", wanted
