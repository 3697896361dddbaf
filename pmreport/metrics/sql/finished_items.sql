-- Items whose last way into done lies in [$from_ms, $until_ms) and had not been undone by $as_of_ms.
-- Done is the status category: this question knows no board. Moving on from one done status to another is not
-- being done again.
WITH candidates AS (
    SELECT DISTINCT t.issue_id AS of_issue
    FROM issue_status t
    JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    JOIN issue i ON i.site_id = t.site_id AND i.issue_id = t.issue_id
    WHERE t.site_id = $site_id AND s.category = 'done'
      AND t.valid_from_ms >= $from_ms AND t.valid_from_ms < $until_ms AND t.valid_from_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms AND NOT i.is_subtask
),
stretches AS (
    SELECT
        c.of_issue      AS of_issue,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS finished,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY c.of_issue ORDER BY t.valid_from_ms) AS was_finished
    FROM candidates c
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = c.of_issue
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE t.valid_from_ms <= $as_of_ms
),
finishes AS (
    SELECT
        x.of_issue AS of_issue,
        MAX(CASE WHEN x.finished = 1 AND COALESCE(x.was_finished, 0) = 0 THEN x.begins_ms END) AS finish_ms
    FROM stretches x
    GROUP BY x.of_issue
    HAVING MAX(CASE WHEN x.ends_ms > $as_of_ms THEN x.finished ELSE 0 END) = 1
),
points AS (
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
