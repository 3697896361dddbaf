SELECT v.issue_id AS item_id, v.valid_from_ms AS began_at, v.valid_to_ms AS ended_at
FROM {history} v
WHERE v.site_id = $site_id AND {condition}
