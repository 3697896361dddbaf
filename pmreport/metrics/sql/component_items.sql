-- The components of the projects and how many items each has at $as_of_ms, all and open; one name may be that of a
-- component in several projects and then stands once.
WITH held AS (
    SELECT v.issue_id AS of_issue, v.value_id AS of_component
    FROM issue_value v
    JOIN issue i ON i.site_id = v.site_id AND i.issue_id = v.issue_id
    WHERE v.site_id = $site_id AND v.field_id = 'components'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
states AS (
    SELECT h.of_issue AS of_issue, h.of_component AS of_component,
           CASE WHEN s.category = 'done' THEN 0 ELSE 1 END AS unfinished
    FROM held h
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = h.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
)
SELECT
    c.name AS component_name,
    CAST(COUNT(x.of_issue) AS BIGINT) AS items,
    CAST(COALESCE(SUM(x.unfinished), 0) AS BIGINT) AS open_items
FROM component c
LEFT JOIN states x ON x.of_component = c.component_id
WHERE c.site_id = $site_id
GROUP BY c.name
ORDER BY c.name
