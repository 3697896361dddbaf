-- How often each item found left the status category done, and when it did so for the $passing-th time; 0 where it
-- did not so often.
WITH found AS ({found}),
asked AS (SELECT f.issue_id AS of_issue FROM found f),
stretches AS (
    SELECT
        a.of_issue      AS of_issue,
        t.valid_from_ms AS begins_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS finished,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY a.of_issue ORDER BY t.valid_from_ms) AS was_finished
    FROM asked a
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = a.of_issue
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE t.valid_from_ms <= $as_of_ms
),
leaves AS (
    SELECT
        x.of_issue  AS of_issue,
        x.begins_ms AS left_ms,
        ROW_NUMBER() OVER (PARTITION BY x.of_issue ORDER BY x.begins_ms) AS place
    FROM stretches x
    WHERE x.finished = 0 AND x.was_finished = 1
)
SELECT
    a.of_issue AS issue_id,
    CAST(COUNT(l.of_issue) AS BIGINT) AS amount,
    CAST(1 AS BIGINT) AS out_of,
    CAST(COALESCE(MAX(CASE WHEN l.place = $passing THEN l.left_ms END), 0) AS BIGINT) AS at_ms
FROM asked a
LEFT JOIN leaves l ON l.of_issue = a.of_issue
GROUP BY a.of_issue
ORDER BY a.of_issue
