"""Cost, earned items, remaining work and sprints of a set, through the real texts on DuckDB and SQLite."""

from datetime import date
from decimal import Decimal

import pytest

from pmreport.metrics import cost, earned, logging_coverage, remaining
from pmreport.metrics.cost import Cost
from pmreport.metrics.earned import Earned, Measure
from pmreport.metrics.rates import Rate, Rates
from pmreport.metrics.reckoning import known
from pmreport.model import members
from pmreport.model.rows import IssueSprintRow, SprintRow
from tests.support.engines import SITE
from tests.support.stories import AnyRow, moment
from tests.support.worked import BERLIN, BORN, both, estimate, item, ms, statuses, together, value, work

ALL = members.everything(SITE)
NOON = "06-30 12:00"


def costs(*rows: AnyRow, as_of: str = NOON, rates: Rates | None = None) -> Cost:
    """What the work on everything cost, known at a moment."""
    query = cost.query(ALL, SITE, moment(as_of), before=moment("06-23 12:00"), calendar_id=BERLIN.calendar_id)
    return cost.from_rows(both(query, *rows), rates=rates, calendar=BERLIN, recent_since=date(2025, 6, 2))


def done_items(*rows: AnyRow, as_of: str = NOON) -> Earned:
    """What is done of everything at a moment."""
    query = earned.query(
        ALL, SITE, moment(as_of), calendar_id=BERLIN.calendar_id, dropped_resolutions=("won't do",)
    )
    return earned.from_rows(both(query, *rows))


def test_a_sub_task_that_belongs_itself_counts_once() -> None:
    """Its hours come in by the parent and by itself, and are the same hours."""
    found = costs(*item(1), *item(2, parent=1), work(1, 1, "06-02 10:00", 2), work(2, 2, "06-02 12:00", 3))

    assert together(found.unit, found.total, found.entries) == ("h", 5, 2)


def test_a_sub_task_comes_with_its_parent() -> None:
    """The set holds the parent alone; the work on its sub-task is part of what it cost."""
    only = members.everything(SITE)
    parents = type(only)(only.sql + " AND NOT i.is_subtask", only.row, only.parameters)
    query = cost.query(parents, SITE, moment(NOON), before=moment(NOON), calendar_id=BERLIN.calendar_id)
    rows = both(
        query,
        *item(1),
        *item(2, parent=1),
        *item(3, parent=9),
        work(1, 2, "06-02 12:00", 3),
        work(2, 3, "06-02 12:00", 9),
    )

    assert sum(row.seconds for row in rows) == 3 * 3600


def test_work_typed_later_deleted_or_not_begun_is_not_counted() -> None:
    """As of a moment only what stood then counts; an entry about the future is counted as left out."""
    found = costs(
        *item(1),
        work(1, 1, "06-02 10:00", 1),
        work(2, 1, "06-02 10:00", 2, created_ms=ms("07-01 10:00")),
        work(3, 1, "06-02 10:00", 4, deleted_ms=ms("06-03 10:00")),
        work(4, 1, "06-02 10:00", 8, deleted_ms=ms("07-03 10:00")),
        work(5, 1, "07-02 10:00", 16, created_ms=ms("06-03 10:00")),
        work(6, 1, "06-02 10:00", 0),
    )

    assert together(found.total, found.future_entries, found.entries) == (9, 1, 2)


def test_an_issue_out_of_sight_costs_nothing_any_more() -> None:
    """Neither the item nor its sub-task is there."""
    gone = {"unseen_since_ms": ms("06-10 10:00")}

    assert costs(*item(1, **gone), *item(2, parent=1, **gone), work(1, 1, "06-02 10:00", 1)).total == 0


def test_what_was_typed_late_or_deleted_this_week_restates_the_cost() -> None:
    """Three hours typed late, minus one that was deleted: the cost said a week ago has grown by two."""
    found = costs(
        *item(1),
        work(1, 1, "06-05 10:00", 3, created_ms=ms("06-28 10:00")),
        work(2, 1, "06-05 10:00", 1, deleted_ms=ms("06-25 10:00")),
        work(3, 1, "06-26 10:00", 5),
        work(4, 1, "06-05 10:00", 7),
    )

    assert together(found.late, found.withdrawn, found.restated, found.total) == (3, 1, 2, 15)


