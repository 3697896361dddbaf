"""From rows to ledgers: what is put together, and what is left undefined."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pmreport.metrics.sprint import (
    LedgerRow,
    Outcome,
    StartedSprintRow,
    Unit,
    ledgers_from_rows,
    problems_from_rows,
    unit_of,
)
from pmreport.model.instant import from_ms
from pmreport.model.problem import Problem, ProblemKind

SPRINT = StartedSprintRow(
    board_id=1,
    board_name="Web board",
    estimation_field="customfield_10016",
    sprint_id=10,
    sprint_name="Sprint 10",
    goal="",
    origin_board_id=1,
    start_ms=1_000,
    planned_end_ms=9_000,
    close_ms=8_000,
    soundness="sound",
)


def event(kind: str, at_ms: int, milli: int, *, issue_id: int = 1) -> LedgerRow:
    """An event that moves the scope by this much."""
    return LedgerRow(
        board_id=1,
        sprint_id=10,
        issue_id=issue_id,
        at_ms=at_ms,
        kind=kind,
        before_milli=None,
        after_milli=abs(milli),
        scope_milli=milli,
        completed_milli=0,
        remaining_milli=milli,
        author_id="ann",
        issue_key=None,
        summary=None,
        outcome=None,
        committed=0,
        added=0,
        removed=0,
        below_zero=0,
    )


def ending(key: str, outcome: str, milli: int | None, *, issue_id: int = 1, committed: int = 1) -> LedgerRow:
    """How an issue ended, with one estimate all along."""
    return event("close", 8_000, 0, issue_id=issue_id)._replace(
        issue_key=key,
        summary=f"About {key}",
        outcome=outcome,
        committed=committed,
        added=1 - committed,
        before_milli=milli,
        after_milli=milli,
    )


def test_a_ledger_is_put_together_from_its_rows() -> None:
    """Amounts from events and endings, in the unit of the board, exact to the thousandth."""
    rows = [
        event("start", 1_000, 2_500),
        event("start", 1_000, 3_000, issue_id=2),
        event("added", 2_000, 500, issue_id=3),
        ending("WEB-10", "completed", 2_500),
        ending("WEB-9", "not completed", 3_000, issue_id=2),
        ending("WEB-11", "completed", 500, issue_id=3, committed=0),
    ]

    (told,) = ledgers_from_rows([SPRINT], rows)
    assert (told.unit, told.is_own, told.goal, told.state) == (Unit.POINTS, True, None, "closed")
    assert told.start == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert [issue.issue_key for issue in told.issues] == ["WEB-9", "WEB-10", "WEB-11"]
    assert told.amounts.commitment == Decimal("5.5")
    assert told.amounts.committed_completed == Decimal("2.5")
    assert told.counts.committed_completed == 1
    assert told.identity_holds
    assert told.completion_ratio == Decimal(3) / Decimal("5.5")
    assert told.commitment_reliability == Decimal("2.5") / Decimal("5.5")
    assert told.scope_change == Decimal("0.5") / Decimal("5.5")
    assert told.events[0].author_id == "ann"


def test_a_sprint_without_issues_has_a_ledger_and_no_ratios() -> None:
    """Nothing committed: the ratios are undefined, neither 0 nor endless."""
    (told,) = ledgers_from_rows([SPRINT], [])

    assert told.identity_holds
    ratios = (told.completion_ratio, told.commitment_reliability, told.net_growth, told.scope_change)
    assert ratios == (None,) * 4
    assert told.carry_over is None


@pytest.mark.parametrize(("since_ms", "incomplete"), [(1_001, True), (1_000, False)])
def test_a_sprint_that_began_before_the_known_history_is_incomplete(
    since_ms: int, *, incomplete: bool
) -> None:
    """It keeps its amounts and its identity, and has no ratio."""
    rows = [event("start", 1_000, 2_000), ending("WEB-1", "completed", 2_000)]

    (told,) = ledgers_from_rows([SPRINT], rows, known_since=from_ms(since_ms))
    assert told.is_incomplete is incomplete
    assert told.identity_holds
    assert told.amounts.completed == 2
    assert (told.completion_ratio is None) is incomplete
    assert (told.carry_over is None) is incomplete


def test_a_ledger_that_does_not_add_up_says_so() -> None:
    """An ending without its events breaks the identity."""
    (told,) = ledgers_from_rows([SPRINT], [ending("WEB-1", "completed", 1_000)])

    assert not told.identity_holds


def test_an_open_sprint_without_a_planned_end_is_active() -> None:
    """No close and no end: active, and everything provisional."""
    (told,) = ledgers_from_rows(
        [SPRINT._replace(close_ms=None, planned_end_ms=None, goal="Ship it")], [event("start", 1_000, 1_000)]
    )

    assert (told.state, told.close, told.planned_end, told.goal) == ("active", None, None, "Ship it")
    assert told.completion_ratio is None


def test_unestimated_issues_of_the_commitment_are_counted() -> None:
    """Null is not zero: they weigh nothing and are counted beside the sum."""
    rows = [ending("X", "completed", None), ending("WEB-2", "completed", 0, issue_id=2)]

    (told,) = ledgers_from_rows([SPRINT], rows)
    assert told.unestimated == 1
    assert [issue.outcome for issue in told.issues] == [Outcome.COMPLETED] * 2


def test_ledgers_stand_by_board_start_and_id() -> None:
    """The order of the rows does not matter."""
    sprints = [
        SPRINT._replace(sprint_id=12, start_ms=1_000),
        SPRINT._replace(sprint_id=11, start_ms=500),
        SPRINT._replace(board_id=0, sprint_id=13),
        SPRINT,
    ]

    assert [told.sprint_id for told in ledgers_from_rows(sprints, [])] == [13, 11, 10, 12]


def test_unsound_sprints_become_problems_once() -> None:
    """A sprint on two boards is one problem; estimates below zero are named by key."""
    late = SPRINT._replace(soundness="closed before start")
    never = SPRINT._replace(sprint_id=9, sprint_name="Sprint 9", start_ms=None, soundness="without start")
    rows = [ending("WEB-1", "completed", None)._replace(below_zero=1), ending("WEB-2", "completed", 1)]

    assert ledgers_from_rows([late, never], []) == ()
    assert problems_from_rows([late, late._replace(board_id=2), never], rows) == (
        Problem(ProblemKind.SPRINT_WITHOUT_START, "Sprint 9", "sprint 9"),
        Problem(ProblemKind.SPRINT_CLOSED_BEFORE_START, "Sprint 10", "sprint 10"),
        Problem(ProblemKind.ABSURD_ESTIMATE, "WEB-1", "below zero"),
    )


@pytest.mark.parametrize(
    ("field", "unit"),
    [
        (None, Unit.ISSUES),
        ("timeoriginalestimate", Unit.SECONDS),
        ("timeestimate", Unit.SECONDS),
        ("customfield_10016", Unit.POINTS),
    ],
)
def test_the_unit_follows_the_boards_estimation_field(field: str | None, unit: Unit) -> None:
    """Never a field of a certain name: the board says what it estimates by."""
    assert unit_of(field) is unit
