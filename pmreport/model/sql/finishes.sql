-- When the items of `held (of_issue)` were done for good: in a done status still at $as_of_ms, and since the last
-- way into one. Moving on from one done status to another is not being done again.
, stretches AS (
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
