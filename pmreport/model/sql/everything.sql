SELECT i.issue_id AS issue_id, i.created_ms AS valid_from_ms,
       COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) AS valid_to_ms
FROM issue i
WHERE i.site_id = $site_id AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > i.created_ms
