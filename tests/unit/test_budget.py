"""The budget of an initiative: cost, coverage, forecasts, and what is said where nothing can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pmreport.metrics import budget as budgeting
from pmreport.metrics import cost, earned, evm, logging_coverage, remaining
from pmreport.metrics.agile_evm import Baseline
from pmreport.metrics.budget import Budget, Day, Facts, budget_of
from pmreport.metrics.budget_values import values
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.cost import Cost, LoggedRow, OtherCost
from pmreport.metrics.earned import Earned, EarnedRow, Measure
from pmreport.metrics.logging_coverage import Coverage, PersonRow
from pmreport.metrics.planned_value import Plan
from pmreport.metrics.rates import Rate, Rates
from pmreport.metrics.reckoning import known, unknown
from pmreport.metrics.remaining import Remaining, RemainingRow
from pmreport.metrics.settings import InitiativeSettings
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from tests.support.worked import together

CALENDAR = WorkCalendar()
RATES = Rates(currency="EUR", by_account={"ann": (Rate(None, Decimal(80)),)})
CHECKOUT = InitiativeSettings(id="checkout", name="Checkout", jql="x", budget=Decimal(10_000))
PLAN = Plan(start=date(2025, 6, 2), finish=date(2025, 6, 27), source="as configured")
NOON = datetime(2025, 6, 16, 12, tzinfo=UTC)  # half of the plan's 20 working days are over
HALF = (EarnedRow("2025-06-02", 1, 0, 2, 2, 4000, 0, 0), EarnedRow(None, 0, 0, 2, 2, 4000, 0, 0))
START = (EarnedRow(None, 0, 0, 3, 3, 6000, 0, 0),)


def logged(day: str | None = "2025-06-05", hours: float = 50, **facts: object) -> LoggedRow:
    """The work of Ann on a day."""
    row = LoggedRow("ann", day, 1, int(hours * 3600), 0, 0, 0)
    return row._replace(**facts)  # type: ignore[arg-type]  # any field of the row


def spent(*rows: LoggedRow, rates: Rates | None = RATES, other: tuple[OtherCost, ...] = ()) -> Cost:
    """What the work cost."""
    return cost.from_rows(rows, rates=rates, calendar=CALENDAR, recent_since=date(2025, 5, 19), other=other)


def person(first: tuple[int, int], last: tuple[int, int], hours: float, name: str = "ann") -> PersonRow:
    """The hours of somebody between two days of 2025."""
    begin, end = (to_ms(datetime(2025, *day, 10, tzinfo=UTC)) for day in (first, last))
    return PersonRow(name, begin, end, int(hours * 3600))


def covered(*rows: PersonRow, rates: Rates | None = None) -> Coverage:
    """How much was logged of what was expected by 16 June, a Monday."""
    return logging_coverage.from_rows(rows, as_of=NOON, calendar=CALENDAR, rates=rates)


FULL = covered(person((6, 2), (6, 16), 88))


def facts(
    *,
    cost: Cost | None = None,
    now: tuple[EarnedRow, ...] = HALF,
    start: tuple[EarnedRow, ...] | None = START,
    left: Remaining | None = None,
    coverage: Coverage = FULL,
) -> Facts:
    """What the store says."""
    held = earned.from_rows(now)
    return Facts(
        cost=cost or spent(logged()),
        earned=held,
        at_start=None if start is None else earned.from_rows(start, measure=held.measure),
        remaining=left or Remaining(items=2, without=0, hours=Decimal(40)),
        coverage=coverage,
    )


def position(
    told: Facts | None = None, plan: Plan | str = PLAN, initiative: InitiativeSettings = CHECKOUT
) -> Budget:
    """The budget on 16 June."""
    return budget_of(initiative, plan, told or facts(), as_of=NOON, calendar=CALENDAR)


def numbers(budget: Budget) -> Mapping[str, Value]:
    """The values by id, without the initiative's."""
    return {value.id.removeprefix("checkout-"): value for value in values(budget)}


def test_half_the_time_half_the_points_less_than_half_the_money() -> None:
    """BAC 10000, planned and earned 5000, 50 hours at 80."""
    at = position().position

    assert (at.planned, at.earned, at.spent) == (known(5000), known(5000), known(4000))
    assert (at.cost_performance, at.schedule_performance) == (known(Decimal("1.25")), known(1))
    assert at.estimate_bottom_up == known(7200)


