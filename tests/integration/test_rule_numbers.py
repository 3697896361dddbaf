"""The numbers that rules may ask of an item, through the real texts on DuckDB and SQLite."""

from datetime import datetime

import pytest

from pmreport.goals.condition import Condition, RuleMetric
from pmreport.goals.counting import Counted, Desk, counted, number_query, one_item
from pmreport.model import members
from pmreport.model.rows import CommentItemRow, IssueChangeRow, UserAccountRow
from tests.support.engines import SITE
from tests.support.stories import AnyRow, moment
from tests.support.worked import BERLIN, BORN, both, estimate, item, ms, statuses, value, work

ALL = members.everything(SITE)
NOON = "06-30 12:00"  # a Monday; born on Monday, 6 January
HOURS = 3600.0
ESTIMATE = "timeoriginalestimate"
ANN = UserAccountRow("ann", "Ann", True, "atlassian")
ROBOT = UserAccountRow("robot", "Robot", True, "atlassian")


def numbers(condition: Condition, *rows: AnyRow, as_of: str = NOON) -> dict[int, Counted]:
    """What is counted on every issue."""
    desk = Desk(calendar=BERLIN, as_of=moment(as_of), robots=("robot",))
    return dict(counted(both(number_query(condition, ALL, desk), *rows), condition, desk))


def number(condition: Condition, *rows: AnyRow, as_of: str = NOON) -> tuple[float, datetime | None] | None:
    """What is counted on WEB-1 and since when; None where it has no such number."""
    found = numbers(condition, *rows, as_of=as_of).get(1)
    return None if found is None else (found.value, found.since)


def above(metric: RuleMetric, bound: float) -> Condition:
    """More than so many."""
    return Condition(metric=metric, above=bound)


def comment(number: int, when: str, author: str = "ann") -> CommentItemRow:
    """A comment on WEB-1."""
    return CommentItemRow(number, 1, author, ms(when), ms(when), "text", None, restricted=False)


def change(number: int, when: str, field: str, author: str = "ann") -> IssueChangeRow:
    """A change of a field of WEB-1."""
    return IssueChangeRow(number, 0, 1, ms(when), author, field, field, None, None, None, None)


def test_age_counts_working_days_since_creation() -> None:
    """Monday to Monday are five; it passed three when the fourth of them was over."""
    open_item = (*item(1), *statuses(1))

    assert number(above(RuleMetric.AGE, 3), *open_item, as_of="01-13 12:00") == (5, moment("01-09 23:00"))
    assert number(above(RuleMetric.AGE, 3.5), *open_item, as_of="01-13 12:00") == (5, moment("01-09 23:00"))
    assert number(above(RuleMetric.AGE, 5), *open_item, as_of="01-13 12:00") == (5, moment(BORN))
    assert number(above(RuleMetric.AGE, -1), *open_item, as_of=BORN) == (0, moment(BORN))


def test_a_done_item_ages_no_more() -> None:
    """It has no age and is not idle; as of a moment before that it had."""
    rows = (*item(1), *statuses(1, ("03-03 12:00", "done")))

    assert number(above(RuleMetric.AGE, 3), *rows) is None
    assert number(above(RuleMetric.IDLE, 3), *rows) is None
    assert number(above(RuleMetric.AGE, 3), *rows, as_of="01-08 12:00") == (2, moment(BORN))


@pytest.mark.parametrize(
    ("deed", "days"),
    [
        (comment(1, "06-26 12:00"), 2),
        (change(1, "06-26 12:00", "assignee"), 2),
        (work(1, 1, "06-26 12:00", 1.0), 2),
        (comment(1, "06-26 12:00", "robot"), 125),
        (change(1, "06-26 12:00", "Rank"), 125),
        (comment(1, "07-01 12:00"), 125),
    ],
    ids=["a comment", "an assignee", "work", "a robot's comment", "a rank", "a later comment"],
)
def test_idle_counts_since_a_person_did_something(deed: AnyRow, days: int) -> None:
    """Thursday to Monday are two working days; what no person did, and what came later, is no deed."""
    rows = (*item(1), *statuses(1), ANN, ROBOT, deed)
    found = number(above(RuleMetric.IDLE, 1), *rows)

    assert found is not None
    assert found[0] == days


