SELECT COUNT(*) AS items
FROM issue i
WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms
  AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
