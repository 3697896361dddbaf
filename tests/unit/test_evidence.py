"""Evidence over several runs: what was found, what was decided, and what is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.errors import BadDataError
from pmreport.goals import evidence_json
from pmreport.goals.evidence import Evidence, EvidenceState, Match, collect, coverage
from pmreport.goals.goal import GoalRule, Polarity

OCTOBER, NOVEMBER, DECEMBER = (datetime(2026, month, 1, tzinfo=UTC) for month in (10, 11, 12))
RULE = GoalRule(id="closed", jql="status = Done", strength=2)


def match(
    number: int = 1, *, rule: GoalRule = RULE, goal: str = "follow-up", since: datetime = NOVEMBER
) -> Match:
    """A rule that has found item WEB-<number>."""
    return Match(
        goal_id=goal,
        rule=rule,
        issue_id=number,
        issue_key=f"WEB-{number}",
        clause="status = Done",
        since=since,
    )


def judged(piece: Evidence, state: EvidenceState, note: str = "") -> Evidence:
    """The same piece after a person has looked at it."""
    return replace(piece, state=state, note=note)


def test_a_match_becomes_evidence() -> None:
    """A piece of evidence says which rule of which goal found the item, since when, and how strongly."""
    assert collect((), [match()], DECEMBER) == (
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
    old = collect((), [match(since=noted)], DECEMBER)

    assert [piece.since for piece in collect(old, [match(since=found)], DECEMBER)] == [OCTOBER]


def test_what_is_not_found_any_more_goes() -> None:
    """A match that nobody has judged disappears with the match."""
    old = collect((), [match(1), match(2)], DECEMBER)

    assert [piece.issue_key for piece in collect(old, [match(2)], DECEMBER)] == ["WEB-2"]


@pytest.mark.parametrize(
    ("state", "note"),
    [(EvidenceState.REJECTED, ""), (EvidenceState.ACCEPTED, "good"), (EvidenceState.FOUND, "?")],
)
def test_what_a_person_decided_survives(state: EvidenceState, note: str) -> None:
    """A judgement or a note stays through further runs, also while the rule does not find the item."""
    (piece,) = collect((), [match()], DECEMBER)
    kept = collect([judged(piece, state, note)], [match()], DECEMBER)
    lost = collect(kept, [], DECEMBER)
    back = collect(lost, [match()], DECEMBER)

    assert [(one.state, one.note, one.matches) for one in (*kept, *lost, *back)] == [
        (state, note, True),
        (state, note, False),
        (state, note, True),
    ]


def test_a_judgement_is_about_the_item_and_the_goal() -> None:
    """A rule that was renamed or added finds the item already judged; other goals and items are not."""
    (piece,) = collect((), [match()], DECEMBER)
    other = replace(RULE, id="renamed")
    found = [match(rule=other), match(2, rule=other), match(goal="on-scope")]

    states = {
        (one.goal_id, one.issue_id): one.state
        for one in collect([judged(piece, EvidenceState.REJECTED)], found, DECEMBER)
        if one.matches
    }
    assert states == {
        ("follow-up", 1): EvidenceState.REJECTED,
        ("follow-up", 2): EvidenceState.FOUND,
        ("on-scope", 1): EvidenceState.FOUND,
    }


def test_the_past_does_not_know_what_came_later() -> None:
    """As of a past moment a judged piece that is dated later is left out."""
    (piece,) = collect((), [match(since=NOVEMBER)], DECEMBER)

    assert collect([judged(piece, EvidenceState.ACCEPTED)], [], OCTOBER) == ()


def test_an_edited_rule_changes_strength_and_side() -> None:
    """Strength and polarity are always those of the rule as it is now."""
    old = collect((), [match()], DECEMBER)
    edited = replace(RULE, strength=3, polarity=Polarity.COUNTER)

    assert [(one.strength, one.polarity) for one in collect(old, [match(rule=edited)], DECEMBER)] == [
        (3, Polarity.COUNTER)
    ]


matches = st.lists(
    st.builds(match, st.integers(1, 5), since=st.sampled_from([OCTOBER, NOVEMBER])), max_size=8
)


@given(matches)
def test_tagging_twice_is_tagging_once(found: list[Match]) -> None:
    """A second run over unchanged matches changes nothing, and the order of the matches means nothing."""
    once = collect((), found, DECEMBER)

    assert collect(once, found, DECEMBER) == once
    assert [one.issue_id for one in once] == sorted({one.issue_id for one in found})


@given(matches, st.sampled_from(EvidenceState), st.text())
def test_evidence_survives_the_file(found: list[Match], state: EvidenceState, note: str) -> None:
    """What is written is read back as it was, whatever the note says."""
    pieces = tuple(judged(piece, state, note) for piece in collect((), found, DECEMBER))

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


def test_coverage_counts_items_once() -> None:
    """An item under two rules is tagged once; rules that find nothing or everything are named."""
    silent, greedy = replace(RULE, id="never"), replace(RULE, id="always")
    found = [match(1), *(match(number, rule=greedy) for number in (1, 2, 3))]
    rules = [("follow-up", rule.id) for rule in (RULE, silent, greedy)]

    covered = coverage(collect((), found, DECEMBER), rules, 3)

    assert (covered.tagged, covered.untagged_share) == (3, 0.0)
    assert covered.silent == (("follow-up", "never"),)
    assert covered.greedy == (("follow-up", "always"),)


def test_coverage_of_nothing_is_unknown() -> None:
    """Without items there is no share, and no rule that finds all; a piece of the past does not count."""
    (piece,) = collect((), [match()], DECEMBER)
    gone = collect([judged(piece, EvidenceState.ACCEPTED)], [], DECEMBER)

    covered = coverage(gone, [("follow-up", "closed")], 0)

    assert (covered.tagged, covered.untagged_share, covered.greedy) == (0, None, ())
