"""Evidence: which item speaks for or against which goal, since when, and by which clause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pmreport.goals.goal import GoalRule, Polarity


class EvidenceState(StrEnum):
    """Whether a person has judged a piece of evidence, and how."""

    FOUND = "found"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One item under one rule of one goal.

    `since` is the moment from which on the rule has held, as the history tells it; a moment noted by an
    earlier run is kept where it is earlier and the same clause matched. `clause` is the part of the rule that
    matched, as text. `matches` is False for a piece that a person has judged and the rule does not find any
    more: it stays; `rule_gone`: because there is no such rule any more. A `restricted` item has a security
    level and is never named in a mail.
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
    matches: bool = True
    restricted: bool = False
    rule_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One item that a rule of a goal has just found."""

    goal_id: str
    rule: GoalRule
    issue_id: int
    issue_key: str
    clause: str
    since: datetime
    restricted: bool = False


def collect(old: Iterable[Evidence], matches: Iterable[Match]) -> tuple[Evidence, ...]:
    """The evidence of a run, by goal, rule and item: what was found now, since the earliest moment known.

    What a person makes of it is laid over it by `pmreport.goals.judgement`.
    """
    before = {key_of(piece): piece for piece in old if piece.matches}
    found = {(match.goal_id, match.rule.id, match.issue_id): match for match in matches}
    return tuple(_piece(found[key], before.get(key)) for key in sorted(found))


def key_of(piece: Evidence) -> tuple[str, str, int]:
    """What makes a piece itself through every run: goal, rule and item."""
    return (piece.goal_id, piece.rule_id, piece.issue_id)


def strongest_first(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The order in which evidence is told: accepted first, then the strongest, then the newest."""
    return tuple(
        sorted(
            pieces,
            key=lambda piece: (
                piece.state is not EvidenceState.ACCEPTED,
                -piece.strength,
                -piece.since.timestamp(),
                piece.issue_key,
                piece.rule_id,
            ),
        )
    )


def _piece(match: Match, before: Evidence | None) -> Evidence:
    """A rule that was edited has not held since the moment that was noted for its old words."""
    is_same = before is not None and before.clause == match.clause
    return Evidence(
        goal_id=match.goal_id,
        issue_id=match.issue_id,
        issue_key=match.issue_key,
        rule_id=match.rule.id,
        clause=match.clause,
        since=min(before.since, match.since) if before is not None and is_same else match.since,
        polarity=match.rule.polarity,
        strength=match.rule.strength,
        restricted=match.restricted,
    )
