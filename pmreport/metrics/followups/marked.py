"""Follow-ups out of comments that begin with a marker: `ACTION @who by 2026-11-27: what`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pmreport.metrics.followups.item import Item, Kind, Source
from pmreport.metrics.followups.naming import Names, named
from pmreport.metrics.followups.rows import CommentRow, DeedRow
from pmreport.model.instant import from_ms

_RESPONSES = {"comment", "status", "worklog"}

_KINDS = {
    "ACTION": Kind.ACTION,
    "QUESTION": Kind.QUESTION,
    "ASK": Kind.QUESTION,
    "RISK": Kind.RISK,
    "DECISION": Kind.DECISION,
}
_HEAD = re.compile(r"[A-Z]+\s*(?P<who>.*?)\s*(?:\bby\s+(?P<by>\S.*?))?\s*$", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What stands before the colon: whom a comment is addressed to and by when.

    `owner` is a name, None where nobody is addressed. `accounts` are those behind it, empty where the name is
    not known. `due` is None where no day stands there that can be read.
    """

    owner: str | None
    accounts: frozenset[str]
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What happened on the issue of a comment, by time: deeds of people, decisions, risks.

    `done_ms` is when it was done, None while it is not.
    """

    deeds: Sequence[DeedRow]
    decisions: Sequence[int]
    risks: Sequence[int]
    done_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """When somebody else first did something, how often the raiser wrote before, and the last deed of all.

    `answered` is None while nobody else has.
    """

    answered: datetime | None
    chases: int
    active: datetime


def item(row: CommentRow, beside: Beside, names: Names) -> Item:
    """The follow-up that a marked comment makes.

    A decision is a record: closed when it is written. A question, or an ask, is closed by the first later
    comment of the one asked (of anybody else, where nobody is named), or by a decision; an action by a
    comment that begins with "done"; a risk by the next one on its issue, which tells it anew; each of them by
    the issue being done. A risk without a name is the concern of its author.
    """
    address = addressed(row.body, names)
    kind = _KINDS[row.marker]
    raised = from_ms(row.raised_ms)
    closed_ms = row.raised_ms if kind is Kind.DECISION else _closed(row, kind, address, beside)
    owner = address.owner or (row.author_name if kind in {Kind.RISK, Kind.DECISION} else None)
    told = reactions(row.author_id, row.raised_ms, closed_ms, beside.deeds)
    return Item(
        id=f"{row.issue_key}#{row.comment_id}",
        kind=kind,
        source=Source.COMMENT,
        issue_key=row.issue_key,
        statement=" ".join(row.body.partition(":")[2].split()),
        raised=raised,
        owner=owner,
        owned=raised if owner else None,
        first_due=address.due,
        promised=raised if address.due else None,
        due=address.due,
        closed=None if closed_ms is None else from_ms(closed_ms),
        answered=told.answered,
        chases=told.chases,
        active=told.active,
        restricted=bool(row.is_restricted),
    )


def addressed(body: str, names: Names) -> Address:
    """Whom the head of a marked comment names and the day it says; other days than ISO dates are not read."""
    found = _HEAD.match(body.partition(":")[0])
    who = (found["who"] or "").strip(" ,@") if found else ""
    people = named(f"@{who}", names) if who else ()
    accounts = people[0].accounts if people else frozenset()
    owner = people[0].shown if people and people[0].name == who else who
    return Address(owner=owner or None, accounts=accounts, due=_day(found["by"] if found else None))


def reactions(
    raiser: str | None, raised_ms: int, closed_ms: int | None, deeds: Sequence[DeedRow]
) -> Reactions:
    """What people did about something that was raised.

    A response is a comment, a transition or a worklog of somebody else, before the item was closed or in
    closing it.
    """
    later = [deed for deed in deeds if deed.at_ms > raised_ms]
    until = closed_ms if closed_ms is not None else max((deed.at_ms for deed in later), default=raised_ms)
    responses = [
        deed.at_ms
        for deed in later
        if deed.actor_id != raiser and deed.deed in _RESPONSES and deed.at_ms <= until
    ]
    first = responses[0] if responses else None
    waited = [deed for deed in later if deed.at_ms < (first or until + 1)]
    return Reactions(
        answered=None if first is None else from_ms(first),
        chases=sum(deed.actor_id == raiser and deed.deed == "comment" for deed in waited),
        active=from_ms(later[-1].at_ms if later else raised_ms),
    )


def _closed(row: CommentRow, kind: Kind, address: Address, beside: Beside) -> int | None:
    ends = [beside.done_ms] if beside.done_ms is not None and beside.done_ms > row.raised_ms else []
    later = [deed for deed in beside.deeds if deed.at_ms > row.raised_ms and deed.deed == "comment"]
    if kind is Kind.ACTION:
        ends += [deed.at_ms for deed in later if deed.says_done][:1]
    if kind is Kind.QUESTION:
        ends += [deed.at_ms for deed in later if _is_answer(deed, row, address)][:1]
        ends += [at_ms for at_ms in beside.decisions if at_ms > row.raised_ms][:1]
    if kind is Kind.RISK:
        ends += [at_ms for at_ms in beside.risks if at_ms > row.raised_ms][:1]
    return min(ends, default=None)


def _is_answer(deed: DeedRow, row: CommentRow, address: Address) -> bool:
    return deed.actor_id in address.accounts if address.accounts else deed.actor_id != row.author_id


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip(" .,"))
    except ValueError:
        return None
