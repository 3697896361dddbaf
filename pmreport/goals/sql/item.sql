-- Every value that one item had at a moment. An issue is shown by its key.
WITH item AS (
    SELECT i.issue_id AS the_id, i.issue_key AS the_key, i.created_ms AS born_ms, i.description AS prose, i.updated_ms AS touched_ms
    FROM issue i
    WHERE i.site_id = $site_id AND i.issue_key = $issue_key AND i.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
SELECT t.the_id AS issue_id, t.the_key AS issue_key, 'issue' AS source, 'key' AS field_id,
       CAST(t.the_id AS VARCHAR) AS value_id, t.the_key AS value_text, CAST(NULL AS DOUBLE PRECISION) AS value_number
FROM item t
UNION ALL
SELECT t.the_id, t.the_key, 'value', v.field_id, v.value_id,
       CASE WHEN v.field_id = 'parent' THEN COALESCE(p.issue_key, v.value_text) ELSE v.value_text END, v.value_number
FROM item t
JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = t.the_id
LEFT JOIN issue p ON v.field_id = 'parent' AND p.site_id = $site_id AND CAST(p.issue_id AS VARCHAR) = v.value_id
WHERE v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
UNION ALL
SELECT t.the_id, t.the_key, 'status', 'status', v.status_id, s.name, NULL
FROM item t
JOIN issue_status v ON v.site_id = $site_id AND v.issue_id = t.the_id
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = v.status_id
WHERE v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
UNION ALL
SELECT t.the_id, t.the_key, 'sprint', 'sprint', CAST(v.sprint_id AS VARCHAR), s.name, NULL
FROM item t
JOIN issue_sprint v ON v.site_id = $site_id AND v.issue_id = t.the_id
LEFT JOIN sprint s ON s.site_id = $site_id AND s.sprint_id = v.sprint_id
WHERE v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
UNION ALL
SELECT t.the_id, t.the_key, 'created', 'created', CAST(t.born_ms AS VARCHAR), NULL, NULL
FROM item t
UNION ALL
SELECT u.u_id, u.u_key, 'updated', 'updated', CAST(MAX(u.u_at) AS VARCHAR), NULL, NULL
FROM (
    SELECT t.the_id AS u_id, t.the_key AS u_key, t.born_ms AS u_at FROM item t
    UNION ALL
    SELECT t.the_id, t.the_key, t.touched_ms FROM item t
    UNION ALL
    SELECT t.the_id, t.the_key, g.changed_ms
    FROM item t JOIN issue_change g ON g.site_id = $site_id AND g.issue_id = t.the_id
    UNION ALL
    SELECT t.the_id, t.the_key, CASE WHEN c.updated_ms <= $as_of_ms THEN c.updated_ms ELSE c.created_ms END
    FROM item t JOIN comment_item c ON c.site_id = $site_id AND c.issue_id = t.the_id
    UNION ALL
    SELECT t.the_id, t.the_key, CASE WHEN w.updated_ms <= $as_of_ms THEN w.updated_ms ELSE w.created_ms END
    FROM item t JOIN worklog w ON w.site_id = $site_id AND w.issue_id = t.the_id
) u
WHERE u.u_at <= $as_of_ms
GROUP BY u.u_id, u.u_key
UNION ALL
SELECT t.the_id, t.the_key, 'resolved', 'resolved', CAST(v.valid_from_ms AS VARCHAR), NULL, NULL
FROM item t
JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = t.the_id AND v.field_id = 'resolution'
WHERE v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
UNION ALL
SELECT t.the_id, t.the_key, 'prose', 'summary', v.value_id, v.value_text, NULL
FROM item t
JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = t.the_id AND v.field_id = 'summary'
WHERE v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
UNION ALL
SELECT t.the_id, t.the_key, 'prose', 'description', '', t.prose, NULL
FROM item t WHERE t.prose IS NOT NULL
UNION ALL
SELECT t.the_id, t.the_key, 'prose', 'comment', CAST(c.comment_id AS VARCHAR), c.body, NULL
FROM item t
JOIN comment_item c ON c.site_id = $site_id AND c.issue_id = t.the_id
WHERE c.created_ms <= $as_of_ms
ORDER BY source, field_id, value_id
