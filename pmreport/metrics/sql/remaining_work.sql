-- What is left on the open items of the set and on their open sub-tasks by their remaining estimates, and how
-- many of the items have none, neither themselves nor on a sub-task.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
parts AS (
    SELECT h.of_issue AS of_item, h.of_issue AS of_issue
    FROM held h
    UNION ALL
    SELECT h.of_issue, i.issue_id
    FROM held h
    JOIN issue_value v
      ON v.site_id = $site_id AND v.field_id = 'parent' AND v.value_id = CAST(h.of_issue AS VARCHAR)
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = v.issue_id
    WHERE i.is_subtask AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
open_parts AS (
    SELECT p.of_item AS of_item, p.of_issue AS of_issue
    FROM parts p
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = p.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE COALESCE(s.category, 'undefined') <> 'done'
),
open_items AS (
    SELECT
        p.of_item AS of_item,
        MAX(CASE WHEN p.of_item = p.of_issue THEN 1 ELSE 0 END) AS is_open,
        SUM(CASE WHEN v.value_number >= 0 THEN CAST(v.value_number AS BIGINT) END) AS left_over
    FROM open_parts p
    LEFT JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = p.of_issue AND v.field_id = 'timeestimate'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY p.of_item
)
SELECT
    CAST(COUNT(*) AS BIGINT) AS items,
    CAST(COUNT(o.left_over) AS BIGINT) AS with_remaining,
    CAST(COALESCE(SUM(o.left_over), 0) AS BIGINT) AS seconds
FROM open_items o
WHERE o.is_open = 1
