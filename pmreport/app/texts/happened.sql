-- What became of the issues $keys from $since_ms up to $as_of_ms, as far as Jira's history tells it.
WITH asked AS (
    SELECT i.issue_id AS of_issue, i.issue_key AS of_key, i.deleted_ms AS gone_ms, i.unseen_since_ms AS hidden_ms
    FROM issue AS i
    WHERE i.site_id = $site_id AND REPLACE($keys, $mark || LOWER(i.issue_key) || $mark, '') <> $keys
),
standing AS (
    SELECT
        a.of_issue AS of_issue,
        MAX(CASE WHEN s.category = 'done' AND t.valid_from_ms <= $since_ms AND t.valid_to_ms > $since_ms
            THEN 1 ELSE 0 END) AS was_done,
        MAX(CASE WHEN s.category = 'done' AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
            THEN 1 ELSE 0 END) AS is_done
    FROM asked AS a
    JOIN issue_status AS t ON t.site_id = $site_id AND t.issue_id = a.of_issue
    LEFT JOIN status AS s ON s.site_id = $site_id AND s.status_id = t.status_id
    GROUP BY a.of_issue
),
retyped AS (
    SELECT a.of_issue AS of_issue, COUNT(*) AS times
    FROM asked AS a
    JOIN issue_change AS c ON c.site_id = $site_id AND c.issue_id = a.of_issue
    WHERE c.field_id = 'issuetype' AND c.changed_ms > $since_ms AND c.changed_ms <= $as_of_ms
    GROUP BY a.of_issue
)
SELECT
    a.of_key AS issue_key,
    CASE WHEN a.gone_ms > $since_ms AND a.gone_ms <= $as_of_ms THEN 1 ELSE 0 END AS is_deleted,
    CASE WHEN a.hidden_ms > $since_ms AND a.hidden_ms <= $as_of_ms THEN 1 ELSE 0 END AS is_hidden,
    COALESCE(standing.was_done, 0) AS was_done,
    COALESCE(standing.is_done, 0) AS is_done,
    COALESCE(retyped.times, 0) AS retyped
FROM asked AS a
LEFT JOIN standing ON standing.of_issue = a.of_issue
LEFT JOIN retyped ON retyped.of_issue = a.of_issue
ORDER BY a.of_key
