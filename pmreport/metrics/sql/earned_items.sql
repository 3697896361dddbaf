-- The items of the set at $as_of_ms, counted by the week in which they were done for good (none: they are open)
-- and by whether they were dropped; with their estimates in points and in time as they stood then.
, estimates AS (
    SELECT
        h.of_issue AS of_issue,
        MAX(CASE WHEN d.role = 'points' THEN e.amount_milli END) AS points_milli,
        MAX(CASE WHEN e.field_id = 'timeoriginalestimate' THEN e.amount_milli END) AS time_milli
    FROM held h
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = h.of_issue
     AND e.valid_from_ms <= $as_of_ms AND e.valid_to_ms > $as_of_ms
    LEFT JOIN field d ON d.site_id = $site_id AND d.field_id = e.field_id
    GROUP BY h.of_issue
),
dropped AS (
    SELECT DISTINCT f.of_issue AS of_issue
    FROM finishes f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    WHERE REPLACE($dropped, $mark || LOWER(n.name) || $mark, '') <> $dropped
),
days AS (
    SELECT c.week_start AS week_start, c.starts_ms AS starts_ms, c.ends_ms AS ends_ms,
           c.starts_ms - c.starts_ms % 86400000 AS utc_ms
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
    UNION
    SELECT c.week_start, c.starts_ms, c.ends_ms, (c.ends_ms - 1) - (c.ends_ms - 1) % 86400000
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
)
SELECT
    w.week_start AS done_week,
    CASE WHEN f.of_issue IS NULL THEN 0 ELSE 1 END AS is_done,
    CASE WHEN q.of_issue IS NULL THEN 0 ELSE 1 END AS is_dropped,
    CAST(COUNT(*) AS BIGINT) AS items,
    CAST(SUM(CASE WHEN e.points_milli >= 0 THEN 1 ELSE 0 END) AS BIGINT) AS with_points,
    CAST(SUM(CASE WHEN e.points_milli > 0 THEN e.points_milli ELSE 0 END) AS BIGINT) AS points_milli,
    CAST(SUM(CASE WHEN e.time_milli >= 0 THEN 1 ELSE 0 END) AS BIGINT) AS with_time,
    CAST(SUM(CASE WHEN e.time_milli > 0 THEN e.time_milli ELSE 0 END) AS BIGINT) AS time_milli
FROM held h
LEFT JOIN finishes f ON f.of_issue = h.of_issue
LEFT JOIN dropped q ON q.of_issue = h.of_issue
LEFT JOIN estimates e ON e.of_issue = h.of_issue
LEFT JOIN days w
  ON w.utc_ms = f.finish_ms - f.finish_ms % 86400000 AND w.starts_ms <= f.finish_ms AND w.ends_ms > f.finish_ms
GROUP BY w.week_start, CASE WHEN f.of_issue IS NULL THEN 0 ELSE 1 END,
         CASE WHEN q.of_issue IS NULL THEN 0 ELSE 1 END
ORDER BY COALESCE(w.week_start, '')
