"""Every follow-up of one moment, out of issues, marked comments and the journal."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from pmreport.metrics.followups import marked
from pmreport.metrics.followups.item import Item, Kind, Source, day
from pmreport.metrics.followups.naming import Names
from pmreport.metrics.followups.rows import CommentRow, DeedRow, IssueRow, TurnRow
from pmreport.metrics.settings import FollowUpSettings
from pmreport.model.instant import from_ms
from pmreport.model.journal_kinds import FollowUp, FollowUpStatus
from pmreport.model.journal_state import KnownFollowUp

OfIssue = TypeVar("OfIssue", TurnRow, DeedRow)
_OVER = {FollowUpStatus.DONE, FollowUpStatus.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What the store and the journal tell about follow-ups."""

    issues: Iterable[IssueRow]
    turns: Iterable[TurnRow]
    comments: Iterable[CommentRow]
    deeds: Iterable[DeedRow]
    typed: Iterable[KnownFollowUp] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How this team speaks: what makes a follow-up, its people by name, and what was dropped, not done."""

    settings: FollowUpSettings
    names: Names
    dropped: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A follow-up issue was closed, and when it was opened again; None: it was not."""

    issue_key: str
    closed: datetime
    reopened: datetime | None


def items(rows: Rows, words: Words) -> tuple[Item, ...]:
    """All follow-ups, the oldest first."""
    turns, deeds = _by_issue(rows.turns), _by_issue(rows.deeds)
    comments = tuple(rows.comments)
    said: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for comment in comments:
        said[comment.issue_id, comment.marker].append(comment.raised_ms)
    found = [_issue(row, turns[row.issue_id], deeds[row.issue_id], words) for row in rows.issues]
    for comment in comments:
        beside = marked.Beside(
            deeds=deeds[comment.issue_id],
            decisions=said[comment.issue_id, "DECISION"],
            risks=said[comment.issue_id, "RISK"],
            done_ms=_done(turns[comment.issue_id]),
        )
        found.append(marked.item(comment, beside, words.names))
    found += map(_typed, rows.typed)
    return tuple(sorted(found, key=lambda item: (item.raised, item.id)))


def closings(issues: Iterable[IssueRow], turns: Iterable[TurnRow]) -> tuple[Closing, ...]:
    """Each time a follow-up issue was closed, by issue and time."""
    keys = {row.issue_id: row.issue_key for row in issues}
    found = []
    for issue_id, told in sorted(_by_issue(turns).items()):
        following = [*told[1:], None]
        found += [
            Closing(
                issue_key=keys[issue_id],
                closed=from_ms(turn.at_ms),
                reopened=None if after is None else from_ms(after.at_ms),
            )
            for turn, after in zip(told, following, strict=True)
            if turn.is_done and issue_id in keys
        ]
    return tuple(found)


def _issue(row: IssueRow, turns: list[TurnRow], deeds: list[DeedRow], words: Words) -> Item:
    closed_ms = _done(turns)
    told = marked.reactions(row.raiser_id, row.raised_ms, closed_ms, deeds)
    return Item(
        id=row.issue_key,
        kind=_kind(row.called, words.settings),
        source=Source.ISSUE,
        issue_key=row.issue_key,
        statement=row.summary,
        raised=from_ms(row.raised_ms),
        owner=row.owner,
        owned=None if row.owned_ms is None else from_ms(row.owned_ms),
        first_due=day(row.first_due),
        promised=None if row.promised_ms is None else from_ms(row.promised_ms),
        due=day(row.due_date),
        due_moves=row.due_moves,
        status=row.status_name or "",
        closed=None if closed_ms is None else from_ms(closed_ms),
        dropped=closed_ms is not None and row.resolution in words.dropped,
        answered=told.answered,
        chases=told.chases,
        active=told.active,
        restricted=bool(row.is_restricted),
    )


def _kind(called: str, settings: FollowUpSettings) -> Kind:
    """The kind behind the name of a type or a label; what names no kind is an action."""
    rank, name = called[:1], called[1:]
    if rank == "1" and name in {each.lower() for each in settings.action_types}:
        return Kind.ACTION
    if rank == "1" and name in {each.lower() for each in settings.question_types}:
        return Kind.QUESTION
    return Kind(name) if name in {kind.value for kind in Kind} else Kind.ACTION


def _typed(known: KnownFollowUp) -> Item:
    now = known.now
    dues = [(at, state.due) for at, state in known.states if state.due is not None]
    days = [due for _, due in dues]
    closed = _closed(known.states) if now.status in _OVER else None
    return Item(
        id=known.id,
        kind=now.type,
        source=Source.TYPED,
        issue_key=now.key or "",
        statement=now.statement,
        raised=known.states[0][0],
        owner=now.owner,
        owned=_owned(known.states),
        first_due=dues[0][1] if dues else None,
        promised=dues[0][0] if dues else None,
        due=now.due,
        due_moves=sum(one != other for one, other in pairwise(days)),
        status=now.status.value,
        closed=closed,
        dropped=now.status is FollowUpStatus.CANCELLED,
        active=known.states[-1][0],
    )


def _owned(states: tuple[tuple[datetime, FollowUp], ...]) -> datetime | None:
    """Since when the owner of today has had it without a break; None where it is nobody's."""
    owner = states[-1][1].owner
    if owner is None:
        return None
    since = states[-1][0]
    for at, state in reversed(states):
        if state.owner != owner:
            break
        since = at
    return since


def _closed(states: tuple[tuple[datetime, FollowUp], ...]) -> datetime:
    """The first moment since which it has been over without a break."""
    closed = states[-1][0]
    for at, state in reversed(states):
        if state.status not in _OVER:
            break
        closed = at
    return closed


def _done(turns: list[TurnRow]) -> int | None:
    """Since when an issue has been done; None while it is not."""
    return turns[-1].at_ms if turns and turns[-1].is_done else None


def _by_issue(rows: Iterable[OfIssue]) -> defaultdict[int, list[OfIssue]]:
    found: defaultdict[int, list[OfIssue]] = defaultdict(list)
    for row in rows:
        found[row.issue_id].append(row)
    return found
