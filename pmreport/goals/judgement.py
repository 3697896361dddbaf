"""What a person makes of the evidence: their word stands in the journal and wins over the rules."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pmreport.goals.evidence import Evidence, EvidenceState, key_of
from pmreport.goals.goal import Polarity
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import EvidenceDecision, JudgedPiece, Verdict

_STATES = {Verdict.ACCEPTED: EvidenceState.ACCEPTED, Verdict.REJECTED: EvidenceState.REJECTED}


def decisions(entries: Iterable[Entry]) -> tuple[EvidenceDecision, ...]:
    """Every word on a piece of evidence, in the order it was written."""
    return tuple(entry.payload for entry in entries if isinstance(entry.payload, EvidenceDecision))


def judged(
    evidence: Iterable[Evidence], said: Sequence[EvidenceDecision], rules: AbstractSet[tuple[str, str]]
) -> tuple[Evidence, ...]:
    """The evidence with what a person said of it, by goal, rule and item.

    A word speaks about an item under a goal, so it also holds for a rule that was renamed or came later; a
    word about one rule holds for that rule. The last one counts. A piece that was judged and is not found any
    more is kept as it was judged; where its rule is none of `rules` (goal id, rule id), it says so.
    """
    found = {key_of(piece): piece for piece in map(_bare, evidence) if piece.matches}
    kept = {key: piece for one in said for key, piece in _kept(one, rules) if key not in found}
    about: dict[tuple[str, int], list[EvidenceDecision]] = {}
    for one in said:
        about.setdefault((one.goal, one.issue_id), []).append(one)
    pieces = {**found, **kept}
    return tuple(
        _said(pieces[key], about.get((pieces[key].goal_id, pieces[key].issue_id), ()))
        for key in sorted(pieces)
    )


def decision(
    pieces: Sequence[Evidence], verdict: Verdict, note: str, *, rule: str | None = None
) -> EvidenceDecision:
    """A word on the pieces of one item under one goal, at least one; with `rule` on that of one rule."""
    first = pieces[0]
    return EvidenceDecision(
        goal=first.goal_id,
        issue_id=first.issue_id,
        key=first.issue_key,
        verdict=verdict,
        note=note,
        pieces=tuple(
            JudgedPiece(
                rule=piece.rule_id,
                clause=piece.clause,
                since=piece.since,
                is_counter=piece.polarity is Polarity.COUNTER,
                strength=piece.strength,
            )
            for piece in pieces
        ),
        rule=rule or "",
        restricted=any(piece.restricted for piece in pieces),
    )


def _bare(piece: Evidence) -> Evidence:
    """The piece as the rules found it."""
    return replace(piece, state=EvidenceState.FOUND, note="")


def _kept(
    one: EvidenceDecision, rules: AbstractSet[tuple[str, str]]
) -> Iterable[tuple[tuple[str, str, int], Evidence]]:
    for was in one.pieces:
        piece = Evidence(
            goal_id=one.goal,
            issue_id=one.issue_id,
            issue_key=one.key,
            rule_id=was.rule,
            clause=was.clause,
            since=was.since,
            polarity=Polarity.COUNTER if was.is_counter else Polarity.EVIDENCE,
            strength=was.strength,
            matches=False,
            restricted=one.restricted,
            rule_gone=(one.goal, was.rule) not in rules,
        )
        yield key_of(piece), piece


def _said(piece: Evidence, said: Iterable[EvidenceDecision]) -> Evidence:
    for one in reversed(tuple(said)):
        if one.rule in {"", piece.rule_id}:
            return replace(piece, state=_STATES[one.verdict], note=one.note)
    return piece
