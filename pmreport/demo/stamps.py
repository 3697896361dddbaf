"""Instants the way Jira writes them: a site's zone, an offset without a colon, milliseconds."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from zoneinfo import ZoneInfo

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


def utc_ms(moment: datetime) -> int:
    """The epoch milliseconds of an aware instant."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def local_ms(day: date, text: str, zone: ZoneInfo) -> int:
    """The epoch milliseconds of a local day and a time such as 09:30 or 09:30:12.345."""
    return utc_ms(datetime.combine(day, clock_time.fromisoformat(text), tzinfo=zone))


def local_date(ms: int, zone: ZoneInfo) -> date:
    """The day an instant falls on in a zone."""
    return datetime.fromtimestamp(ms / 1000, zone).date()


class SiteClock:
    """A zone that writes instants; the offset of an hour is looked up once."""

    def __init__(self, zone_name: str) -> None:
        self.zone = ZoneInfo(zone_name)
        self._offsets: dict[int, tuple[int, str]] = {}

    def colon_stamp(self, ms: int) -> str:
        """An instant such as 2026-01-02T03:04:05.678-05:00, as Data Center writes the dates of sprints."""
        text = self.stamp(ms)
        return f"{text[:-2]}:{text[-2:]}"

    def stamp(self, ms: int) -> str:
        """An instant such as 2026-01-02T03:04:05.678-0500."""
        seconds, millis = divmod(ms, 1000)
        shift, suffix = self._offset(seconds // 1800)
        local = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds + shift))
        return f"{local}.{millis:03d}{suffix}"

    def _offset(self, half_hour: int) -> tuple[int, str]:
        known = self._offsets.get(half_hour)
        if known is None:
            offset = datetime.fromtimestamp(half_hour * 1800, self.zone).utcoffset() or timedelta()
            minutes = int(offset.total_seconds()) // 60
            hours, rest = divmod(abs(minutes), 60)
            known = (minutes * 60, f"{'-' if minutes < 0 else '+'}{hours:02d}{rest:02d}")
            self._offsets[half_hour] = known
        return known


@cache
def clock_of(zone_name: str) -> SiteClock:
    """The clock of a zone."""
    return SiteClock(zone_name)


def zulu(ms: int) -> str:
    """An instant the way the agile API writes sprint dates: 2026-01-02T03:04:05.678Z."""
    seconds, millis = divmod(ms, 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{millis:03d}Z"
