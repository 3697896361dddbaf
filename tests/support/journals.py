"""Entries of a journal, one for each kind, and small ones that differ only in what matters."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pmreport.model.journal import Entry, new_entry
from pmreport.model.journal_goals import (
    ActionResult,
    ActionState,
    EvidenceDecision,
    GoalTerms,
    JudgedPiece,
    Logged,
    LogKind,
    SignOff,
    Verdict,
)
from pmreport.model.journal_kinds import (
    Baseline,
    BaselineItem,
    DraftVersion,
    FollowUp,
    FollowUpStatus,
    FollowUpType,
    Forgotten,
    NotSent,
    Payload,
    QualityException,
    Range,
    Sending,
    Sent,
)

START = datetime(2026, 9, 1, 8, tzinfo=UTC)

BASELINE = Baseline(
    initiative="checkout",
    reason="The plan of 1 September",
    as_of=START,
    jql='fixVersion = "Checkout 2"',
    items=(
        BaselineItem(issue_id=1, key="SHOP-1", points=Decimal("0.5")),
        BaselineItem(issue_id=2, key="SHOP-2", estimate_seconds=3600, is_subtask=True),
    ),
    start=date(2026, 9, 1),
    finish=date(2027, 2, 26),
    budget=Decimal(120000),
    currency="EUR",
)
PAYLOADS: tuple[Payload, ...] = (
    BASELINE,
    Range(about="SHOP-1", low=Decimal(2), high=Decimal(8), confidence=Decimal("0.8"), text="a spike “first”"),
    FollowUp(
        type=FollowUpType.QUESTION,
        statement="Who signs it off?\nLegal?",
        owner="Sofía",
        due=date(2026, 9, 4),
        status=FollowUpStatus.IN_PROGRESS,
        key="SHOP-3",
    ),
    QualityException(check="D1", key="SHOP-4", until=date(2026, 12, 31), reason="no date on purpose"),
    DraftVersion(report="weekly", period="2026-W47", text='+++\nbottom_line = "“All” is well"\n+++\n'),
    Logged(
        goal="estimation",
        text="Ask the team before the sprint starts",
        what=LogKind.ACTION,
        on=date(2026, 9, 5),
        due=date(2026, 9, 12),
    ),
    SignOff(entry="0198", reviewer="Head of Product", note="seen in the 1:1"),
    ActionResult(entry="0198", state=ActionState.MISSED, on=date(2026, 9, 14), reason="a week of illness"),
    EvidenceDecision(
        goal="estimation",
        issue_id=5,
        key="SHOP-5",
        verdict=Verdict.REJECTED,
        note="estimated by somebody else",
        pieces=(
            JudgedPiece(rule="ahead", clause="labels = ready", since=START, is_counter=False, strength=2),
        ),
    ),
    GoalTerms(goal="estimation", active=True, target=Decimal("1.5"), aim="at most", due=date(2027, 3, 31)),
    Sending(
        site="https://acme.example",
        report="weekly",
        period="2026-W36",
        recipient="boss@acme.example",
        message_id="<1@acme.example>",
        body_sha256="ab" * 32,
        product="Acme Web",
        objections=("data-age",),
        forced="The board meets today",
    ),
    Sent(
        site="https://acme.example",
        report="weekly",
        period="2026-W36",
        recipient="boss@acme.example",
        message_id="<1@acme.example>",
        body_sha256="ab" * 32,
    ),
    NotSent(
        site="https://acme.example",
        report="weekly",
        period="2026-W36",
        recipient="gone@acme.example",
        message_id="<1@acme.example>",
    ),
    Forgotten(site="https://acme.example", what="person", marks=("0a1b2c",), number=1),
)


def entry(payload: Payload, *, day: int = 0, number: int = 0) -> Entry:
    """An entry typed so many days after the start; the number tells entries of one moment apart."""
    return new_entry(payload, at=START + timedelta(days=day), by="me", randomness=number)


ENTRIES = tuple(entry(payload, day=day, number=day) for day, payload in enumerate(PAYLOADS))
