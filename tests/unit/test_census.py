"""What the census concludes from what was seen."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pmreport.sync.census import (
    CensusCursor,
    Errand,
    KnownIssue,
    Look,
    Sighting,
    Verdicts,
    errand,
    judge,
    most_lost,
    parse_cursor,
    to_look_up,
)

HERE, THERE = 1, 2
MINUTE = 60_000
NOW = 100 * MINUTE
WEEK = timedelta(days=7)
DAY_MS = 86_400_000


def known(*ids: int, unseen: int | None = None, level: str | None = None) -> list[KnownIssue]:
    """Issues that were in sight, or out of sight since a minute."""
    return [KnownIssue(each, None if unseen is None else unseen * MINUTE, None, level) for each in ids]


def look(*seen: int, unconfirmed: tuple[int, ...] = (), **found: int) -> Look:
    """A walk that saw these, and where the others were: `at_7=THERE`."""
    sightings = {
        int(name.removeprefix("at_")): Sighting(project_id=project, archived=False)
        for name, project in found.items()
    }
    return Look(project_id=HERE, seen=frozenset(seen), found=sightings, unconfirmed=frozenset(unconfirmed))


def sets(verdicts: Verdicts) -> str:
    """Every set that is not empty: `lost 2 3, waiting 2`."""
    named = {
        name: sorted(getattr(verdicts, name)) for name in ("to_read", "moved", "lost", "doubtful", "waiting")
    }
    return ", ".join(f"{name} {' '.join(map(str, ids))}" for name, ids in named.items() if ids)


def test_whoever_is_seen_needs_nothing() -> None:
    """Neither the known ones, nor those whom only the index had lost sight of."""
    verdicts = judge(known(1, 2), look(1, at_2=HERE), now_ms=NOW)

    assert sets(verdicts) == ""


def test_a_missing_one_is_lost_and_to_be_looked_for_again() -> None:
    """One absence is no proof."""
    verdicts = judge(known(1, 2), look(1), now_ms=NOW)

    assert sets(verdicts) == "lost 2, waiting 2"


@pytest.mark.parametrize(
    ("unseen", "said"), [(91, "waiting 2"), (90, "doubtful 2")], ids=["9 minutes", "10 minutes"]
)
def test_a_second_look_counts_after_ten_minutes(unseen: int, said: str) -> None:
    """The search index, and the rights in it, may lag behind."""
    verdicts = judge(known(1) + known(2, unseen=unseen), look(1, unconfirmed=(2,)), now_ms=NOW)

    assert sets(verdicts) == said


def test_one_that_is_found_elsewhere_has_moved() -> None:
    """It is read, for its own history says when."""
    verdicts = judge(known(1, 2), look(1, at_2=THERE), now_ms=NOW)

    assert sets(verdicts) == "to_read 2, moved 2"


def test_those_who_come_back_and_unknown_ones_are_read() -> None:
    """Seen by the walk, or found by id at the second look."""
    verdicts = judge(known(1) + known(2, 3, unseen=1), look(1, 2, 9, unconfirmed=(3,), at_3=HERE), now_ms=NOW)

    assert sets(verdicts) == "to_read 2 3 9"


def test_one_that_is_forbidden_exists_and_alarms_like_one_that_is_gone() -> None:
    """It is never called deleted; a server that forbids everything says nothing about the issues."""
    forbidden = {each: Sighting(project_id=None) for each in range(20)}
    seen = Look(project_id=HERE, seen=frozenset(), found=forbidden, unconfirmed=frozenset(range(10, 20)))

    few = judge(known(1) + known(*range(10, 20), unseen=1), seen, now_ms=NOW)
    many = judge(known(*range(10)), seen, now_ms=NOW)

    assert sets(few) == "lost 1, waiting 1"
    assert (few.alarm, many.alarm) == (False, True)


def test_an_archived_one_is_out_of_sight_and_never_deleted() -> None:
    """Its id still opens it; that is no alarm either, however many there are."""
    ids = range(1, 31)
    archived = dict.fromkeys(ids, Sighting(project_id=HERE, archived=True))
    verdicts = judge(known(*ids), Look(project_id=HERE, seen=frozenset(), found=archived), now_ms=NOW)

    assert sets(verdicts) == f"lost {' '.join(map(str, ids))}"
    assert not verdicts.alarm


def test_one_under_lock_is_never_called_deleted() -> None:
    """Whoever may see it can change at any time."""
    verdicts = judge(
        known(1, level="board") + known(2, unseen=1, level="board"), look(unconfirmed=(2,)), now_ms=NOW
    )

    assert sets(verdicts) == "lost 1"


def test_those_called_deleted_or_looked_for_twice_are_not_asked_for_again() -> None:
    """They come back through the walk alone."""
    assert to_look_up(known(1, 4) + known(2, 3, unseen=1), {4}, {3}) == [1, 3]


@pytest.mark.parametrize(("in_sight", "most"), [(0, 5), (60, 5), (119, 5), (120, 6), (1000, 50)])
def test_five_percent_may_vanish_at_once_and_never_fewer_than_five(in_sight: int, most: int) -> None:
    """Of those in sight; what was out of sight before does not count."""
    everybody = known(*range(in_sight)) + known(*range(2000, 2100), unseen=1)

    assert most_lost(everybody) == most
    assert not judge(everybody, look(*range(most, in_sight)), now_ms=NOW).alarm
    assert in_sight <= most or judge(everybody, look(*range(most + 1, in_sight)), now_ms=NOW).alarm


@pytest.mark.parametrize(("limit", "most"), [("0", 5), ("0.05", 5), ("0.29", 29), ("1", 100)])
def test_the_limit_is_a_share_and_one_believes_everything(limit: str, most: int) -> None:
    """A share as it was written: 29 of a hundred, and not 28."""
    everybody = known(*range(100))

    assert most_lost(everybody, Decimal(limit)) == most
    for lost in (most, most + 1):
        seen = look(*range(lost, 100))
        assert judge(everybody, seen, now_ms=NOW, limit=Decimal(limit)).alarm is (most < lost <= 100)


@pytest.mark.parametrize(
    ("cursor", "due"),
    [
        (CensusCursor(), Errand.WALK),
        (CensusCursor(taken_ms=NOW), Errand.NOTHING),
        (CensusCursor(taken_ms=NOW - 7 * DAY_MS + 1), Errand.NOTHING),
        (CensusCursor(taken_ms=NOW - 7 * DAY_MS), Errand.WALK),
        (CensusCursor(taken_ms=NOW + 1), Errand.WALK),
        (CensusCursor(taken_ms=NOW - 9 * MINUTE, unconfirmed=frozenset({1})), Errand.NOTHING),
        (CensusCursor(taken_ms=NOW - 10 * MINUTE, unconfirmed=frozenset({1})), Errand.SECOND_LOOK),
    ],
    ids=["never", "just now", "almost a week", "a week", "clock set back", "too early", "second look"],
)
def test_what_is_due_depends_on_the_last_census(cursor: CensusCursor, due: Errand) -> None:
    """Whoever asks for it gets a walk at once."""
    assert errand(cursor, now_ms=NOW, every=WEEK, forced=False) is due
    assert errand(cursor, now_ms=NOW, every=WEEK, forced=True) is Errand.WALK


@pytest.mark.parametrize("text", [None, "", "nonsense", "[]", '{"taken_ms": "x"}', '{"unconfirmed": 3}'])
def test_a_cursor_that_cannot_be_read_knows_of_no_census(text: str | None) -> None:
    """So the next run takes one."""
    assert parse_cursor(text) == CensusCursor()


def test_a_cursor_is_read_as_it_was_written() -> None:
    """With the instant and with whom to look for."""
    cursor = CensusCursor(taken_ms=5, unconfirmed=frozenset({3, 1}))

    assert parse_cursor(cursor.as_text()) == cursor
