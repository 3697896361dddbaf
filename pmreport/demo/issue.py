"""An issue as the simulator holds it: what it is now, and each step that made it so."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Item(NamedTuple):
    """One changed field within a history. `field_id` is None where Jira leaves it out."""

    field: str
    fieldtype: str
    field_id: str | None
    from_: str | None
    from_string: str | None
    to: str | None
    to_string: str | None


class History(NamedTuple):
    """One entry of the changelog. `author` is None for automation that has none."""

    id: int
    at_ms: int
    author: str | None
    items: tuple[Item, ...]


class Link(NamedTuple):
    """One end of a link; `outward` when this issue is the one that blocks or duplicates."""

    id: int
    kind: str
    other: int
    outward: bool


@dataclass(slots=True)
class Comment:
    """A comment; `role` is set when only that role may read it."""

    id: int
    author: str
    created_ms: int
    updated_ms: int
    text: str
    role: str | None = None


@dataclass(slots=True)
class Worklog:
    """Time somebody logged. A hidden one is counted, and shown to others than the token's user."""

    id: int
    author: str
    started_ms: int
    created_ms: int
    updated_ms: int
    seconds: int
    text: str = ""
    hidden: bool = False


@dataclass(slots=True, kw_only=True)
class Issue:
    """An issue now, with its past. Not frozen: the story is played into it, and tests edit it.

    `points` maps the id of a number field to its value; `fragments` keeps the written JSON of a field;
    `buried` is the highest id of a comment or worklog that was deleted: Jira gives no id twice.
    """

    id: int
    key: str
    project: str
    type: str
    summary: str
    status: str
    created_ms: int
    reporter: str
    priority: str = "3"
    description: str | None = None
    assignee: str | None = None
    parent: int | None = None
    resolution: str | None = None
    resolved_ms: int | None = None
    status_changed_ms: int = 0
    updated_ms: int = 0
    due: str | None = None
    labels: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    sprints: tuple[int, ...] = ()
    points: dict[str, float] = field(default_factory=dict)
    original_s: int | None = None
    remaining_s: int | None = None
    spent_s: int | None = None
    flagged: bool = False
    restricted: bool = False
    old_keys: tuple[str, ...] = ()
    links: list[Link] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    worklogs: list[Worklog] = field(default_factory=list)
    buried: int = 0
    histories: list[History] = field(default_factory=list)
    fragments: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number within the project: 12 of SHOP-12."""
        return int(self.key.rpartition("-")[2])
