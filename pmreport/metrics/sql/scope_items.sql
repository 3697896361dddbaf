-- The items of the set at $at_ms, with the estimates they had then; items dropped by then are out. An item has one
-- number of points, also where two fields hold some: the larger one. Only sub-tasks are told apart, not left out.
, dropped AS (
    SELECT DISTINCT v.issue_id AS of_issue
    FROM issue_value v
    JOIN resolution n ON n.site_id = v.site_id AND n.resolution_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'resolution'
      AND v.valid_from_ms <= $at_ms AND v.valid_to_ms > $at_ms
      AND REPLACE($dropped, $mark || LOWER(n.name) || $mark, '') <> $dropped
),
held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    LEFT JOIN dropped d ON d.of_issue = m.of_issue
    WHERE m.from_ms <= $at_ms AND m.until_ms > $at_ms AND d.of_issue IS NULL
),
amounts AS (
    SELECT h.of_issue AS of_issue,
           MAX(CASE WHEN f.role = 'points' THEN e.amount_milli END) AS points_milli,
           MAX(CASE WHEN e.field_id = 'timeoriginalestimate' THEN e.amount_milli END) AS time_milli
    FROM held h
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = h.of_issue
     AND e.valid_from_ms <= $at_ms AND e.valid_to_ms > $at_ms
    LEFT JOIN field f ON f.site_id = $site_id AND f.field_id = e.field_id
    GROUP BY h.of_issue
),
finished AS (
    SELECT DISTINCT h.of_issue AS of_issue
    FROM held h
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = h.of_issue
     AND t.valid_from_ms <= $at_ms AND t.valid_to_ms > $at_ms
    JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE s.category = 'done'
)
SELECT
    h.of_issue      AS issue_id,
    i.issue_key     AS issue_key,
    a.points_milli  AS points_milli,
    a.time_milli    AS seconds_milli,
    CASE WHEN i.is_subtask THEN 1 ELSE 0 END         AS is_subtask,
    CASE WHEN f.of_issue IS NULL THEN 0 ELSE 1 END   AS is_done
FROM held h
JOIN issue i ON i.site_id = $site_id AND i.issue_id = h.of_issue
LEFT JOIN amounts a ON a.of_issue = h.of_issue
LEFT JOIN finished f ON f.of_issue = h.of_issue
ORDER BY h.of_issue
