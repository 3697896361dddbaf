-- Open items that wait for another open item: one row a link that blocks. Links have no history, so they are those of
-- the newest reading; the states are those of $as_of_ms. A link that stands there twice is told once.
WITH links AS (
    SELECT
        k.from_issue_id AS blocking,
        k.to_issue_id   AS waiting
    FROM issue_link k
    WHERE k.site_id = $site_id AND k.from_issue_id <> k.to_issue_id
      AND REPLACE(LOWER(k.link_type), 'block', '') <> LOWER(k.link_type)
    GROUP BY k.from_issue_id, k.to_issue_id
),
ends AS (
    SELECT l.blocking AS of_issue FROM links l
    UNION
    SELECT l.waiting AS of_issue FROM links l
),
unfinished AS (
    SELECT e.of_issue AS of_issue, i.issue_key AS key_now, i.summary AS words, s.name AS stands_at
    FROM ends e
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = e.of_issue
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = e.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
      AND COALESCE(s.category, 'undefined') <> 'done'
)
SELECT
    w.of_issue  AS issue_id,
    w.key_now   AS issue_key,
    w.words     AS summary,
    w.stands_at AS status_name,
    b.of_issue  AS blocked_by_id,
    b.key_now   AS blocked_by_key,
    b.words     AS blocked_by_summary,
    b.stands_at AS blocked_by_status
FROM links l
JOIN unfinished w ON w.of_issue = l.waiting
JOIN unfinished b ON b.of_issue = l.blocking
ORDER BY w.of_issue, b.of_issue
