"""The rows of the store's tables, as the parsers give them and the store writes them.

A class a table, named after it; its fields are the table's columns in order, without the leading `site_id`,
which the store adds. A test holds both against the migrations. Instants are epoch milliseconds (`..._ms`),
dates are `YYYY-MM-DD`, ids are what Jira calls ids, None is SQL's NULL.
"""

from typing import NamedTuple


class SiteRow(NamedTuple):
    """A row of `site`."""

    name: str
    base_url: str
    browse_url: str
    deployment: str
    time_zone: str
    account_id: str


class ProjectRow(NamedTuple):
    """A row of `project`."""

    project_id: int
    project_key: str
    name: str
    simplified: bool


class StatusRow(NamedTuple):
    """A row of `status`."""

    status_id: str
    name: str
    category: str


class FieldRow(NamedTuple):
    """A row of `field`."""

    field_id: str
    name: str
    schema: str | None
    custom: bool
    role: str | None


class PriorityRow(NamedTuple):
    """A row of `priority`."""

    priority_id: str
    name: str


class ResolutionRow(NamedTuple):
    """A row of `resolution`."""

    resolution_id: str
    name: str


class IssueTypeRow(NamedTuple):
    """A row of `issue_type`."""

    issue_type_id: str
    name: str
    is_subtask: bool


class ComponentRow(NamedTuple):
    """A row of `component`."""

    component_id: str
    name: str


class UserAccountRow(NamedTuple):
    """A row of `user_account`."""

    account_id: str
    display_name: str
    active: bool
    account_type: str
    login: str | None = None


class BoardRow(NamedTuple):
    """A row of `board`."""

    board_id: int
    name: str
    type: str
    filter_jql: str | None
    estimation_field: str | None
    has_sprints: bool


class BoardColumnRow(NamedTuple):
    """A row of `board_column`."""

    board_id: int
    status_id: str
    column_name: str
    position: int
    is_done: bool


class BoardSprintRow(NamedTuple):
    """A row of `board_sprint`."""

    board_id: int
    sprint_id: int


class SprintRow(NamedTuple):
    """A row of `sprint`."""

    sprint_id: int
    origin_board_id: int | None
    name: str
    state: str
    goal: str | None
    start_ms: int | None
    activated_ms: int | None
    end_ms: int | None
    complete_ms: int | None


class IssueRow(NamedTuple):
    """A row of `issue`."""

    issue_id: int
    issue_key: str
    project_id: int
    issue_type_id: str
    is_subtask: bool
    summary: str
    description: str | None
    status_id: str
    priority_id: str | None
    resolution_id: str | None
    parent_id: int | None
    assignee_id: str | None
    reporter_id: str | None
    points: float | None
    estimate_s: int | None
    remaining_s: int | None
    spent_s: int | None
    due_date: str | None
    security_level: str | None
    created_ms: int
    updated_ms: int
    resolved_ms: int | None
    unseen_since_ms: int | None
    deleted_ms: int | None
    history_complete: bool


class RawDocumentRow(NamedTuple):
    """A row of `raw_document`."""

    kind: str
    id: str
    part_no: int
    fetched_ms: int
    sha256: str
    payload: bytes


class IssueChangeRow(NamedTuple):
    """A row of `issue_change`."""

    history_id: int
    item_no: int
    issue_id: int
    changed_ms: int
    author_id: str | None
    field_id: str
    field_name: str
    from_value: str | None
    to_value: str | None
    from_text: str | None
    to_text: str | None


class WorklogRow(NamedTuple):
    """A row of `worklog`."""

    worklog_id: int
    issue_id: int
    author_id: str | None
    started_ms: int
    created_ms: int
    updated_ms: int
    seconds: int
    deleted_ms: int | None


class CommentItemRow(NamedTuple):
    """A row of `comment_item`."""

    comment_id: int
    issue_id: int
    author_id: str | None
    created_ms: int
    updated_ms: int
    body: str
    marker: str | None
    restricted: bool


class IssueLinkRow(NamedTuple):
    """A row of `issue_link`."""

    link_id: int
    from_issue_id: int
    to_issue_id: int
    link_type: str


class VersionRow(NamedTuple):
    """A row of `version`."""

    version_id: int
    project_id: int
    name: str
    release_date: str | None
    released: bool


class IssueValueRow(NamedTuple):
    """A row of `issue_value`."""

    issue_id: int
    field_id: str
    value_id: str
    valid_from_ms: int
    valid_to_ms: int
    value_text: str | None
    value_number: float | None


class IssueSprintRow(NamedTuple):
    """A row of `issue_sprint`."""

    issue_id: int
    sprint_id: int
    valid_from_ms: int
    valid_to_ms: int


class IssueStatusRow(NamedTuple):
    """A row of `issue_status`."""

    issue_id: int
    status_id: str
    valid_from_ms: int
    valid_to_ms: int


class IssueEstimateRow(NamedTuple):
    """A row of `issue_estimate`."""

    issue_id: int
    field_id: str
    valid_from_ms: int
    valid_to_ms: int
    amount_milli: int


class CalendarRow(NamedTuple):
    """A row of `calendar`."""

    calendar_id: str
    day_date: str
    starts_ms: int
    ends_ms: int
    week_start: str
    iso_week: str
    is_workday: bool
    workday_index: int


class SnapshotSprintRow(NamedTuple):
    """A row of `snapshot_sprint`."""

    sprint_id: int
    seen_ms: int
    name: str
    state: str
    goal: str | None
    start_ms: int | None
    end_ms: int | None
    complete_ms: int | None


class SnapshotVersionRow(NamedTuple):
    """A row of `snapshot_version`."""

    version_id: int
    seen_ms: int
    name: str
    release_date: str | None
    released: bool


class SnapshotBoardColumnRow(NamedTuple):
    """A row of `snapshot_board_column`."""

    board_id: int
    status_id: str
    seen_ms: int
    column_name: str | None
    position: int | None
    is_done: bool | None


class SyncRunRow(NamedTuple):
    """A row of `sync_run`."""

    run_id: str
    started_ms: int
    finished_ms: int | None
    outcome: str
    requests: int
    issues: int
    changes: int
    detail: str | None


class SyncCursorRow(NamedTuple):
    """A row of `sync_cursor`."""

    scope: str
    position: str
    moved_ms: int
