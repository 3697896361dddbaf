-- The comments that begin with a marker, on open issues or written since $from_ms.
SELECT
    c.comment_id AS comment_id,
    c.issue_id   AS issue_id,
    i.issue_key  AS issue_key,
    c.author_id  AS author_id,
    COALESCE(u.display_name, c.author_id) AS author_name,
    c.created_ms AS raised_ms,
    c.marker     AS marker,
    c.body       AS body,
    CASE WHEN c.restricted OR i.security_level IS NOT NULL THEN 1 ELSE 0 END AS is_restricted
FROM watched w
JOIN issue i ON i.site_id = $site_id AND i.issue_id = w.of_issue
JOIN comment_item c ON c.site_id = $site_id AND c.issue_id = w.of_issue AND c.created_ms <= $as_of_ms
LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = c.author_id
WHERE c.marker IN ('ACTION', 'QUESTION', 'ASK', 'RISK', 'DECISION')
  AND (w.is_done = 0 OR c.created_ms >= $from_ms)
ORDER BY c.issue_id, c.created_ms, c.comment_id
