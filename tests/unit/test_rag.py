"""Red, amber, green by written thresholds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmreport.metrics.sprint import SprintLedger
from pmreport.report import dimensions, rag
from pmreport.report.colours import Colour
from pmreport.report.dimensions import Dimension
from pmreport.report.inputs import Inputs
from pmreport.report.settings import Threshold, Thresholds
from tests.support.report_inputs import (
    IN,
    OUT,
    Story,
    empty_inputs,
    frame_of,
    ledger_of,
    rich_inputs,
    running_sprint,
    utc,
    weekdays,
    worked_sprint,
)


def grown(committed: int, added: int, name: str = "Sprint 1") -> SprintLedger:
    """A running sprint that was committed to and then grew, or shrank where `added` is negative."""
    moment = "2026-11-17 10:00"
    change = Story(name="late", in_commitment=False, events=((moment, IN, added, added),))
    if added < 0:
        change = Story(name="gone", committed=-added, events=((moment, OUT, -added, -added),))
        committed += added
    base = frame_of(name, 1, "2026-11-16 08:00", "2026-11-27 16:00", None)
    return ledger_of((Story(name="first", committed=committed), change), base=base)


def dimension(inputs: Inputs, name: str) -> Dimension:
    """The dimension of this name."""
    return next(one for one in rag.verdict(inputs).dimensions if one.id == name)


def fresh(*ledgers: SprintLedger) -> Inputs:
    """Inputs read on the day of the report."""
    return replace(empty_inputs(), data_as_of=utc("2026-11-20 08:00"), ledgers=ledgers)


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("0.0999", "green"),
        ("0.10", "amber"),
        ("0.1999", "amber"),
        ("0.20", "red"),
        ("3", "red"),
        ("-1", "green"),
    ],
)
def test_amber_and_red_begin_at_their_thresholds(value: str, colour: str) -> None:
    """At the threshold is already amber, or red."""
    assert dimensions.colour_of(Decimal(value), Threshold(Decimal("0.10"), Decimal("0.20"))) == colour


@pytest.mark.parametrize(
    ("committed", "added", "colour", "why"),
    [
        (100, 0, Colour.GREEN, "Sprint 1 holds what was committed"),
        (100, 9, Colour.GREEN, "Sprint 1 grew by 9 % since its start"),
        (100, 10, Colour.AMBER, "Sprint 1 grew by 10 % since its start"),
        (100, 20, Colour.RED, "Sprint 1 grew by 20 % since its start"),
        (100, -30, Colour.GREEN, "Sprint 1 shrank by 30 % since its start"),
        (0, 5, Colour.GREY, "no sprint with a commitment yet"),
    ],
)
def test_scope_is_judged_by_net_growth(committed: int, added: int, colour: Colour, why: str) -> None:
    """The number that fired stands in the sentence; without a commitment it is grey."""
    scope = dimension(fresh(grown(committed, added)), "scope")

    assert (scope.colour, scope.why) == (colour, why)


def test_the_sprint_that_grew_most_decides() -> None:
    """One calm board hides no other."""
    calm = grown(100, 0, "Calm")
    wild = replace(grown(100, 50, "Wild"), board_id=8)
    scope = dimension(fresh(calm, wild), "scope")

    assert scope.why == "Wild grew by 50 % since its start"


def test_numbers_that_do_not_add_up_are_never_green() -> None:
    """A broken identity makes scope amber at least, and names the issues."""
    sound = grown(100, 0)
    broken = replace(sound, amounts=replace(sound.amounts, completed=Decimal(7)), events=sound.events[1:])
    scope = dimension(fresh(broken), "scope")

    assert scope.colour is Colour.AMBER
    assert scope.why.endswith("and the numbers of Sprint 1 do not add up (WEB-1)")


def test_a_broken_sum_without_a_broken_issue_names_the_sprint() -> None:
    """Where every issue adds up by itself, no issue is blamed."""
    sound = grown(100, 50)
    broken = replace(sound, counts=replace(sound.counts, completed=Decimal(7)))
    scope = dimension(fresh(broken), "scope")

    assert scope.colour is Colour.RED
    assert scope.why == "Sprint 1 grew by 50 % since its start, and the numbers of Sprint 1 do not add up"


@pytest.mark.parametrize(
    ("synced", "colour", "why"),
    [
        ("2026-11-20 08:00", Colour.GREEN, "read on the day of this report"),
        ("2026-11-25 08:00", Colour.GREEN, "read on the day of this report"),
        ("2026-11-19 08:00", Colour.AMBER, "read 1 working day ago"),
        ("2026-11-18 08:00", Colour.AMBER, "read 2 working days ago"),
        ("2026-11-17 08:00", Colour.RED, "read 3 working days ago"),
        ("2026-11-14 08:00", Colour.RED, "read 5 working days ago"),
    ],
)
def test_data_is_judged_by_its_age_in_working_days(synced: str, colour: Colour, why: str) -> None:
    """The day of the sync is not counted, nor is a weekend."""
    inputs = replace(
        empty_inputs(),
        data_as_of=utc(synced),
        working_days=weekdays(date(2026, 11, 9), date(2026, 11, 27)),
    )
    data = dimension(inputs, "data")

    assert (data.colour, data.why) == (colour, why)


def test_an_as_of_at_midnight_belongs_to_the_day_before() -> None:
    """The end of Friday is not Saturday."""
    inputs = replace(
        empty_inputs(),
        as_of=utc("2026-11-19 23:00"),
        data_as_of=utc("2026-11-19 08:00"),
        working_days=weekdays(date(2026, 11, 16), date(2026, 11, 27)),
    )

    assert dimensions.data_age(inputs) == 0


def test_a_missing_input_is_grey_and_named() -> None:
    """Schedule, budget and quality say what they lack."""
    missing = {
        one.id: (one.colour, one.why)
        for one in rag.verdict(rich_inputs()).dimensions
        if one.number.value is None
    }

    assert missing == {
        "schedule": (Colour.GREY, "no initiative is configured"),
        "budget": (Colour.GREY, "no initiative is configured"),
        "quality": (Colour.GREY, "what was reopened was not counted"),
    }


def test_the_overall_colour_is_the_worst_known() -> None:
    """Grey does not hide amber, and says itself that it is not measured."""
    verdict = rag.verdict(rich_inputs())

    assert (verdict.colour, verdict.state) == (Colour.AMBER, "at risk")
    assert verdict.why == (
        "Scope: Sprint 24 grew by 14 % since its start. Schedule, budget and quality are not known."
    )


def test_green_names_what_is_not_measured() -> None:
    """On track means: what is measured is on track."""
    verdict = rag.verdict(fresh(grown(100, 0)))

    assert verdict.colour is Colour.GREEN
    assert verdict.why == (
        "Scope: Sprint 1 holds what was committed; data: read on the day of this report."
        " Schedule, budget and quality are not known."
    )


def test_grey_is_never_green() -> None:
    """Where nothing is known the state is not known, and every reason is given."""
    verdict = rag.verdict(empty_inputs())

    assert (verdict.colour, verdict.state, verdict.tone) == (Colour.GREY, "not known", "unknown")
    assert verdict.why == (
        "Nothing could be measured: schedule: no initiative is configured; scope: no sprint with a "
        "commitment yet; budget: no initiative is configured; quality: what was reopened was not counted; "
        "data: no sync has completed yet."
    )


def test_fresh_data_alone_make_nothing_green() -> None:
    """A site without sprints, read today, is "not known", not on track."""
    verdict = rag.verdict(fresh())

    assert (verdict.colour, verdict.state) == (Colour.GREY, "not known")
    assert verdict.why == (
        "Nothing could be measured: schedule: no initiative is configured; scope: no sprint with a "
        "commitment yet; budget: no initiative is configured; quality: what was reopened was not counted."
    )


def test_old_data_alone_are_a_warning() -> None:
    """What was read three working days ago is red, whatever else is known."""
    old = replace(
        empty_inputs(),
        data_as_of=utc("2026-11-17 08:00"),
        working_days=weekdays(date(2026, 11, 9), date(2026, 11, 27)),
    )

    assert rag.verdict(old).colour is Colour.RED


def test_an_incomplete_sprint_decides_nothing() -> None:
    """Its growth is that of the items that happen to be known, so scope is grey and says why."""
    scope = dimension(fresh(replace(grown(100, 50), is_incomplete=True)), "scope")

    assert (scope.colour, scope.number.value) == (Colour.GREY, None)
    assert scope.why == "Sprint 1 began before the history that was read"


def test_the_last_closed_sprint_is_judged_where_none_runs() -> None:
    """The worked sprint grew by 8 of 29."""
    scope = dimension(fresh(worked_sprint()), "scope")

    assert (scope.colour, scope.why) == (Colour.RED, "Sprint 10 grew by 28 % since its start")


def test_the_thresholds_are_the_users_own() -> None:
    """And the rule is written beside the number."""
    lenient = Thresholds(scope=Threshold(Decimal("0.5"), Decimal(1)))
    scope = dimension(replace(fresh(running_sprint()), thresholds=lenient), "scope")

    assert (scope.colour, scope.rule) == (Colour.GREEN, "amber from 50 %, red from 100 %")
