"""Which moment a report looks from, and which period it is about."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pmreport.app.lookups import SiteFacts
from pmreport.errors import UsageError
from pmreport.model import period as periods
from pmreport.model.period import Period, PeriodKind, long_date

_KINDS = {
    "weekly": PeriodKind.WEEK,
    "sprint": PeriodKind.WEEK,
    "estimation": PeriodKind.QUARTER,
    "team": PeriodKind.WEEK,
    "review": PeriodKind.QUARTER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """`as_of` is the moment asked for; `looked_from` never lies after the newest sync."""

    as_of: datetime
    looked_from: datetime
    data_as_of: datetime
    period: Period


def known_at(facts: SiteFacts, asked: datetime, zone: str) -> datetime:
    """The moment asked for, but not later than the newest complete sync, which knows no more.

    Raises UsageError for a moment before the first issue: there was nothing then.
    """
    if facts.first is not None and asked < facts.first:
        raise UsageError("there was no issue yet at that moment", hint=_span(facts, facts.data_as_of, zone))
    return min(asked, facts.data_as_of)


def moments(name: str, facts: SiteFacts, *, asked: datetime, period: str | None, zone: str) -> Moments:
    """The moments of the report `name`. Without a period it is the last one complete at `asked`.

    Raises UsageError for a moment or a period of which nothing can be known.
    """
    looked_from = known_at(facts, asked, zone)
    about = periods.parse(period, zone) if period else periods.last_complete(_KINDS[name], asked, zone)
    if about.kind is not _KINDS[name]:
        example = _KINDS[name].value
        raise UsageError(
            f"the {name} report is not made for {about.name}", hint=f"write a period like {example}"
        )
    if period:
        _refuse_unknown(about, facts, asked, zone)
    return Moments(as_of=asked, looked_from=looked_from, data_as_of=looked_from, period=about)


def _refuse_unknown(about: Period, facts: SiteFacts, asked: datetime, zone: str) -> None:
    """Refuse a period without any history: it would be told as if nothing had happened in it."""
    if about.start_instant > asked:
        raise UsageError(f"{about.name} has not begun yet", hint=_span(facts, asked, zone))
    if facts.first is not None and about.end_instant <= facts.first:
        raise UsageError(f"there was no issue yet in {about.name}", hint=_span(facts, asked, zone))


def _span(facts: SiteFacts, until: datetime, zone: str) -> str:
    first, last = (long_date(at.astimezone(ZoneInfo(zone)).date()) for at in (facts.first or until, until))
    return f"what is known reaches from {first} to {last}"
