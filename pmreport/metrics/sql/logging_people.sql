-- Those who logged work on the set: since when, and all they logged from then to $as_of_ms, on whatever item: the
-- question is whether they log, not how much of their time the set gets.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
),
worked_on AS (
    SELECT h.of_issue AS of_issue
    FROM held h
    UNION
    SELECT i.issue_id
    FROM held h
    JOIN issue_value v
      ON v.site_id = $site_id AND v.field_id = 'parent' AND v.value_id = CAST(h.of_issue AS VARCHAR)
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = v.issue_id
    WHERE i.is_subtask AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
people AS (
    SELECT g.author_id AS account, MIN(g.started_ms) AS began_ms
    FROM worked_on w
    JOIN worklog g ON g.site_id = $site_id AND g.issue_id = w.of_issue
    WHERE g.author_id IS NOT NULL AND g.started_ms <= $as_of_ms AND g.created_ms <= $as_of_ms AND g.seconds > 0
      AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
    GROUP BY g.author_id
)
SELECT
    p.account                     AS account_id,
    MIN(p.began_ms)               AS first_ms,
    MAX(g.started_ms)             AS last_ms,
    CAST(SUM(g.seconds) AS BIGINT) AS seconds
FROM people p
JOIN worklog g ON g.site_id = $site_id AND g.author_id = p.account
WHERE g.started_ms >= p.began_ms AND g.started_ms <= $as_of_ms AND g.created_ms <= $as_of_ms AND g.seconds > 0
  AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
GROUP BY p.account
ORDER BY p.account
