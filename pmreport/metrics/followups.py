"""Follow-ups: agreed actions and open questions, who owns them and whether they are late."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One open follow-up. `owner` is a display name; None: nobody's. `due` None: no date was agreed.

    `working_days_late` is 0 until the due day has passed; `age_working_days` runs from the day it was raised.
    """

    issue_id: int
    issue_key: str
    summary: str
    owner: str | None
    raised: datetime
    due: date | None
    status: str
    age_working_days: int
    working_days_late: int

    @property
    def is_overdue(self) -> bool:
        """Whether the agreed day has passed."""
        return self.working_days_late > 0

    @property
    def is_unowned(self) -> bool:
        """Whether nobody has taken it."""
        return self.owner is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """Every open follow-up, the latest first, then by age."""

    open_items: tuple[FollowUp, ...]

    @property
    def overdue(self) -> tuple[FollowUp, ...]:
        """Those whose agreed day has passed."""
        return tuple(item for item in self.open_items if item.is_overdue)

    @property
    def unowned(self) -> tuple[FollowUp, ...]:
        """Those without an owner."""
        return tuple(item for item in self.open_items if item.is_unowned)
