SELECT COUNT(*) AS items
FROM issue i
WHERE i.site_id = $site_id AND i.deleted_ms IS NULL AND i.created_ms <= $as_of_ms
