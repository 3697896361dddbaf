"""Evidence: which item speaks for or against which goal, since when, and by which clause."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    earlier run is kept where it is earlier. `clause` is the part of the rule that matched, as text.
    `matches` is False for a piece that a person has judged and the rule does not find any more: it stays.
    A `restricted` item has a security level and is never named in a mail.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the work the rules speak about.

    `items` and `tagged` count items; `untagged_share` is None when there are no items. `silent` rules found
    nothing and `greedy` ones found every item, as (goal id, rule id): both say nothing about anything.
    """

    items: int
    tagged: int
    silent: tuple[tuple[str, str], ...]
    greedy: tuple[tuple[str, str], ...]

    @property
    def untagged_share(self) -> float | None:
        """The share of the items that no rule speaks about."""
        return None if self.items == 0 else 1 - self.tagged / self.items


def collect(old: Iterable[Evidence], matches: Iterable[Match], as_of: datetime) -> tuple[Evidence, ...]:
    """The evidence of a run, by goal, rule and item: what was found now, and what a person has judged before.

    A judgement speaks about an item under a goal, so it also holds for a rule that was renamed or came later.
    Judged pieces that are not found any more are kept, without those dated after `as_of`.
    """
    before = {_key(piece): piece for piece in old}
    judged = {(piece.goal_id, piece.issue_id): piece for piece in before.values() if _is_judged(piece)}
    found = {(match.goal_id, match.rule.id, match.issue_id): match for match in matches}
    pieces = [
        _piece(match, before.get(key), judged.get((match.goal_id, match.issue_id)))
        for key, match in found.items()
    ]
    pieces += [
        replace(piece, matches=False)
        for key, piece in before.items()
        if key not in found and _is_judged(piece) and piece.since <= as_of
    ]
    return tuple(sorted(pieces, key=_key))


def coverage(evidence: Iterable[Evidence], rules: Sequence[tuple[str, str]], items: int) -> Coverage:
    """What the rules, given as (goal id, rule id), found among `items` items."""
    current = [piece for piece in evidence if piece.matches]
    counts = Counter((piece.goal_id, piece.rule_id) for piece in current)
    return Coverage(
        items=items,
        tagged=len({piece.issue_id for piece in current}),
        silent=tuple(rule for rule in rules if counts[rule] == 0),
        greedy=tuple(rule for rule in rules if counts[rule] == items > 0),
    )


def _piece(match: Match, before: Evidence | None, judged: Evidence | None) -> Evidence:
    piece = Evidence(
        goal_id=match.goal_id,
        issue_id=match.issue_id,
        issue_key=match.issue_key,
        rule_id=match.rule.id,
        clause=match.clause,
        since=match.since if before is None else min(before.since, match.since),
        polarity=match.rule.polarity,
        strength=match.rule.strength,
        restricted=match.restricted,
    )
    return piece if judged is None else replace(piece, state=judged.state, note=judged.note)


def _is_judged(piece: Evidence) -> bool:
    return piece.state is not EvidenceState.FOUND or bool(piece.note)


def _key(piece: Evidence) -> tuple[str, str, int]:
    return (piece.goal_id, piece.rule_id, piece.issue_id)
