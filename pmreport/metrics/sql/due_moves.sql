-- How often the due date of an item of the set was moved from one day to another in [$from_ms, $as_of_ms], while it
-- was open: counted by the two days and the day of the move. A date that was taken away and set anew has moved too.
, days AS (
    SELECT c.day_date AS day_date, c.starts_ms AS starts_ms, c.ends_ms AS ends_ms,
           c.starts_ms - c.starts_ms % 86400000 AS utc_ms
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
    UNION
    SELECT c.day_date, c.starts_ms, c.ends_ms, (c.ends_ms - 1) - (c.ends_ms - 1) % 86400000
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
),
dues AS (
    SELECT
        m.of_issue      AS of_issue,
        v.value_id      AS due_day,
        v.valid_from_ms AS from_ms,
        LAG(v.value_id) OVER (PARTITION BY m.of_issue ORDER BY v.valid_from_ms, v.value_id) AS was_day
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = m.of_issue AND v.field_id = 'duedate'
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
      AND v.valid_from_ms <= $as_of_ms
)
SELECT
    u.was_day AS old_due,
    u.due_day AS new_due,
    d.day_date AS moved_day,
    CAST(COUNT(*) AS BIGINT) AS moves
FROM dues u
JOIN days d ON d.utc_ms = u.from_ms - u.from_ms % 86400000 AND d.starts_ms <= u.from_ms AND d.ends_ms > u.from_ms
JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = u.of_issue AND t.valid_from_ms <= u.from_ms AND t.valid_to_ms > u.from_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
WHERE u.was_day IS NOT NULL AND u.was_day <> u.due_day AND u.from_ms >= $from_ms
  AND COALESCE(s.category, 'undefined') <> 'done'
GROUP BY u.was_day, u.due_day, d.day_date
ORDER BY d.day_date, u.was_day, u.due_day
