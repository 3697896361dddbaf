-- The items finished in the window one by one, in the order they were finished: on which day, and after how many
-- days. `days` NULL: never started, or begun before the calendar.
SELECT
    i.issue_key   AS issue_key,
    i.summary     AS summary,
    f.on_day      AS finished_day,
    CAST(f.day_no - s.day_no + 1 AS BIGINT) AS days,
    r.resolved_as AS resolution
FROM items x
JOIN issue i ON i.site_id = $site_id AND i.issue_id = x.of_issue
JOIN days f ON f.slot_ms = x.finished_ms - x.finished_ms % 86400000
 AND f.opens_ms <= x.finished_ms AND f.closes_ms > x.finished_ms
LEFT JOIN days s ON s.slot_ms = x.started_ms - x.started_ms % 86400000
 AND s.opens_ms <= x.started_ms AND s.closes_ms > x.started_ms
LEFT JOIN resolved r ON r.of_issue = x.of_issue
WHERE x.finished_ms >= $window_from_ms AND x.finished_ms < $window_until_ms
ORDER BY x.finished_ms, x.of_issue
