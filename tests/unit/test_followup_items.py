"""Follow-ups out of issues, marked comments, mentions, flags and the journal."""

from datetime import date, timedelta
from typing import Any

import pytest

from pmreport.metrics.flow import Flagged
from pmreport.metrics.followups import gathered
from pmreport.metrics.followups.blocked import blocked
from pmreport.metrics.followups.gathered import Closing, Rows, Words
from pmreport.metrics.followups.item import Item, Kind, Source
from pmreport.metrics.followups.marked import addressed
from pmreport.metrics.followups.mentions import mentions
from pmreport.metrics.followups.naming import known_names, named
from pmreport.metrics.followups.rows import CommentRow, DeedRow, FlagRow, IssueRow, MentionRow, TurnRow
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model import journal_state
from pmreport.model.instant import to_ms
from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import FollowUp, FollowUpStatus, FollowUpType
from tests.support import journals
from tests.support.followups import CALENDAR, at

NAMES = known_names(
    [
        ("1:ann", "Ann Example", "ann.example"),
        ("1:bo", "Bo", None),
        ("1:bob", "Bob Berg", None),
        ("2:bob", "Bob Berg", None),
        ("3", "", None),
    ]
)
WORDS = Words(settings=FollowUpSettings(action_types=("To-do",)), names=NAMES, dropped=("Won't Do",))


def ms(text: str) -> int:
    """The milliseconds of a moment of 2025."""
    return to_ms(at(text))


def issue(number: int = 1, called: str = "1to-do", **facts: Any) -> IssueRow:
    """A follow-up issue, raised by Ann on 3 March."""
    known = IssueRow(
        number, f"WEB-{number}", "Ask", called, "1:ann", ms("03-03 08:00"),
        "1:bo", "Bo", ms("03-04 08:00"), "Open",
        None, None, None, 0, None,
    )  # fmt: skip
    return known._replace(**facts)


def comment(marker: str, body: str, number: int = 7, raised: str = "03-03 08:00") -> CommentRow:
    """A marked comment of Ann's on WEB-1."""
    return CommentRow(number, 1, "WEB-1", "1:ann", "Ann Example", ms(raised), marker, body)


def deed(when: str, actor: str = "1:bo", what: str = "comment", *, done: bool = False) -> DeedRow:
    """What somebody did on WEB-1."""
    return DeedRow(1, actor, ms(when), what, int(done))


def one(**rows: Any) -> Item:
    """The oldest follow-up of these rows."""
    known: dict[str, Any] = {"issues": (), "turns": (), "comments": (), "deeds": ()}
    return gathered.items(Rows(**(known | rows)), WORDS)[0]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Ann Example, and @Bo!", ["Ann Example", "Bo"]),
        ("@Bob Berg", ["Bob Berg"]),
        ("@Bobby", []),
        ("mail ann@Bo", []),
        ("@@Bo @Bo", ["Bo"]),
        ("@1:bo", ["1:bo"]),
        ("@", []),
        ("@Nobody", []),
    ],
)
def test_the_longest_known_name_behind_an_at_is_meant(text: str, people: list[str]) -> None:
    """Half a name, an address and a stranger name nobody."""
    assert [person.name for person in named(text, NAMES)] == people


def test_a_login_names_the_person_who_has_it() -> None:
    """Data Center writes a mention with it; people are told by their name."""
    (person,) = named("@ann.example, please", NAMES)

    assert (person.shown, person.accounts) == ("Ann Example", frozenset({"1:ann"}))


def test_two_of_one_name_are_one_name() -> None:
    """Nobody can tell them apart, so an answer of either counts."""
    assert named("@Bob Berg", NAMES)[0].accounts == {"1:bob", "2:bob"}


@pytest.mark.parametrize(
    ("body", "owner", "due"),
    [
        ("ACTION @Bo by 2026-11-27: book it", "Bo", date(2026, 11, 27)),
        ("ACTION by 2026-11-27: book it", None, date(2026, 11, 27)),
        ("ACTION @Ann Example: book it", "Ann Example", None),
        ("ACTION @Zoe by Friday: book it", "Zoe", None),
        ("ACTION: book it by 2026-11-27", None, None),
        ("QUESTION @Bo BY 2026-11-27 : who?", "Bo", date(2026, 11, 27)),
        ("odd", None, None),
        ("?", None, None),
    ],
)
def test_the_head_of_a_comment_says_who_and_by_when(body: str, owner: str | None, due: date | None) -> None:
    """A day that cannot be read is no day, and one behind the colon is part of the words."""
    found = addressed(body, NAMES)

    assert (found.owner, found.due) == (owner, due)