def test_a_rate_is_that_of_the_local_day_of_the_work() -> None:
    """At 22:30 UTC it is July already in Berlin, and July has another rate."""
    rates = Rates(
        currency="EUR",
        by_account={"ann": (Rate(None, Decimal(80)), Rate(date(2025, 7, 1), Decimal(100)))},
    )
    found = costs(
        *item(1),
        work(1, 1, "06-30 21:30", 1),
        work(2, 1, "06-30 22:30", 1),
        work(3, 1, "06-02 10:00", 2, author_id="bob"),
        work(4, 1, "06-02 10:00", 0.5, author_id=None),
        as_of="07-02 12:00",
        rates=rates,
    )

    assert together(found.unit, found.total, found.hours) == ("EUR", 180, 2)
    assert (found.unrated_people, found.unrated_hours) == (2, Decimal("2.5"))
    assert found.rated_share == Decimal(2) / Decimal("4.5")


def test_work_on_no_day_of_the_calendar_is_counted_as_left_out() -> None:
    """A slip of the keyboard, 1925 for 2025, is no cost and no secret."""
    found = costs(*item(1), work(1, 1, "06-02 10:00", 2, started_ms=-1_400_000_000_000))

    assert together(found.total, found.undated_entries) == (0, 1)


POINTS = (estimate(1, 5), estimate(2, 3), estimate(3, 8), estimate(4, 2))


def test_only_what_is_done_for_good_earns() -> None:
    """Nearly done and reopened earn nothing; the week is the one of the last way into done."""
    found = done_items(
        *item(1), *item(2), *item(3), *item(4), *item(5, parent=1), *POINTS, estimate(5, 100),
        *statuses(1, ("06-04 10:00", "done"), ("06-05 10:00", "doing"), ("06-09 10:00", "done"),
                  ("06-18 10:00", "closed")),
        *statuses(2, ("06-04 10:00", "done"), ("06-05 10:00", "doing")),
        *statuses(3, ("06-04 10:00", "doing")),
        *statuses(4, ("06-15 22:30", "done")),
        *statuses(5, ("06-04 10:00", "done")),
    )  # fmt: skip

    assert together(found.measure, found.done, found.total) == (Measure.POINTS, 7, 18)
    assert found.by_week == {date(2025, 6, 9): 5, date(2025, 6, 16): 2}
    assert (found.items, found.done_items, found.unestimated) == (4, 2, 0)


def test_a_status_that_jira_has_no_more_is_not_done() -> None:
    """Nobody knows its category: the item counts as open."""
    found = done_items(*item(1), *POINTS[:1], *statuses(1, ("06-04 10:00", "retired")))

    assert together(found.done, found.total, found.items) == (0, 5, 1)


def test_dropped_items_leave_on_both_sides() -> None:
    """What will not be done is no scope and earns nothing, and is counted."""
    found = done_items(
        *item(1), *item(2), *POINTS[:2],
        *statuses(1, ("06-04 10:00", "done")), *statuses(2, ("06-04 10:00", "done")),
        value(2, "resolution", "dropped", "06-04 10:00"),
    )  # fmt: skip

    assert together(found.share, found.dropped, found.total) == (known(1), 1, 5)


def test_the_estimate_is_the_one_known_then() -> None:
    """Looked at from before a re-estimate, the old one weighs."""
    first = estimate(1, 5)._replace(valid_to_ms=ms("06-10 10:00"))
    rows = (*item(1), *statuses(1), first, estimate(1, 8, since="06-10 10:00"))

    assert together(done_items(*rows, as_of="06-09 10:00").total, done_items(*rows).total) == (5, 8)


@pytest.mark.parametrize(
    ("rows", "measure", "total", "unestimated"),
    [
        ((estimate(1, 3), estimate(2, 5)), Measure.POINTS, 8, 1),
        ((estimate(1, 3), estimate(2, -5)), Measure.ITEMS, 3, 0),
        ((estimate(1, 0), estimate(2, 0), estimate(3, 0)), Measure.ITEMS, 3, 0),
        (
            (estimate(1, 7200, "timeoriginalestimate"), estimate(2, 3600, "timeoriginalestimate")),
            Measure.HOURS,
            3,
            1,
        ),
        ((), Measure.ITEMS, 3, 0),
    ],
    ids=["points", "below zero", "all zero", "time", "none"],
)
def test_the_measure_is_what_most_items_are_estimated_in(
    rows: tuple[AnyRow, ...], measure: Measure, total: int, unestimated: int
) -> None:
    """Points, else time, else one each; an estimate below zero is none."""
    found = done_items(*item(1), *item(2), *item(3), *rows)

    assert together(found.measure, found.total, found.unestimated) == (measure, total, unestimated)


