-- The items of the last set, created by the moment asked for and still there.
WITH {sets}
SELECT i.issue_id, i.issue_key, i.summary,
       CASE WHEN i.security_level IS NULL THEN 0 ELSE 1 END AS restricted,
       m.since_{last} AS since_ms, m.held_{last} AS held
FROM set_{last} m
JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.item_{last}
WHERE i.created_ms <= $as_of_ms AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
ORDER BY i.issue_id
