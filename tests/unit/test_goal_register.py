"""The register of goals: what was written, agreed and changed, as the journal tells it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pmreport.goals import register
from pmreport.goals.catalog import load
from pmreport.goals.evidence import EvidenceState
from pmreport.goals.glance import glances, keys
from pmreport.goals.goal import Polarity, Visibility
from pmreport.goals.register import terms, terms_of_period, written
from pmreport.goals.talk import Saying
from pmreport.goals.terms import as_they_stood, changes, held_against, is_moved, terms_of, to_log
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import (
    ActionResult,
    ActionState,
    GoalTerms,
    Logged,
    LogKind,
    SignOff,
)
from pmreport.model.journal_kinds import Range
from tests.support.goal_pieces import goal, piece
from tests.support.journals import BASELINE, START, entry

LATER = datetime(2027, 1, 1, tzinfo=UTC)


def note(
    text: str = "asked the team", *, day: int = 0, what: LogKind = LogKind.NOTE, goal: str = "follow-up"
) -> Entry:
    """Something written so many days after the start."""
    logged = Logged(goal=goal, text=text, what=what, on=START.date() + timedelta(days=day))
    return entry(logged, day=day, number=day)


def test_an_entry_that_nobody_has_seen_is_claimed() -> None:
    """Who agrees later, or is named at once, vouches for it; the last to agree is told."""
    first, second = note(day=1), note(day=2)
    agreed = entry(SignOff(entry=second.id, reviewer="Head of Product"), day=3, number=9)

    assert [(one.is_claimed, one.reviewer) for one in written([first, second, agreed], LATER)] == [
        (True, ""),
        (False, "Head of Product"),
    ]


def test_the_past_does_not_know_who_agreed_later() -> None:
    """As of a moment only what was written by then is there."""
    first, second = note(day=1), note(day=9)
    agreed = entry(SignOff(entry=first.id, reviewer="Head of Product"), day=5, number=9)

    (one,) = written([first, second, agreed], START + timedelta(days=3))

    assert one.is_claimed


def test_an_action_is_open_until_something_came_of_it() -> None:
    """The last word on it counts; what is no action is never open."""
    action, other = note(day=1, what=LogKind.ACTION), note(day=2)
    missed = ActionResult(entry=action.id, state=ActionState.MISSED, on=date(2026, 9, 9), reason="ill")
    done = ActionResult(entry=action.id, state=ActionState.DONE, on=date(2026, 9, 19))
    journal = [action, other, entry(missed, day=8, number=8), entry(done, day=18, number=9)]

    before, after = written(journal[:2], LATER), written(journal, LATER)

    assert [one.id for one in register.open_actions(before)] == [action.id]
    assert list(register.open_actions(after)) == []
    assert after[0].result == done


def test_what_is_written_belongs_to_its_goal() -> None:
    """A goal is told with its own entries, and the newest of them is the last."""
    mine, newest, other = note(day=1), note(day=3), note(day=5, goal="on-scope")

    found = written([mine, newest, other, entry(BASELINE, day=6)], LATER, "follow-up")

    assert [one.id for one in found] == [mine.id, newest.id]
    assert register.newest(found) == found[1]
    assert register.newest(()) is None


def test_claims_are_the_ranges_of_a_goal() -> None:
    """A range written under another goal, under none, or later, is not among them."""
    range_ = Range(
        about="WEB-1", low=Decimal(2), high=Decimal(8), confidence=Decimal("0.8"), goal="follow-up"
    )
    entries = [
        entry(range_, day=1, number=1),
        entry(replace(range_, goal=""), day=2, number=2),
        entry(range_, day=30, number=3),
    ]

    (claim,) = register.claims(entries, START + timedelta(days=9), "follow-up")

    assert (claim.id, claim.range) == (entries[0].id, range_)


def test_an_entry_is_named_by_a_part_of_its_id() -> None:
    """Its end is what is shown; its beginning and the whole id do as well, and nothing names all."""
    first, second = note(day=1), note(day=2)

    assert register.named([first, second], register.short(second.id)) == (second,)
    assert register.named([first, second], f" {first.id.upper()} ") == (first,)
    assert register.named([first, second], first.id[:5]) == (first, second)
    assert register.named([first, second], " ") == ()


def test_goals_stand_the_active_ones_first() -> None:
    """Each with its items once, without what was rejected, and what was written last."""
    shelf, active = goal("on-scope", active=False), goal("follow-up")
    evidence = [
        piece(1),
        piece(1, rule="late"),
        piece(2, polarity=Polarity.COUNTER),
        replace(piece(3), state=EvidenceState.REJECTED),
    ]
    journal = [note(day=1, what=LogKind.ACTION), note("done", day=2)]

    one, other = glances([shelf, active], evidence, journal, LATER)

    assert (one.goal.id, one.speaks_for, one.speaks_against, one.judged) == (
        "follow-up",
        ("WEB-1",),
        ("WEB-2",),
        1,
    )
    assert one.last is not None
    assert (one.last.logged.text, one.open_actions) == ("done", 1)
    assert (other.goal.id, other.last, other.open_actions) == ("on-scope", None, 0)
    assert keys(active, evidence, Polarity.COUNTER) == ("WEB-2",)


def test_terms_are_written_down_once_and_when_they_change() -> None:
    """A new goal, a changed target, a goal shelved, a goal removed; nothing where all is the same."""
    first = goal(target=0.8)
    seen = entry(terms_of(first), day=1, number=1)

    assert to_log([first], [], LATER) == (terms_of(first),)
    assert to_log([first], [seen], LATER) == ()
    assert to_log([replace(first, target=0.7)], [seen], LATER) == (
        replace(terms_of(first), target=Decimal("0.7")),
    )
    assert to_log([replace(first, active=False)], [seen], LATER) == (replace(terms_of(first), active=False),)
    removed = GoalTerms(goal="follow-up", active=False, is_removed=True)
    assert to_log([], [seen], LATER) == (removed,)
    assert to_log([], [seen, entry(removed, day=2, number=2)], LATER) == ()


def test_a_change_of_terms_is_told_in_words() -> None:
    """Who changed what, and when; that a goal was first seen is no change."""
    first = terms_of(goal(target=0.8))
    said = [
        first,
        replace(first, target=Decimal("0.75"), due=date(2027, 3, 31)),
        replace(first, target=None, due=date(2027, 3, 31), active=False),
        replace(first, target=None, due=date(2027, 3, 31), visibility="private"),
        GoalTerms(goal="follow-up", active=False, is_removed=True),
        first,
        replace(first, beyond_three="the audit"),
        first,
    ]
    history = terms([entry(one, day=day, number=day) for day, one in enumerate(said)], LATER)["follow-up"]

    assert [(known.at - START, known.by, words) for known, words in changes(history)] == [
        (timedelta(days=1), "me", "target from 0.8 to 0.75, due from none to 2027-03-31"),
        (timedelta(days=2), "me", "target from 0.75 to none, put on the shelf"),
        (timedelta(days=3), "me", "seen by manager to private, taken up"),
        (timedelta(days=4), "me", "removed from the configuration"),
        (timedelta(days=5), "me", "back in the configuration"),
        (timedelta(days=6), "me", "active beside three others: the audit"),
        (timedelta(days=7), "me", "one of the three again"),
    ]


def test_a_period_is_held_against_what_stood_at_its_start() -> None:
    """A target moved during the quarter counts from the next one on; a goal first seen in it counts so."""
    first = terms_of(goal(target=0.8))
    moved = replace(first, target=Decimal("0.5"))
    entries = [entry(first, day=10, number=1), entry(moved, day=20, number=2)]
    history = terms(entries, LATER)["follow-up"]

    def target(day: int) -> Decimal | None:
        known = terms_of_period(history, START + timedelta(days=day))
        return known.terms.target if known else None

    assert [target(day) for day in (0, 10, 15, 20)] == [
        Decimal("0.8"),
        Decimal("0.8"),
        Decimal("0.8"),
        Decimal("0.5"),
    ]
    assert terms_of_period((), START) is None
    assert list(terms(entries, START)) == []


def test_a_review_knows_what_was_changed_since_its_period_began() -> None:
    """What stood at the start, and each change after it with its day; of one never seen nothing."""
    first = terms_of(goal(target=0.8))
    moved = replace(first, target=Decimal("0.5"))
    entries = [entry(first, day=10, number=1), entry(moved, day=20, number=2)]
    history = terms(entries, LATER)["follow-up"]
    day = START.date() + timedelta(days=20)

    assert held_against(history, START + timedelta(days=15), ZoneInfo("UTC")) == (
        first,
        (Saying(text="target from 0.8 to 0.5", on=day),),
    )
    assert held_against(history, START + timedelta(days=25), ZoneInfo("UTC")) == (moved, ())
    assert held_against((), START, ZoneInfo("UTC")) == (None, ())
    assert is_moved(goal(target=0.5), first)
    assert not is_moved(goal(target=0.8), first)


def test_a_goal_of_the_past_is_held_against_what_stood_then() -> None:
    """What was changed later is taken back; who may see it is who might then and may now."""
    wide = replace(goal("a"), target=0.9, visibility=Visibility.MANAGEMENT, due=date(2027, 3, 31))
    then = replace(terms_of(wide), target=Decimal("0.8"), visibility="manager", active=False)
    entries = [entry(then, day=2, number=1), entry(terms_of(wide), day=9, number=2)]

    (stood,) = as_they_stood([wide], entries, START + timedelta(days=5))
    (first,) = as_they_stood([wide], entries, START)
    secret = replace(wide, visibility=Visibility.PRIVATE)

    assert (stood.target, stood.visibility, stood.active) == (0.8, Visibility.MANAGER, False)
    assert first == stood
    assert as_they_stood([secret], entries, START)[0].visibility is Visibility.PRIVATE
    assert as_they_stood([wide], entries, LATER) == (wide,)
    assert as_they_stood([wide], [], START) == (wide,)


def test_the_number_a_goal_is_known_by_has_the_target_of_then() -> None:
    """Its further numbers keep theirs."""
    known = load()["estimate-ahead"]
    then = replace(terms_of(known), target=Decimal("1.9"))
    entries = [entry(then, day=2, number=1), entry(terms_of(known), day=9, number=2)]

    (stood,) = as_they_stood([known], entries, START + timedelta(days=5))

    assert (stood.target, stood.indicators[0].target) == (1.9, 1.9)
    assert stood.indicators[1:] == known.indicators[1:]
