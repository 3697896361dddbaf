-- How far every project is read: its cursor, and the newest change of its issues.
SELECT p.project_key AS project_key, c.position AS position, MAX(i.updated_ms) AS newest_ms
FROM project AS p
LEFT JOIN sync_cursor AS c ON c.site_id = p.site_id AND c.scope = 'issues:' || p.project_key
LEFT JOIN issue AS i ON i.site_id = p.site_id AND i.project_id = p.project_id
WHERE p.site_id = $site_id
GROUP BY p.project_key, c.position
ORDER BY p.project_key