def test_every_number_has_a_definition_and_an_id_of_its_own() -> None:
    """Ids begin with the initiative's; no number is without its meaning."""
    told = values(position())

    assert len({value.id for value in told}) == len(told)
    assert {value.definition for value in told} <= set(DEFINITIONS)
    assert all(value.value is not None or value.note for value in told)


def test_earned_schedule_is_in_weeks_and_needs_no_budget() -> None:
    """Half of four weeks; without a budget the amounts say so and the time stays."""
    poor = position(initiative=replace(CHECKOUT, budget=None))

    assert poor.schedule.earned == poor.schedule.actual == known(2)
    assert (poor.schedule.forecast, poor.finish) == (known(4), Day(day=date(2025, 6, 27)))
    told = numbers(poor)
    assert (told["earned-value"].value, told["earned-value"].note) == (None, budgeting.NO_BUDGET)
    assert (told["percent-complete"].value, told["actual-cost"].value) == (50, 4000)
    assert (told["runway"].value, told["runway"].note) == (None, budgeting.NO_BUDGET)
    assert poor.weeks[0].planned is None


def test_the_runway_ends_when_the_burn_of_four_weeks_has_eaten_the_budget() -> None:
    """4000 in 20 working days, 6000 left: 30 working days on."""
    assert position().runway == Day(day=date(2025, 7, 25))


@pytest.mark.parametrize(
    ("cost", "reason"),
    [
        (spent(logged("2025-04-01")), budgeting.NO_BURN),
        (spent(), budgeting.NO_BURN),
        (spent(logged(hours=125)), budgeting.SPENT),
        (spent(logged(hours=0.01)), "not within ten years at the burn of the last four weeks"),
    ],
    ids=["no burn lately", "no work at all", "spent", "next to nothing"],
)
def test_a_runway_without_an_end_says_why(cost: Cost, reason: str) -> None:
    """No day is made up."""
    assert position(facts(cost=cost)).runway == Day(day=None, reason=reason)


def test_a_budget_that_is_overdrawn_cannot_be_kept() -> None:
    """The needed efficiency has words instead of a number."""
    told = numbers(position(facts(cost=spent(logged(hours=150)))))

    assert (told["tcpi-budget"].value, told["tcpi-budget"].note) == (None, evm.NOT_ACHIEVABLE)
    assert told["percent-spent"].value == 120


def test_without_work_and_without_done_items_ratios_say_why() -> None:
    """EV 0 and AC 0: no division, no infinity."""
    told = numbers(position(facts(cost=spent(), now=START, coverage=covered())))

    assert (told["cpi"].value, told["cpi"].note) == (None, evm.NO_COST)
    assert (told["eac-typical"].value, told["eac-typical"].note) == (None, evm.NOTHING_EARNED)
    assert (told["finish-by-pace"].value, told["finish-by-pace"].note) == (None, evm.NOTHING_EARNED)
    assert told["logging-coverage"].note == logging_coverage.NOBODY
    assert (told["eac-bottom-up"].value, told["actual-cost"].value) == (None, 0)


def test_an_empty_initiative_has_no_shares() -> None:
    """No item: nothing to earn, nothing to schedule, and nothing left to do."""
    nothing = Remaining(items=0, without=0, hours=Decimal(0))
    told = numbers(position(facts(now=(), start=None, left=nothing)))

    assert (told["earned-value"].value, told["earned-value"].note) == (None, earned.NO_ITEMS)
    assert (told["spi-time"].value, told["spi-time"].note) == (None, earned.NO_ITEMS)
    assert told["eac-bottom-up"].value == 4000


def test_without_a_plan_nothing_is_planned() -> None:
    """The cost side stays."""
    free = position(plan=remaining.NO_PLAN)

    told = numbers(free)
    assert (told["spi"].value, told["spi"].note) == (None, remaining.NO_PLAN)
    assert (told["spi-time"].note, told["cpi"].value) == (remaining.NO_PLAN, Decimal("1.25"))
    assert [day.reason for _, day in free.finish_by_velocity] == [remaining.NO_PLAN] * 2


def test_before_the_plan_begins_nothing_was_to_be_earned() -> None:
    """No week has passed; no pace, no velocity."""
    later = Plan(start=date(2025, 7, 1), finish=date(2025, 7, 31), source="as configured")
    soon = position(facts(start=None), plan=later)

    assert (soon.position.planned, soon.position.schedule_performance) == (known(0), unknown(evm.NO_PLAN_YET))
    assert soon.finish.reason == "the plan has not begun yet"
    assert soon.finish_by_velocity[0][1].reason == "no whole week has passed"


