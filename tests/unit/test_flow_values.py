"""The numbers of flow as they are shown: each with its n, its limits, and a reason where there is none."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pmreport.cli.show.bars import bars
from pmreport.metrics.ageing import Ageing
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.flow_counts import DROPPED, UNSTARTED, FlowCounts, counts_from_rows
from pmreport.metrics.flow_query import AgeingRow, ColumnCountRow, CountRow, StatusTimeRow, WaitingRow
from pmreport.metrics.flow_summary import Basis, FlowRows, FlowSummary, summary_from_rows
from pmreport.metrics.flow_times import chance_within, percentiles, service_level, survivor_warning
from pmreport.metrics.flow_values import values
from pmreport.metrics.flow_window import window
from pmreport.metrics.forecast_summary import Asked
from pmreport.metrics.forecast_summary import summary_from_rows as forecast_from_rows
from pmreport.metrics.forecast_summary import values as forecast_values
from pmreport.metrics.settings import FlowSettings
from pmreport.metrics.throughput import mean, throughput
from pmreport.metrics.value import Value
from pmreport.metrics.workflow import by_category
from pmreport.model.calendar import WorkCalendar
from pmreport.stats.histogram import Histogram, histogram

NOW = datetime(2025, 3, 25, 12, tzinfo=UTC)
CALENDAR = WorkCalendar()
HOUR = 3_600_000
BASIS = Basis(
    as_of=NOW,
    calendar=CALENDAR,
    window=window(CALENDAR, NOW),
    settings=FlowSettings(),
    dropped_resolutions=("Won't Do",),
)
FINISHED = [
    CountRow("started", "2025-01-06", None, None, 30, 0),
    CountRow("left", "2025-02-10", None, None, 27, 0),
    CountRow("finished", "2025-02-10", None, "Done", 20, 0),
    CountRow("finished", "2025-02-17", None, "Won't Do", 2, 0),
    CountRow("finished unstarted", "2025-02-10", None, "Done", 5, 0),
    CountRow("cycle time", None, 4, "Done", 15, 15 * 80 * HOUR),
    CountRow("cycle time", None, 9, "Done", 5, 5 * 200 * HOUR),
    CountRow("cycle time", None, 2, "Won't Do", 2, 2 * 30 * HOUR),
    CountRow("lead time", None, 20, "Done", 25, 25 * 470 * HOUR),
    CountRow("in window", None, None, None, 30, 2016 * 3 * HOUR),
    CountRow("in progress", None, None, None, 3, 0),
    CountRow("waiting to start", None, None, None, 4, 0),
]


def summary(rows: list[CountRow], **answers: list[object]) -> FlowSummary:
    """The flow that these rows tell."""
    given: dict[str, list[object]] = {"columns": [], "ageing": [], "statuses": [], "waiting": [], **answers}
    return summary_from_rows(FlowRows(counts=rows, **given), by_category(), BASIS)  # type: ignore[arg-type]  # rows


def shown(found: FlowSummary) -> dict[str, Value]:
    """Its numbers by the last part of their ids."""
    return {value.id.removeprefix("web."): value for value in values(found, "web")}


def test_every_number_has_its_n_its_definition_and_what_was_left_out() -> None:
    """Twenty items with a cycle time: P85 is told, P95 is not; dropped and never started ones are counted."""
    numbers = shown(summary(FINISHED))

    assert {value.definition for value in numbers.values()} <= set(DEFINITIONS)
    assert (numbers["cycle-time-p50"].value, numbers["cycle-time-p85"].value) == (Decimal(4), Decimal(9))
    assert numbers["cycle-time-p85"].excluded == ((UNSTARTED, 5), (DROPPED, 2))
    assert (numbers["cycle-time-p95"].value, numbers["cycle-time-p95"].n) == (None, 20)
    assert numbers["cycle-time-p95"].note == "too few to say, it needs 59: 4 to 9 days seen"
    assert numbers["throughput"].value == Decimal(25) / 11
    assert numbers["throughput"].excluded == ((DROPPED, 2),)
    assert (numbers["net-flow"].value, numbers["net-flow"].note) == (Decimal(3), "30 came in, 27 left")
    assert (numbers["service-level"].value, numbers["service-level"].n) == (Decimal(75), 20)
    assert numbers["service-level"].note == "too few to say whether it is kept: 85 % promised"


def test_what_cannot_be_said_has_a_reason() -> None:
    """Nothing happened: no number but counts, and a note beside every one that is missing."""
    numbers = shown(summary([]))

    assert {name: value.note for name, value in numbers.items() if value.value is None} == {
        "throughput": "nothing was started or finished yet",
        **{f"cycle-time-p{percent}": "nothing was finished" for percent in (50, 70, 85, 95)},
        **{f"lead-time-p{percent}": "nothing was finished" for percent in (50, 85)},
        "service-level": "nothing was finished; 85 % promised",
        "work-item-age": "nothing is in progress",
        "net-flow": "nothing was started or finished yet",
        "flow-efficiency": "nothing was finished",
        "littles-law": "nothing was finished",
    }


def test_survivors_are_warned_of_below_85_percent() -> None:
    """17 of 20 is just enough; 20 of 25 is not."""
    enough = replace(summary(FINISHED).cycle, days=histogram([(4, 17)]), excluded=((UNSTARTED, 3),))

    assert survivor_warning(enough) == ""
    assert summary(FINISHED).warnings == (
        (
            "only 20 of 25 finished items were ever started: the others may have been quicker or slower "
            "(survivor bias)"
        ),
    )
    none = replace(enough, days=histogram([]))
    assert survivor_warning(none).startswith("none of the 3 finished items was ever started")


@pytest.mark.parametrize(
    ("n", "told"),
    [(0, []), (4, []), (5, [50]), (11, [50, 70]), (20, [50, 70, 85]), (59, [50, 70, 85, 95])],
)
def test_each_percentile_needs_its_number_of_items(n: int, told: list[int]) -> None:
    """Below five only what was seen is told."""
    found = percentiles(histogram([(day, 1) for day in range(1, n + 1)]))

    assert [one.percent for one in found if one.days is not None] == told
    assert all(one.note for one in found if one.days is None)


def test_the_85th_of_twenty_lies_between_the_13th_and_the_20th() -> None:
    """These order statistics cover 95.5 %; of the 95th percentile of 59 nothing can be said so surely."""
    found = percentiles(histogram([(day, 1) for day in range(1, 21)]))
    more = percentiles(histogram([(day, 1) for day in range(1, 60)]))

    assert (found[2].interval, found[2].note) == ((13, 20), "")
    assert (more[3].interval is None) == (more[3].note == "too few to say how sure it is")


def test_e_fl3_an_open_item_of_ten_days_may_still_be_done_by_the_eighteenth() -> None:
    """E-FL3: P(CT <= 18 | CT > 10) = 5/8; with fewer than five that took longer nothing is said."""
    days = histogram((day, 1) for day in (1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 8, 9, 11, 12, 13, 15, 18, 21, 25, 40))

    assert chance_within(days, limit=18, age=10) == Decimal(5) / 8
    assert chance_within(days, limit=18, age=13) == Decimal(2) / 5
    assert chance_within(days, limit=18, age=15) is None


@pytest.mark.parametrize(("kept", "word"), [(200, "kept"), (100, "missed"), (170, "too few to say")])
def test_a_service_level_is_judged_with_its_interval(kept: int, word: str) -> None:
    """Kept or missed only where the whole interval lies on one side of what was promised."""
    late = CountRow("cycle time", None, 30, None, 200 - kept, 0)
    rows = [CountRow("cycle time", None, 3, None, kept, 0), late]

    assert shown(summary(rows))["service-level"].note.startswith(word)
    assert service_level(Histogram(), limit=8, promised=Decimal("0.85")).share is None


def test_waiting_and_statuses_are_told_by_reason() -> None:
    """Half of the time waited; a status that Jira has no more is known by its id."""
    found = summary(
        FINISHED,
        waiting=[
            WaitingRow("total", "Done", 2, 100),
            WaitingRow("any", "Done", 1, 50),
            WaitingRow("flag", "Done", 1, 50),
            WaitingRow("total", "Won't Do", 9, 900),
        ],
        statuses=[
            StatusTimeRow("3", "Doing", "Done", 1, 2, 40),
            StatusTimeRow("9", None, "Done", 1, 1, 60),
            StatusTimeRow("3", "Doing", None, 1, 1, 10),
            StatusTimeRow("3", "Doing", "Won't Do", 7, 7, 70),
        ],
    )

    assert (shown(found)["flow-efficiency"].value, shown(found)["flow-efficiency"].n) == (Decimal(50), 2)
    assert shown(found)["flow-efficiency"].note.endswith("waiting by flag 50 %")
    times = [(one.status, one.visits, one.total_ms) for one in found.statuses]
    assert times == [("status 9", 1, 60), ("Doing", 3, 50)]


def test_slow_items_are_named_and_those_off_the_board_counted() -> None:
    """One is older than its column's pace, one stands in no column, one began before the calendar."""
    found = summary(
        FINISHED,
        columns=[ColumnCountRow("pace", None, 1, 2, 3, 20), ColumnCountRow("reached", None, -1, 1, None, 2)],
        ageing=[
            AgeingRow("WEB-1", "One", 1, "2025-03-01", 1, 1),
            AgeingRow("WEB-2", "Two", None, "2025-03-24", 2, 1),
            AgeingRow("WEB-3", "Three", 1, None, 0, 1),
        ],
    )
    numbers = shown(found)

    assert (numbers["work-item-age"].value, numbers["work-item-age"].items) == (Decimal(25), ("WEB-1",))
    assert numbers["work-item-age"].excluded == (("begun before the calendar", 1),)
    assert numbers["work-in-progress"].note == "1 of them in no column of the board"
    assert found.reached[0].reached == (2, 2, 0)


