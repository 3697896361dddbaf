-- The words of the $most items updated last, created by $as_of_ms; texts are today's, as everywhere. What has a
-- security level is not read: its words must not leave it.
SELECT
    i.issue_id  AS issue_id,
    i.issue_key AS issue_key,
    i.summary   AS summary_text,
    COALESCE(i.description, '') AS body_text
FROM issue i
WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms AND i.security_level IS NULL
  AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
ORDER BY i.updated_ms DESC, i.issue_id
LIMIT $most
