"""Whether what was promised for a day was done by that day, and how often the day was moved."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from pmreport.metrics.standing import among_standing
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from pmreport.model.members import MemberRow, among
from pmreport.model.query import LIST_MARK, Query, Scalar, marked_list, sql_text
from pmreport.stats.percentile import nearest_rank
from pmreport.stats.proportion import Interval, wilson

DROPPED = "dropped, not delivered"
BACK_DATED = "due date first written on the day it was done"
UNREADABLE = "due date or day of done that is no day"
FEWEST_FOR_A_MEDIAN = 5
FEWEST_FOR_P85 = 20
EARLY_DAYS = 5  # working days before the day promised
MOST_OVERDUE = 200  # as many as the text lists
_TICK = timedelta(milliseconds=1)
_P85 = 85


class DueRow(NamedTuple):
    """So many items with the same days; `promise` is due date, release or none.

    Days are ISO 8601, None where there is none: never promised, or not done.
    """

    promise: str
    first_due: str | None
    last_due: str | None
    is_done: int
    done_day: str | None
    is_dropped: int
    set_late: int
    set_at_done: int
    items: int


class MoveRow(NamedTuple):
    """So many moves of a due date from one day to another, made on one day."""

    old_due: str
    new_due: str
    moved_day: str
    moves: int


class OverdueRow(NamedTuple):
    """An open item whose due date has passed."""

    issue_key: str
    summary: str
    due_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The due days looked at: from `first` to before `until`, the first day that is not over yet."""

    first: date
    until: date

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in it."""
        return day is not None and self.first <= day < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """The items that were due in the window: done by their day, done late, and open though it has passed.

    `lateness` is the day of done minus the due day, of what is done; `tardiness` how late each one is, 0
    where it is not, an open one as late as it is by now. Both in calendar days, sorted. `excluded` by reason.
    """

    on_time: int
    late: int
    overdue: int
    lateness: tuple[int, ...]
    tardiness: tuple[int, ...]
    excluded: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """All that were due: also the open ones, or finishing late things would hurt only once they close."""
        return self.on_time + self.late + self.overdue

    @property
    def rate(self) -> Decimal | None:
        """on-time-first, on-time-current: done by their day / all that were due; None where nothing was."""
        return Decimal(self.on_time) / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """How sure the rate is: Wilson's interval of 95 %; None where nothing was due."""
        return wilson(self.on_time, self.n)

    @property
    def median_lateness(self) -> float | None:
        """lateness: the middle one; None for fewer than five."""
        return float(median(self.lateness)) if len(self.lateness) >= FEWEST_FOR_A_MEDIAN else None

    @property
    def median_tardiness(self) -> float | None:
        """tardiness-median: the middle one; None for fewer than five."""
        return float(median(self.tardiness)) if self.n >= FEWEST_FOR_A_MEDIAN else None

    @property
    def high_tardiness(self) -> int | None:
        """tardiness-high: 85 % are at most so late; None for fewer than twenty."""
        return nearest_rank(self.tardiness, _P85) if self.n >= FEWEST_FOR_P85 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """The three numbers that stand together, by the first due day, by the current one, and the moves.

    `slips` are the days of each move, later is above 0. `promised` of the `done` items that were done in the
    window had a due day, `by_release` of them by the release of their version alone. `back_dated` items had a
    due date written when they were done already, or on that day just before. `told_early` is how many of the
    days moved to a later one were moved at least five working days before they came.
    """

    window: Window
    first: Adherence
    current: Adherence
    slips: tuple[int, ...]
    done: int
    promised: int
    by_release: int
    back_dated: int
    told_early: int

    @property
    def told(self) -> int:
        """The days that did not hold: moved to a later one, or missed without a word."""
        return sum(slip > 0 for slip in self.slips) + self.current.late + self.current.overdue

    @property
    def coverage(self) -> Decimal | None:
        """due-coverage: the part of what was done that had a due day; None where nothing was done."""
        return Decimal(self.promised) / self.done if self.done else None

    @property
    def median_slip(self) -> float | None:
        """median-slip: the middle move, in days; None without any."""
        return float(median(self.slips)) if self.slips else None


def window_of(as_of: datetime, weeks: int, calendar: WorkCalendar) -> Window:
    """The last so many weeks of due days that are over; the last millisecond of a day ends it."""
    until = calendar.local_day(as_of + _TICK)
    return Window(first=until - timedelta(weeks=weeks), until=until)


