"""The working calendar of a configuration, holidays included."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from pmreport.config import Config
from pmreport.model.calendar import WorkCalendar, work_calendar
from pmreport.model.public_holidays import public_holidays

_YEARS_BEFORE = 10  # history is counted in working days as far back
_YEARS_AFTER = 3  # a due date or a plan may lie as far ahead


def calendar_of(config: Config, now: datetime) -> WorkCalendar:
    """The one reporting calendar. Raises ConfigurationError for an unknown holiday code."""
    settings = config.calendar
    if settings.holidays is None:
        return work_calendar(settings)
    years = range(now.year - _YEARS_BEFORE, now.year + _YEARS_AFTER + 1)
    return work_calendar(settings, public_holidays(settings.holidays, years))


def known_since(config: Config) -> datetime | None:
    """From when on all history was read: the local midnight of `[scope] since`; None: from its begin."""
    day = config.scope.since
    if day is None:
        return None
    return datetime.combine(day, time(), ZoneInfo(config.calendar.time_zone)).astimezone(UTC)
