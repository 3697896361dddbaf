-- The items done since $from_ms and still done, sub-tasks and epics left out: when work began on them, and when
-- they were done for the last time.
, strides AS (
    SELECT
        t.issue_id      AS of_issue,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        CASE s.category WHEN 'done' THEN 2 WHEN 'indeterminate' THEN 1 ELSE 0 END AS stage,
        LAG(CASE s.category WHEN 'done' THEN 2 WHEN 'indeterminate' THEN 1 ELSE 0 END) OVER (
            PARTITION BY t.issue_id ORDER BY t.valid_from_ms) AS stage_before
    FROM issue_status t
    JOIN living l ON l.of_issue = t.issue_id
    LEFT JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    WHERE t.site_id = $site_id AND t.valid_from_ms <= $as_of_ms
),
lives AS (
    SELECT
        x.of_issue AS of_issue,
        MIN(CASE WHEN x.stage = 1 THEN x.begins_ms END) AS work_ms,
        MAX(CASE WHEN x.stage = 2 AND COALESCE(x.stage_before, 0) < 2 THEN x.begins_ms END) AS done_ms,
        MAX(CASE WHEN x.stage < 2 AND x.stage_before = 2 THEN 1 ELSE 0 END) AS was_undone,
        MAX(CASE WHEN x.stage = 0 AND x.stage_before = 1 AND x.begins_ms >= $from_ms THEN 1 ELSE 0 END) AS fell_back,
        MAX(CASE WHEN x.begins_ms >= $from_ms THEN 1 ELSE 0 END) AS moved,
        MAX(CASE WHEN x.ends_ms > $as_of_ms THEN x.stage END) AS stage_now
    FROM strides x
    GROUP BY x.of_issue
),
finished AS (
    SELECT
        v.of_issue   AS of_issue,
        l.shown_key  AS shown_key,
        l.in_project AS in_project,
        v.work_ms    AS work_ms,
        v.done_ms    AS done_ms,
        v.was_undone AS was_undone
    FROM lives v
    JOIN living l ON l.of_issue = v.of_issue
    WHERE v.stage_now = 2 AND v.done_ms >= $from_ms AND l.is_part = 0 AND l.is_epic = 0
)
