-- One item by its key, if it is done: when for the last time, the work logged up to then, and whether it had a time
-- estimate.
WITH stretches AS (
    SELECT
        t.issue_id      AS of_issue,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS finished,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY t.issue_id ORDER BY t.valid_from_ms) AS was_finished
    FROM issue i
    JOIN issue_status t ON t.site_id = i.site_id AND t.issue_id = i.issue_id
    LEFT JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    WHERE i.site_id = $site_id AND i.issue_key = $issue_key AND t.valid_from_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
finishes AS (
    SELECT
        x.of_issue AS of_issue,
        MAX(CASE WHEN x.finished = 1 AND COALESCE(x.was_finished, 0) = 0 THEN x.begins_ms END) AS finish_ms
    FROM stretches x
    GROUP BY x.of_issue
    HAVING MAX(CASE WHEN x.ends_ms > $as_of_ms THEN x.finished ELSE 0 END) = 1
),
logged AS (
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
