-- The tables of one or several Jira sites. Every instant is epoch milliseconds UTC (`..._ms`),
-- every interval is half open, and every key starts with the site.
-- Portable: DuckDB and PostgreSQL run this text as it stands.
--
-- The tables that grow with every change of an issue have a key and no index for it: the writer replaces an
-- issue's rows as a whole, a scan of a column finds them, and the index took seven times the room of the rows and
-- as long to write. `pmreport doctor` and the tests look for rows with the same key.

CREATE TABLE site (
    site_id     BIGINT  NOT NULL,
    name        VARCHAR NOT NULL,
    base_url    VARCHAR NOT NULL,               -- as configured: what the site is known by
    browse_url  VARCHAR NOT NULL,               -- where people open it; links in reports start here
    deployment  VARCHAR NOT NULL,               -- cloud, datacenter
    time_zone   VARCHAR NOT NULL,               -- the profile zone of the user whose token read the site
    account_id  VARCHAR NOT NULL,               -- that user
    PRIMARY KEY (site_id)
);

CREATE TABLE project (
    site_id     BIGINT  NOT NULL,
    project_id  BIGINT  NOT NULL,
    project_key VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    simplified  BOOLEAN NOT NULL,               -- team-managed
    PRIMARY KEY (site_id, project_id)
);

CREATE TABLE status (
    site_id     BIGINT  NOT NULL,
    status_id   VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    category    VARCHAR NOT NULL,               -- new, indeterminate, done, undefined
    PRIMARY KEY (site_id, status_id)
);

CREATE TABLE field (
    site_id     BIGINT  NOT NULL,
    field_id    VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    schema      VARCHAR,                        -- schema.custom, else schema.system, else NULL
    custom      BOOLEAN NOT NULL,
    role        VARCHAR,                        -- sprint, points, epic_link, flagged, rank: what discovery chose
    PRIMARY KEY (site_id, field_id)
);

CREATE TABLE priority (
    site_id     BIGINT  NOT NULL,
    priority_id VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    PRIMARY KEY (site_id, priority_id)
);

CREATE TABLE resolution (
    site_id       BIGINT  NOT NULL,
    resolution_id VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    PRIMARY KEY (site_id, resolution_id)
);

CREATE TABLE issue_type (
    site_id       BIGINT  NOT NULL,
    issue_type_id VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    is_subtask    BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, issue_type_id)
);

CREATE TABLE component (
    site_id      BIGINT  NOT NULL,
    component_id VARCHAR NOT NULL,
    name         VARCHAR NOT NULL,
    PRIMARY KEY (site_id, component_id)
);

CREATE TABLE user_account (
    site_id      BIGINT  NOT NULL,
    account_id   VARCHAR NOT NULL,
    display_name VARCHAR NOT NULL,
    active       BOOLEAN NOT NULL,
    account_type VARCHAR NOT NULL,
    PRIMARY KEY (site_id, account_id)
);

CREATE TABLE board (
    site_id          BIGINT  NOT NULL,
    board_id         BIGINT  NOT NULL,
    name             VARCHAR NOT NULL,
    type             VARCHAR NOT NULL,          -- scrum, kanban, simple
    filter_jql       VARCHAR,                   -- NULL where the filter may not be read
    estimation_field VARCHAR,                   -- a field id; NULL: the board counts issues
    has_sprints      BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, board_id)
);

CREATE TABLE board_column (
    site_id     BIGINT  NOT NULL,
    board_id    BIGINT  NOT NULL,
    status_id   VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    position    INTEGER NOT NULL,               -- 0 is the left-most column
    is_done     BOOLEAN NOT NULL,               -- the last column with statuses mapped to it
    PRIMARY KEY (site_id, board_id, status_id)
);

CREATE TABLE board_sprint (
    site_id   BIGINT NOT NULL,
    board_id  BIGINT NOT NULL,
    sprint_id BIGINT NOT NULL,                  -- own or another board's: see sprint.origin_board_id
    PRIMARY KEY (site_id, board_id, sprint_id)
);

CREATE TABLE sprint (
    site_id         BIGINT  NOT NULL,
    sprint_id       BIGINT  NOT NULL,
    origin_board_id BIGINT,
    name            VARCHAR NOT NULL,
    state           VARCHAR NOT NULL,           -- future, active, closed
    goal            VARCHAR,
    start_ms        BIGINT,                     -- planned or entered
    activated_ms    BIGINT,                     -- the click, where Jira tells it apart (Data Center)
    end_ms          BIGINT,
    complete_ms     BIGINT,
    PRIMARY KEY (site_id, sprint_id)
);

