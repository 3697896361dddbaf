"""Which moment a report looks from, and which period it is about."""

from dataclasses import dataclass
from datetime import datetime

from pmreport.errors import UsageError
from pmreport.model import period as periods
from pmreport.model.period import Period, PeriodKind

_KINDS = {"weekly": PeriodKind.WEEK, "sprint": PeriodKind.WEEK, "review": PeriodKind.QUARTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """`as_of` is the moment asked for; `looked_from` never lies after the newest sync."""

    as_of: datetime
    looked_from: datetime
    data_as_of: datetime | None
    period: Period


def moments(
    name: str, *, asked: datetime, data_as_of: datetime | None, period: str | None, zone: str
) -> Moments:
    """The moments of the report `name`. Without a period it is the last one complete at `asked`."""
    about = periods.parse(period, zone) if period else periods.last_complete(_KINDS[name], asked, zone)
    if about.kind is not _KINDS[name]:
        example = _KINDS[name].value
        raise UsageError(
            f"the {name} report is not made for {about.name}", hint=f"write a period like {example}"
        )
    looked_from = asked if data_as_of is None else min(asked, data_as_of)
    seen = None if data_as_of is None else min(data_as_of, asked)
    return Moments(as_of=asked, looked_from=looked_from, data_as_of=seen, period=about)
