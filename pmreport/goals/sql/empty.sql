-- Items without a value: since the last one went, or since they were created.
SELECT i.issue_id AS c_item, COALESCE(e.emptied_at, i.created_ms) AS c_since
FROM issue i
LEFT JOIN (
    SELECT a.item_id AS e_item, MAX(a.ended_at) AS emptied_at
    FROM ({any_value}) a
    WHERE a.began_at <= $as_of_ms
    GROUP BY a.item_id
) e ON e.e_item = i.issue_id
WHERE i.site_id = $site_id AND (e.emptied_at IS NULL OR e.emptied_at <= $as_of_ms)
