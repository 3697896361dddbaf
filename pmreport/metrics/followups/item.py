"""One follow-up, wherever it was written down: an issue, a marked comment, or an entry of the journal."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pmreport.model.calendar import WorkCalendar
from pmreport.model.journal_kinds import FollowUpType

Kind = FollowUpType


class Source(StrEnum):
    """Where a follow-up was written down."""

    ISSUE = "issue"
    COMMENT = "comment"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A follow-up as it stood at the moment looked from.

    `issue_key` is empty where it is about no issue. `owner` is a name; None: nobody's. `owned` is
    since when, where that is known: their clock starts there, that of the item runs on. `first_due` is the
    day that was promised first, `promised` when that was said, `due` the day that holds now, `due_moves` how
    often it was changed in between. `closed` None: it is open; `dropped`: closed without being done.
    `answered` is the first deed of somebody else, `chases` the raiser's own comments before it. `active` is
    the last time a person did something about it. `restricted`: not everybody may read where it stands.
    """

    id: str
    kind: Kind
    source: Source
    issue_key: str
    statement: str
    raised: datetime
    owner: str | None = None
    owned: datetime | None = None
    first_due: date | None = None
    promised: datetime | None = None
    due: date | None = None
    due_moves: int = 0
    status: str = ""
    closed: datetime | None = None
    dropped: bool = False
    answered: datetime | None = None
    chases: int = 0
    active: datetime | None = None
    restricted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.closed is None

    @property
    def asks(self) -> bool:
        """Whether somebody could respond: to an issue, or a comment that asks; a risk written asks nobody."""
        if self.source is Source.COMMENT:
            return self.kind in {Kind.ACTION, Kind.QUESTION}
        return self.source is Source.ISSUE

    @property
    def name(self) -> str:
        """What it is listed as: the key of its issue, else its own id."""
        return self.issue_key or self.id

    def age(self, today: date, calendar: WorkCalendar) -> int:
        """Working days since it was raised."""
        return working_days(self.raised, today, calendar)

    def lateness(self, today: date, calendar: WorkCalendar) -> int:
        """Working days past the day that holds now; 0 until then, at least 1 afterwards."""
        return 0 if self.due is None else calendar.working_days_late(self.due, today)


def day(text: str | None) -> date | None:
    """A stored due date; None for what is no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def working_days(since: datetime, today: date, calendar: WorkCalendar) -> int:
    """Working days from the day of an instant to today; 0 for one that lies ahead."""
    return max(0, calendar.working_days_between(calendar.local_day(since), today))
