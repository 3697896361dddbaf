-- The flags that stand at $as_of_ms: who put each up, and the comments written within $near_ms of that.
WITH flags AS (
    SELECT v.issue_id AS of_issue, MIN(v.field_id) AS flag_field, MIN(v.valid_from_ms) AS flagged_ms
    FROM issue_value v
    JOIN field d ON d.site_id = v.site_id AND d.field_id = v.field_id AND d.role = 'flagged'
    WHERE v.site_id = $site_id AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
raisers AS (
    SELECT f.of_issue AS of_issue, MIN(h.author_id) AS raised_by
    FROM flags f
    JOIN issue_change h
      ON h.site_id = $site_id AND h.issue_id = f.of_issue AND h.field_id = f.flag_field
     AND h.changed_ms = f.flagged_ms
    GROUP BY f.of_issue
)
SELECT
    f.of_issue   AS issue_id,
    f.flagged_ms AS since_ms,
    r.raised_by  AS raised_by,
    c.comment_id AS comment_id,
    c.author_id  AS author_id,
    c.created_ms AS said_ms,
    c.body       AS body,
    CASE WHEN c.restricted THEN 1 ELSE 0 END AS is_restricted
FROM flags f
JOIN issue i ON i.site_id = $site_id AND i.issue_id = f.of_issue
JOIN comment_item c
  ON c.site_id = $site_id AND c.issue_id = f.of_issue AND c.created_ms <= $as_of_ms
 AND c.created_ms >= f.flagged_ms - $near_ms AND c.created_ms <= f.flagged_ms + $near_ms
LEFT JOIN raisers r ON r.of_issue = f.of_issue
WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
ORDER BY f.of_issue, c.created_ms, c.comment_id
