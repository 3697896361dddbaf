-- The items of the set that are open at $as_of_ms and were due before $until_day by their due date, the longest
-- overdue first, at most so many: there to be worked on.
, overdue AS (
    SELECT m.of_issue AS of_issue, MIN(v.value_id) AS due_day
    FROM members m
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = m.of_issue AND v.field_id = 'duedate'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND v.value_id < $until_day
    GROUP BY m.of_issue
)
SELECT
    i.issue_key AS issue_key,
    i.summary   AS summary,
    o.due_day   AS due_date
FROM overdue o
JOIN issue i ON i.site_id = $site_id AND i.issue_id = o.of_issue
JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = o.of_issue
 AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
WHERE COALESCE(s.category, 'undefined') <> 'done' AND NOT i.is_subtask
  AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
ORDER BY o.due_day, i.issue_id
LIMIT 200
