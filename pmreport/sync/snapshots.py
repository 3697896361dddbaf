"""What Jira keeps no history of, kept by us: a dated row whenever something was seen to differ."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pmreport.model.rows import (
    BoardColumnRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SnapshotVersionRow,
    SprintRow,
    VersionRow,
)

Key = TypeVar("Key")
Snapshot = TypeVar("Snapshot", SnapshotSprintRow, SnapshotVersionRow, SnapshotBoardColumnRow)


def sprints(
    known: Iterable[SnapshotSprintRow], seen: Iterable[SprintRow], now_ms: int
) -> list[SnapshotSprintRow]:
    """A row for each sprint whose name, state, goal or dates differ from the newest row."""
    rows = [
        SnapshotSprintRow(each.sprint_id, now_ms, each.name, each.state, each.goal, *_dates(each))
        for each in seen
    ]
    return _changed({row.sprint_id: row for row in _by_age(known)}, {row.sprint_id: row for row in rows})


def _dates(sprint: SprintRow) -> tuple[int | None, int | None, int | None]:
    return sprint.start_ms, sprint.end_ms, sprint.complete_ms


def versions(
    known: Iterable[SnapshotVersionRow], seen: Iterable[VersionRow], now_ms: int
) -> list[SnapshotVersionRow]:
    """A row for each version whose name, release date or state differ from the newest row."""
    rows = [
        SnapshotVersionRow(each.version_id, now_ms, each.name, each.release_date, each.released)
        for each in seen
    ]
    return _changed({row.version_id: row for row in _by_age(known)}, {row.version_id: row for row in rows})


def board_columns(
    known: Iterable[SnapshotBoardColumnRow], seen: Mapping[int, Iterable[BoardColumnRow]], now_ms: int
) -> list[SnapshotBoardColumnRow]:
    """A row for each status of a board in `seen` that stands in another column, or in none any more."""
    newest = {(row.board_id, row.status_id): row for row in _by_age(known) if row.board_id in seen}
    rows = {
        (board_id, each.status_id): SnapshotBoardColumnRow(
            board_id, each.status_id, now_ms, each.column_name, each.position, each.is_done
        )
        for board_id, columns in seen.items()
        for each in columns
    }
    gone = {key: SnapshotBoardColumnRow(*key, now_ms, None, None, None) for key in newest if key not in rows}
    return _changed(newest, rows | gone)


def _by_age(rows: Iterable[Snapshot]) -> list[Snapshot]:
    return sorted(rows, key=lambda row: row.seen_ms)


def _changed(newest: Mapping[Key, Snapshot], seen: Mapping[Key, Snapshot]) -> list[Snapshot]:
    """The rows that say something else than the newest row of the same key; the instants do not count."""
    return [
        row
        for key, row in seen.items()
        if key not in newest or newest[key]._replace(seen_ms=row.seen_ms) != row
    ]
