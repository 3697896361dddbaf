"""What the work was meant to move: delivered items by kind of investment, and when they were labelled."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pmreport.metrics.settings import InvestmentSettings
from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import Query, Scalar, sql_text

_PERCENT = 100
_MILLI = 1000
_MARK = "\n"


class Investment(StrEnum):
    """What an item is an investment in."""

    GROW = "grow"
    ENHANCE = "enhance"
    KEEP = "keep"
    DEBT = "debt"
    SEVERAL = "several labels"
    NONE = "no label"


KINDS = (Investment.GROW, Investment.ENHANCE, Investment.KEEP, Investment.DEBT)


class MixRow(NamedTuple):
    """Delivered items with the same labels; `was_early`: those at the end were there at the start."""

    is_grow: int
    is_enhance: int
    is_keep: int
    is_debt: int
    was_early: int
    items: int
    sized: int
    points_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of the mix: its items, how many of them have points, and these points."""

    investment: Investment
    items: int
    early: int
    sized: int
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """The mix of what was delivered in [since, as_of]; every kind has a part, also an empty one."""

    since: datetime
    parts: tuple[Part, ...]

    @property
    def items(self) -> int:
        """Everything that was delivered."""
        return sum(part.items for part in self.parts)

    @property
    def points(self) -> Decimal:
        """The points of everything that was delivered."""
        return sum((part.points for part in self.parts), Decimal(0))


def query(
    members: Query[MemberRow],
    site_id: int,
    as_of: datetime,
    *,
    since: datetime,
    settings: InvestmentSettings,
    dropped_resolutions: Collection[str],
) -> Query[MixRow]:
    """The delivered items of the set, counted by their labels."""
    lists = {
        "grow": settings.grow,
        "enhance": settings.enhance,
        "keep": settings.keep,
        "debt": settings.debt,
        "dropped": dropped_resolutions,
    }
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "since_ms": to_ms(since),
        "mark": _MARK,
    }
    told = {
        name: f"{_MARK}{_MARK.join(each.lower() for each in words)}{_MARK}" for name, words in lists.items()
    }
    return among(members, sql_text("pmreport.metrics", "sql/investment_mix.sql"), MixRow, parameters | told)


def from_rows(rows: Iterable[MixRow], since: datetime) -> Mix:
    """investment-share: the parts of the mix; an item with labels of two kinds is of no kind."""
    found = [(_investment(row), row) for row in rows]
    return Mix(since=since, parts=tuple(_part(kind, found) for kind in Investment))


def values(mix: Mix) -> tuple[Value, ...]:
    """How much is labelled, how much was in time, and the share of every kind by items and by points."""
    labelled = [part for part in mix.parts if part.investment in KINDS]
    n, early = sum(part.items for part in labelled), sum(part.early for part in labelled)
    sized = sum(part.sized for part in mix.parts)
    return (
        share_value(
            "investment-labelled",
            "Delivered items with a label",
            (n, mix.items),
            nothing="nothing was delivered",
        ),
        share_value(
            "investment-label-early",
            "Labels that were there at the start",
            (early, n),
            nothing="nothing delivered has a label",
        ),
        *(
            share_value(
                "investment-share",
                f"{part.investment}, by items",
                (part.items, mix.items),
                nothing="nothing was delivered",
                id_=f"investment-share-{part.investment}-items",
            )
            for part in labelled
        ),
        *(_points(part, mix, sized) for part in labelled),
    )


def _points(part: Part, mix: Mix, sized: int) -> Value:
    total = mix.points
    unsized = mix.items - sized
    return Value(
        id=f"investment-share-{part.investment}-points",
        definition="investment-share",
        label=f"{part.investment}, by points",
        value=_PERCENT * part.points / total if total > 0 else None,
        unit="%",
        n=sized,
        excluded=(("without points", unsized),) if unsized else (),
        note="" if total > 0 else "nothing delivered has points",
    )


def _part(kind: Investment, found: Iterable[tuple[Investment, MixRow]]) -> Part:
    rows = [row for each, row in found if each is kind]
    return Part(
        investment=kind,
        items=sum(row.items for row in rows),
        early=sum(row.items for row in rows if row.was_early),
        sized=sum(row.sized for row in rows),
        points=Decimal(sum(row.points_milli for row in rows)) / _MILLI,
    )


def _investment(row: MixRow) -> Investment:
    flags = (row.is_grow, row.is_enhance, row.is_keep, row.is_debt)
    named = [kind for kind, flag in zip(KINDS, flags, strict=True) if flag]
    if len(named) > 1:
        return Investment.SEVERAL
    return named[0] if named else Investment.NONE
