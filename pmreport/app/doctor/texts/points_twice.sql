-- How many live issues of every project have points now, and how many have different ones in two fields.
WITH pointed AS (
    SELECT
        i.project_id AS pointed_project,
        i.issue_id AS pointed_issue,
        CASE WHEN MIN(e.amount_milli) < MAX(e.amount_milli) THEN 1 ELSE 0 END AS is_torn
    FROM issue_estimate AS e
    JOIN field AS f ON f.site_id = e.site_id AND f.field_id = e.field_id AND f.role = 'points'
    JOIN issue AS i ON i.site_id = e.site_id AND i.issue_id = e.issue_id
    WHERE e.site_id = $site_id AND e.valid_to_ms = 253402214400000 AND i.deleted_ms IS NULL
    GROUP BY i.project_id, i.issue_id
),
counted AS (
    SELECT
        pointed.pointed_project AS counted_project,
        COUNT(*) AS estimated_issues,
        SUM(pointed.is_torn) AS torn_issues,
        MIN(CASE WHEN pointed.is_torn = 1 THEN pointed.pointed_issue END) AS torn_id
    FROM pointed
    GROUP BY pointed.pointed_project
)
SELECT
    p.project_key AS project_key,
    counted.estimated_issues AS estimated,
    counted.torn_issues AS differing,
    t.issue_key AS example
FROM counted
JOIN project AS p ON p.site_id = $site_id AND p.project_id = counted.counted_project
LEFT JOIN issue AS t ON t.site_id = $site_id AND t.issue_id = counted.torn_id
ORDER BY p.project_key
