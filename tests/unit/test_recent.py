"""Which sprints the numbers of a week before rest on."""

from dataclasses import replace
from datetime import timedelta

from pmreport.metrics.estimation import EstimationSummary
from pmreport.report.recent import closed_by
from tests.support.report_inputs import closed_sprint, estimation

LEDGERS = tuple(closed_sprint(number, 10, 8) for number in range(4, 24))
NOW = max(ledger.close for ledger in LEDGERS if ledger.close) + timedelta(days=3)
WEEK = timedelta(days=7)


def accuracy(*without_items: int) -> EstimationSummary:
    """Every sprint has items that were measured but those named; every one has a commitment."""
    known = estimation()
    nothing = replace(known.items, typical_factor=None, bias_factor=None, n=0)
    return replace(
        known,
        sprints=tuple(
            replace(
                known.sprints[0],
                sprint_id=ledger.sprint_id,
                items=nothing if ledger.sprint_id in without_items else known.items,
            )
            for ledger in LEDGERS
        ),
    )


def test_twice_as_many_as_are_shown_of_those_closed_by_then() -> None:
    """Sprint 23 closed three days ago: a week before nothing rested on it."""
    assert closed_by(NOW - WEEK, LEDGERS, accuracy()) == frozenset(range(11, 23))
    assert closed_by(NOW, LEDGERS, accuracy()) == frozenset(range(12, 24))


def test_as_far_back_as_the_rarer_of_two_numbers_looks() -> None:
    """Where items were measured in every other sprint, twelve of those lie twice as far back."""
    odd = accuracy(*range(5, 24, 2))
    once = accuracy(*range(5, 24))

    assert closed_by(NOW, LEDGERS, odd) == frozenset(range(4, 24))
    assert closed_by(NOW, LEDGERS, once) == frozenset(range(4, 24))
    assert closed_by(NOW, LEDGERS[:3], accuracy()) == {4, 5, 6}


def test_without_items_the_commitments_count_and_without_either_all_sprints() -> None:
    """The ratio between completed and committed needs no estimate in hours."""
    known = accuracy(*range(4, 24))

    by_commitments = replace(known, items=replace(known.items, n=0))

    assert closed_by(NOW, LEDGERS, by_commitments) == frozenset(range(12, 24))
    assert closed_by(NOW, LEDGERS, None) == frozenset(range(4, 24))
    assert closed_by(NOW, (), None) == frozenset()
