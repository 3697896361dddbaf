"""Indicators: scores, verdicts, guards, and what evidence and journal count to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.goals.catalog import load, resolve
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Goal, Polarity
from pmreport.goals.indicator import Aim, Binding, Guard, Indicator, Source
from pmreport.goals.indicators import (
    Kept,
    Measure,
    Reading,
    Readings,
    Verdict,
    measures,
    score,
)
from pmreport.goals.readings import Logged, bindings, of_evidence, of_journal, own_readings, said, smart
from pmreport.goals.settings import GoalSettings
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.stats.proportion import Interval

NOW = datetime(2026, 11, 20, tzinfo=UTC)
GUARD = Guard(binding=Binding(id="moves", unit="moves"), name="Moves", aim=Aim.AT_MOST, limit=3)
KEPT = Indicator(
    binding=Binding(id="kept", unit="%", is_share=True), name="Kept", target=0.8, floor=0.5, guard=GUARD
)


def one(reading: Reading | None, *, indicator: Indicator = KEPT, moves: float | None = 0) -> Measure:
    """The one measure of a goal with one indicator."""
    goal = replace(load()["follow-up"], indicators=(indicator,), due=date(2027, 3, 31))
    now = {"moves": Reading(value=moves, n=9)} | ({} if reading is None else {"kept": reading})
    (found,) = measures(goal, Readings(now))
    return found


@pytest.mark.parametrize(
    ("value", "floor", "target", "told"),
    [
        (0.65, 0.5, 0.8, 50.0),
        (0.4, 0.5, 0.8, 0.0),
        (0.9, 0.5, 0.8, 100.0),
        (2.25, 3.0, 1.5, 50.0),  # less is better
        (1.2, 3.0, 1.5, 100.0),
        (1.0, 0.8, 0.8, None),
    ],
)
def test_a_score_runs_from_the_floor_to_the_target(
    value: float, floor: float, target: float, told: float | None
) -> None:
    """0 at the floor, 100 at the target, and no scale where both are the same."""
    assert score(value, floor=floor, target=target) == (told if told is None else pytest.approx(told))


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6).filter(lambda target: abs(target) > 1e-6),
)
@settings(max_examples=50)
def test_a_score_never_leaves_its_scale(value: float, floor: float, target: float) -> None:
    """Whatever is read, a score lies from 0 to 100, or there is none."""
    told = score(value, floor=floor, target=target)

    assert told is None or 0 <= told <= 100


def test_no_data_is_no_score() -> None:
    """What was not read has no score, which is not a score of 0, and says so."""
    found = one(None)

    assert (found.verdict, found.score, found.interval) == (Verdict.NO_DATA, None, None)


@pytest.mark.parametrize(
    ("successes", "n", "said_of_it", "scored"),
    [
        (4, 4, Verdict.TOO_EARLY, None),
        (4, 5, Verdict.NOT_SURE, 100.0),
        (8, 10, Verdict.NOT_SURE, 100.0),
        (9, 10, Verdict.MET, 100.0),
        (16, 20, Verdict.MET, 100.0),
        (13, 20, Verdict.NOT_YET, 50.0),
    ],
)
def test_a_share_is_met_only_when_few_do_not_decide(
    successes: int, n: int, said_of_it: Verdict, scored: float | None
) -> None:
    """The point passes the target and the lower bound one half; below five it is too early."""
    found = one(Reading(value=successes / n, n=n, successes=successes))

    assert found.verdict is said_of_it
    assert found.interval is not None
    assert found.score == (None if scored is None else pytest.approx(scored))


def test_a_few_things_counted_are_an_answer() -> None:
    """Two entries are two entries: the gate for small samples does not stand before a count."""
    found = one(Reading(value=2, n=2, is_count=True), indicator=replace(KEPT, target=2, floor=0))

    assert (found.verdict, found.score) == (Verdict.MET, 100.0)


@pytest.mark.parametrize(
    ("moves", "kept", "told"),
    [
        (3, Kept.KEPT, Verdict.MET),
        (4, Kept.BROKEN, Verdict.NOT_GUARDED),
        (None, Kept.UNKNOWN, Verdict.MET),
    ],
)
def test_a_guard_stands_in_the_same_row(moves: float | None, kept: Kept, told: Verdict) -> None:
    """A target that is reached at the cost of its guard is not met; a guard may also be not known."""
    found = one(Reading(value=0.9, n=20, successes=18), moves=moves)

    assert found.guarded is not None
    assert (found.guarded.kept, found.verdict) == (kept, told)


def test_a_team_number_is_context() -> None:
    """It is shown with its interval and never scored; without data it says so."""
    context = replace(KEPT, is_context=True, guard=None)
    found = one(Reading(value=0.9, n=20, interval=Interval(0.7, 0.97)), indicator=context)

    assert (found.verdict, found.score, found.guarded) == (Verdict.CONTEXT, None, None)
    assert found.interval == Interval(0.7, 0.97)
    assert one(None, indicator=context).verdict is Verdict.NO_DATA


def test_a_target_on_the_wrong_side_of_its_floor_has_no_score() -> None:
    """A target of one's own below the floor would turn good into bad; the verdict stands without a score."""
    reading = Reading(value=0.45, n=40, successes=18)

    assert one(reading, indicator=replace(KEPT, target=0.4)).score is None
    assert one(reading, indicator=replace(KEPT, floor=None)).score is None
    assert one(reading, indicator=replace(KEPT, target=None)).verdict is Verdict.NO_TARGET


