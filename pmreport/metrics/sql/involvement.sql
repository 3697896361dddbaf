-- The items of an account on which work first started in [$since_ms, $as_of_ms]: when it did, when somebody else first
-- said something of substance about it before (fifteen words, or a link), and how many comments of others asked
-- something after the start. Restricted comments and items are out, and what accounts of programs wrote.
WITH mine AS (
    SELECT i.issue_id AS of_issue, i.issue_key AS key_now
    FROM issue i
    WHERE i.site_id = $site_id AND i.reporter_id = $account AND NOT i.is_subtask AND i.security_level IS NULL
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
started AS (
    SELECT m.of_issue AS of_issue, m.key_now AS key_now, MIN(t.valid_from_ms) AS began_ms
    FROM mine m
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = m.of_issue AND t.valid_from_ms <= $as_of_ms
    JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE s.category = 'indeterminate'
    GROUP BY m.of_issue, m.key_now
),
lately AS (
    SELECT x.of_issue AS of_issue, x.key_now AS key_now, x.began_ms AS began_ms
    FROM started x
    WHERE x.began_ms >= $since_ms
),
words AS (
    SELECT
        l.of_issue AS of_issue,
        CASE WHEN c.created_ms < l.began_ms
              AND (LENGTH(c.body) - LENGTH(REPLACE(REPLACE(c.body, $blank, ''), $mark, '')) >= $fewest_blanks
                   OR REPLACE(LOWER(c.body), 'http', '') <> LOWER(c.body))
             THEN c.created_ms END AS spoken_ms,
        CASE WHEN c.created_ms >= l.began_ms AND REPLACE(c.body, '?', '') <> c.body THEN 1 ELSE 0 END AS asks
    FROM lately l
    JOIN comment_item c ON c.site_id = $site_id AND c.issue_id = l.of_issue
    JOIN user_account u ON u.site_id = $site_id AND u.account_id = c.author_id
    WHERE c.created_ms <= $as_of_ms AND c.author_id <> $account AND NOT c.restricted AND u.account_type <> 'app'
      AND REPLACE($robots, $mark || c.author_id || $mark, '') = $robots
)
SELECT
    l.key_now  AS issue_key,
    l.began_ms AS began_ms,
    MIN(w.spoken_ms) AS spoken_ms,
    CAST(COALESCE(SUM(w.asks), 0) AS BIGINT) AS questions
FROM lately l
LEFT JOIN words w ON w.of_issue = l.of_issue
GROUP BY l.key_now, l.began_ms
ORDER BY l.key_now
