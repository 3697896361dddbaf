"""What a rule finds at a moment, told by its stretches and by asking it then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from pmreport.goals.compile import match_query
from pmreport.goals.context import JqlContext
from pmreport.goals.jql import parse
from pmreport.goals.plan import resolve
from pmreport.model.members import MemberRow
from pmreport.store.engine import Store
from pmreport.store.session import Reader


def found_at(store: Store | Reader, context: JqlContext, text: str, at: datetime) -> set[int]:
    """The items that a rule finds as of a moment, with its dates fixed where the context stands."""
    plan = replace(resolve(parse(text), context), context=replace(context, as_of=at))
    return {row.issue_id for row in store.rows(match_query(plan))}


def members_at(members: Iterable[MemberRow], at_ms: int) -> set[int]:
    """The items with a stretch that holds the moment."""
    return {row.issue_id for row in members if row.valid_from_ms <= at_ms < row.valid_to_ms}


def stretches_wrongly_cut(members: Sequence[MemberRow]) -> list[MemberRow]:
    """Stretches that are empty, or that touch or overlap the one before them of the same item."""
    ordered = sorted(members)
    empty = [row for row in ordered if row.valid_from_ms >= row.valid_to_ms]
    return empty + [
        later
        for before, later in pairwise(ordered)
        if before.issue_id == later.issue_id and later.valid_from_ms <= before.valid_to_ms
    ]
