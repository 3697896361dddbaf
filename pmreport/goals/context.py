"""What the words of a rule mean on one Jira site, at one moment, for one person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pmreport.model.instant import to_ms


class FieldKind(StrEnum):
    """How the values of a field are written in a rule."""

    ISSUE = "issue"  # a key or an id
    CHOICE = "choice"  # the name or the id of something Jira lists
    CATEGORY = "category"  # the category of a status
    OPTION = "option"  # free words and the options of a custom field: those unused so far are unknown here
    USER = "user"
    SPRINT = "sprint"
    NUMBER = "number"
    DATE = "date"  # a day of the calendar
    INSTANT = "instant"  # a moment
    DURATION = "duration"  # working time in seconds, written as 3h or 1d
    TEXT = "text"  # looked through for words


class Source(StrEnum):
    """Which history of the store holds a field."""

    ISSUE = "issue"
    CREATED = "created"
    UPDATED = "updated"
    RESOLVED = "resolved"
    PROSE = "prose"  # summary, description and comments, looked through for words
    VALUE = "value"
    STATUS = "status"
    SPRINT = "sprint"


@dataclass(frozen=True, slots=True, kw_only=True)
class JqlField:
    """A field a rule can ask about.

    Two custom fields may bear the same name: `ids` then holds both, and a value of either is a value.
    `always_set` fields have no EMPTY.
    """

    name: str
    ids: tuple[str, ...]
    kind: FieldKind
    source: Source = Source.VALUE
    always_set: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A value and one of its names. Several values may bear one name, and one value several names."""

    id: str
    name: str


class SprintState(StrEnum):
    """What a sprint is at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintSpan:
    """When a sprint was open: [began_ms, ended_ms). `began_ms` None: it never began."""

    id: str
    name: str
    began_ms: int | None
    ended_ms: int | None

    def state(self, at_ms: int) -> SprintState:
        """What it was at that instant; a sprint that nobody has begun is a future one for ever."""
        if self.began_ms is None or self.began_ms > at_ms:
            return SprintState.FUTURE
        is_open = self.ended_ms is None or at_ms < self.ended_ms
        return SprintState.OPEN if is_open else SprintState.CLOSED


@dataclass(frozen=True, slots=True)
class VersionState:
    """The project of a version, and whether it is released, as far as is known today."""

    project_id: str
    released: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JqlContext:
    """Everything a rule's words refer to; read from the store by `app`.

    `account` is who `currentUser()` is, None when nobody has said. `as_of` stands for now. `choices` maps a
    field id to the values that Jira lists for it. `categories` maps a status id to its category, and
    `subtask_types` holds the ids of the issue types that are sub-tasks. `points` are the custom fields that
    discovery took for story points, whatever they are called here, and `stored` those of which the store
    holds at least one value. `versions` maps the id of a version to its project and whether it is released.
    """

    site_id: int
    account: str | None
    zone: ZoneInfo
    week_start: str
    as_of: datetime
    custom_fields: tuple[JqlField, ...] = ()
    choices: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    users: tuple[Named, ...] = ()
    sprints: tuple[SprintSpan, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    subtask_types: frozenset[str] = frozenset()
    points: tuple[str, ...] = ()
    stored: frozenset[str] = frozenset()
    versions: Mapping[str, VersionState] = field(default_factory=dict)

    @property
    def as_of_ms(self) -> int:
        """The moment asked for, in epoch milliseconds."""
        return to_ms(self.as_of)

    def sprints_in(self, states: Collection[SprintState]) -> frozenset[str]:
        """The ids of the sprints that were in one of these states at the moment asked for."""
        return frozenset(sprint.id for sprint in self.sprints if sprint.state(self.as_of_ms) in states)