CREATE TABLE issue (
    site_id          BIGINT  NOT NULL,
    issue_id         BIGINT  NOT NULL,
    issue_key        VARCHAR NOT NULL,
    project_id       BIGINT  NOT NULL,
    issue_type_id    VARCHAR NOT NULL,
    is_subtask       BOOLEAN NOT NULL,
    summary          VARCHAR NOT NULL,
    description      VARCHAR,
    status_id        VARCHAR NOT NULL,
    priority_id      VARCHAR,
    resolution_id    VARCHAR,
    parent_id        BIGINT,
    assignee_id      VARCHAR,
    reporter_id      VARCHAR,
    points           DOUBLE PRECISION,
    estimate_s       BIGINT,
    remaining_s      BIGINT,
    spent_s          BIGINT,
    due_date         VARCHAR,                   -- YYYY-MM-DD: a date without a zone
    security_level   VARCHAR,
    created_ms       BIGINT  NOT NULL,
    updated_ms       BIGINT  NOT NULL,
    resolved_ms      BIGINT,
    unseen_since_ms  BIGINT,
    deleted_ms       BIGINT,
    history_complete BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, issue_id)
);

CREATE TABLE raw_document (
    site_id    BIGINT  NOT NULL,
    kind       VARCHAR NOT NULL,                -- issue, changelog, worklog, comment, board, ...
    id         VARCHAR NOT NULL,
    part_no    INTEGER NOT NULL,
    fetched_ms BIGINT  NOT NULL,
    sha256     VARCHAR NOT NULL,                -- of the uncompressed canonical JSON
    payload    BYTEA   NOT NULL                -- that JSON, zlib-compressed
);  -- key: site_id, kind, id, part_no

CREATE TABLE issue_change (
    site_id    BIGINT  NOT NULL,
    history_id BIGINT  NOT NULL,
    item_no    INTEGER NOT NULL,
    issue_id   BIGINT  NOT NULL,
    changed_ms BIGINT  NOT NULL,
    author_id  VARCHAR,                         -- NULL: deleted, anonymous or automation
    field_id   VARCHAR NOT NULL,                -- the field's name where Jira gives no id
    field_name VARCHAR NOT NULL,
    from_value VARCHAR,
    to_value   VARCHAR,
    from_text  VARCHAR,
    to_text    VARCHAR
);  -- key: site_id, history_id, item_no

CREATE TABLE worklog (
    site_id    BIGINT NOT NULL,
    worklog_id BIGINT NOT NULL,
    issue_id   BIGINT NOT NULL,
    author_id  VARCHAR,
    started_ms BIGINT NOT NULL,                 -- when the work happened
    created_ms BIGINT NOT NULL,                 -- when it was typed
    updated_ms BIGINT NOT NULL,
    seconds    BIGINT NOT NULL,
    deleted_ms BIGINT,
    PRIMARY KEY (site_id, worklog_id)
);

CREATE TABLE comment_item (
    site_id    BIGINT  NOT NULL,
    comment_id BIGINT  NOT NULL,
    issue_id   BIGINT  NOT NULL,
    author_id  VARCHAR,
    created_ms BIGINT  NOT NULL,
    updated_ms BIGINT  NOT NULL,
    body       VARCHAR NOT NULL,
    marker     VARCHAR,                         -- SUMMARY, DECISION, RISK, ASK, ACTION, QUESTION
    restricted BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, comment_id)
);

CREATE TABLE issue_link (
    site_id       BIGINT  NOT NULL,
    link_id       BIGINT  NOT NULL,
    from_issue_id BIGINT  NOT NULL,             -- "blocks", "is split to": the outward end
    to_issue_id   BIGINT  NOT NULL,
    link_type     VARCHAR NOT NULL,
    PRIMARY KEY (site_id, link_id)
);

CREATE TABLE version (
    site_id      BIGINT  NOT NULL,
    version_id   BIGINT  NOT NULL,
    project_id   BIGINT  NOT NULL,
    name         VARCHAR NOT NULL,
    release_date VARCHAR,                       -- YYYY-MM-DD
    released     BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, version_id)
);

-- The history of every field, one row per value and per element of a multi-valued field.
-- A field without a value has no row.
CREATE TABLE issue_value (
    site_id       BIGINT  NOT NULL,
    issue_id      BIGINT  NOT NULL,
    field_id      VARCHAR NOT NULL,
    value_id      VARCHAR NOT NULL,             -- the id behind the value, else its text
    valid_from_ms BIGINT  NOT NULL,
    valid_to_ms   BIGINT  NOT NULL,
    value_text    VARCHAR,
    value_number  DOUBLE PRECISION
);  -- key: site_id, issue_id, field_id, value_id, valid_from_ms

