-- The marked comments written up to $as_of_ms, and whether one was written anew since.
SELECT
    c.marker AS marker,
    c.author_id AS author_id,
    COALESCE(u.display_name, 'somebody') AS author_name,
    c.created_ms AS written_ms,
    c.body AS body,
    c.issue_id AS issue_id,
    i.issue_key AS issue_key,
    CASE WHEN c.updated_ms > $as_of_ms THEN 1 ELSE 0 END AS is_rewritten,
    CASE WHEN c.restricted OR i.security_level IS NOT NULL THEN 1 ELSE 0 END AS is_restricted
FROM comment_item AS c
JOIN issue AS i ON i.site_id = c.site_id AND i.issue_id = c.issue_id
LEFT JOIN user_account AS u ON u.site_id = c.site_id AND u.account_id = c.author_id
WHERE c.site_id = $site_id AND c.marker IS NOT NULL AND c.created_ms <= $as_of_ms
    AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
ORDER BY c.created_ms, c.comment_id
