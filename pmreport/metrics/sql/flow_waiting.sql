-- How long the items finished in the window lay waiting between start and finish: in a waiting status, under a
-- flag, or behind an item that blocks them and was not done. Overlapping waits count once in `any`. `$waiting` is a
-- list of the names of statuses with $mark around and between them. A link counts from the day its making is known.
, finished AS (
    SELECT x.of_issue AS of_issue, x.started_ms AS started_ms, x.finished_ms AS finished_ms
    FROM items x
    WHERE x.started_ms IS NOT NULL AND x.finished_ms >= $window_from_ms AND x.finished_ms < $window_until_ms
),
resolved AS (
    SELECT v.issue_id AS of_issue, MIN(n.name) AS resolved_as
    FROM finished f
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = v.site_id AND n.resolution_id = v.value_id
    GROUP BY v.issue_id
),
links AS (
    SELECT f.of_issue AS of_issue, k.from_issue_id AS blocker, MIN(c.changed_ms) AS since_ms
    FROM finished f
    JOIN issue_link k ON k.site_id = $site_id AND k.to_issue_id = f.of_issue AND k.link_type = 'Blocks'
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = k.from_issue_id
    JOIN issue_change c ON c.site_id = $site_id AND c.issue_id = f.of_issue AND c.field_id = 'issuelinks'
     AND c.to_value = i.issue_key AND c.changed_ms <= $as_of_ms
    GROUP BY f.of_issue, k.from_issue_id
),
waits AS (
    SELECT v.of_issue AS of_issue, 'status' AS cause, v.begins_ms AS begins_ms, v.ends_ms AS ends_ms
    FROM finished f
    JOIN visits v ON v.of_issue = f.of_issue
    JOIN status s ON s.site_id = $site_id AND s.status_id = v.in_status
    WHERE REPLACE($waiting, $mark || LOWER(s.name) || $mark, '') <> $waiting
    UNION ALL
    SELECT f.of_issue, 'flag', v.valid_from_ms, v.valid_to_ms
    FROM finished f
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = f.of_issue
    JOIN field d ON d.site_id = $site_id AND d.field_id = v.field_id AND d.role = 'flagged'
    UNION ALL
    SELECT l.of_issue, 'link', CASE WHEN t.valid_from_ms > l.since_ms THEN t.valid_from_ms ELSE l.since_ms END,
           t.valid_to_ms
    FROM links l
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = l.blocker AND t.valid_to_ms > l.since_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE COALESCE(s.category, 'undefined') <> 'done'
),
within AS (
    SELECT w.of_issue AS of_issue, w.cause AS cause,
           CASE WHEN w.begins_ms < f.started_ms THEN f.started_ms ELSE w.begins_ms END AS begins_ms,
           CASE WHEN w.ends_ms > f.finished_ms THEN f.finished_ms ELSE w.ends_ms END AS ends_ms
    FROM waits w
    JOIN finished f ON f.of_issue = w.of_issue
    WHERE w.begins_ms < f.finished_ms AND w.ends_ms > f.started_ms
),
causes AS (
    SELECT w.of_issue AS of_issue, w.cause AS cause, w.begins_ms AS begins_ms, w.ends_ms AS ends_ms FROM within w
    UNION ALL
    SELECT w.of_issue, 'any', w.begins_ms, w.ends_ms FROM within w
),
-- What of a wait lies behind the end of all waits that began before it.
ordered AS (
    SELECT c.of_issue AS of_issue, c.cause AS cause, c.begins_ms AS begins_ms, c.ends_ms AS ends_ms,
           COALESCE(MAX(c.ends_ms) OVER (
               PARTITION BY c.of_issue, c.cause ORDER BY c.begins_ms, c.ends_ms
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS covered_ms
    FROM causes c
),
counted AS (
    SELECT o.cause AS cause, o.of_issue AS of_issue,
           CASE WHEN o.ends_ms <= o.covered_ms THEN 0
                WHEN o.begins_ms < o.covered_ms THEN o.ends_ms - o.covered_ms
                ELSE o.ends_ms - o.begins_ms END AS lasted_ms
    FROM ordered o
    UNION ALL
    SELECT 'total', f.of_issue, f.finished_ms - f.started_ms
    FROM finished f
)
SELECT
    c.cause       AS cause,
    r.resolved_as AS resolution,
    COUNT(DISTINCT c.of_issue) AS items,
    CAST(SUM(c.lasted_ms) AS BIGINT) AS total_ms
FROM counted c
LEFT JOIN resolved r ON r.of_issue = c.of_issue
GROUP BY c.cause, r.resolved_as
ORDER BY c.cause, COALESCE(r.resolved_as, '')