CREATE TABLE issue_sprint (
    site_id       BIGINT NOT NULL,
    issue_id      BIGINT NOT NULL,
    sprint_id     BIGINT NOT NULL,
    valid_from_ms BIGINT NOT NULL,
    valid_to_ms   BIGINT NOT NULL
);  -- key: site_id, issue_id, sprint_id, valid_from_ms

CREATE TABLE issue_status (
    site_id       BIGINT  NOT NULL,
    issue_id      BIGINT  NOT NULL,
    status_id     VARCHAR NOT NULL,
    valid_from_ms BIGINT  NOT NULL,
    valid_to_ms   BIGINT  NOT NULL
);  -- key: site_id, issue_id, valid_from_ms

-- Amounts are integer thousandths of the field's unit (points, or seconds), so that sums are exact.
-- An unestimated stretch has no row: null is not zero.
CREATE TABLE issue_estimate (
    site_id       BIGINT  NOT NULL,
    issue_id      BIGINT  NOT NULL,
    field_id      VARCHAR NOT NULL,
    valid_from_ms BIGINT  NOT NULL,
    valid_to_ms   BIGINT  NOT NULL,
    amount_milli  BIGINT  NOT NULL
);  -- key: site_id, issue_id, field_id, valid_from_ms

CREATE TABLE calendar (
    calendar_id   VARCHAR NOT NULL,             -- a hash of zone, working days and holidays
    day_date      VARCHAR NOT NULL,             -- YYYY-MM-DD in that zone
    starts_ms     BIGINT  NOT NULL,
    ends_ms       BIGINT  NOT NULL,
    week_start    VARCHAR NOT NULL,             -- the date the week of this day starts on
    iso_week      VARCHAR NOT NULL,             -- 2026-W47
    is_workday    BOOLEAN NOT NULL,
    workday_index BIGINT  NOT NULL,             -- working days before this day since the first row
    PRIMARY KEY (calendar_id, day_date)
);

-- What Jira keeps no history of, a row each time it was seen to differ.
CREATE TABLE snapshot_sprint (
    site_id   BIGINT NOT NULL,
    sprint_id BIGINT NOT NULL,
    seen_ms   BIGINT NOT NULL,
    name      VARCHAR NOT NULL,
    state     VARCHAR NOT NULL,
    goal      VARCHAR,
    start_ms  BIGINT,
    end_ms    BIGINT,
    complete_ms BIGINT,
    PRIMARY KEY (site_id, sprint_id, seen_ms)
);

CREATE TABLE snapshot_version (
    site_id      BIGINT  NOT NULL,
    version_id   BIGINT  NOT NULL,
    seen_ms      BIGINT  NOT NULL,
    name         VARCHAR NOT NULL,
    release_date VARCHAR,
    released     BOOLEAN NOT NULL,
    PRIMARY KEY (site_id, version_id, seen_ms)
);

CREATE TABLE snapshot_board_column (
    site_id     BIGINT  NOT NULL,
    board_id    BIGINT  NOT NULL,
    status_id   VARCHAR NOT NULL,
    seen_ms     BIGINT  NOT NULL,
    column_name VARCHAR,                        -- NULL: mapped to no column from here on
    position    INTEGER,
    is_done     BOOLEAN,
    PRIMARY KEY (site_id, board_id, status_id, seen_ms)
);

CREATE TABLE sync_run (
    site_id     BIGINT  NOT NULL,
    run_id      VARCHAR NOT NULL,               -- a UUID
    started_ms  BIGINT  NOT NULL,
    finished_ms BIGINT,                         -- NULL: running, or killed
    outcome     VARCHAR NOT NULL,               -- running, complete, partial
    requests    BIGINT  NOT NULL,
    issues      BIGINT  NOT NULL,
    changes     BIGINT  NOT NULL,
    detail      VARCHAR,                        -- problems counted by kind, as JSON
    PRIMARY KEY (site_id, run_id)
);

CREATE TABLE sync_cursor (
    site_id  BIGINT  NOT NULL,
    scope    VARCHAR NOT NULL,                  -- issues:<project key>, worklogs, ...
    position VARCHAR NOT NULL,
    moved_ms BIGINT  NOT NULL,
    PRIMARY KEY (site_id, scope)
);
