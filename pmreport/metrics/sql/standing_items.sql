-- The items of the set at $as_of_ms. Sub-tasks stand outside. Done is the status category: a set may lie on several
-- boards or on none.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