def test_actual_over_estimate_is_of_done_items_with_both() -> None:
    """Work after done is left out, as is an estimate that was written then; the later moment counts."""
    done = (*item(1), *statuses(1, ("03-03 12:00", "done")))
    time = estimate(1, 8 * HOURS, ESTIMATE)
    late = work(2, 1, "03-02 12:00", 4.0, created_ms=ms("03-05 12:00"))
    after = work(3, 1, "03-04 12:00", 50.0)
    condition = above(RuleMetric.ACTUAL, 1.4)

    assert number(condition, *done, time, work(1, 1, "02-03 12:00", 12.0)) == (1.5, moment("03-03 12:00"))
    assert number(condition, *done, time, work(1, 1, "02-03 12:00", 12.0), late, after) == (
        2.0,
        moment("03-05 12:00"),
    )
    assert number(condition, *done, time) is None
    assert number(condition, *done, work(1, 1, "02-03 12:00", 12.0)) is None
    assert number(condition, *done, estimate(1, 0, ESTIMATE), work(1, 1, "02-03 12:00", 12.0)) is None
    assert number(condition, *item(1), *statuses(1), time, work(1, 1, "02-03 12:00", 12.0)) is None
    assert (
        number(
            condition, *done, estimate(1, 8 * HOURS, ESTIMATE, "03-04 12:00"), work(1, 1, "02-03 12:00", 1.0)
        )
        is None
    )


def test_a_due_date_moves_when_it_becomes_another_day() -> None:
    """The first date is no move, nor is one that was taken away and comes back as it was."""
    rows = (
        *item(1),
        *statuses(1),
        value(1, "duedate", "2025-05-01", BORN, "02-03 12:00"),
        value(1, "duedate", "2025-05-08", "02-03 12:00", "03-03 12:00"),
        value(1, "duedate", "2025-05-15", "04-03 12:00", "05-03 12:00"),
        value(1, "duedate", "2025-05-15", "06-03 12:00"),
        *item(2),
        *statuses(2),
    )

    assert number(above(RuleMetric.MOVES, 1), *rows) == (2, moment("04-03 12:00"))
    assert number(above(RuleMetric.MOVES, 0), *rows) == (2, moment("02-03 12:00"))
    assert number(Condition(metric=RuleMetric.MOVES, below=5), *rows) == (2, None)
    assert number(above(RuleMetric.MOVES, 1e300), *rows) == (2, None)
    assert number(above(RuleMetric.MOVES, 0), *rows, as_of="02-01 12:00") == (0, None)
    assert numbers(above(RuleMetric.MOVES, 0), *rows)[2] == Counted(0, None)


def test_an_item_is_reopened_when_it_leaves_done() -> None:
    """From done to another done status is no such move."""
    life = statuses(
        1,
        ("02-03 12:00", "done"),
        ("02-04 12:00", "closed"),
        ("02-05 12:00", "doing"),
        ("02-06 12:00", "done"),
        ("02-07 12:00", "todo"),
    )

    assert number(above(RuleMetric.REOPENED, 0), *item(1), *life) == (2, moment("02-05 12:00"))
    assert number(above(RuleMetric.REOPENED, 1), *item(1), *life) == (2, moment("02-07 12:00"))
    assert number(above(RuleMetric.REOPENED, 0), *item(1), *statuses(1)) == (0, None)


@pytest.mark.parametrize("metric", RuleMetric)
def test_a_single_item_is_counted_as_among_all(metric: RuleMetric) -> None:
    """`tag explain` sees the number that the rule saw, and no other item's."""
    condition = above(metric, 0)
    desk = Desk(calendar=BERLIN, as_of=moment(NOON), robots=("robot",))
    rows = (
        *(
            row
            for one in (1, 2)
            for row in (*item(one), *statuses(one, ("02-03 12:00", "done"), (NOON, "todo")))
        ),
        ANN,
        work(1, 1, "02-01 12:00", 1.0),
        estimate(1, HOURS, ESTIMATE),
    )

    only = counted(both(number_query(condition, one_item(SITE, 1), desk), *rows), condition, desk)
    every = numbers(condition, *rows)

    assert only == {number: one for number, one in every.items() if number == 1}
