-- Of these items those whose last way into done lies in [$from_ms, $until_ms), with what they were worth then.
, points AS (
    SELECT f.of_issue AS of_issue, MAX(e.amount_milli) AS estimate_milli
    FROM finishes f
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = f.of_issue
     AND e.valid_from_ms <= f.finish_ms AND e.valid_to_ms > f.finish_ms
    JOIN field d ON d.site_id = $site_id AND d.field_id = e.field_id AND d.role = 'points'
    GROUP BY f.of_issue
),
resolutions AS (
    SELECT f.of_issue AS of_issue, MIN(n.name) AS resolved_as
    FROM finishes f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    GROUP BY f.of_issue
),
owners AS (
    SELECT f.of_issue AS of_issue, MIN(COALESCE(u.display_name, v.value_id)) AS owned_by
    FROM finishes f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'assignee'
     AND v.valid_from_ms <= f.finish_ms AND v.valid_to_ms > f.finish_ms
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = v.value_id
    GROUP BY f.of_issue
)
SELECT
    f.of_issue       AS issue_id,
    i.issue_key      AS issue_key,
    i.summary        AS summary,
    k.name           AS type_name,
    f.finish_ms      AS done_ms,
    p.estimate_milli AS points_milli,
    q.issue_key      AS parent_key,
    q.summary        AS parent_summary,
    o.owned_by       AS owner,
    r.resolved_as    AS resolution
FROM finishes f
JOIN issue i ON i.site_id = $site_id AND i.issue_id = f.of_issue
LEFT JOIN issue_type k ON k.site_id = $site_id AND k.issue_type_id = i.issue_type_id
LEFT JOIN issue q ON q.site_id = $site_id AND q.issue_id = i.parent_id
 AND COALESCE(q.unseen_since_ms, q.deleted_ms, 253402214400000) > $as_of_ms
LEFT JOIN points p ON p.of_issue = f.of_issue
LEFT JOIN resolutions r ON r.of_issue = f.of_issue
LEFT JOIN owners o ON o.of_issue = f.of_issue
WHERE f.finish_ms >= $from_ms AND f.finish_ms < $until_ms
ORDER BY f.finish_ms, f.of_issue
