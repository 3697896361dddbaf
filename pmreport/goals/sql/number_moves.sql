-- How often the due date of each item found became another day, and when it did so for the $passing-th time; 0 where
-- it did not so often.
WITH found AS ({found}),
asked AS (SELECT f.issue_id AS of_issue FROM found f),
dues AS (
    SELECT
        a.of_issue      AS of_issue,
        v.value_id      AS due_day,
        v.valid_from_ms AS from_ms,
        LAG(v.value_id) OVER (PARTITION BY a.of_issue ORDER BY v.valid_from_ms, v.value_id) AS was_day
    FROM asked a
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = a.of_issue AND v.field_id = 'duedate'
    WHERE v.valid_from_ms <= $as_of_ms
),
moves AS (
    SELECT
        u.of_issue AS of_issue,
        u.from_ms  AS moved_ms,
        ROW_NUMBER() OVER (PARTITION BY u.of_issue ORDER BY u.from_ms) AS place
    FROM dues u
    WHERE u.was_day <> u.due_day
)
SELECT
    a.of_issue AS issue_id,
    CAST(COUNT(m.of_issue) AS BIGINT) AS amount,
    CAST(1 AS BIGINT) AS out_of,
    CAST(COALESCE(MAX(CASE WHEN m.place = $passing THEN m.moved_ms END), 0) AS BIGINT) AS at_ms
FROM asked a
LEFT JOIN moves m ON m.of_issue = a.of_issue
GROUP BY a.of_issue
ORDER BY a.of_issue
