-- Where the live issues of every project stand now. Epics are left out: their steps are seldom on a board.
WITH standing AS (
    SELECT
        i.project_id AS standing_project,
        i.status_id AS standing_status,
        COUNT(*) AS issue_count,
        MIN(i.issue_id) AS example_id
    FROM issue AS i
    LEFT JOIN issue_type AS t ON t.site_id = i.site_id AND t.issue_type_id = i.issue_type_id
    WHERE i.site_id = $site_id AND i.deleted_ms IS NULL AND i.unseen_since_ms IS NULL
        AND COALESCE(t.name, '') <> 'Epic'
    GROUP BY i.project_id, i.status_id
)
SELECT
    p.project_key AS project_key,
    standing.standing_status AS status_id,
    COALESCE(s.name, standing.standing_status) AS status_name,
    COALESCE(s.category, 'undefined') AS category,
    standing.issue_count AS issues,
    e.issue_key AS example
FROM standing
JOIN project AS p ON p.site_id = $site_id AND p.project_id = standing.standing_project
JOIN issue AS e ON e.site_id = $site_id AND e.issue_id = standing.example_id
LEFT JOIN status AS s ON s.site_id = $site_id AND s.status_id = standing.standing_status
ORDER BY p.project_key, standing.standing_status
