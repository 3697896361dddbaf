-- When each item found that is not done was created.
WITH found AS ({found}),
asked AS (SELECT f.issue_id AS of_issue FROM found f)
SELECT a.of_issue AS issue_id, CAST(0 AS BIGINT) AS amount, CAST(1 AS BIGINT) AS out_of, i.created_ms AS at_ms
FROM asked a
JOIN issue i ON i.site_id = $site_id AND i.issue_id = a.of_issue
JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = a.of_issue
 AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
WHERE COALESCE(s.category, 'undefined') <> 'done'
ORDER BY a.of_issue
