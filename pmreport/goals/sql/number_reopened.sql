-- How often each item found left the status category done, and when it did so for the $passing-th time; 0 where it
-- did not so often.
WITH found AS ({found}),
held AS (SELECT f.issue_id AS of_issue FROM found f)
{finishes}, leaves AS (
    SELECT
        x.of_issue  AS of_issue,
        x.begins_ms AS left_ms,
        ROW_NUMBER() OVER (PARTITION BY x.of_issue ORDER BY x.begins_ms) AS place
    FROM stretches x
    WHERE x.finished = 0 AND x.was_finished = 1
)
SELECT
    h.of_issue AS issue_id,
    CAST(COUNT(l.of_issue) AS BIGINT) AS amount,
    CAST(1 AS BIGINT) AS out_of,
    CAST(COALESCE(MAX(CASE WHEN l.place = $passing THEN l.left_ms END), 0) AS BIGINT) AS at_ms
FROM held h
LEFT JOIN leaves l ON l.of_issue = h.of_issue
GROUP BY h.of_issue
ORDER BY h.of_issue
