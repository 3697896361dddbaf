"""Boards with their columns and sprints, as they are written to the store."""

from collections.abc import Sequence

from pmreport.model.rows import BoardColumnRow, BoardSprintRow
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import document
from pmreport.sync import boards
from pmreport.sync.boards import BoardReading
from pmreport.sync.notes import BOARD_SPRINTS, BoardNote, of_lists, of_things


def build(read_boards: Sequence[BoardReading], now_ms: int) -> Batch:
    """Boards, columns and sprints; what could not be read this time stays as it is."""
    with_columns = [each for each in read_boards if each.columns is not None]
    with_sprints = [each for each in read_boards if each.sprints is not None]
    pairs = [
        BoardSprintRow(each.row.board_id, sprint.sprint_id)
        for each in with_sprints
        for sprint in each.sprints or ()
    ]
    return Batch(
        upserts=[
            *(each.row for each in read_boards),
            *boards.own_sprints(read_boards).values(),
            *of_lists({"board": [each.found for each in read_boards]}, now_ms),
            *(_note(each).document(each.row.board_id, now_ms) for each in read_boards),
            *(
                document("board_config", each.row.board_id, each.configuration, now_ms)
                for each in with_columns
            ),
            *of_things("sprint", (found for each in read_boards for found in each.sprint_documents), now_ms),
            *(_sprint_list(each, now_ms) for each in with_sprints),
        ],
        replacements=[
            Replacement(
                row_type=BoardColumnRow,
                key="board_id",
                keys=[each.row.board_id for each in with_columns],
                rows=[row for each in with_columns for row in each.columns or ()],
            ),
            Replacement(
                row_type=BoardSprintRow,
                key="board_id",
                keys=[each.row.board_id for each in with_sprints],
                rows=pairs,
            ),
        ],
    )


def _sprint_list(reading: BoardReading, now_ms: int) -> AnyRow:
    ids = [row.sprint_id for row in reading.sprints or ()]
    return document(BOARD_SPRINTS, reading.row.board_id, ids, now_ms)


def _note(reading: BoardReading) -> BoardNote:
    return BoardNote(
        configured=reading.columns is not None,
        has_sprints=reading.row.has_sprints,
        filter_jql=reading.row.filter_jql,
        project_keys=reading.project_keys,
    )
