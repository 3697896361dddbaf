-- The keys of the issues that are out of sight at $as_of_ms: they may not be named.
SELECT i.issue_key AS issue_key
FROM issue i
WHERE i.site_id = $site_id AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) <= $as_of_ms
ORDER BY i.issue_key