def test_a_pace_that_leads_out_of_all_years_has_no_day() -> None:
    """One of a hundred million points in two weeks."""
    crawl = (EarnedRow("2025-06-02", 1, 0, 1, 1, 1, 0, 0), EarnedRow(None, 0, 0, 1, 1, 10**9, 0, 0))

    assert position(facts(now=crawl)).finish == Day(day=None, reason="not in any year that has a date")


def test_the_velocity_since_the_start_finishes_both_plans() -> None:
    """Six points open at the start, two weeks for four of them, two added: three weeks, or four."""
    days = dict(position().finish_by_velocity)

    assert days[Baseline.ORIGINAL] == Day(day=date(2025, 6, 20))
    assert days[Baseline.CURRENT] == Day(day=date(2025, 6, 27))


def test_what_was_done_before_the_plan_began_is_said_beside_the_pace() -> None:
    """It counts as earned, so whoever reads the index must know."""
    early = (EarnedRow("2025-05-26", 1, 0, 1, 1, 2500, 0, 0), *START)
    told, none = numbers(position(facts(start=early))), numbers(position())

    assert told["spi"].note == told["spi-time"].note == "2.5 points were done before the plan began"
    assert (none["spi"].note, none["spi-time"].note) == ("", "")


def test_unlogged_time_takes_the_cpi_away_and_what_follows_from_it() -> None:
    """Below 80 % of the expected hours the cost is too good to be true; the cost itself is shown."""
    told = numbers(position(facts(coverage=covered(person((6, 2), (6, 16), 44)))))

    reason = "no CPI: logged hours cover 50 % of those expected, below 80 %"
    for name in ("cpi", "eac-typical", "eac-both", "etc", "vac", "tcpi-estimate"):
        assert (told[name].value, told[name].note) == (None, reason)
    assert (told["actual-cost"].value, told["actual-cost"].note) == (4000, reason)
    assert (told["logging-coverage"].value, told["logging-coverage"].n) == (50, 1)


def test_hours_without_a_rate_take_the_cpi_away_too() -> None:
    """How many people and how many hours is said, and never who; the two gaps add up."""
    mixed = spent(
        logged(hours=30),
        logged(hours=20, account_id="bob"),
        logged(hours=1, account_id=None),
        logged(hours=0, account_id="eve", future_entries=1),
    )
    told = numbers(position(facts(cost=mixed)))

    assert told["cpi"].note == "no CPI: hours with a rate cover 59 % of those expected, below 80 %"
    assert told["actual-cost"].excluded == (("people without a rate", 2), ("work that has not begun", 1))
    assert told["actual-cost"].note == "21.0 h of people without a rate are left out"
    assert "bob" not in repr(values(position(facts(cost=mixed))))


@pytest.mark.parametrize(
    ("hours", "rated", "reason"),
    [
        (88, 45, ""),
        (80, 45, ""),
        (80, 43, "no CPI: hours with a rate cover 78 % of those expected, below 80 %"),
        (0, 45, ""),
        (0, 30, "no CPI: hours with a rate cover 60 % of those logged, below 80 %"),
    ],
)
def test_hours_not_logged_and_hours_without_a_rate_are_missing_alike(
    hours: int, rated: int, reason: str
) -> None:
    """90 % of 91 % is enough, 86 % of 91 % is not; where nobody can say what was expected, rates decide."""
    people = (person((6, 2), (6, 16), hours),) if hours else ()
    cost_of = spent(logged(hours=rated), logged(hours=50 - rated, account_id="bob"))

    assert position(facts(cost=cost_of, coverage=covered(*people))).incomplete_cost == reason


def test_without_rates_everything_is_in_hours() -> None:
    """Price-free: the budget is in hours then, and other costs have no place."""
    hours = spent(logged(), rates=None, other=(OtherCost(date(2025, 6, 5), Decimal(999)),))
    at = position(facts(cost=hours), initiative=replace(CHECKOUT, budget=Decimal(100)))

    assert (hours.unit, at.position.spent, at.position.cost_performance) == ("h", known(50), known(1))
    assert numbers(at)["budget-at-completion"].unit == "h"
    assert at.position.estimate_bottom_up == known(90)


def test_other_costs_are_added_and_raise_no_price_of_an_hour() -> None:
    """A licence of 999 is spent, and no hour of the rest becomes dearer by it."""
    with_licence = spent(
        logged(), other=(OtherCost(date(2025, 6, 5), Decimal(999)), OtherCost(date(2025, 1, 6), Decimal(1)))
    )

    assert together(with_licence.total, with_licence.labour, with_licence.recent) == (5000, 4000, 4999)
    assert position(facts(cost=with_licence)).position.estimate_bottom_up == known(8200)