@pytest.mark.parametrize(
    ("called", "kind"),
    [
        ("1to-do", Kind.ACTION),
        ("1question", Kind.QUESTION),
        ("1risk", Kind.RISK),
        ("2decision", Kind.DECISION),
        ("3follow-up", Kind.ACTION),
    ],
)
def test_a_kind_is_known_by_type_or_label(called: str, kind: Kind) -> None:
    """What names no kind is an action."""
    assert one(issues=[issue(called=called)]).kind is kind


def test_an_issue_tells_its_promise_and_its_end() -> None:
    """The first day and the current one, and since when it is done; dropped by its resolution."""
    row = issue(first_due="2025-03-07", promised_ms=ms("03-04 08:00"), due_date="2025-03-14", due_moves=1)
    turns = [
        TurnRow(1, ms("03-05 08:00"), 1),
        TurnRow(1, ms("03-06 08:00"), 0),
        TurnRow(1, ms("03-10 08:00"), 1),
    ]

    found = one(issues=[row._replace(resolution="Won't Do", status_name=None)], turns=turns)
    assert (found.first_due, found.due, found.due_moves) == (date(2025, 3, 7), date(2025, 3, 14), 1)
    assert (found.promised, found.closed, found.dropped) == (at("03-04 08:00"), at("03-10 08:00"), True)
    assert (found.status, found.owned) == ("", at("03-04 08:00"))
    assert one(issues=[row._replace(owner=None, owned_ms=None)]).owned is None
    assert one(issues=[row], turns=turns[:2]).is_open
    assert gathered.closings([row], [*turns, TurnRow(9, 1, 1)]) == (
        Closing(issue_key="WEB-1", closed=at("03-05 08:00"), reopened=at("03-06 08:00")),
        Closing(issue_key="WEB-1", closed=at("03-10 08:00"), reopened=None),
    )


def test_a_response_is_somebody_elses() -> None:
    """The raiser's own comments before it are chases; another assignee is no response but activity."""
    deeds = [
        deed("03-04 08:00", "1:ann"),
        deed("03-04 09:00", "1:bo", "assignee"),
        deed("03-05 08:00", "1:ann"),
        deed("03-06 08:00", "1:bo", "worklog"),
        deed("03-07 08:00", "1:ann"),
    ]

    found = one(issues=[issue()], deeds=deeds)
    assert (found.answered, found.chases, found.active) == (at("03-06 08:00"), 2, at("03-07 08:00"))
    silent = one(issues=[issue()], deeds=deeds[:3])
    assert (silent.answered, silent.chases) == (None, 2)
    assert (one(issues=[issue()]).answered, one(issues=[issue()]).active) == (None, at("03-03 08:00"))


def test_what_is_said_after_closing_is_no_response() -> None:
    """The raiser answered it themselves: closed, and nobody responded."""
    turns = [TurnRow(1, ms("03-05 08:00"), 1)]

    found = one(issues=[issue()], turns=turns, deeds=[deed("03-06 08:00")])
    assert (found.answered, found.closed) == (None, at("03-05 08:00"))


@pytest.mark.parametrize(
    ("marker", "body", "rows", "closed"),
    [
        ("QUESTION", "QUESTION @Bo: who?", {"deeds": [deed("03-04 08:00")]}, "03-04 08:00"),
        ("QUESTION", "QUESTION @Bo: who?", {"deeds": [deed("03-04 08:00", "1:bob")]}, None),
        ("ASK", "ASK: who?", {"deeds": [deed("03-04 08:00", "1:bob")]}, "03-04 08:00"),
        ("ASK", "ASK: who?", {"deeds": [deed("03-04 08:00", "1:ann")]}, None),
        ("ACTION", "ACTION @Bo: do", {"deeds": [deed("03-04 08:00")]}, None),
        ("ACTION", "ACTION @Bo: do", {"deeds": [deed("03-05 08:00", done=True)]}, "03-05 08:00"),
        ("ACTION", "ACTION @Bo: do", {"turns": [TurnRow(1, ms("03-06 08:00"), 1)]}, "03-06 08:00"),
        ("RISK", "RISK: rain", {"turns": [TurnRow(1, ms("03-01 08:00"), 1)]}, None),
        ("DECISION", "DECISION: yes", {}, "03-03 08:00"),
    ],
)
def test_what_closes_a_marked_comment(
    marker: str, body: str, rows: dict[str, Any], closed: str | None
) -> None:
    """An answer of the one asked, a word of being done, the issue being done; a decision is a record."""
    found = one(comments=[comment(marker, body)], **rows)

    assert found.closed == (None if closed is None else at(closed))
    assert found.source is Source.COMMENT


