"""The data of the pictures, and the findings in their captions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmreport.metrics.sprint import SprintLedger, Unit
from pmreport.report import charts
from pmreport.report.inputs import Inputs
from pmreport.report.words import rounded
from tests.support.report_inputs import (
    DONE,
    IN,
    OUT,
    Story,
    closed_sprint,
    empty_inputs,
    frame_of,
    ledger_of,
    running_sprint,
    utc,
    weekdays,
    worked_sprint,
)

NOVEMBER = weekdays(date(2026, 11, 16), date(2026, 11, 27))


def at_work(as_of: str = "2026-11-20 17:00") -> Inputs:
    """Inputs that know the working days of the running sprint."""
    return replace(empty_inputs(), as_of=utc(as_of), working_days=NOVEMBER)


def running(*stories: Story) -> SprintLedger:
    """A sprint of ten working days that runs."""
    return ledger_of(stories, base=frame_of("Sprint 1", 1, "2026-11-16 08:00", "2026-11-27 16:00", None))


def test_the_lines_of_the_worked_sprint_stand_where_the_hand_put_them() -> None:
    """Remaining after each event, as worked out by hand; events of one instant are one step."""
    remaining = [int(step.remaining) for step in charts.steps(worked_sprint())]

    assert remaining == [29, 31, 33, 28, 25, 20, 18, 17, 20, 25, 27, 30, 31, 26, 28, 29, 27, 24, 22, 19, 18]


def test_the_lines_end_at_scope_and_completed() -> None:
    """37 in scope, 19 completed."""
    last = charts.steps(worked_sprint())[-1]

    assert (last.scope, last.completed) == (Decimal(37), Decimal(19))


def test_before_the_first_step_the_first_step_holds() -> None:
    """There is nothing earlier to show."""
    walked = charts.steps(worked_sprint())

    assert charts.at(walked, utc("2025-01-01 00:00")) == walked[0]
    assert charts.at(walked, utc("2026-01-01 00:00")) == walked[-1]


@pytest.mark.parametrize(
    ("moment", "value"),
    [
        ("2026-11-16 08:00", "0"),
        ("2026-11-20 23:00", "16.4"),
        ("2026-11-22 12:00", "16.4"),
        ("2026-11-27 16:00", "33"),
        ("2026-12-24 12:00", "33"),
    ],
)
def test_the_ideal_line_rises_over_working_days_only(moment: str, value: str) -> None:
    """Flat over the weekend, whole at the planned end."""
    line = charts.ideal(at_work(), running_sprint())

    assert line is not None
    assert rounded(line.value(utc(moment))) == Decimal(value)


def test_the_ideal_line_counts_every_day_where_no_calendar_is_known() -> None:
    """Half of the time is half of the way."""
    ledger = running_sprint()
    assert ledger.planned_end is not None
    line = charts.ideal(empty_inputs(), ledger)
    middle = ledger.start + (ledger.planned_end - ledger.start) / 2

    assert line is not None
    assert line.value(middle) == Decimal("16.5")


def test_a_day_of_25_hours_is_longer_than_one_of_24() -> None:
    """On the night of 25 October 2026 Berlin turns its clocks back."""
    frame = frame_of("Sprint 1", 1, "2026-10-24 22:00", "2026-10-26 23:00", None)
    ledger = ledger_of((Story(name="first", committed=49),), base=frame)
    inputs = replace(empty_inputs(), working_days=(date(2026, 10, 25), date(2026, 10, 26)))
    line = charts.ideal(inputs, ledger)

    assert line is not None
    assert line.value(utc("2026-10-25 23:00")) == 25


@pytest.mark.parametrize("end", [None, "2026-11-16 08:00", "2026-11-01 08:00"])
def test_without_a_planned_end_there_is_no_ideal_line(end: str | None) -> None:
    """Nor where the plan ended before it began."""
    ledger = replace(running_sprint(), planned_end=None if end is None else utc(end))

    assert charts.ideal(at_work(), ledger) is None
    assert charts.burnup(at_work(), ledger)["ideal"] == ()
    assert charts.finding(at_work(), ledger).startswith("8 of 33 points completed")
    assert [one["series"] for one in charts.burnup(at_work(), ledger)["ends"]] == ["scope", "completed"]


@pytest.mark.parametrize(
    ("story", "finding"),
    [
        (Story(name="a", committed=10), "5 points behind the ideal line, and scope did not change"),
        (
            Story(name="a", committed=10, events=(("2026-11-17 10:00", DONE, 10, 10),)),
            "5 points ahead of the ideal line, and scope did not change",
        ),
    ],
    ids=["nothing done", "all done"],
)
def test_the_caption_states_the_finding(story: Story, finding: str) -> None:
    """At half of the working time, half is due."""
    moment = utc("2026-11-16 08:00") + (timedelta(days=9, hours=17) + timedelta(days=2, hours=-9)) / 2
    assert moment.date() <= date(2026, 11, 22)
    ledger = replace(running(story), planned_end=utc("2026-11-20 08:00"))
    inputs = replace(at_work("2026-11-18 08:00"), working_days=NOVEMBER)

    assert charts.finding(inputs, ledger) == finding


def test_on_the_ideal_line_is_neither_ahead_nor_behind() -> None:
    """Less than a twentieth of a point is nothing."""
    ledger = replace(
        running(
            Story(name="a", committed=5, events=(("2026-11-17 10:00", DONE, 5, 5),)),
            Story(name="b", committed=5),
        ),
        planned_end=utc("2026-11-20 08:00"),
    )
    inputs = at_work("2026-11-18 08:00")

    assert charts.finding(inputs, ledger) == "On the ideal line, and scope did not change"
    assert charts.stand(inputs, ledger) == "on the ideal line, and scope did not change"
    assert charts.burnup(inputs, ledger)["ends"][1]["text"] == "5 done"


def test_an_hour_is_an_hour_in_captions_and_pictures() -> None:
    """A board that estimates in seconds is told in hours."""
    hours = Story(name="a", committed=7200, events=(("2026-11-17 10:00", DONE, 7200, 7200),))
    ledger = replace(running(hours), unit=Unit.SECONDS, planned_end=None)

    assert charts.finding(at_work(), ledger) == "2 of 2 hours completed, and scope did not change"
    assert charts.burnup(at_work(), ledger)["ends"][0]["text"] == "Scope 2"
    assert charts.burnup(at_work(), ledger)["scope"][-1]["value"] == 2.0


def test_changes_that_cancel_out_within_a_day_are_no_change_of_scope() -> None:
    """What came and went before the evening is told in the ledger, not in the caption."""
    visit = Story(
        name="b",
        in_commitment=False,
        events=(("2026-11-17 10:00", IN, 3, 3), ("2026-11-17 12:00", OUT, 3, 3)),
    )
    ledger = running(Story(name="a", committed=10), visit)

    assert charts.finding(at_work(), ledger).endswith("and scope did not change")
    assert charts.burnup(at_work(), ledger)["notes"] == ()


def test_the_largest_five_changes_of_scope_are_noted_in_the_picture() -> None:
    """In the order they happened, with their sign."""
    late = [
        Story(name=f"n{size}", in_commitment=False, events=((f"2026-11-{17 + day} 10:00", IN, size, size),))
        for day, size in enumerate((1, 6, 5, 4, 3, 2))
    ]
    notes = charts.burnup(at_work("2026-11-24 08:00"), running(Story(name="a", committed=10), *late))["notes"]

    assert [note["text"] for note in notes] == ["+6 scope", "+5 scope", "+4 scope", "+3 scope", "+2 scope"]
    assert [note["value"] for note in notes] == [17.0, 22.0, 26.0, 29.0, 31.0]


def test_a_burn_up_is_drawn_from_the_start_to_the_moment_of_the_report() -> None:
    """Instants are ISO 8601 with Z; scope shrinks are noted with a minus."""
    data = charts.burnup(at_work(), running_sprint())

    assert data["scope"][0] == {"at": "2026-11-16T08:00:00Z", "value": 29.0}
    assert data["scope"][-1] == {"at": "2026-11-20T17:00:00Z", "value": 33.0}
    assert data["completed"][-1] == {"at": "2026-11-20T17:00:00Z", "value": 8.0}
    assert [note["text"] for note in data["notes"]] == ["+3 scope", "−3 scope", "+4 scope"]
    assert [(end["series"], end["text"]) for end in data["ends"]] == [
        ("scope", "Scope 33"),
        ("completed", "8 done, 7.5 behind"),
        ("ideal", "Ideal"),
    ]


def test_work_ahead_of_the_line_is_labelled_so() -> None:
    """Ahead is not behind."""
    story = Story(name="a", committed=10, events=(("2026-11-17 10:00", DONE, 10, 10),))
    ledger = replace(running(story), planned_end=utc("2026-11-20 08:00"))

    assert charts.burnup(at_work("2026-11-18 08:00"), ledger)["ends"][1]["text"] == "10 done, 5 ahead"


def test_the_caption_of_a_closed_sprint_speaks_of_what_was_completed() -> None:
    """Its pace is history; the headline gives both ratios."""
    assert charts.finding(empty_inputs(), worked_sprint()) == (
        "19 of 37 points completed, and scope grew 4 times and shrank twice"
    )
    assert charts.stand(empty_inputs(), worked_sprint()) == (
        "66 % completed, 41 % as committed, and scope grew 4 times and shrank twice"
    )


def test_velocity_shows_both_ratios_of_every_sprint() -> None:
    """Commitment beside completed, never one ratio alone."""
    assert charts.velocity([closed_sprint(18, 30, 18)])["sprints"] == (
        {
            "sprint": "Sprint 18",
            "commitment": 30.0,
            "completed": 20.0,
            "ratio_text": "67 % completed, 60 % as committed",
            "board": "Web",
        },
    )


def test_where_there_is_no_ratio_the_reason_is_said() -> None:
    """No commitment, or still active."""
    empty = frame_of("Sprint 1", 1, "2026-11-02 08:00", "2026-11-13 16:00", "2026-11-13 16:00")

    assert charts.ratio_words(empty) == "no commitment"
    assert charts.ratio_words(running_sprint()) == "still active"


def test_accuracy_counts_sprints_from_one() -> None:
    """Factors keep three decimals."""
    assert charts.accuracy([("Sprint 1", Decimal("1.20914"))])["sprints"] == (
        {"sprint": "Sprint 1", "index": 1, "factor": 1.209},
    )
