-- The work logged on each done item found until it was done for the last time, the time estimated before work was
-- done, and since when the two have been what they are. Items that have not both are left out.
WITH found AS ({found}),
held AS (SELECT f.issue_id AS of_issue FROM found f)
{finishes}, logged AS (
    SELECT f.of_issue AS of_issue, CAST(SUM(g.seconds) AS BIGINT) AS spent_s, MAX(g.created_ms) AS logged_ms
    FROM finishes f
    JOIN worklog g
      ON g.site_id = $site_id AND g.issue_id = f.of_issue AND g.created_ms <= $as_of_ms
     AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms) AND g.started_ms <= f.finish_ms
    GROUP BY f.of_issue
),
estimated AS (
    SELECT f.of_issue AS of_issue, CAST(MAX(e.amount_milli) AS BIGINT) AS estimate_milli
    FROM finishes f
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = f.of_issue AND e.field_id = 'timeoriginalestimate'
     AND e.valid_from_ms < f.finish_ms AND e.valid_to_ms >= f.finish_ms
    GROUP BY f.of_issue
)
SELECT
    f.of_issue AS issue_id,
    g.spent_s * 1000 AS amount,
    e.estimate_milli AS out_of,
    CASE WHEN g.logged_ms > f.finish_ms THEN g.logged_ms ELSE f.finish_ms END AS at_ms
FROM finishes f
JOIN logged g ON g.of_issue = f.of_issue
JOIN estimated e ON e.of_issue = f.of_issue
WHERE g.spent_s > 0 AND e.estimate_milli > 0
ORDER BY f.of_issue
