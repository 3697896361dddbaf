SELECT v.issue_id AS item_id, v.created_ms AS began_at, CAST(253402214400000 AS BIGINT) AS ended_at
FROM comment_item v
WHERE v.site_id = $site_id AND {condition}