def query(
    members: Query[MemberRow],
    site_id: int,
    as_of: datetime,
    window: Window,
    *,
    calendar_id: str,
    dropped_resolutions: Collection[str],
) -> Query[DueRow]:
    """The items of the set that were due or done in the window, as known at `as_of`."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "from_day": window.first.isoformat(),
        "until_day": window.until.isoformat(),
        "calendar_id": calendar_id,
        "dropped": marked_list(dropped_resolutions),
        "mark": LIST_MARK,
    }
    return among_standing(members, "due_items.sql", DueRow, parameters)


def moves_query(
    members: Query[MemberRow], site_id: int, as_of: datetime, *, since: datetime, calendar_id: str
) -> Query[MoveRow]:
    """The moves of due dates of open items since an instant."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "from_ms": to_ms(since),
        "calendar_id": calendar_id,
    }
    return among(members, sql_text("pmreport.metrics", "sql/due_moves.sql"), MoveRow, parameters)


def overdue_query(
    members: Query[MemberRow], site_id: int, as_of: datetime, window: Window
) -> Query[OverdueRow]:
    """The open items whose due date has passed, the longest overdue first."""
    parameters: dict[str, Scalar] = {
        "site_id": site_id,
        "as_of_ms": to_ms(as_of),
        "until_day": window.until.isoformat(),
    }
    return among(members, sql_text("pmreport.metrics", "sql/overdue_items.sql"), OverdueRow, parameters)


def from_rows(
    rows: Iterable[DueRow], moves: Iterable[MoveRow], window: Window, calendar: WorkCalendar
) -> OnTime:
    """Adherence to the first and to the current due day of what was due in the window.

    A due date is a day without a zone: it is compared with the local day of done. Dropped items are left out,
    and those whose due date was first written within a day before they were done, on the day they were done:
    there was no promise to keep. What was written after done changes nothing.
    """
    held, moved = tuple(rows), tuple(moves)
    done = [row for row in held if window.holds(_day(row.done_day)) and not row.is_dropped]
    return OnTime(
        window=window,
        first=_adherence(held, lambda row: row.first_due, window),
        current=_adherence(held, lambda row: row.last_due, window),
        slips=tuple(sorted(slip for row in moved for slip in _slips(row))),
        done=sum(row.items for row in done),
        promised=sum(row.items for row in done if row.promise != "none"),
        by_release=sum(row.items for row in done if row.promise == "release"),
        back_dated=sum(row.items for row in held if row.set_late or row.set_at_done),
        told_early=sum(row.moves for row in moved if _is_early(row, calendar)),
    )


def is_on_time(done: datetime, due: date, calendar: WorkCalendar) -> bool:
    """Whether an item done at an instant kept its due day, on the clocks of the reporting zone."""
    return calendar.local_day(done) <= due


def _adherence(rows: Iterable[DueRow], due_of: Callable[[DueRow], str | None], window: Window) -> Adherence:
    lateness: list[int] = []
    so_far: list[int] = []
    excluded: Counter[str] = Counter()
    for row in rows:
        text = due_of(row)
        due, done = _day(text), _day(row.done_day)
        if text is not None and (due is None or (row.is_done and done is None)):
            excluded[UNREADABLE] += row.items
        elif due is None or not window.holds(due):
            continue
        elif row.is_dropped:
            excluded[DROPPED] += row.items
        elif row.set_at_done:
            excluded[BACK_DATED] += row.items
        elif done is not None:
            lateness += [(done - due).days] * row.items
        else:
            so_far += [(window.until - due).days] * row.items
    return Adherence(
        on_time=sum(days <= 0 for days in lateness),
        late=sum(days > 0 for days in lateness),
        overdue=len(so_far),
        lateness=tuple(sorted(lateness)),
        tardiness=tuple(sorted([*(max(0, days) for days in lateness), *so_far])),
        excluded=tuple(sorted(excluded.items())),
    )


def _slips(row: MoveRow) -> list[int]:
    old, new = _day(row.old_due), _day(row.new_due)
    return [] if old is None or new is None else [(new - old).days] * row.moves


def _is_early(row: MoveRow, calendar: WorkCalendar) -> bool:
    old, new, moved = _day(row.old_due), _day(row.new_due), _day(row.moved_day)
    if old is None or new is None or moved is None or new <= old:
        return False
    return calendar.working_days_between(moved, old) >= EARLY_DAYS


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
