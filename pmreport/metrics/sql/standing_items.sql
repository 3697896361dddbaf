-- The items of the set at $as_of_ms, and when they were done for good: in a done status still, and since the last
-- way into one. Done is the status category: a set may lie on several boards or on none. Sub-tasks stand outside.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
stretches AS (
    SELECT
        h.of_issue      AS of_issue,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS finished,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY h.of_issue ORDER BY t.valid_from_ms) AS was_finished
    FROM held h
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = h.of_issue
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE t.valid_from_ms <= $as_of_ms
),
finishes AS (
    SELECT
        x.of_issue AS of_issue,
        MAX(CASE WHEN x.finished = 1 AND COALESCE(x.was_finished, 0) = 0 THEN x.begins_ms END) AS finish_ms
    FROM stretches x
    GROUP BY x.of_issue
    HAVING MAX(CASE WHEN x.ends_ms > $as_of_ms THEN x.finished ELSE 0 END) = 1
)
