"""The journal as text: what is written is read, and what cannot be read is told."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.model.journal import Reading, dump, load, new_entry
from pmreport.model.journal_kinds import (
    KINDS,
    FollowUp,
    FollowUpStatus,
    FollowUpType,
    QualityException,
    Range,
)
from pmreport.model.journal_state import baseline_in_force, baselines, exceptions, follow_ups, ranges
from pmreport.model.plain import from_plain, to_plain
from pmreport.model.problem import Problem, ProblemKind
from tests.support.journals import BASELINE, ENTRIES, START, entry

LINES = [dump(each) for each in ENTRIES]
TEXT = b"".join(LINES)


def changed(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The line after somebody changed the object on it."""
    plain = json.loads(line)
    change(plain)
    return json.dumps(plain).encode() + b"\n"


def test_every_kind_comes_back_as_it_was_written() -> None:
    """Decimals stay exact, moments and days what they are, and a line break stays within its line."""
    assert load(TEXT, where="journal.jsonl") == Reading(ENTRIES)
    assert {each.kind for each in ENTRIES} == set(KINDS)
    assert TEXT.count(b"\n") == len(ENTRIES)


def test_a_line_says_its_schema_kind_moment_and_writer() -> None:
    """A person or another program can read a journal without pmreport."""
    plain = json.loads(LINES[3])

    assert (plain["schema"], plain["kind"], plain["by"]) == (1, "exception", "me")
    assert plain["at"] == "2026-09-04T08:00:00Z"
    assert plain["payload"]["until"] == "2026-12-31"


def test_an_id_is_a_uuid_that_grows_with_time() -> None:
    """Version 7 of RFC 9562: two entries of one moment differ, later ones sort behind."""
    early = new_entry(BASELINE, at=START, by="me", randomness=2**74 - 1)
    late = new_entry(BASELINE, at=START + timedelta(milliseconds=1), by="me", randomness=0)

    assert UUID(early.id).version == UUID(late.id).version == 7
    assert {UUID(each.id).variant for each in (early, late)} == {"specified in RFC 4122"}
    assert early.id < late.id
    assert early.id != new_entry(BASELINE, at=START, by="me", randomness=0).id


@given(cut=st.integers(min_value=0, max_value=len(TEXT)))
@settings(max_examples=50)
def test_a_journal_cut_anywhere_keeps_every_entry_before_the_cut(cut: int) -> None:
    """What a crash leaves: whole entries are read, the torn one is told, and none is made up."""
    found = load(TEXT[:cut], where="j")
    ends = [sum(map(len, LINES[: number + 1])) for number in range(len(LINES))]
    whole = sum(1 for end in ends if cut >= end - 1)  # an entry without its line end is whole

    assert found.entries == ENTRIES[:whole]
    torn = cut not in {0, *ends, *(end - 1 for end in ends)}
    assert [problem.kind for problem in found.problems] == [ProblemKind.JOURNAL_TORN] * torn


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"\xff\xfe\n", "'utf-8' codec can't decode"),
        (b"[]\n", "list indices"),
        (b"[" * 100_000 + b"\n", "recursion"),
        (changed(LINES[1], lambda plain: plain.pop("at")), "at is missing"),
        (changed(LINES[1], lambda plain: plain.update(at="yesterday")), "at: 'yesterday' is no instant"),
        (changed(LINES[1], lambda plain: plain.update(payload=[])), "an object is wanted, not list"),
        (changed(LINES[1], lambda plain: plain.update(schema="1")), "there is no schema '1'"),
        (changed(LINES[1], lambda plain: plain["payload"].update(low=2)), "low: str is wanted, not int"),
        (changed(LINES[1], lambda plain: plain["payload"].update(low="NaN")), "low: 'NaN' is no number"),
        (changed(LINES[1], lambda plain: plain["payload"].update(low="two")), "low: 'two' is no number"),
        (
            changed(LINES[2], lambda plain: plain["payload"].update(type="wish")),
            "type: 'wish' is not a valid",
        ),
    ],
    ids=[
        "no UTF-8",
        "a list",
        "nested too deeply",
        "no moment",
        "no instant",
        "no payload",
        "another schema",
        "a number for a text",
        "not a number",
        "no number",
        "an unknown type",
    ],
)
def test_a_broken_line_in_the_middle_is_told_with_its_number_and_left_out(line: bytes, told: str) -> None:
    """The entries around it are read."""
    found = load(LINES[0] + line + LINES[3], where="journal.jsonl")

    assert found.entries == (ENTRIES[0], ENTRIES[3])
    (problem,) = found.problems
    assert (problem.kind, problem.subject) == (ProblemKind.JOURNAL_UNREADABLE, "journal.jsonl:2")
    assert told in problem.detail


