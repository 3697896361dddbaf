-- When a person last did something on each item found that is not done; where nobody did, when it was created.
-- Rank, sprint, links and what automation did are no deeds of people.
WITH found AS ({found}),
live AS (
    SELECT f.issue_id AS of_issue, i.created_ms AS born_ms
    FROM found f
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = f.issue_id
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = f.issue_id
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE COALESCE(s.category, 'undefined') <> 'done'
),
people AS (
    SELECT u.account_id AS person
    FROM user_account u
    WHERE u.site_id = $site_id AND u.account_type <> 'app'
      AND REPLACE($robots, $mark || u.account_id || $mark, '') = $robots
),
deeds AS (
    SELECT l.of_issue AS of_issue, c.created_ms AS done_at
    FROM live l
    JOIN comment_item c ON c.site_id = $site_id AND c.issue_id = l.of_issue
    JOIN people p ON p.person = c.author_id
    WHERE c.created_ms <= $as_of_ms
    UNION ALL
    SELECT l.of_issue, h.changed_ms
    FROM live l
    JOIN issue_change h ON h.site_id = $site_id AND h.issue_id = l.of_issue
    JOIN people p ON p.person = h.author_id
    WHERE h.changed_ms <= $as_of_ms AND h.field_id IN ('status', 'assignee', 'description')
    UNION ALL
    SELECT l.of_issue, g.created_ms
    FROM live l
    JOIN worklog g ON g.site_id = $site_id AND g.issue_id = l.of_issue
    JOIN people p ON p.person = g.author_id
    WHERE g.created_ms <= $as_of_ms
    UNION ALL
    SELECT l.of_issue, l.born_ms
    FROM live l
)
SELECT d.of_issue AS issue_id, CAST(0 AS BIGINT) AS amount, CAST(1 AS BIGINT) AS out_of, MAX(d.done_at) AS at_ms
FROM deeds d
GROUP BY d.of_issue
ORDER BY d.of_issue
