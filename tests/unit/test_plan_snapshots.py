"""What Jira keeps no history of is noted when it changes, and only then."""

from pmreport.model.rows import BoardColumnRow, SnapshotBoardColumnRow, SprintRow, VersionRow
from pmreport.sync import snapshots

SPRINT = SprintRow(7, 2, "Sprint 7", "active", "Ship", 100, None, 200, None)
VERSION = VersionRow(3, 10000, "2.0", "2026-02-01", released=False)
DOING = BoardColumnRow(1, "3", "Doing", 1, is_done=False)
DONE = BoardColumnRow(1, "5", "Done", 2, is_done=True)


def test_the_first_look_notes_everything() -> None:
    """Nothing is known yet."""
    assert len(snapshots.sprints([], [SPRINT], 1)) == 1
    assert len(snapshots.versions([], [VERSION], 1)) == 1
    assert len(snapshots.board_columns([], {1: [DOING, DONE]}, 1)) == 2


def test_a_second_look_at_the_same_notes_nothing() -> None:
    """Only the newest note counts; an older one may have been different."""
    noted = [
        *snapshots.sprints([], [SPRINT._replace(name="Old name")], 1),
        *snapshots.sprints([], [SPRINT], 2),
    ]

    assert snapshots.sprints(reversed(noted), [SPRINT], 3) == []
    assert snapshots.versions(snapshots.versions([], [VERSION], 1), [VERSION], 2) == []
    assert snapshots.board_columns(snapshots.board_columns([], {1: [DOING]}, 1), {1: [DOING]}, 2) == []


def test_a_moved_date_is_noted() -> None:
    """The plan of yesterday stays on record beside the plan of today."""
    noted = snapshots.versions([], [VERSION], 1)

    [row] = snapshots.versions(noted, [VERSION._replace(release_date="2026-03-01")], 2)

    assert (row.seen_ms, row.release_date) == (2, "2026-03-01")


def test_a_status_that_leaves_the_board_is_noted_once() -> None:
    """Mapped to no column from here on; a board not looked at says nothing."""
    noted = snapshots.board_columns([], {1: [DOING, DONE]}, 1)

    gone = snapshots.board_columns(noted, {1: [DONE]}, 2)

    assert gone == [SnapshotBoardColumnRow(1, "3", 2, None, None, None)]
    assert snapshots.board_columns([*noted, *gone], {1: [DONE]}, 3) == []
    assert snapshots.board_columns(noted, {}, 2) == []
