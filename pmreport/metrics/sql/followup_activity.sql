-- What people did on these issues while they were open or since $from_ms: comments, transitions, worklogs, owners and
-- descriptions. `$robots` are the automation accounts, with $mark around and between them; apps are no people either.
, live AS (
    SELECT w.of_issue AS of_issue
    FROM watched w
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = w.of_issue
    LEFT JOIN comment_item c
      ON c.site_id = $site_id AND c.issue_id = w.of_issue AND c.marker IS NOT NULL
     AND c.created_ms >= $from_ms AND c.created_ms <= $as_of_ms
    WHERE w.is_done = 0 OR i.created_ms >= $from_ms OR c.comment_id IS NOT NULL
    GROUP BY w.of_issue
),
deeds AS (
    SELECT c.issue_id AS of_issue, c.author_id AS actor, c.created_ms AS at_ms, 'comment' AS deed,
           c.body AS words
    FROM comment_item c
    JOIN live l ON l.of_issue = c.issue_id
    WHERE c.site_id = $site_id AND c.created_ms <= $as_of_ms
    UNION ALL
    SELECT h.issue_id, h.author_id, h.changed_ms, h.field_id, NULL
    FROM issue_change h
    JOIN live l ON l.of_issue = h.issue_id
    WHERE h.site_id = $site_id AND h.changed_ms <= $as_of_ms
      AND h.field_id IN ('status', 'assignee', 'description')
    UNION ALL
    SELECT g.issue_id, g.author_id, g.created_ms, 'worklog', NULL
    FROM worklog g
    JOIN live l ON l.of_issue = g.issue_id
    WHERE g.site_id = $site_id AND g.created_ms <= $as_of_ms
)
SELECT
    d.of_issue AS issue_id,
    d.actor    AS actor_id,
    d.at_ms    AS at_ms,
    d.deed     AS deed,
    MAX(CASE WHEN LOWER(SUBSTR(d.words, 1, 4)) = 'done' THEN 1 ELSE 0 END) AS says_done
FROM deeds d
LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = d.actor
WHERE d.actor IS NOT NULL AND COALESCE(u.account_type, '') <> 'app'
  AND REPLACE($robots, $mark || d.actor || $mark, '') = $robots
GROUP BY d.of_issue, d.actor, d.at_ms, d.deed
ORDER BY d.of_issue, d.at_ms, d.actor, d.deed
