"""What a person makes of the evidence wins over the rules, through every edit and every run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.goal import Polarity
from pmreport.goals.judgement import decision, decisions, judged
from pmreport.model.journal_goals import EvidenceDecision, Verdict
from tests.support.goal_pieces import DECEMBER, piece
from tests.support.journals import BASELINE, entry

RULES = frozenset({("follow-up", "closed"), ("follow-up", "late"), ("on-scope", "closed")})
ACCEPTED, REJECTED, FOUND = EvidenceState.ACCEPTED, EvidenceState.REJECTED, EvidenceState.FOUND


def said(verdict: Verdict = Verdict.REJECTED, *pieces: Evidence, rule: str | None = None) -> EvidenceDecision:
    """A word on WEB-1, or on the pieces given."""
    return decision(pieces or (piece(),), verdict, "a note", rule=rule)


def states(found: tuple[Evidence, ...]) -> list[tuple[str, int, EvidenceState]]:
    """Rule, item and state of each piece."""
    return [(one.rule_id, one.issue_id, one.state) for one in found]


def test_a_word_marks_the_piece_and_its_note() -> None:
    """The piece says what a person made of it and why; others are as the rules found them."""
    first, other = judged([piece(1), piece(2)], [said()], RULES)

    assert (first.state, first.note, first.matches) == (REJECTED, "a note", True)
    assert (other.state, other.note) == (FOUND, "")


def test_the_last_word_counts() -> None:
    """Somebody who changes their mind writes again; both words stay in the journal."""
    (one,) = judged([piece()], [said(Verdict.REJECTED), said(Verdict.ACCEPTED)], RULES)

    assert one.state is ACCEPTED


def test_a_word_is_about_the_item_and_the_goal() -> None:
    """It holds for a rule that was renamed or came later, and for no other goal and no other item."""
    found = [piece(1, rule="renamed"), piece(2, rule="renamed"), piece(1, goal="on-scope")]

    assert states(judged(found, [said()], RULES)) == [
        ("closed", 1, REJECTED),  # as it was judged, kept
        ("renamed", 1, REJECTED),
        ("renamed", 2, FOUND),
        ("closed", 1, FOUND),  # of the other goal
    ]


def test_a_word_on_one_rule_is_about_that_rule() -> None:
    """An item may speak for a goal by one rule and not by another; a later word on all of it counts again."""
    found = [piece(1), piece(1, rule="late", polarity=Polarity.COUNTER)]
    one_rule = said(Verdict.REJECTED, found[1], rule="late")

    assert states(judged(found, [one_rule], RULES)) == [("closed", 1, FOUND), ("late", 1, REJECTED)]
    assert states(judged(found, [one_rule, said(Verdict.ACCEPTED, *found)], RULES)) == [
        ("closed", 1, ACCEPTED),
        ("late", 1, ACCEPTED),
    ]


@pytest.mark.parametrize("is_counter", [False, True])
def test_what_was_judged_stays_when_it_is_found_no_more(*, is_counter: bool) -> None:
    """It is shown as it was judged, and says whether its rule is gone or only finds it no more."""
    was = piece(polarity=Polarity.COUNTER if is_counter else Polarity.EVIDENCE)
    word = said(Verdict.ACCEPTED, was)

    (kept,) = judged([], [word], RULES)
    (orphan,) = judged([], [word], RULES - {("follow-up", "closed")})

    assert kept == replace(was, state=ACCEPTED, note="a note", matches=False)
    assert orphan == replace(kept, rule_gone=True)


def test_a_piece_that_is_found_again_is_whole_again() -> None:
    """A piece kept in the file of an earlier run is not taken for one that the rules find."""
    gone = judged([], [said()], RULES)

    assert judged(gone, [], RULES) == ()
    assert [one.matches for one in judged([piece()], [said()], RULES)] == [True]


def test_a_restricted_item_stays_restricted() -> None:
    """A piece kept from a word has the security of the item then: it is named in no mail."""
    word = said(Verdict.ACCEPTED, replace(piece(), restricted=True))

    assert [one.restricted for one in judged([], [word], RULES)] == [True]


def test_words_are_read_from_the_journal() -> None:
    """In the order they were written, among all that is written there."""
    assert decisions([entry(BASELINE), entry(said(), day=1, number=1)]) == (said(),)


pieces = st.lists(st.builds(piece, st.integers(1, 4), rule=st.sampled_from(["closed", "late"])), max_size=6)
words = st.lists(st.builds(said, st.sampled_from(Verdict), st.builds(piece, st.integers(1, 4))), max_size=4)


@given(pieces, words)
def test_judging_twice_is_judging_once(found: list[Evidence], spoken: list[EvidenceDecision]) -> None:
    """What was laid over the evidence can be laid over it again; the rules' own words are never touched."""
    once = judged(found, spoken, RULES)

    assert judged(once, spoken, RULES) == once
    assert {one.issue_id for one in once if one.matches} == {one.issue_id for one in found}
    assert all(one.since < DECEMBER and one.strength == 2 for one in once)
