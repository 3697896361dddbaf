-- How many days items of each size took from the first work to done, counted: items done since $since_ms and by
-- $as_of_ms, in whole days of 24 hours, at least one. `points_milli` is the size now; NULL: not estimated.
WITH done_items AS (
    SELECT t.issue_id AS of_issue, MAX(t.valid_from_ms) AS finish_ms
    FROM issue_status t
    JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    JOIN issue i ON i.site_id = t.site_id AND i.issue_id = t.issue_id
    WHERE t.site_id = $site_id AND s.category = 'done' AND NOT i.is_subtask
      AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms AND t.valid_from_ms > $since_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
    GROUP BY t.issue_id
),
begun AS (
    SELECT d.of_issue AS of_issue, d.finish_ms AS finish_ms, MIN(t.valid_from_ms) AS began_ms
    FROM done_items d
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = d.of_issue
    JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE s.category = 'indeterminate' AND t.valid_from_ms < d.finish_ms
    GROUP BY d.of_issue, d.finish_ms
),
sizes AS (
    SELECT b.of_issue AS of_issue, MAX(e.amount_milli) AS size_milli
    FROM begun b
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = b.of_issue
     AND e.valid_from_ms <= $as_of_ms AND e.valid_to_ms > $as_of_ms
    JOIN field f ON f.site_id = $site_id AND f.field_id = e.field_id AND f.role = 'points'
    GROUP BY b.of_issue
),
spans AS (
    SELECT z.size_milli AS size_milli,
           (b.finish_ms - b.began_ms + 86399999 - (b.finish_ms - b.began_ms + 86399999) % 86400000) AS whole_ms
    FROM begun b
    LEFT JOIN sizes z ON z.of_issue = b.of_issue
)
SELECT
    x.size_milli AS points_milli,
    x.whole_ms   AS lasted_ms,
    CAST(COUNT(*) AS BIGINT) AS items
FROM spans x
GROUP BY x.size_milli, x.whole_ms
ORDER BY COALESCE(x.size_milli, -1), x.whole_ms
