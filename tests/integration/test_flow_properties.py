"""What holds for the flow of any items: nothing is lost, counted twice, or known before it happened."""

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.flow_summary import FlowSummary
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.members import MemberRow
from pmreport.model.query import Query
from pmreport.model.rows import IssueRow, IssueStatusRow
from tests.support.engines import SITE, sqlite
from tests.support.flows import Asking, Rows, at, told
from tests.support.stories import issue_row

ON_SQLITE = Asking(engines=(sqlite(),))
NOW = "03-24"
_HOUR_MS = 3_600_000
_FEW = settings(max_examples=20, deadline=None)
ANY_LIFE = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from(["todo", "doing", "review", "done", "parked"])),
    min_size=1,
    max_size=7,
)
ANY_LIVES = st.lists(st.tuples(st.integers(0, 1200), ANY_LIFE), min_size=1, max_size=6)
Lives = list[tuple[int, list[tuple[int, str]]]]


def rows_of(lives: Lives, *, first_id: int = 1) -> Rows:
    """Items that were each born some hours into 2025 and then stayed so many hours in each status."""
    return [row for number, life in enumerate(lives, start=first_id) for row in _life(number, *life)]


def _life(issue_id: int, born: int, stays: list[tuple[int, str]]) -> Iterable[tuple[Any, ...]]:
    begins = to_ms(at("01-02")) + born * _HOUR_MS
    yield issue_row(issue_id, f"WEB-{issue_id}", created_ms=begins)
    for place, (hours, status) in enumerate(stays):
        ends = OPEN_END_MS if place == len(stays) - 1 else begins + hours * _HOUR_MS
        yield IssueStatusRow(issue_id, status, begins, ends)
        begins = ends


def flow(rows: Rows, as_of: str = NOW) -> FlowSummary:
    """How they flow, by one engine."""
    return told(rows, as_of, ON_SQLITE)


def known_by(rows: Rows, as_of: datetime) -> Rows:
    """The history as it stood at a moment: what came later is cut off."""
    now = to_ms(as_of)
    kept: Rows = []
    for row in rows:
        if isinstance(row, IssueStatusRow) and row.valid_from_ms <= now:
            kept.append(row if row.valid_to_ms <= now else row._replace(valid_to_ms=OPEN_END_MS))
        if isinstance(row, IssueRow) and row.created_ms <= now:
            kept.append(row)
    return kept


def _spans(lives: Lives) -> list[tuple[int | None, int | None, int]]:
    """Start and finish of every item as one would find them by hand, and its birth."""
    found = []
    now = to_ms(at(NOW))
    for row_life in lives:
        stays = [
            row for row in _life(1, *row_life) if isinstance(row, IssueStatusRow) and row.valid_from_ms <= now
        ]
        if not stays:
            continue
        finish = None
        for stay in reversed(stays):
            if stay.status_id != "done":
                break
            finish = stay.valid_from_ms
        starts = [stay.valid_from_ms for stay in stays if stay.status_id in {"doing", "review"}]
        start = min((one for one in starts if finish is None or one < finish), default=None)
        found.append((start, finish, stays[0].valid_from_ms))
    return found


@given(ANY_LIVES)
@_FEW
def test_work_in_progress_is_what_was_started_less_what_left(lives: Lives) -> None:
    """WIP(t) = started - finished up to t, for the end of every day; and the throughput is every finish."""
    summary = flow(rows_of(lives))
    spans = _spans(lives)

    for day, items in summary.in_progress:
        ends = (
            to_ms(at(f"{day + timedelta(days=1):%m-%d} 00:00")) - _HOUR_MS if day.year == 2025 else 0
        )  # Berlin
        started = sum(start is not None and start < ends for start, _, _ in spans)
        left = sum(start is not None and finish is not None and finish < ends for start, finish, _ in spans)
        assert items == started - left
    week_over = to_ms(at("03-24 00:00")) - _HOUR_MS
    finished = sum(finish is not None and finish < week_over for _, finish, _ in spans)
    assert sum(week.finished for week in summary.weeks) == finished


@given(ANY_LIVES)
@_FEW
def test_the_time_in_all_statuses_is_the_whole_time(lives: Lives) -> None:
    """From creation to finish nothing is lost, whatever the statuses, and cycle times are no longer."""
    summary = flow(rows_of(lives))

    assert sum(one.total_ms for one in summary.statuses) == summary.lead.total_ms
    assert summary.cycle.total_ms <= summary.lead.total_ms
    assert summary.waiting.waiting_ms <= summary.waiting.total_ms == summary.cycle.total_ms
    assert summary.cycle.days.n + sum(n for _, n in summary.cycle.excluded) == summary.lead.days.n


@given(ANY_LIVES, st.integers(1, 26))
@_FEW
def test_looking_back_is_the_same_as_not_knowing_more(lives: Lives, day: int) -> None:
    """As of a moment = all that came later cut off, in every number."""
    rows, as_of = rows_of(lives), f"02-{day:02} 09:30"

    assert flow(rows, as_of) == flow(known_by(rows, at(as_of)), as_of)


@given(ANY_LIVES, st.randoms(use_true_random=False))
@_FEW
def test_the_order_of_the_rows_says_nothing(lives: Lives, chance: Any) -> None:
    """Rows come as the store pleases."""
    rows = rows_of(lives)
    shuffled = [*rows]
    chance.shuffle(shuffled)

    assert flow(shuffled) == flow(rows)


@given(ANY_LIVES, ANY_LIVES)
@_FEW
def test_an_unrelated_issue_changes_nothing_for_an_initiative(lives: Lives, others: Lives) -> None:
    """Only members count, however many others there are."""
    text = (
        "SELECT i.issue_id AS issue_id, i.created_ms AS valid_from_ms, 253402214400000 AS valid_to_ms "
        "FROM issue i WHERE i.site_id = $site_id AND i.issue_id < 100"
    )
    few = Asking(members=Query(text, MemberRow, {"site_id": SITE}), engines=(sqlite(),))
    mine = rows_of(lives)

    assert told([*mine, *rows_of(others, first_id=100)], NOW, few) == flow(mine)


@given(ANY_LIVES)
@_FEW
def test_no_line_of_the_cumulative_flow_falls_or_crosses(lives: Lives) -> None:
    """Day by day nothing shrinks, and what reached a column had reached every one before it."""
    reached = [one.reached for one in flow(rows_of(lives)).reached]

    assert all(list(day) == sorted(day, reverse=True) for day in reached)
    assert all(
        before <= after
        for yesterday, today in itertools.pairwise(reached)
        for before, after in zip(yesterday, today, strict=True)
    )
