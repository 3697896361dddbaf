"""Evidence over several runs: what was found, what was decided, and what is forgotten."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.errors import BadDataError
from pmreport.goals import evidence_json
from pmreport.goals.evidence import Evidence, EvidenceState, Match, collect
from pmreport.goals.goal import Polarity
from tests.support.goal_pieces import DECEMBER, NOVEMBER, OCTOBER, RULE, match


def test_a_match_becomes_evidence() -> None:
    """A piece of evidence says which rule of which goal found the item, since when, and how strongly."""
    assert collect((), [match()]) == (
        Evidence(
            goal_id="follow-up",
            issue_id=1,
            issue_key="WEB-1",
            rule_id="closed",
            clause="status = Done",
            since=NOVEMBER,
            polarity=Polarity.EVIDENCE,
            strength=2,
        ),
    )


@pytest.mark.parametrize(("noted", "found"), [(OCTOBER, NOVEMBER), (NOVEMBER, OCTOBER)])
def test_the_earlier_moment_is_kept(noted: datetime, found: datetime) -> None:
    """A continuing match keeps the earliest moment that was ever noted for it."""
    old = collect((), [match(since=noted)])

    assert [piece.since for piece in collect(old, [match(since=found)])] == [OCTOBER]


def test_what_is_not_found_any_more_goes() -> None:
    """A match that nobody has judged disappears with the match."""
    old = collect((), [match(1), match(2)])

    assert [piece.issue_key for piece in collect(old, [match(2)])] == ["WEB-2"]


def test_the_moment_of_other_words_is_not_kept() -> None:
    """A rule that was edited holds since the moment of its new words, also where it is a later one."""
    old = collect((), [match(since=OCTOBER)])
    edited = replace(match(since=NOVEMBER), clause="status = Closed")

    assert [piece.since for piece in collect(old, [edited])] == [NOVEMBER]


def test_an_edited_rule_changes_strength_and_side() -> None:
    """Strength and polarity are always those of the rule as it is now."""
    old = collect((), [match()])
    edited = replace(RULE, strength=3, polarity=Polarity.COUNTER)

    assert [(one.strength, one.polarity) for one in collect(old, [match(rule=edited)])] == [
        (3, Polarity.COUNTER)
    ]


matches = st.lists(
    st.builds(match, st.integers(1, 5), since=st.sampled_from([OCTOBER, NOVEMBER])), max_size=8
)


@given(matches)
def test_tagging_twice_is_tagging_once(found: list[Match]) -> None:
    """A second run over unchanged matches changes nothing, and the order of the matches means nothing."""
    once = collect((), found)

    assert collect(once, found) == once
    assert [one.issue_id for one in once] == sorted({one.issue_id for one in found})


@given(matches, st.sampled_from(EvidenceState), st.text())
def test_evidence_survives_the_file(found: list[Match], state: EvidenceState, note: str) -> None:
    """What is written is read back as it was, whatever the note says."""
    pieces = tuple(replace(piece, state=state, note=note) for piece in collect((), found))

    assert evidence_json.load(evidence_json.dump(pieces, DECEMBER)) == pieces


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"schema": 1}', "cannot be read"),
        ('{"schema": 1, "evidence": [{"goal_id": "x"}]}', "cannot be read"),
        ('{"schema": 1, "evidence": [7]}', "cannot be read"),
        ('{"schema": 1, "evidence": [{"since_ms": 1e300}]}', "cannot be read"),
        ('{"schema": 2, "evidence": []}', "has the schema 2, not 1"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(text: str, message: str) -> None:
    """A file that cannot be read is bad data, named, and never taken for empty."""
    with pytest.raises(BadDataError, match=message) as caught:
        evidence_json.load(text, where="evidence.json")

    assert caught.value.where == "evidence.json"
    assert caught.value.hint


def test_the_moment_of_a_run_is_in_the_file() -> None:
    """A file that does not tell it is refused with its place."""
    assert evidence_json.as_of(evidence_json.dump((), DECEMBER)) == DECEMBER
    with pytest.raises(BadDataError, match="cannot be read") as caught:
        evidence_json.as_of('{"as_of_ms": 1e300}', where="evidence.json")
    assert caught.value.where == "evidence.json"