def test_little_speaks_of_averages_only_where_they_may_be_used() -> None:
    """6048 hours in progress against 2260 that the finished took: not usable; with as many it is."""
    unusable = shown(summary(FINISHED))["littles-law"]
    spent = 15 * 80 + 5 * 200 + 2 * 30
    steady = [row._replace(total_ms=spent * HOUR) if row.kind == "in window" else row for row in FINISHED]
    usable = shown(summary(steady))["littles-law"]

    assert unusable.note.startswith("averages are not usable for forecasting; 30 items came in and 22 left")
    assert (usable.value, usable.note.split(";")[0]) == (Decimal(0), "average: 1.1 in progress, 4.3 days")


def test_weeks_before_what_was_read_are_left_out() -> None:
    """From the first whole week on that was read; and a window that begins earlier is warned of."""
    counts = counts_from_rows(FINISHED)
    since = datetime(2025, 2, 5, tzinfo=UTC)  # a Wednesday
    monday = datetime(2025, 2, 3, tzinfo=UTC)

    def first(known: datetime) -> date:
        return throughput(counts, BASIS.window, CALENDAR, known_since=known)[0].first

    assert (first(since), first(monday)) == (date(2025, 2, 10), date(2025, 2, 3))
    late = replace(BASIS, known_since=since)
    rows = FlowRows(counts=FINISHED, columns=[], ageing=[], statuses=[], waiting=[])
    assert "not all known" in summary_from_rows(rows, by_category(), late).warnings[-1]
    assert mean(()) is None


