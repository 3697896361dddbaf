"""Evidence: which item speaks for or against which goal, since when, and by which clause."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pmreport.goals.goal import Polarity


class EvidenceState(StrEnum):
    """Whether a person has judged a piece of evidence, and how."""

    FOUND = "found"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One item under one rule of one goal.

    `since` is when the item was first seen to match: the run's as-of for a new match, else as kept from
    earlier runs. `clause` is the part of the rule that matched, as text.
    """

    goal_id: str
    issue_id: int
    issue_key: str
    rule_id: str
    clause: str
    since: datetime
    polarity: Polarity
    strength: int
    state: EvidenceState = EvidenceState.FOUND
    note: str = ""
