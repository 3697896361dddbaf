-- When these issues came into done, and when they left it again. From one done status to another is no turn.
, stretches AS (
    SELECT
        w.of_issue      AS of_issue,
        t.valid_from_ms AS begins_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS finished,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY w.of_issue ORDER BY t.valid_from_ms) AS was_finished
    FROM watched w
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = w.of_issue AND t.valid_from_ms <= $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
)
SELECT
    x.of_issue  AS issue_id,
    x.begins_ms AS at_ms,
    x.finished  AS is_done
FROM stretches x
WHERE x.finished <> COALESCE(x.was_finished, 0)
ORDER BY x.of_issue, x.begins_ms
