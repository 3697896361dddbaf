-- Every item of the set with its start and its finish, as known at $as_of_ms: one pass over the status history,
-- and no window over it. Where the columns of the board stand says what is started and what is done; without a
-- board ($board_id NULL) the categories of the statuses do. Sub-tasks stand outside, and so do epics: an item
-- with children that are no sub-tasks is a heading, not work.
, places AS (
    SELECT bc.status_id AS in_status, bc.position AS place
    FROM board_column bc
    WHERE bc.site_id = $site_id AND bc.board_id = CAST($board_id AS BIGINT)
    UNION ALL
    SELECT s.status_id, CASE s.category WHEN 'new' THEN 0 WHEN 'indeterminate' THEN 1 WHEN 'done' THEN 2 END
    FROM status s
    WHERE s.site_id = $site_id AND CAST($board_id AS BIGINT) IS NULL
),
headings AS (
    SELECT DISTINCT i.parent_id AS of_issue
    FROM issue i
    WHERE i.site_id = $site_id AND i.parent_id IS NOT NULL AND NOT i.is_subtask AND i.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
known AS (
    SELECT m.of_issue AS of_issue, i.created_ms AS born_ms
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    LEFT JOIN headings h ON h.of_issue = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND h.of_issue IS NULL AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
visits AS (
    SELECT
        k.of_issue      AS of_issue,
        k.born_ms       AS born_ms,
        t.status_id     AS in_status,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        p.place         AS place                    -- NULL: the status stands in no column
    FROM known k
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = k.of_issue AND t.valid_from_ms <= $as_of_ms
    LEFT JOIN places p ON p.in_status = t.status_id
),
-- The stretches of an item leave no gap, so what stands in the last column came into it for the last time when it
-- left another column for the last time; if it never stood in another, then at its first moment.
ways AS (
    SELECT
        v.of_issue AS of_issue,
        v.born_ms  AS born_ms,
        MIN(v.begins_ms) AS first_ms,
        MIN(CASE WHEN v.place >= $start_place AND v.place < $done_place THEN v.begins_ms END) AS begun_ms,
        MAX(CASE WHEN v.place >= $done_place THEN NULL ELSE v.ends_ms END) AS left_ms,
        MAX(CASE WHEN v.ends_ms > $as_of_ms THEN v.place END) AS place_now
    FROM visits v
    GROUP BY v.of_issue, v.born_ms
),
endings AS (
    SELECT
        w.of_issue  AS of_issue,
        w.born_ms   AS born_ms,
        w.begun_ms  AS begun_ms,
        w.place_now AS place_now,
        CASE WHEN w.left_ms > $as_of_ms THEN NULL ELSE COALESCE(w.left_ms, w.first_ms) END AS finished_ms
    FROM ways w
),
items AS (
    SELECT
        e.of_issue    AS of_issue,
        e.born_ms     AS born_ms,
        e.place_now   AS place_now,
        e.finished_ms AS finished_ms,
        CASE WHEN e.finished_ms IS NULL OR e.begun_ms < e.finished_ms THEN e.begun_ms END AS started_ms
    FROM endings e
)