def test_remaining_work_is_that_of_open_items_and_their_open_sub_tasks() -> None:
    """An item whose sub-task has an estimate is not without one; what is done needs nothing."""
    rows = (
        *item(1), *item(2, parent=1), *item(3), *item(4), *item(5, parent=4),
        *statuses(1), *statuses(2), *statuses(3), *statuses(4, ("06-04 10:00", "done")), *statuses(5),
        value(2, "timeestimate", "7200"), value(4, "timeestimate", "3600"), value(5, "timeestimate", "60"),
    )  # fmt: skip
    found = remaining.from_rows(both(remaining.query(ALL, SITE, moment(NOON)), *rows))

    assert together(found.items, found.without, found.hours) == (2, 1, 2)


def test_nothing_is_left_of_nothing() -> None:
    """An empty set has no open items."""
    found = remaining.from_rows(both(remaining.query(ALL, SITE, moment(NOON))))

    assert together(found.items, found.without, found.hours) == (0, 0, 0)


def test_a_plan_without_days_is_that_of_the_sprints() -> None:
    """From the first start to the last planned end of the sprints that the items are in."""
    rows = (
        *item(1),
        IssueSprintRow(1, 10, ms(BORN), ms(None)),
        IssueSprintRow(1, 11, ms(BORN), ms(None)),
        IssueSprintRow(1, 12, ms(BORN), ms("02-01 10:00")),
        SprintRow(10, None, "one", "closed", None, ms("06-02 09:00"), None, ms("06-13 16:00"), None),
        SprintRow(11, None, "two", "future", None, ms("06-16 09:00"), None, ms("06-27 16:00"), None),
        SprintRow(12, None, "left", "future", None, ms("07-16 09:00"), None, ms("07-27 16:00"), None),
    )
    spans = both(remaining.sprints_query(ALL, SITE, moment(NOON)), *rows)

    plan = remaining.plan_of(None, None, spans, BERLIN)
    assert not isinstance(plan, str)
    assert (plan.start, plan.finish) == (date(2025, 6, 2), date(2025, 6, 27))
    assert plan.source == "from the 2 sprints of its items"


def test_without_sprints_and_days_there_is_no_plan() -> None:
    """Two things could say when, and neither does; a weekend is no plan either."""
    spans = both(remaining.sprints_query(ALL, SITE, moment(NOON)), *item(1))

    assert remaining.plan_of(None, date(2025, 6, 1), spans, BERLIN) == remaining.NO_PLAN
    weekend = remaining.plan_of(date(2025, 6, 7), date(2025, 6, 8), spans, BERLIN)
    assert weekend == remaining.NO_WORKING_DAY


def test_logging_is_looked_at_over_all_items_since_the_first_entry_on_the_set() -> None:
    """Ann logs elsewhere too; what she logged before she came, and Bob who never came, do not count."""
    only = members.everything(SITE)
    first = type(only)(only.sql + " AND i.issue_id = 1", only.row, only.parameters)
    rows = both(
        logging_coverage.query(first, SITE, moment(NOON)),
        *item(1), *item(2),
        work(1, 1, "06-23 10:00", 4), work(2, 2, "06-24 10:00", 8), work(3, 2, "06-20 10:00", 8),
        work(4, 2, "06-24 10:00", 8, author_id="bob"), work(5, 1, "06-24 10:00", 8, author_id=None),
    )  # fmt: skip

    assert [(row.account_id, row.seconds) for row in rows] == [("ann", 12 * 3600)]
    covered = logging_coverage.from_rows(rows, as_of=moment(NOON), calendar=BERLIN)
    assert together(covered.people, covered.logged_hours, covered.expected_hours) == (1, 12, 48)
