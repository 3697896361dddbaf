-- When comments were last exchanged about the work of an account, by component (or project, where an item has none):
-- the account's own last comment, the last one of somebody else, and how many others wrote in the last weeks. About
-- its work: items it reported or is assigned today. Restricted comments and items are out.
WITH mine AS (
    SELECT i.issue_id AS of_issue, i.project_id AS of_project
    FROM issue i
    WHERE i.site_id = $site_id AND (i.reporter_id = $account OR i.assignee_id = $account)
      AND i.security_level IS NULL
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
areas AS (
    SELECT m.of_issue AS of_issue, c.name AS area
    FROM mine m
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = m.of_issue AND v.field_id = 'components'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN component c ON c.site_id = $site_id AND c.component_id = v.value_id
),
placed AS (
    SELECT m.of_issue AS of_issue, COALESCE(a.area, p.name) AS area
    FROM mine m
    LEFT JOIN areas a ON a.of_issue = m.of_issue
    JOIN project p ON p.site_id = $site_id AND p.project_id = m.of_project
)
SELECT
    x.area AS area_name,
    MAX(CASE WHEN k.author_id = $account THEN k.created_ms END) AS own_ms,
    MAX(CASE WHEN k.author_id <> $account THEN k.created_ms END) AS others_ms,
    CAST(COUNT(CASE WHEN k.created_ms >= $since_ms THEN 1 END) AS BIGINT) AS recent_comments
FROM placed x
JOIN comment_item k ON k.site_id = $site_id AND k.issue_id = x.of_issue
WHERE k.created_ms <= $as_of_ms AND NOT k.restricted
GROUP BY x.area
ORDER BY x.area
