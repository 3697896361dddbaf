-- The site, and the newest sync of it that was completed.
SELECT
    s.name AS name,
    s.browse_url AS browse_url,
    s.time_zone AS time_zone,
    s.account_id AS account_id,
    (
        SELECT MAX(r.started_ms)
        FROM sync_run AS r
        WHERE r.site_id = s.site_id AND r.outcome = 'complete'
    ) AS data_as_of_ms,
    (
        SELECT COUNT(*) FROM issue AS i
        WHERE i.site_id = s.site_id AND COALESCE(i.unseen_since_ms, i.deleted_ms) IS NULL
    ) AS issues_known,
    (
        SELECT MIN(i.created_ms) FROM issue AS i
        WHERE i.site_id = s.site_id AND COALESCE(i.unseen_since_ms, i.deleted_ms) IS NULL
    ) AS first_ms
FROM site AS s
WHERE s.site_id = $site_id
