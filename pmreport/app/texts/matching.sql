SELECT q.issue_id AS issue_id, i.created_ms AS valid_from_ms,
       COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) AS valid_to_ms
FROM (
{matches}
) q
JOIN issue i ON i.site_id = $site_id AND i.issue_id = q.issue_id
WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > i.created_ms
