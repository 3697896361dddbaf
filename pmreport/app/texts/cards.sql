-- What every issue was called, how it stood and who had it at $as_of_ms, those out of sight by now too: the
-- sprints they were in still hold them. Nobody knows whether the reader may hear of them, so they are restricted,
-- but for those that moved on to another project.
WITH standing AS (
    SELECT s.issue_id AS card_issue, st.name AS status_name, st.category AS status_category
    FROM issue_status AS s
    LEFT JOIN status AS st ON st.site_id = s.site_id AND st.status_id = s.status_id
    WHERE s.site_id = $site_id AND s.valid_from_ms <= $as_of_ms AND s.valid_to_ms > $as_of_ms
),
owned AS (
    SELECT v.issue_id AS card_issue, MIN(u.display_name) AS owner_name
    FROM issue_value AS v
    JOIN user_account AS u ON u.site_id = v.site_id AND u.account_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'assignee'
        AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
ranked AS (
    SELECT v.issue_id AS card_issue, MIN(v.value_text) AS rank_text
    FROM issue_value AS v
    JOIN field AS f ON f.site_id = v.site_id AND f.field_id = v.field_id AND f.role = 'rank'
    WHERE v.site_id = $site_id AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
urged AS (
    SELECT v.issue_id AS card_issue, MIN(p.name) AS priority_name
    FROM issue_value AS v
    JOIN priority AS p ON p.site_id = v.site_id AND p.priority_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'priority'
        AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
moved AS (
    SELECT DISTINCT p.issue_id AS card_issue
    FROM issue AS p
    JOIN issue_value AS v
        ON v.site_id = p.site_id AND v.issue_id = p.issue_id AND v.field_id = 'project'
        AND v.valid_from_ms = p.unseen_since_ms
    WHERE p.site_id = $site_id
)
SELECT
    i.issue_id AS issue_id,
    i.issue_key AS issue_key,
    i.summary AS summary,
    COALESCE(t.name, '') AS type_name,
    COALESCE(standing.status_name, '') AS status_name,
    COALESCE(standing.status_category, 'undefined') AS status_category,
    owned.owner_name AS owner_name,
    ranked.rank_text AS rank_text,
    CASE
        WHEN i.security_level IS NOT NULL OR i.deleted_ms IS NOT NULL THEN 1
        WHEN i.unseen_since_ms IS NULL OR moved.card_issue IS NOT NULL THEN 0
        ELSE 1
    END AS is_restricted,
    COALESCE(urged.priority_name, '') AS priority_name
FROM issue AS i
LEFT JOIN issue_type AS t ON t.site_id = i.site_id AND t.issue_type_id = i.issue_type_id
LEFT JOIN standing ON standing.card_issue = i.issue_id
LEFT JOIN owned ON owned.card_issue = i.issue_id
LEFT JOIN urged ON urged.card_issue = i.issue_id
LEFT JOIN ranked ON ranked.card_issue = i.issue_id
LEFT JOIN moved ON moved.card_issue = i.issue_id
WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms
ORDER BY i.issue_id
