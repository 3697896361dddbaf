"""The board and the sprint that somebody asks for by number."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pmreport.errors import UsageError
from pmreport.metrics import sprint as sprints
from pmreport.metrics.sprint import StartedSprintRow
from pmreport.model.query import Query, sql_text
from pmreport.store.session import Reader

_NAMED = 5  # so many are offered instead


class BoardRow(NamedTuple):
    """A board's name."""

    board_id: int
    name: str


def check(
    reader: Reader, site_id: int, as_of: datetime, *, board: int | None = None, sprint: int | None = None
) -> None:
    """Refuse a board or a sprint that is not known. Raises UsageError, naming those that are."""
    if board is not None:
        text = sql_text("pmreport.app", "texts/boards.sql")
        _check_board(reader.rows(Query(text, BoardRow, {"site_id": site_id})), board)
    if sprint is not None:
        started = reader.rows(sprints.sprints_query(site_id, as_of, board_id=board))
        _check_sprint(started, sprint, "" if board is None else f" on board {board}")


def _check_board(known: Iterable[BoardRow], asked: int) -> None:
    names = {row.board_id: row.name for row in known}
    if asked not in names:
        raise UsageError(f"there is no board {asked}", hint=_offer("boards", names))


def _check_sprint(started: Iterable[StartedSprintRow], asked: int, where: str) -> None:
    """The number is compared here, not in SQL: no engine holds any number that can be typed."""
    in_order = sorted(started, key=lambda row: row.start_ms or 0, reverse=True)
    found = [row for row in in_order if row.sprint_id == asked]
    if found and all(row.soundness != "sound" for row in found):
        raise UsageError(f"the dates of sprint {asked} make no sense: it is {found[0].soundness}")
    if not found:
        names = {row.sprint_id: row.sprint_name for row in in_order if row.soundness == "sound"}
        raise UsageError(f"no sprint {asked} has started{where}", hint=_offer("sprints started last", names))


def _offer(what: str, names: dict[int, str]) -> str:
    offered = [f"{number} ({name})" for number, name in names.items()][:_NAMED]
    if not offered:
        return "none is known"
    return f"the {what} are {', '.join(offered)}{', ...' if len(names) > len(offered) else ''}"
