-- The same tables with instants that people can read, for analysts: `created_ms` is `created_at`, in UTC.
-- Portable: DuckDB and PostgreSQL run this text as it stands; the open end is 9999-12-31.

CREATE VIEW sprint_v AS SELECT
    site_id,
    sprint_id,
    origin_board_id,
    name,
    state,
    goal,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(start_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS start_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(activated_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS activated_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(end_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS end_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(complete_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS complete_at
FROM sprint;

CREATE VIEW issue_v AS SELECT
    site_id,
    issue_id,
    issue_key,
    project_id,
    issue_type_id,
    is_subtask,
    summary,
    description,
    status_id,
    priority_id,
    resolution_id,
    parent_id,
    assignee_id,
    reporter_id,
    points,
    estimate_s,
    remaining_s,
    spent_s,
    due_date,
    security_level,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(created_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS created_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(updated_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS updated_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(resolved_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS resolved_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(unseen_since_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS unseen_since_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(deleted_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS deleted_at,
    history_complete
FROM issue;

CREATE VIEW raw_document_v AS SELECT
    site_id,
    kind,
    id,
    part_no,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(fetched_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS fetched_at,
    sha256
FROM raw_document;

CREATE VIEW issue_change_v AS SELECT
    site_id,
    history_id,
    item_no,
    issue_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(changed_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS changed_at,
    author_id,
    field_id,
    field_name,
    from_value,
    to_value,
    from_text,
    to_text
FROM issue_change;

CREATE VIEW worklog_v AS SELECT
    site_id,
    worklog_id,
    issue_id,
    author_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(started_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS started_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(created_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS created_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(updated_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS updated_at,
    seconds,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(deleted_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS deleted_at
FROM worklog;

CREATE VIEW comment_item_v AS SELECT
    site_id,
    comment_id,
    issue_id,
    author_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(created_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS created_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(updated_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS updated_at,
    body,
    marker,
    restricted
FROM comment_item;

CREATE VIEW issue_value_v AS SELECT
    site_id,
    issue_id,
    field_id,
    value_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_from_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_from_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_to_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_to_at,
    value_text,
    value_number
FROM issue_value;

CREATE VIEW issue_sprint_v AS SELECT
    site_id,
    issue_id,
    sprint_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_from_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_from_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_to_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_to_at
FROM issue_sprint;

CREATE VIEW issue_status_v AS SELECT
    site_id,
    issue_id,
    status_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_from_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_from_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_to_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_to_at
FROM issue_status;

CREATE VIEW issue_estimate_v AS SELECT
    site_id,
    issue_id,
    field_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_from_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_from_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(valid_to_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS valid_to_at,
    amount_milli
FROM issue_estimate;

CREATE VIEW calendar_v AS SELECT
    calendar_id,
    day_date,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(starts_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS starts_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(ends_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS ends_at,
    week_start,
    iso_week,
    is_workday,
    workday_index
FROM calendar;

CREATE VIEW snapshot_sprint_v AS SELECT
    site_id,
    sprint_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(seen_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS seen_at,
    name,
    state,
    goal,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(start_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS start_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(end_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS end_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(complete_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS complete_at
FROM snapshot_sprint;

CREATE VIEW snapshot_version_v AS SELECT
    site_id,
    version_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(seen_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS seen_at,
    name,
    release_date,
    released
FROM snapshot_version;

CREATE VIEW snapshot_board_column_v AS SELECT
    site_id,
    board_id,
    status_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(seen_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS seen_at,
    column_name,
    position,
    is_done
FROM snapshot_board_column;

CREATE VIEW sync_run_v AS SELECT
    site_id,
    run_id,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(started_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS started_at,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(finished_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS finished_at,
    outcome,
    requests,
    issues,
    changes,
    detail
FROM sync_run;

CREATE VIEW sync_cursor_v AS SELECT
    site_id,
    scope,
    position,
    TIMESTAMP '1970-01-01 00:00:00' + CAST(moved_ms AS DOUBLE PRECISION) * INTERVAL '1 millisecond' AS moved_at
FROM sync_cursor;
