-- If the item is done: when for the last time, the work logged up to then, and whether it had a time estimate.
, logged AS (
    SELECT f.of_issue AS of_issue, SUM(g.seconds) AS spent_s
    FROM finishes f
    JOIN worklog g
      ON g.site_id = $site_id AND g.issue_id = f.of_issue AND g.created_ms <= $as_of_ms
     AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms) AND g.started_ms <= f.finish_ms
    GROUP BY f.of_issue
),
timed AS (
    SELECT f.of_issue AS of_issue, COUNT(*) AS estimates
    FROM finishes f
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = f.of_issue AND e.field_id = 'timeoriginalestimate'
     AND e.valid_from_ms <= f.finish_ms
    GROUP BY f.of_issue
)
SELECT
    f.finish_ms AS done_ms,
    CAST(COALESCE(g.spent_s, 0) AS BIGINT) AS spent_seconds,
    CASE WHEN d.estimates > 0 THEN 1 ELSE 0 END AS has_time
FROM finishes f
LEFT JOIN logged g ON g.of_issue = f.of_issue
LEFT JOIN timed d ON d.of_issue = f.of_issue
ORDER BY f.finish_ms