def test_a_decision_answers_and_a_risk_told_anew_replaces() -> None:
    """What was written earlier on the same issue is closed by it."""
    later = "03-05 08:00"

    asked = one(comments=[comment("ASK", "ASK: may we?"), comment("DECISION", "DECISION: yes", 8, later)])
    feared = one(comments=[comment("RISK", "RISK: rain"), comment("RISK", "RISK: more rain", 8, later)])
    assert (asked.closed, feared.closed) == (at(later), at(later))
    assert (asked.owner, feared.owner) == (None, "Ann Example")
    assert (asked.owned, feared.owned) == (None, at("03-03 08:00"))
    assert (asked.statement, asked.id, asked.name) == ("may we?", "WEB-1#7", "WEB-1")


def test_what_was_typed_is_a_follow_up_too() -> None:
    """Its first day and every other, and since when it is over without a break."""

    def typed(
        day: int, status: FollowUpStatus, due: date | None, first: str = "", owner: str | None = "Ann"
    ) -> Entry:
        state = FollowUp(
            type=FollowUpType.RISK, statement="Rain", owner=owner, due=due, status=status, follow_up=first
        )
        return journals.entry(state, day=day, number=day)

    first = typed(0, FollowUpStatus.OPEN, date(2026, 9, 4), owner="Bo")
    entries = [
        first,
        typed(1, FollowUpStatus.OPEN, date(2026, 9, 11), first.id),
        typed(2, FollowUpStatus.DONE, date(2026, 9, 11), first.id),
        typed(3, FollowUpStatus.CANCELLED, None, first.id),
        typed(4, FollowUpStatus.OPEN, None, owner=None),
    ]

    known = journal_state.follow_ups(entries, journals.START + timedelta(days=9))
    found, other = gathered.items(Rows(issues=(), turns=(), comments=(), deeds=(), typed=known), WORDS)
    assert (found.first_due, found.due, found.due_moves) == (date(2026, 9, 4), None, 1)
    assert (found.closed, found.dropped) == (journals.START + timedelta(days=2), True)
    assert (found.kind, found.name, found.asks) == (Kind.RISK, found.id, False)
    assert (found.owned, other.owned) == (journals.START + timedelta(days=1), None)
    assert (other.first_due, other.promised, other.is_open) == (None, None, True)
    over = journal_state.follow_ups(entries[2:3], journals.START + timedelta(days=9))
    assert one(typed=over).closed == journals.START + timedelta(days=2)


def mention(body: str, actor: str | None, answered: str | None, number: int = 7) -> MentionRow:
    """A comment of Ann's, and somebody's first deed afterwards."""
    when = None if answered is None else ms(answered)
    return MentionRow(number, "WEB-1", "1:ann", ms("03-03 08:00"), body, 0, actor, when)


def test_only_the_one_named_can_answer_a_mention() -> None:
    """Others may say what they like; who names themselves waits for nobody."""
    found = mentions(
        [
            mention("@Bo and @Ann Example?", "1:bob", "03-04 08:00"),
            mention("@Bo and @Ann Example?", "1:bo", "03-05 08:00"),
            mention("@Bob Berg?", "1:bo", "03-04 08:00", 8),
            mention("nobody@home", None, None, 9),
        ],
        NAMES,
    )

    assert [(each.who, each.answered, each.is_unanswered) for each in found] == [
        ("Bo", at("03-05 08:00"), False),
        ("Bob Berg", None, True),
    ]
    assert found[1].age(date(2025, 3, 10), CALENDAR) == 5


def flag(author: str | None, said: str, body: str, number: int = 1) -> FlagRow:
    """A comment beside the flag that Ann put up at nine."""
    return FlagRow(1, ms("03-04 09:00"), "1:ann", number, author, ms(said), body)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [flag("1:bo", "03-04 09:00", "me"), flag("1:ann", "03-04 09:05", "the contract", 2)],
            "the contract",
        ),
        ([flag("1:bo", "03-04 09:04", "later"), flag("1:bo", "03-04 08:59", "near", 2)], "near"),
        ([flag("1:ann", "03-04 09:00", "(flag) Flag added\n\nwe wait for legal")], "we wait for legal"),
        ([flag("1:ann", "03-04 09:00", ":flag_on: Flag added")], ""),
        ([], ""),
    ],
    ids=["same author first", "nearest", "Jira's own line", "nothing but that line", "no comment"],
)
def test_a_reason_is_written_beside_the_flag(rows: list[FlagRow], reason: str) -> None:
    """By whoever put it up, else by whoever wrote nearest to it."""
    flagged = Flagged(
        issue_id=1, issue_key="WEB-1", summary="Pay", status="Open", since=at("03-04 09:00"), owner=None
    )

    (found,) = blocked([flagged], rows)
    assert (found.reason, found.age(date(2025, 3, 6), CALENDAR)) == (reason, 2)
