-- What was seen of the versions that items of the set are or were for, by $as_of_ms: a row whenever a release date,
-- a name or a state differed from the one seen before.
, used AS (
    SELECT DISTINCT v.value_id AS of_version
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = m.of_issue AND v.field_id = 'fixVersions'
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND v.valid_from_ms <= $as_of_ms
      AND v.valid_to_ms > $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
SELECT
    n.version_id   AS version_id,
    n.name         AS name,
    n.seen_ms      AS seen_ms,
    n.release_date AS release_date,
    CASE WHEN n.released THEN 1 ELSE 0 END AS is_released
FROM used u
JOIN snapshot_version n ON n.site_id = $site_id AND CAST(n.version_id AS VARCHAR) = u.of_version
WHERE n.seen_ms <= $as_of_ms
ORDER BY n.version_id, n.seen_ms
