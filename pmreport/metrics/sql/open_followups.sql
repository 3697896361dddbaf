-- Items open at $as_of_ms that were then of a follow-up type or carried a follow-up label. `$types` and `$labels`
-- are lists with $mark around and between their members: |action|question|.
WITH named AS (
    SELECT v.issue_id AS of_issue
    FROM issue_value v
    JOIN issue_type k ON k.site_id = v.site_id AND k.issue_type_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'issuetype'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
      AND REPLACE($types, $mark || LOWER(k.name) || $mark, '') <> $types
    UNION
    SELECT v.issue_id
    FROM issue_value v
    WHERE v.site_id = $site_id AND v.field_id = 'labels'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
      AND REPLACE($labels, $mark || LOWER(v.value_id) || $mark, '') <> $labels
),
owners AS (
    SELECT n.of_issue AS of_issue, MIN(COALESCE(u.display_name, v.value_id)) AS owned_by
    FROM named n
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = n.of_issue AND v.field_id = 'assignee'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = v.value_id
    GROUP BY n.of_issue
),
dues AS (
    SELECT n.of_issue AS of_issue, MIN(v.value_id) AS due_day
    FROM named n
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = n.of_issue AND v.field_id = 'duedate'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY n.of_issue
)
SELECT
    n.of_issue   AS issue_id,
    i.issue_key  AS issue_key,
    i.summary    AS summary,
    o.owned_by   AS owner,
    i.created_ms AS raised_ms,
    d.due_day    AS due_date,
    s.name       AS status_name
FROM named n
JOIN issue i ON i.site_id = $site_id AND i.issue_id = n.of_issue
JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = n.of_issue
 AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
LEFT JOIN owners o ON o.of_issue = n.of_issue
LEFT JOIN dues d ON d.of_issue = n.of_issue
WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
  AND COALESCE(s.category, 'undefined') <> 'done'
ORDER BY n.of_issue
