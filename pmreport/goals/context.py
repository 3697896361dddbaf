"""What the words of a rule mean on one Jira site, at one moment, for one person."""

from collections.abc import Mapping
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
    DATE = "date"
    TEXT = "text"  # only EMPTY can be asked so far


class Source(StrEnum):
    """Which history of the store holds a field."""

    ISSUE = "issue"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintSpan:
    """When a sprint was open: [began_ms, ended_ms). `began_ms` None: it never began."""

    id: str
    name: str
    began_ms: int | None
    ended_ms: int | None

    def is_open(self, at_ms: int) -> bool:
        """Whether it was open at that instant."""
        if self.began_ms is None or self.began_ms > at_ms:
            return False
        return self.ended_ms is None or at_ms < self.ended_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class JqlContext:
    """Everything a rule's words refer to; read from the store by `app`.

    `account` is who `currentUser()` is, None when nobody has said. `as_of` stands for now. `choices` maps a
    field id to the values that Jira lists for it. `categories` maps a status id to its category, and
    `subtask_types` holds the ids of the issue types that are sub-tasks. `points` are the custom fields that
    discovery took for story points, whatever they are called here, and `stored` those of which the store
    holds at least one value.
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

    @property
    def as_of_ms(self) -> int:
        """The moment asked for, in epoch milliseconds."""
        return to_ms(self.as_of)

    @property
    def open_sprints(self) -> tuple[str, ...]:
        """The ids of the sprints that were open at the moment asked for."""
        return tuple(sprint.id for sprint in self.sprints if sprint.is_open(self.as_of_ms))
