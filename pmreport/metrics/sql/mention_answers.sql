-- Comments since $since_ms that name somebody with an @, and when anybody did something on the issue afterwards:
-- one row for the comment and each of them with their first deed; without any, one row with nobody.
WITH naming AS (
    SELECT c.comment_id AS of_comment, c.issue_id AS of_issue, c.created_ms AS said_ms
    FROM comment_item c
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = c.issue_id
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = c.author_id
    WHERE c.site_id = $site_id AND c.created_ms >= $since_ms AND c.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
      AND REPLACE(c.body, '@', '') <> c.body
      AND (c.marker IS NULL OR c.marker NOT IN ('ACTION', 'QUESTION', 'ASK'))
      AND c.author_id IS NOT NULL AND COALESCE(u.account_type, '') <> 'app'
      AND REPLACE($robots, $mark || c.author_id || $mark, '') = $robots
),
places AS (
    SELECT n.of_issue AS of_issue, MIN(n.said_ms) AS since_ms
    FROM naming n
    GROUP BY n.of_issue
),
deeds AS (
    SELECT c.issue_id AS of_issue, c.author_id AS actor, c.created_ms AS at_ms
    FROM comment_item c
    JOIN places p ON p.of_issue = c.issue_id AND c.created_ms > p.since_ms
    WHERE c.site_id = $site_id AND c.created_ms <= $as_of_ms
    UNION ALL
    SELECT h.issue_id, h.author_id, h.changed_ms
    FROM issue_change h
    JOIN places p ON p.of_issue = h.issue_id AND h.changed_ms > p.since_ms
    WHERE h.site_id = $site_id AND h.changed_ms <= $as_of_ms AND h.field_id = 'status'
    UNION ALL
    SELECT g.issue_id, g.author_id, g.created_ms
    FROM worklog g
    JOIN places p ON p.of_issue = g.issue_id AND g.created_ms > p.since_ms
    WHERE g.site_id = $site_id AND g.created_ms <= $as_of_ms
),
answers AS (
    SELECT n.of_comment AS of_comment, d.actor AS actor, MIN(d.at_ms) AS first_ms
    FROM naming n
    JOIN deeds d ON d.of_issue = n.of_issue AND d.at_ms > n.said_ms
    WHERE d.actor IS NOT NULL
    GROUP BY n.of_comment, d.actor
)
SELECT
    n.of_comment AS comment_id,
    i.issue_key  AS issue_key,
    c.author_id  AS author_id,
    n.said_ms    AS said_ms,
    c.body       AS body,
    CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS is_done,
    a.actor      AS actor_id,
    a.first_ms   AS answered_ms
FROM naming n
JOIN comment_item c ON c.site_id = $site_id AND c.comment_id = n.of_comment
JOIN issue i ON i.site_id = $site_id AND i.issue_id = n.of_issue
LEFT JOIN issue_status t
  ON t.site_id = $site_id AND t.issue_id = n.of_issue
 AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
LEFT JOIN answers a ON a.of_comment = n.of_comment
ORDER BY n.of_comment, a.first_ms, a.actor