def piece(issue_id: int, rule_id: str, **told: object) -> Evidence:
    """A piece of evidence for the goal `g`."""
    plain = Evidence(
        goal_id="g",
        issue_id=issue_id,
        issue_key=f"WEB-{issue_id}",
        rule_id=rule_id,
        clause="",
        since=NOW,
        polarity=Polarity.EVIDENCE,
        strength=1,
    )
    return replace(plain, **told)  # type: ignore[arg-type]  # the fields of a piece


def test_evidence_is_a_share_of_the_items_it_speaks_of() -> None:
    """What a miss found is a miss, whatever else found it; what a person rejected counts for nothing."""
    binding = Binding(id="share", source=Source.EVIDENCE, hits=("good",), misses=("bad",))
    found = of_evidence(
        binding,
        "g",
        [
            piece(1, "good"),
            piece(2, "good"),
            piece(2, "bad"),
            piece(3, "good", state=EvidenceState.REJECTED),
            piece(4, "good", matches=False),
            piece(5, "good", matches=False, state=EvidenceState.ACCEPTED),
            piece(6, "other"),
            piece(7, "good", goal_id="another"),
        ],
    )

    assert (found.n, found.successes, found.items) == (3, 2, ("WEB-2",))
    assert found.note == "1 speak against it"
    assert of_evidence(binding, "g", [piece(1, "good")]).note == ""
    assert of_evidence(binding, "g", ()).value is None


def logged(days: int, kind: str = "note", **told: object) -> Logged:
    """An entry so many days ago."""
    return replace(Logged(at=NOW - timedelta(days=days), kind=kind), **told)  # type: ignore[arg-type]


def test_the_journal_counts_what_was_written_in_its_window() -> None:
    """Other kinds, older entries and those typed later are not counted; who never wrote has no data."""
    binding = Binding(id="notes", source=Source.JOURNAL, kinds=("note",), days=28)
    entries = [logged(1), logged(27), logged(28), logged(-1), logged(2, "research")]

    found = of_journal(binding, "g", entries, NOW)

    assert (found.value, found.n, found.is_count) == (2, 2, True)
    assert of_journal(binding, "g", [logged(40)], NOW).value == 0
    assert of_journal(binding, "g", [logged(-1)], NOW).value is None
    under = of_journal(replace(binding, goal_only=True), "g", [logged(1), logged(1, goal_id="g")], NOW)
    assert under.value == 1
    assert "under g" in of_journal(replace(binding, goal_only=True), "g", [logged(1)], NOW).note


