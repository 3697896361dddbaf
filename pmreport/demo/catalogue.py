"""What a Jira site has besides issues: people, statuses, types, versions, boards, sprints, fields."""

from dataclasses import dataclass, field
from typing import Literal

from pmreport.demo.dialect import CLOUD, Dialect

Category = Literal["new", "indeterminate", "done"]
SprintState = Literal["future", "active", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or an app. `email` is None where privacy hides it.

    `key` and `username` are what Data Center knows them by, and None on Cloud.
    """

    account_id: str
    name: str
    email: str | None = None
    active: bool = True
    account_type: str = "atlassian"
    key: str | None = None
    username: str | None = None

    @property
    def reference(self) -> str:
        """What stands for the person in changelogs: the account on Cloud, the key on Data Center."""
        return self.key or self.account_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A step of a workflow. `project_id` is set on the statuses of a team-managed project.

    A deleted status is in no list any more, but old histories still name it.
    """

    id: str
    name: str
    category: Category
    project_id: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueType:
    """A kind of issue. `level` is 1 for epics, 0 for the usual, -1 for sub-tasks."""

    id: str
    name: str
    level: int = 0
    project_id: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A priority or a resolution: an id and a name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project. `team_managed` is what Jira calls simplified, or next-gen."""

    id: str
    key: str
    name: str
    lead: str
    team_managed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A release. Dates are YYYY-MM-DD; None where nobody set one."""

    id: str
    project: str
    name: str
    start: str | None = None
    release: str | None = None
    released: bool = False
    archived: bool = False
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of the product within a project."""

    id: str
    project: str
    name: str
    description: str
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board. `kind` is scrum, kanban or simple (team-managed); only kanban has no sprints here.

    It lies in its project, or in the profile of its owner.
    """

    id: int
    name: str
    kind: Literal["scrum", "kanban", "simple"]
    project: str
    filter_id: str
    filter_jql: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    estimation_field: str | None = None
    private: bool = False
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """A sprint. Instants are epoch milliseconds; None where Jira has none.

    `start_ms` is the click that started it. `planned_start_ms` is the start that somebody had entered; None
    where that is the click itself. Cloud shows the click as `startDate` and forgets the plan. Data Center
    shows the plan as `startDate` (else the click) and the click as `activatedDate`.
    """

    id: int
    board_id: int
    name: str
    state: SprintState
    created_ms: int
    start_ms: int | None = None
    planned_start_ms: int | None = None
    end_ms: int | None = None
    complete_ms: int | None = None
    goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInfo:
    """A field of the site. `local_name` is what the token's user reads in their language."""

    id: str
    name: str
    local_name: str
    type: str | None
    items: str | None = None
    custom: str | None = None
    clauses: tuple[str, ...] = ()
    project_id: str | None = None
    searchable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Three zones that differ on purpose: the site's, the user's profile, and the reports'."""

    site: str = "America/New_York"
    user: str = "Europe/Lisbon"
    reporting: str = "Europe/Berlin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything of a site that is not an issue, found by id."""

    base_url: str
    title: str
    email: str
    token: str
    me: str
    scoped_token: str = "simulator-scoped-token-of-ines"  # noqa: S105 - opens nothing but the simulator
    password: str = "simulator-password-of-ines"  # noqa: S105 - opens nothing but the simulator
    cloud_id: str = "6a1f0c2e-3b47-4d58-9e60-7c81d2f3a495"
    product: Dialect = CLOUD
    zones: Zones = field(default_factory=Zones)
    users: dict[str, User]
    statuses: dict[str, Status]
    types: dict[str, IssueType]
    priorities: dict[str, Named]
    resolutions: dict[str, Named]
    projects: dict[str, Project]
    versions: dict[str, Version]
    components: dict[str, Component]
    boards: dict[int, Board]
    sprints: dict[int, Sprint]
    fields: dict[str, FieldInfo]
    points_fields: dict[str, str]

    def project(self, key_or_id: str) -> Project | None:
        """A project by its key, in any case, or by its id."""
        wanted = key_or_id.upper()
        return next((p for p in self.projects.values() if wanted in {p.key, p.id}), None)