@pytest.mark.parametrize("later", [{"kind": "forecast"}, {"schema": 2}])
def test_an_entry_of_a_newer_release_is_told_and_left_alone(later: dict[str, object]) -> None:
    """It is not damaged, so it is not called so; the others are read."""
    found = load(changed(LINES[0], lambda plain: plain.update(later)) + LINES[3], where="j")

    assert found.entries == (ENTRIES[3],)
    assert [(problem.kind, problem.subject) for problem in found.problems] == [
        (ProblemKind.JOURNAL_NEWER, "j:1")
    ]


def test_a_key_that_a_newer_release_added_is_passed_over() -> None:
    """What is known of the entry still counts."""
    assert load(changed(LINES[0], lambda plain: plain.update(mood="calm")), where="j").entries == ENTRIES[:1]


def test_an_entry_that_stands_there_twice_counts_once() -> None:
    """Two copies of a journal put together; blank lines and the mark of an editor are nothing."""
    found = load(b"\xef\xbb\xbf" + TEXT + b"\n \n" + LINES[0], where="j")

    assert found.entries == ENTRIES
    assert found.problems == (Problem(ProblemKind.JOURNAL_REPEATED, f"j:{len(LINES) + 3}", ENTRIES[0].id),)


def test_a_value_without_a_plain_shape_is_a_mistake_in_the_program() -> None:
    """It is found when the entry is written, not when it is read years later."""
    with pytest.raises(TypeError, match="float has no plain shape"):
        to_plain(0.1)


def test_a_field_left_at_its_default_is_not_written() -> None:
    """A field that a later release adds changes no line of an earlier one."""
    asked = Range(about="7", low=Decimal(1), high=Decimal(2), confidence=Decimal("0.50"))

    assert to_plain(asked) == {"about": "7", "low": "1", "high": "2", "confidence": "0.50"}
    assert from_plain(Range, to_plain(asked)) == asked


def test_the_baseline_set_first_stays_in_force() -> None:
    """A second one stands beside it, even where it speaks of an earlier day; another initiative has none."""
    second = entry(from_plain(type(BASELINE), to_plain(BASELINE) | {"reason": "again"}), day=9, number=9)
    entries = (*ENTRIES, second)

    assert baseline_in_force(entries, "checkout", START) == BASELINE
    assert baseline_in_force(entries, "checkout", START - timedelta(days=1)) is None
    assert baseline_in_force(entries, "search", START) is None
    assert baselines(entries) == baselines(entries, "checkout") == (ENTRIES[0], second)


def test_a_follow_up_keeps_every_state_it_had() -> None:
    """The date that was moved is still to be seen, and as of a past moment nothing later is known."""
    raised = entry(FollowUp(type=FollowUpType.ACTION, statement="Call", due=date(2026, 9, 4)), number=1)
    moved = FollowUp(
        type=FollowUpType.ACTION,
        statement="Call",
        due=date(2026, 9, 18),
        status=FollowUpStatus.DONE,
        follow_up=raised.id,
    )
    entries = (raised, entry(moved, day=5, number=2))

    (known,) = follow_ups(entries, START + timedelta(days=5))

    assert (known.id, known.now) == (raised.id, moved)
    assert [state.due for _, state in known.states] == [date(2026, 9, 4), date(2026, 9, 18)]
    assert follow_ups(entries, START)[0].now == raised.payload
    assert follow_ups(ENTRIES, START) == ()


def test_a_finding_is_accepted_until_its_day_and_the_last_word_counts() -> None:
    """A later entry can end it early; the day itself is still inside."""
    accepted = QualityException(check="D1", key="SHOP-4", until=date(2026, 9, 30), reason="known")
    ended = QualityException(check="D1", key="SHOP-4", until=date(2026, 9, 9), reason="solved")
    entries = (entry(accepted, number=1), entry(ended, day=10, number=2))

    assert exceptions(entries, START, date(2026, 9, 30)) == (accepted,)
    assert exceptions(entries, START, date(2026, 10, 1)) == ()
    assert exceptions(entries, START + timedelta(days=10), date(2026, 9, 10)) == ()


def test_ranges_about_one_thing_stand_beside_each_other() -> None:
    """The second guess does not replace the first."""
    guess = Range(about="SHOP-1", low=Decimal(1), high=Decimal(3), confidence=Decimal("0.8"))
    entries = (entry(guess, number=1), entry(guess, day=1, number=2))

    assert ranges(entries, START) == ((START, guess),)
    assert [found for _, found in ranges(entries, START + timedelta(days=1))] == [guess, guess]
