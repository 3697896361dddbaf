"""What may be written under a goal, and how a range is scored."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmreport.errors import UsageError
from pmreport.goals.claims import Came, Outcome, scored
from pmreport.goals.register import Claim
from pmreport.goals.writing import checked, checked_range, checked_reason
from pmreport.model.journal_goals import ActionState, Logged, LogKind
from pmreport.model.journal_kinds import Range
from tests.support.journals import START

TODAY = date(2026, 11, 20)
NOTE = Logged(goal="estimation", text=" asked the team ", what=LogKind.NOTE, on=TODAY)
RANGE = Range(about="WEB-1", low=Decimal(2), high=Decimal(8), confidence=Decimal("0.8"))


@pytest.mark.parametrize(
    "logged",
    [
        NOTE,
        replace(NOTE, what=LogKind.DECISION, link="https://wiki.example/why"),
        replace(NOTE, what=LogKind.TOUCH_POINT, subject="Sales"),
        replace(NOTE, what=LogKind.RESEARCH, subject="Rival", link="http://rival.example"),
        replace(NOTE, what=LogKind.GLOSSARY, subject="idempotent"),
        replace(NOTE, what=LogKind.ACTION, due=TODAY),
        replace(NOTE, what=LogKind.RATING, score=5),
        replace(NOTE, what=LogKind.HELP),
        replace(NOTE, what=LogKind.WORDS, reviewer="Head of Product"),
    ],
    ids=lambda logged: logged.what.value,
)
def test_an_entry_with_all_it_needs_is_kept_without_stray_blanks(logged: Logged) -> None:
    """Nothing but the blanks around it is changed."""
    assert checked(logged, TODAY) == replace(logged, text="asked the team")


@pytest.mark.parametrize(
    ("logged", "problem"),
    [
        (replace(NOTE, text=" \n"), "there is no text"),
        (replace(NOTE, on=TODAY + timedelta(days=1)), "2026-11-21 has not come yet"),
        (replace(NOTE, link="wiki.example"), "wiki.example is no address"),
        (replace(NOTE, link="https://[broken"), "is no address"),
        (replace(NOTE, link="javascript:alert(1)"), "is no address"),
        (replace(NOTE, what=LogKind.GLOSSARY), "a glossary entry needs its term"),
        (replace(NOTE, what=LogKind.TOUCH_POINT), "a touch-point needs whom you met"),
        (replace(NOTE, what=LogKind.RESEARCH, subject="Rival"), "a research note needs its source"),
        (replace(NOTE, what=LogKind.WORDS), "words have a speaker"),
        (replace(NOTE, what=LogKind.ACTION), "an action needs the day it is due"),
        (replace(NOTE, what=LogKind.ACTION, due=TODAY - timedelta(days=1)), "before it was agreed"),
        (replace(NOTE, due=TODAY), "a note is never due"),
        (replace(NOTE, score=3), "a note has no score"),
        (replace(NOTE, what=LogKind.RATING), "a rating is 1"),
        (replace(NOTE, what=LogKind.RATING, score=0), "a rating is 1"),
        (replace(NOTE, what=LogKind.RATING, score=6), "a rating is 1"),
    ],
)
def test_what_an_entry_lacks_is_said(logged: Logged, problem: str) -> None:
    """Nothing is kept that nobody could use at the next review, and the way out is named."""
    with pytest.raises(UsageError, match=problem.replace("(", r"\(")) as caught:
        checked(logged, TODAY)

    assert caught.value.hint


def test_everything_that_is_missing_is_said_at_once() -> None:
    """Nobody likes to be sent back three times."""
    with pytest.raises(UsageError) as caught:
        checked(replace(NOTE, text="", what=LogKind.RESEARCH), TODAY)

    assert caught.value.what.count(";") == 2


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (replace(RANGE, about=" "), "needs what it is about"),
        (replace(RANGE, low=Decimal(9)), "ends before it begins: 9 to 8"),
        (replace(RANGE, low=Decimal(-1)), "less than nothing"),
        (replace(RANGE, high=Decimal("1e400")), "nothing takes so much"),
        (replace(RANGE, confidence=Decimal(0)), "between 0 and 1, not 0"),
        (replace(RANGE, confidence=Decimal(1)), "between 0 and 1, not 1"),
    ],
)
def test_a_range_that_nobody_could_score_is_refused(said: Range, problem: str) -> None:
    """Certainty is no confidence, and no range ends before it begins."""
    with pytest.raises(UsageError, match=problem) as caught:
        checked_range(said)

    assert caught.value.hint


def test_a_range_is_kept_as_it_was_typed() -> None:
    """Exact numbers, and a single number is a range without width."""
    said = replace(RANGE, about=" WEB-1 ", low=Decimal("2.50"), high=Decimal("2.50"))

    assert checked_range(said) == replace(said, about="WEB-1")


def test_a_missed_action_needs_a_reason() -> None:
    """A done one does not."""
    with pytest.raises(UsageError, match="an action is missed for a reason"):
        checked_reason(ActionState.MISSED, " ")

    assert checked_reason(ActionState.DROPPED, " not worth it ") == "not worth it"
    assert checked_reason(ActionState.DONE, "") == ""


@pytest.mark.parametrize(
    ("amount", "outcome", "score"),
    [(8.0, Outcome.HIT, 6.0), (9.0, Outcome.MISS, 16.0), (None, Outcome.OPEN, None)],
)
def test_a_range_is_held_against_what_came(
    amount: float | None, outcome: Outcome, score: float | None
) -> None:
    """The width, and 2 / (1 - 0.8) = 10 for each unit outside; its edges belong to it."""
    claim = Claim(id="1", at=START, range=RANGE)
    came = None if amount is None else Came(amount=amount, at=START + timedelta(days=1))

    found = scored(claim, came)

    assert (found.outcome, found.came) == (outcome, amount)
    assert found.score == (None if score is None else pytest.approx(score))


def test_what_is_said_too_late_is_no_forecast() -> None:
    """What came is told beside it, and no score: it could be read off."""
    found = scored(Claim(id="1", at=START, range=RANGE), Came(amount=5.0, at=START))

    assert (found.outcome, found.came, found.score) == (Outcome.TOO_LATE, 5.0, None)


@pytest.mark.parametrize(
    "said",
    [
        replace(RANGE, confidence=Decimal(1)),
        replace(RANGE, low=Decimal(9)),
        replace(RANGE, high=Decimal("1e400")),
    ],
)
def test_a_range_that_is_none_has_no_score(said: Range) -> None:
    """One that was written into the file by hand breaks nothing and is not counted."""
    found = scored(Claim(id="1", at=START, range=said), Came(amount=5.0, at=START + timedelta(days=1)))

    assert (found.outcome, found.score) == (Outcome.NO_RANGE, None)
