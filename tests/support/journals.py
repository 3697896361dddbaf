"""Entries of a journal, one for each kind, and small ones that differ only in what matters."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pmreport.model.journal import Entry, new_entry
from pmreport.model.journal_kinds import (
    Baseline,
    BaselineItem,
    DraftVersion,
    FollowUp,
    FollowUpStatus,
    FollowUpType,
    Payload,
    QualityException,
    Range,
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
)


def entry(payload: Payload, *, day: int = 0, number: int = 0) -> Entry:
    """An entry typed so many days after the start; the number tells entries of one moment apart."""
    return new_entry(payload, at=START + timedelta(days=day), by="me", randomness=number)


ENTRIES = tuple(entry(payload, day=day, number=day) for day, payload in enumerate(PAYLOADS))
