"""Estimates at commitment and work up to done, through the real query on DuckDB and SQLite."""

from dataclasses import replace

import pytest

from pmreport.metrics import estimation
from pmreport.metrics.estimation import LeftOut, PairRow
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.rows import IssueEstimateRow, IssueValueRow, ResolutionRow, WorklogRow
from tests.support.engines import SITE, duck, sqlite
from tests.support.ledgers import LATER, ledgers
from tests.support.stories import Story, moment, tell

STORY = """
    sprint 10: 03-03 09:00 to 03-14 16:30
    A 5: planned, 03-06 10:00 done, 03-07 10:00 doing, 03-10 10:00 done
    B 8: 03-05 10:00 into 10, 03-07 10:00 done
    C 3: planned
    D 2: planned, 02-28 10:00 done
"""


def hours(issue_id: int, since: str, until: str | None, amount: float) -> IssueEstimateRow:
    """The time estimate of an issue over a stretch of time."""
    ends = OPEN_END_MS if until is None else to_ms(moment(until))
    return IssueEstimateRow(
        issue_id, "timeoriginalestimate", to_ms(moment(since)), ends, int(amount * 3_600_000)
    )


def log(number: int, issue_id: int, started: str, worked: float, **facts: object) -> WorklogRow:
    """Work on an issue, typed at once."""
    at_ms = to_ms(moment(started))
    row = WorklogRow(number, issue_id, "ann", at_ms, at_ms, at_ms, int(worked * 3600), None)
    return row._replace(**facts)  # type: ignore[arg-type]  # any field of the row


def asked(story: Story, *, as_of: str = "12-31 00:00") -> list[PairRow]:
    """The answer of DuckDB, which SQLite must give too."""
    query = estimation.query(SITE, moment(as_of))
    answers = []
    for engine in (duck(), sqlite()):
        engine.hold(story.rows())
        answers.append(engine.answer(query))
    assert answers[0] == answers[1]
    return answers[0]


def with_time(*extra: tuple[object, ...]) -> Story:
    """The story with time estimates, and more."""
    estimates = (
        hours(1, "02-01 00:00", "03-05 10:00", 4),
        hours(1, "03-05 10:00", None, 6),
        hours(2, "02-01 00:00", "03-04 10:00", 1),
        hours(2, "03-04 10:00", None, 2),
    )
    return replace(tell(STORY), extra=(*estimates, *extra))


def test_the_estimate_is_the_one_it_came_in_with() -> None:
    """At the start for committed items, at entry for added ones; later changes do not help."""
    first, second = asked(with_time())

    assert (first.issue_key, first.estimate_milli) == ("A", 4 * 3_600_000)
    assert (second.issue_key, second.estimate_milli) == ("B", 2 * 3_600_000)


def test_work_counts_up_to_the_last_done() -> None:
    """Reopened work keeps adding up; what was logged after the last done stands apart."""
    story = with_time(log(1, 1, "03-04 10:00", 2), log(2, 1, "03-07 12:00", 3), log(3, 1, "03-10 11:00", 1))

    first = asked(story)[0]
    assert (first.spent_seconds, first.spent_after_seconds) == (5 * 3600, 3600)
    assert first.done_ms == to_ms(moment("03-10 10:00"))


def test_work_typed_later_or_taken_back_is_not_known_yet() -> None:
    """As of a moment only what was typed by then and not yet deleted counts."""
    typed, deleted = to_ms(moment("04-01 10:00")), to_ms(moment("04-01 10:00"))
    story = with_time(
        log(1, 2, "03-06 10:00", 2, created_ms=typed), log(2, 2, "03-06 12:00", 3, deleted_ms=deleted)
    )

    assert asked(story, as_of="03-31 00:00")[1].spent_seconds == 3 * 3600
    assert asked(story, as_of="04-02 00:00")[1].spent_seconds == 2 * 3600


def test_a_dropped_item_is_known_by_its_resolution_at_the_close() -> None:
    """Closed as not to be done: completed on the board, but nothing was delivered."""
    story = with_time(
        ResolutionRow("2", "Won't Do"),
        IssueValueRow(2, "resolution", "2", to_ms(moment("03-07 10:00")), OPEN_END_MS, "Won't Do", None),
        log(1, 1, "03-04 10:00", 8),
    )

    told = estimation.from_rows(ledgers(story), asked(story), dropped_resolutions=("Won't Do",))
    assert told.items.bias_factor == pytest.approx(2)
    assert told.items.excluded == ((LeftOut.DROPPED.value, 1),)


def test_an_active_sprint_says_nothing_yet() -> None:
    """Its items may still be reopened."""
    assert asked(with_time(), as_of="03-13 00:00") == []
    assert estimation.from_rows(ledgers(with_time(), as_of=moment("03-13 00:00")), []).sprints == ()


def test_one_board_can_be_asked_for() -> None:
    """Another board's id empties the answer."""
    duck().hold(with_time().rows())

    assert duck().answer(estimation.query(SITE, LATER, board_id=2)) == []
    assert len(duck().answer(estimation.query(SITE, LATER, board_id=1))) == 2
