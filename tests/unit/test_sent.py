"""Never twice: what the journal says of a mail, and what is kept of the next one."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.deliver import sent
from pmreport.deliver.addresses import Mailbox, parse
from pmreport.deliver.sent import Occasion, Plan, State
from pmreport.model.journal import Entry, Reading
from pmreport.model.journal_kinds import NotSent, Payload, Sending, Sent
from pmreport.model.problem import Problem, ProblemKind
from pmreport.report.objections import Objection
from tests.support.journals import BASELINE, entry

WEEKLY = Occasion(site="https://acme.example", product="Acme Web", report="weekly", period="2026-W47")
BOSS, BOARD, TEAM = (parse(f"{name}@acme.example", where="x") for name in ("boss", "board", "team"))
OLD = Objection(id="data-age", what="its data are old", hint="sync")


def begun(*people: Mailbox, occasion: Occasion = WEEKLY, forced: str = "") -> tuple[Sending, ...]:
    """What is kept before a mail to these people."""
    return sent.before(
        sent.plan((), occasion, people, again=True),
        occasion,
        message_id="<1@acme.example>",
        body_sha256="ab" * 32,
        objections=(OLD,) if forced else (),
        forced=forced,
    )


def journal(*payloads: Payload) -> tuple[Entry, ...]:
    """Entries, a day each."""
    return tuple(entry(payload, day=day, number=day) for day, payload in enumerate(payloads))


def states(entries: tuple[Entry, ...], *people: Mailbox, occasion: Occasion = WEEKLY) -> list[State]:
    """How it stands with these people."""
    return [one.state for one in sent.plan(entries, occasion, people, again=False).standings]


def test_nobody_has_a_mail_that_was_never_sent() -> None:
    """Other entries say nothing about it."""
    plan = sent.plan(journal(BASELINE), WEEKLY, (BOSS, BOARD), again=False)

    assert plan.going == (BOSS, BOARD)
    assert (plan.held, plan.done, plan.edition) == ((), (), 0)


def test_who_has_it_gets_it_no_more() -> None:
    """A second run sends to the missing ones only, in their order; a refused one is a missing one."""
    first = begun(BOSS, BOARD)
    plan = sent.plan(journal(*first, *sent.after(first, [BOSS])), WEEKLY, (TEAM, BOSS, BOARD), again=False)

    assert plan.going == (TEAM, BOARD)
    assert [one.mailbox for one in plan.done] == [BOSS]
    assert plan.held == ()


def test_a_crash_in_between_leaves_nobody_certain() -> None:
    """Those are told with the moment, and get nothing without being asked for again."""
    entries = journal(*begun(BOSS, BOARD))
    plan = sent.plan(entries, WEEKLY, (BOSS, BOARD, TEAM), again=False)

    assert plan.going == (TEAM,)
    assert [(one.mailbox, one.at) for one in plan.held] == [(BOSS, entries[0].at), (BOARD, entries[1].at)]
    assert replace(plan, again=True).going == (BOSS, BOARD, TEAM)
    assert replace(plan, again=True).held == replace(plan, again=True).done == ()


def test_a_mail_sent_again_on_purpose_is_a_new_one() -> None:
    """One whose fate is unknown keeps its edition, so that a server that has it drops the second."""
    first = begun(BOSS)
    done = (*first, *sent.after(first, [BOSS]))

    editions = [
        sent.plan(journal(*entries), WEEKLY, (BOSS,), again=True).edition
        for entries in (first, done, (*done, *first), (*done, *done))
    ]

    assert editions == [0, 1, 1, 2]
    assert WEEKLY.words(0) != WEEKLY.words(1)


@pytest.mark.parametrize(
    "other",
    [
        replace(WEEKLY, period="2026-W48"),
        replace(WEEKLY, report="review"),
        replace(WEEKLY, product="Acme App"),
        replace(WEEKLY, site="https://other.example"),
    ],
)
def test_another_report_is_another_mail(other: Occasion) -> None:
    """Also of another product or site that shares the journal."""
    first = begun(BOSS, occasion=other)

    assert states(journal(*first, *sent.after(first, [BOSS])), BOSS) == [State.NEW]


def test_one_person_in_two_spellings_gets_one_mail() -> None:
    """The first spelling is the one that is used."""
    shouted = parse("The Boss <BOSS@acme.example>", where="x")
    first = begun(BOSS)

    assert sent.plan((), WEEKLY, (shouted, BOARD, BOSS), again=False).going == (shouted, BOARD)
    assert states(journal(*first, *sent.after(first, [BOSS])), shouted) == [State.SENT]


def test_a_reason_is_kept_where_something_was_overruled() -> None:
    """And nowhere else: a reason without an objection says nothing."""
    (forced,) = begun(BOSS, forced="The board meets today")
    calm = sent.before(
        sent.plan((), WEEKLY, (BOSS,), again=False),
        WEEKLY,
        message_id="<1@acme.example>",
        body_sha256="ab" * 32,
        objections=(),
        forced="just in case",
    )

    assert (forced.objections, forced.forced) == (("data-age",), "The board meets today")
    assert (calm[0].objections, calm[0].forced) == ((), "")


def test_a_line_that_nobody_can_read_may_say_that_it_was_sent() -> None:
    """One that a crash cut off says nothing: the mail had not begun, or its beginning stands there."""
    kinds = (ProblemKind.JOURNAL_UNREADABLE, ProblemKind.JOURNAL_NEWER, ProblemKind.JOURNAL_TORN)
    found = [list(sent.unread(Reading((), (Problem(kind, "journal.jsonl:3"),)))) for kind in kinds]

    assert [[one.id for one in objections] for objections in found] == [
        ["unread-journal"],
        ["unread-journal"],
        [],
    ]
    assert "journal.jsonl:3" in found[0][0].what


def test_a_refusal_says_nothing_of_an_earlier_mail() -> None:
    """The one that a crash cut off may still have arrived."""
    first = begun(BOSS)

    assert states(journal(*first, *first, *sent.after(first, [])), BOSS) == [State.UNCERTAIN]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["sent", "refused", "crash"]), st.booleans()), max_size=8))
def test_nobody_gets_it_twice_who_was_not_asked_for_again(runs: list[tuple[str, bool]]) -> None:
    """Whatever servers answered and wherever it crashed: without --again the server takes it once at most."""
    entries: list[Payload] = []
    taken = [0]  # how many times the server may have it, after each run
    for outcome, again in runs:
        plan: Plan = sent.plan(journal(*entries), WEEKLY, (BOSS,), again=again)
        went = bool(plan.going)
        first = begun(*plan.going)
        entries += first
        if outcome != "crash":
            entries += sent.after(first, plan.going if outcome == "sent" else ())
        taken.append(taken[-1] + (went and outcome != "refused"))

    for (before, after), (_, again) in zip(pairwise(taken), runs, strict=True):
        assert again or before in (0, after)
    assert all(isinstance(each, Sending | Sent | NotSent) for each in entries)