def test_entries_about_one_thing_are_one() -> None:
    """Two notes about one competitor are one competitor; what names nobody is none."""
    binding = Binding(id="rivals", source=Source.JOURNAL, kinds=("research",), days=90, by_subject=True)
    about = ("A  Rival", "a rival", "Another", " ")

    found = of_journal(binding, "g", [logged(1, "research", subject=name) for name in about], NOW)

    assert (found.value, found.n) == (2, 2)


def test_a_share_of_the_journal_names_its_source() -> None:
    """Of the entries of the window, those that say where it is from."""
    binding = Binding(id="sourced", source=Source.JOURNAL, kinds=("note",), days=28, is_share=True)

    found = of_journal(binding, "g", [logged(1, is_sourced=True), logged(2), logged(90)], NOW)

    assert (found.value, found.n, found.successes) == (0.5, 2, 1)
    assert of_journal(binding, "g", [logged(90)], NOW).value is None


def test_what_a_goal_reads_itself_stands_beside_what_it_began_with() -> None:
    """Evidence and journal are read for each binding, guards included, and as they were a quarter before."""
    goal = load()["fit-to-customers"]
    backed = piece(1, "backed-by-evidence", goal_id=goal.id)
    earlier = (backed, piece(2, "not-backed", goal_id=goal.id))
    read = own_readings(goal, [backed], [logged(95, "research")], NOW, before=earlier)
    nothing = own_readings(load()["on-time"], (), (), NOW)

    assert read.now["backed-share"].value == 1
    assert read.now["research-logged"].value == 0
    assert read.before["research-logged"].value == 1
    assert (read.before["backed-share"].value, read.before["backed-share"].n) == (0.5, 2)
    assert nothing == Readings({}, {})


def test_a_target_is_said_so_that_it_can_be_checked() -> None:
    """From x (n) to y by a day, measured by an id, guarded by an id."""
    found = one(Reading(value=0.5, n=10, successes=5))

    assert smart(found) == (
        "From 50 % (n=10) to at least 80 % by 2027-03-31, measured by kept, "
        "guard moves not worse than 3 moves."
    )
    began = replace(found, baseline=Reading(value=0.25, n=4), due=None)
    assert smart(began).startswith("From 25 % (n=4) to at least 80 % by a day still to be agreed")
    bare = one(None, indicator=replace(KEPT, target=None, guard=None))
    assert smart(bare) == "From no reading yet to no target by 2027-03-31, measured by kept."
    assert bare.trend == "No trend shown."
    assert said(-0.0001, "") == "0"


def test_every_built_in_goal_can_be_measured() -> None:
    """A measure is bound to a known number, to rules of its goal or to the journal, and has a guard."""
    for goal in load().values():
        rules = {rule.id for rule in goal.rules}
        assert (goal.metric, goal.target, goal.aim) == (
            goal.indicators[0].binding.id,
            goal.indicators[0].target,
            goal.indicators[0].aim,
        )
        assert goal.baseline
        assert 1 <= len(goal.indicators) <= 3
        for indicator in goal.indicators:
            assert indicator.is_context or indicator.guard is not None
            assert indicator.target is not None
            assert indicator.floor is not None
            assert (indicator.target > indicator.floor) is (indicator.aim is Aim.AT_LEAST)
        for binding, _ in bindings(goal):
            match binding.source:
                case Source.NUMBER:
                    assert binding.id in DEFINITIONS, binding.id
                case Source.EVIDENCE:
                    assert binding.hits
                    assert {*binding.hits, *binding.misses} <= rules
                case Source.JOURNAL:
                    assert binding.kinds
                    assert binding.days > 0


def test_a_target_of_ones_own_is_that_of_the_first_measure() -> None:
    """The other measures of a built-in goal keep theirs."""
    base = load()["follow-up"]
    (goal,) = resolve([GoalSettings(id="mine", use="catalogue:follow-up", target=0.9)])
    (own,) = resolve([GoalSettings(id="own", title="Own", target=0.9)])

    assert [each.target for each in goal.indicators] == [0.9, base.indicators[1].target]
    assert own.indicators == ()
    assert isinstance(goal, Goal)
