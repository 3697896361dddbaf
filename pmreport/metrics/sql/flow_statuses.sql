-- How long the items finished in the window had stood in each status, from their first moment to their finish.
SELECT
    v.in_status   AS status_id,
    s.name        AS status_name,
    r.resolved_as AS resolution,
    COUNT(DISTINCT v.of_issue) AS items,
    COUNT(*)      AS visits,
    CAST(SUM(v.ends_ms - v.begins_ms) AS BIGINT) AS total_ms
FROM items x
JOIN visits v ON v.of_issue = x.of_issue AND v.begins_ms < x.finished_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = v.in_status
LEFT JOIN resolved r ON r.of_issue = x.of_issue
WHERE x.finished_ms >= $window_from_ms AND x.finished_ms < $window_until_ms
GROUP BY v.in_status, s.name, r.resolved_as
ORDER BY v.in_status, COALESCE(r.resolved_as, '')
