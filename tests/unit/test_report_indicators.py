"""What was measured for a goal, as the review tells it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pmreport.goals.indicator import Aim, Binding, Guard, Indicator
from pmreport.goals.indicators import Guarded, Kept, Reading, Verdict
from pmreport.goals.indicators import Measure as Judged
from pmreport.report import build, indicators
from pmreport.report.inputs import Measure
from pmreport.stats.proportion import Interval
from tests.support.report_inputs import goals, rich_inputs, section_of, told

SHARE = Indicator(
    binding=Binding(id="estimated-share", unit="%", is_share=True), name="Items with an estimate", target=0.9
)
FACTOR = Indicator(
    binding=Binding(id="typical-factor", unit="x"), name="Typical factor", aim=Aim.AT_MOST, target=1.5
)
GUARD = Guard(binding=Binding(id="anew", unit="%"), name="points written anew", aim=Aim.AT_MOST, limit=0.2)


def judged(indicator: Indicator = SHARE, verdict: Verdict = Verdict.NOT_YET, **reading: Any) -> Judged:
    """A measure of the goal `estimation`."""
    read = Reading(**{"value": 0.85, "n": 20, **reading})
    return Judged(goal_id="estimation", indicator=indicator, reading=read, verdict=verdict)


def test_a_share_becomes_a_percentage_with_its_interval() -> None:
    """The value, both ends and the first value; n and what was left out stay what they are."""
    found = indicators.measure(
        replace(
            judged(interval=Interval(0.64, 0.95), excluded=(("open", 3),)), baseline=Reading(value=0.5, n=9)
        )
    )

    assert (found.value, found.unit, found.decimals, found.scale) == (Decimal("85.00"), "%", 0, Decimal(100))
    assert found.interval == (Decimal("64.00"), Decimal("95.00"))
    assert (found.baseline, found.n, found.excluded) == (Decimal("50.0"), 20, (("open", 3),))
    assert found.verdict == "Not yet met. No trend shown."
    assert found.definition == ""


def test_no_data_is_no_number_and_says_why() -> None:
    """Not zero, and no n either."""
    found = indicators.measure(judged(value=None, n=0, verdict=Verdict.NO_DATA, note="no initiative"))
    silent = indicators.measure(judged(value=None, n=0, verdict=Verdict.NO_DATA))

    assert (found.value, found.n, found.verdict, found.missing) == (None, None, "", "no initiative")
    assert silent.missing == "nothing was measured"


def test_a_number_of_the_team_claims_nothing_about_a_person() -> None:
    """It is context: neither a trend nor a note is told beside it."""
    found = indicators.measure(judged(verdict=Verdict.CONTEXT, trend="It rose.", note="noted"))

    assert found.verdict == "A number of the team: context, never a personal score."


@pytest.mark.parametrize(
    ("value", "kept", "said"),
    [
        (0.11, Kept.KEPT, "Points written anew: 11 %, kept (wanted at most 20 %, n = 50)."),
        (0.31, Kept.BROKEN, "Points written anew: 31 %, not kept (wanted at most 20 %, n = 50)."),
        (None, Kept.UNKNOWN, "Points written anew: no data (wanted at most 20 %)."),
    ],
)
def test_the_guard_stands_beside_its_measure(value: float | None, kept: Kept, said: str) -> None:
    """As it was read, with its limit."""
    guarded = Guarded(guard=GUARD, reading=Reading(value=value, n=50), kept=kept)

    assert indicators.measure(replace(judged(), guarded=guarded)).guarded == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(None, "%", "no data"), (Decimal("1.53"), "x", "1.53\u00d7"), (Decimal(3), "", "3")],
)
def test_a_number_inside_a_sentence_has_its_unit(value: Decimal | None, unit: str, said: str) -> None:
    """A factor stands against its sign."""
    assert indicators.said(value, unit) == said


@pytest.mark.parametrize(("value", "has_line"), [(1.4142, True), (1.53, False)])
def test_a_line_is_kept_only_where_it_leads_to_the_same_number(value: float, *, has_line: bool) -> None:
    """Two counts over different items would contradict each other side by side."""
    known = rich_inputs()
    found = indicators.with_indicators(known, {"estimation": (judged(FACTOR, value=value),)})

    assert (found.measures["estimation"].trend == known.measures["estimation"].trend) is has_line
    assert found.measures["estimation"].baseline == (Decimal("1.8") if has_line else None)


def test_a_goal_without_a_line_has_its_number_alone() -> None:
    """Most numbers are read once, and nothing is drawn of them."""
    found = indicators.with_indicators(rich_inputs(), {"on-time": (judged(),)}).measures["on-time"]

    assert (found.value, found.trend, found.baseline) == (Decimal("85.00"), (), None)


def test_a_line_keeps_the_first_value_that_was_measured() -> None:
    """What was read a quarter before wins over the beginning of the line."""
    one = replace(judged(FACTOR, value=1.4142), baseline=Reading(value=1.6, n=9))

    found = indicators.with_indicators(rich_inputs(), {"estimation": (one,)})

    assert found.measures["estimation"].baseline == Decimal("1.6")


def test_further_measures_stand_below_the_first() -> None:
    """Each with target, n and verdict; without data the reason; a goal without measures stays as it was."""
    guarded = Guarded(guard=GUARD, reading=Reading(value=0.1, n=50), kept=Kept.KEPT)
    further = (
        replace(judged(), guarded=guarded),
        judged(value=None, note="no rates", verdict=Verdict.NO_DATA),
        judged(replace(SHARE, target=None), verdict=Verdict.NO_TARGET),
        judged(replace(SHARE, target=None), value=None, verdict=Verdict.NO_DATA),
    )
    known = indicators.with_indicators(
        replace(rich_inputs(), goals=goals()[:1]), {"estimation": (judged(FACTOR), *further), "other": ()}
    )
    lines = told(section_of(build.review(known), "goal-estimation"))
    start = next(number for number, line in enumerate(lines) if line.startswith("Items with an"))

    assert lines[start : start + 4] == [
        (
            "Items with an estimate: 85 % | target at least 90 %, n = 20. "
            "Points written anew: 10 %, kept (wanted at most 20 %, n = 50). Not yet met."
        ),
        "Items with an estimate: [No data] | no rates. Target at least 90 %.",
        "Items with an estimate: 85 % | n = 20. No target set.",
        "Items with an estimate: [No data] | nothing was measured.",
    ]
    assert isinstance(known.measures["estimation"], Measure)
    assert "other" not in known.also
