-- Open items that carry a flag at $as_of_ms, and since when without a break.
WITH flags AS (
    SELECT v.issue_id AS of_issue, MIN(v.valid_from_ms) AS flagged_ms
    FROM issue_value v
    JOIN field d ON d.site_id = v.site_id AND d.field_id = v.field_id AND d.role = 'flagged'
    WHERE v.site_id = $site_id AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
owners AS (
    SELECT f.of_issue AS of_issue, MIN(COALESCE(u.display_name, v.value_id)) AS owned_by
    FROM flags f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'assignee'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = v.value_id
    GROUP BY f.of_issue
)
SELECT
    f.of_issue   AS issue_id,
    i.issue_key  AS issue_key,
    i.summary    AS summary,
    s.name       AS status_name,
    f.flagged_ms AS since_ms,
    o.owned_by   AS owner
FROM flags f
JOIN issue i ON i.site_id = $site_id AND i.issue_id = f.of_issue
JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = f.of_issue
 AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
LEFT JOIN owners o ON o.of_issue = f.of_issue
WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
  AND COALESCE(s.category, 'undefined') <> 'done'
ORDER BY f.flagged_ms, f.of_issue
