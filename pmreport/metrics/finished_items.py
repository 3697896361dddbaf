"""The items finished in the window one by one, each with the days it took."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pmreport.metrics.flow_query import FinishedItemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedItem:
    """An item that was finished on `done`. `days` counts the day of its start and that of its finish.

    None: it was never started, or begun before the first day of the calendar.
    """

    issue_key: str
    summary: str
    done: date
    days: int | None


def finished_items(
    rows: Iterable[FinishedItemRow], *, dropped_resolutions: Collection[str] = ()
) -> tuple[FinishedItem, ...]:
    """cycle-time: the items behind it, in the order they were finished; dropped ones are left out."""
    return tuple(
        FinishedItem(
            issue_key=row.issue_key,
            summary=row.summary or "",
            done=date.fromisoformat(row.finished_day),
            days=row.days,
        )
        for row in rows
        if row.resolution not in dropped_resolutions
    )