def test_a_week_is_over_in_its_last_millisecond() -> None:
    """As of the end of a Sunday that week counts; a millisecond earlier it does not."""
    sunday = datetime(2025, 3, 23, 23, 59, 59, 999_000, tzinfo=UTC)

    assert window(CALENDAR, sunday).end == date(2025, 3, 24)
    assert window(CALENDAR, sunday.replace(microsecond=998_000)).end == date(2025, 3, 17)
    assert window(CALENDAR, sunday).days == 84


def test_a_forecast_is_shown_after_its_reliability() -> None:
    """Eleven weeks, of which one finished anything: what is open is left, and the backtest comes first."""
    told = forecast_from_rows(FINISHED, BASIS, Asked(), sample_weeks=12)
    found = forecast_values(told, "web")

    assert [value.definition for value in found] == [
        *["backtest"] * 4,
        *["forecast-when"] * 4,
        *["forecast-how-many"] * 4,
    ]
    assert (told.forecast.low, told.forecast.high) == (7, 7)
    assert found[0].note == "untested; claimed 100.0 %"
    assert (found[4].value, found[4].note) == (date(2025, 5, 20), "8 weeks, 53.3 %")
    assert (found[8].value, found[8].label) == (Decimal(0), "Finished in 4 weeks, P50")


def test_a_forecast_may_be_asked_for_other_items_and_by_working_days() -> None:
    """A range as given; one number stands for both ends; too few weeks say why."""
    asked = Asked(low=10, high=20, horizon_weeks=1, by_working_days=True)
    told = forecast_from_rows(FINISHED, BASIS, asked, sample_weeks=12)
    nothing = forecast_from_rows([], BASIS, Asked(low=3, by_working_days=True), sample_weeks=12)

    assert (told.forecast.low, told.forecast.high) == (10, 20)
    assert told.finish(2) == date(2025, 4, 8)
    assert (nothing.forecast.low, nothing.forecast.high, nothing.finish(1)) == (3, 3, date(2025, 4, 1))
    notes = {value.note for value in forecast_values(nothing, "web")}
    assert notes == {"untested", "too few to say: 0 whole weeks are known, it needs 7"}


def test_a_start_that_is_not_plain_is_a_warning() -> None:
    """What had to be guessed of the board stands beside its numbers."""
    rows = FlowRows(counts=[], columns=[], ageing=[], statuses=[], waiting=[])
    way = replace(by_category(), note="no status is in progress")

    assert summary_from_rows(rows, way, BASIS).warnings == ("no status is in progress",)


def test_a_bar_is_as_long_as_its_number() -> None:
    """The largest fills the width; anything above nothing shows; nothing, and less, is empty."""
    assert bars([8, 4, 1, 0, -3], width=4) == ("████", "██", "▌", "", "")
    assert bars([10_000, 1], width=4)[1] == "▏"
    assert (bars([0, 0]), bars([])) == (("", ""), ())


def test_counts_of_nothing_are_empty() -> None:
    """No first day, nothing open."""
    counts: FlowCounts = counts_from_rows([])

    assert (counts.first_day, counts.still_open, counts.cycle.days.n) == (None, 0, 0)
    assert Ageing(items=(), columns=(), ages=Histogram(), before_calendar=0).n == 0
