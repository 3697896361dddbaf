-- Items completed in the closed sprints of a board's own: the time estimate they came in with, and the work
-- logged up to the moment they were done for the last time. What an item did on its own, not its sub-tasks.
, completions AS (
    SELECT
        x.on_board        AS on_board,
        x.of_sprint       AS of_sprint,
        x.of_issue        AS of_issue,
        x.until_ms        AS until_ms,
        MIN(CASE WHEN x.counted = 1 THEN x.moment_ms END) AS came_in_ms,
        MAX(CASE WHEN x.counted = 1 AND x.finished = 1 AND x.was_finished = 0 THEN x.moment_ms END) AS done_ms
    FROM steps x
    JOIN windows w ON w.on_board = x.on_board AND w.of_sprint = x.of_sprint
    WHERE w.home_board = w.on_board AND w.closed_ms IS NOT NULL
    GROUP BY x.on_board, x.of_sprint, x.of_issue, x.until_ms
    HAVING MAX(CASE WHEN x.moment_ms = x.last_ms AND x.counted = 1 AND x.finished = 1 THEN 1 ELSE 0 END) = 1
),
logged AS (
    SELECT
        d.on_board  AS on_board,
        d.of_sprint AS of_sprint,
        d.of_issue  AS of_issue,
        SUM(CASE WHEN g.started_ms <= d.done_ms THEN g.seconds ELSE 0 END) AS before_s,
        SUM(CASE WHEN g.started_ms > d.done_ms THEN g.seconds ELSE 0 END)  AS after_s
    FROM completions d
    JOIN worklog g
      ON g.site_id = $site_id AND g.issue_id = d.of_issue AND g.created_ms <= $as_of_ms
     AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
    GROUP BY d.on_board, d.of_sprint, d.of_issue
)
SELECT
    d.on_board      AS board_id,
    d.of_sprint     AS sprint_id,
    d.of_issue      AS issue_id,
    i.issue_key     AS issue_key,
    d.done_ms       AS done_ms,
    e.amount_milli  AS estimate_milli,
    CAST(COALESCE(g.before_s, 0) AS BIGINT) AS spent_seconds,
    CAST(COALESCE(g.after_s, 0) AS BIGINT)  AS spent_after_seconds,
    n.name          AS resolution
FROM completions d
JOIN issue i ON i.site_id = $site_id AND i.issue_id = d.of_issue
LEFT JOIN issue_estimate e
  ON e.site_id = $site_id AND e.issue_id = d.of_issue AND e.field_id = 'timeoriginalestimate'
 AND e.valid_from_ms <= d.came_in_ms AND e.valid_to_ms > d.came_in_ms
LEFT JOIN logged g ON g.on_board = d.on_board AND g.of_sprint = d.of_sprint AND g.of_issue = d.of_issue
LEFT JOIN issue_value r
  ON r.site_id = $site_id AND r.issue_id = d.of_issue AND r.field_id = 'resolution'
 AND r.valid_from_ms <= d.until_ms AND r.valid_to_ms > d.until_ms
LEFT JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = r.value_id
ORDER BY d.on_board, d.of_sprint, d.of_issue