def test_a_rest_without_estimates_or_without_a_price_is_not_guessed() -> None:
    """All open items without, or no hour with a price: no number; some without: a number that says so."""
    none = Remaining(items=2, without=2, hours=Decimal(0))
    some = remaining.from_rows([RemainingRow(4, 3, 36_000)])

    assert position(facts(left=none)).position.estimate_bottom_up == unknown(evm.NO_REESTIMATE)
    assert position(facts(cost=spent())).position.reestimate.number is None
    told = numbers(position(facts(left=some)))["eac-bottom-up"]
    assert (told.value, told.note) == (4800, "1 of 4 open items have no remaining estimate")


def test_the_weeks_add_up_to_the_present() -> None:
    """Cumulative: the last week holds planned, earned and spent as of now."""
    weeks = position().weeks

    assert [week.first_day for week in weeks] == [date(2025, 6, 2), date(2025, 6, 9)]
    assert together(weeks[-1].planned, weeks[-1].earned, weeks[-1].spent) == (5000, 5000, 4000)
    nothing = facts(cost=spent(), now=(), start=None)
    assert position(nothing, plan=remaining.NO_PLAN).weeks == ()


def test_restated_cost_says_where_it_comes_from() -> None:
    """Typed late minus deleted; without either there is nothing to say."""
    told = spent(logged(late_seconds=7200, withdrawn_seconds=3600, future_entries=1), logged(None, hours=1))

    assert together(told.restated, told.future_entries, told.undated_entries) == (80, 1, 1)
    late = numbers(position(facts(cost=told)))
    assert late["late-cost"].note == "typed late about work before that, minus what was deleted"
    assert [count for _, count in late["actual-cost"].excluded] == [1, 1]


def test_a_rate_holds_from_its_day_on() -> None:
    """The newest that has begun; before the first one there is none."""
    rates = Rates(
        currency="EUR",
        by_account={"ann": (Rate(date(2025, 7, 1), Decimal(90)), Rate(date(2025, 1, 1), Decimal(80)))},
    )

    days = (date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1))
    assert [rates.per_hour("ann", day) for day in days] == [None, 80, 90]
    assert rates.per_hour(None, days[0]) is None


def test_expected_hours_are_those_of_the_calendar_or_of_the_rates_file() -> None:
    """Eleven working days of eight hours; at twenty hours a week, of four."""
    half = Rates(currency="EUR", by_account={}, hours_a_week={"ann": Decimal(20)})
    row = person((6, 2), (6, 16), 44)

    assert together(covered(row).expected_hours, covered(row).share) == (88, known(Decimal("0.5")))
    assert covered(row, rates=half).share == known(1)


def test_who_has_logged_nothing_for_four_weeks_is_gone() -> None:
    """Expected to log until the last entry only; a shorter silence is time that was not logged."""
    gone, silent = covered(person((4, 7), (4, 11), 40)), covered(person((5, 19), (5, 23), 40))

    assert gone.share == known(1)
    assert silent.expected_hours == 21 * 8


def test_a_calendar_without_work_expects_nothing() -> None:
    """No hours to divide by is said, not infinite; nor do hours that end before they begin count."""
    idle = WorkCalendar(working_days=frozenset())
    weekly = Rates(currency="EUR", by_account={}, hours_a_week={"ann": Decimal(20)})
    row = person((6, 2), (6, 16), 44)

    for rates in (None, weekly):
        found = logging_coverage.from_rows([row], as_of=NOON, calendar=idle, rates=rates)
        assert found.share == unknown(logging_coverage.NO_HOURS)


def test_dropped_and_unestimated_items_are_counted_as_left_out() -> None:
    """Beside every number that rests on the items."""
    now = (*HALF, EarnedRow("2025-06-02", 1, 1, 3, 3, 9000, 0, 0), EarnedRow(None, 0, 0, 1, 0, 0, 0, 0))
    told = numbers(position(facts(now=now)))["earned-value"]

    assert told.excluded == (("dropped", 3), ("without an estimate", 1))
    assert (told.value, told.n, told.note) == (5000, 5, "4 of 8 points are done")


def test_a_set_weighed_in_hours_is_in_hours() -> None:
    """Milliseconds of estimates become hours."""
    held: Earned = earned.from_rows([EarnedRow("2025-06-02", 1, 0, 1, 0, 0, 1, 7_200_000)])

    assert together(held.measure, held.done) == (Measure.HOURS, 2)
