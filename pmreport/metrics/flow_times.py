"""How long items take: percentiles that are real durations, and only as far as there are items enough."""

from dataclasses import dataclass
from decimal import Decimal

from pmreport.metrics.flow_counts import UNSTARTED, Durations, FlowCounts
from pmreport.metrics.flow_window import Window
from pmreport.stats.histogram import Histogram
from pmreport.stats.proportion import Interval, wilson

PERCENTS = (50, 70, 85, 95)
FEWEST = {50: 5, 70: 11, 85: 20, 95: 59}  # so many items before a percentile is told
FEWEST_OLDER = 5  # items that took longer, before one says how an open item may go on
_ENOUGH_STARTED = Decimal("0.85")


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile:
    """A percentile in days. None where the items are too few, and `note` says what can be said instead."""

    percent: int
    days: int | None
    interval: Interval | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """How many of `n` items took at most `days`; `share` None without any. `promised` is the agreed share."""

    days: int
    promised: Decimal
    kept: int
    n: int
    interval: Interval | None

    @property
    def share(self) -> Decimal | None:
        """service-level: the part of the items that took at most so many days; None without items."""
        return Decimal(self.kept) / self.n if self.n else None


def cycle_times(counts: FlowCounts, window: Window) -> Durations:
    """cycle-time: days from start to finish of the items finished in the window.

    What was finished without ever having been started is left out and counted.
    """
    never = sum(n for day, n in counts.unstarted.items() if window.first <= day < window.end)
    excluded = ((UNSTARTED, never), *counts.cycle.excluded) if never else counts.cycle.excluded
    return Durations(days=counts.cycle.days, total_ms=counts.cycle.total_ms, excluded=excluded)


def survivor_warning(cycle: Durations) -> str:
    """A warning where so many finished items were never started that the others may not speak for them.

    Empty where at least 85 % of them have a cycle time. Source: the rule of jirametrics.
    """
    never = sum(n for reason, n in cycle.excluded if reason == UNSTARTED)
    known = cycle.days.n
    if not never or known >= _ENOUGH_STARTED * (known + never):
        return ""
    if not known:
        return f"none of the {never} finished items was ever started, so nothing says how long one takes"
    return (
        f"only {known} of {known + never} finished items were ever started: the others may have been quicker "
        "or slower (survivor bias)"
    )


def percentiles(days: Histogram) -> tuple[Percentile, ...]:
    """Nearest-rank percentiles, each with as many items as it needs, and how sure the 85th is."""
    return tuple(_percentile(days, percent) for percent in PERCENTS)


def percentile_of(days: Histogram, percent: int) -> int | None:
    """The percentile; None with fewer items than it needs."""
    return days.percentile(percent) if days.n >= FEWEST[percent] else None


def service_level(days: Histogram, *, limit: int, promised: Decimal) -> ServiceLevel:
    """service-level: how many of the items took at most `limit` days."""
    kept = days.at_most(limit)
    return ServiceLevel(days=limit, promised=promised, kept=kept, n=days.n, interval=wilson(kept, days.n))


def chance_within(days: Histogram, *, limit: int, age: int) -> Decimal | None:
    """The share of the items that took at most `limit` days among those that took longer than `age`.

    None with fewer than five such items: that is how old an item may get before nothing can be said of it.
    """
    older = days.beyond(age)
    return Decimal(older.at_most(limit)) / older.n if older.n >= FEWEST_OLDER else None


def _percentile(days: Histogram, percent: int) -> Percentile:
    known = percentile_of(days, percent)
    interval = days.percentile_interval(percent) if known is not None else None
    return Percentile(percent=percent, days=known, interval=interval, note=_note(days, percent, interval))


def _note(days: Histogram, percent: int, interval: Interval | None) -> str:
    if days.n == 0:
        return "nothing was finished"
    seen = f"{days.smallest} to {days.largest} days seen"
    if days.n < FEWEST[50]:
        return f"too few to say: {seen}"
    if days.n < FEWEST[percent]:
        return f"too few to say, it needs {FEWEST[percent]}: {seen}"
    if percent == 50:  # noqa: PLR2004  # the middle
        return seen
    return "" if interval else "too few to say how sure it is"
