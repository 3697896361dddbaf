-- Logged work since $from_ms: what is missing, late, too much in one day, or of a time that cannot be. `$rated` are
-- the accounts with a rate, with $mark around and between them; a star among them stands for everybody.
, logs AS (
    SELECT
        l.of_issue   AS of_issue,
        l.shown_key  AS shown_key,
        g.author_id  AS author,
        g.started_ms AS started_ms,
        g.created_ms AS typed_ms,
        g.seconds    AS seconds
    FROM worklog g
    JOIN living l ON l.of_issue = g.issue_id
    WHERE g.site_id = $site_id AND g.created_ms <= $as_of_ms AND g.started_ms >= $from_ms
      AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
),
ever AS (
    SELECT g.issue_id AS of_issue, MAX(g.started_ms) AS last_ms
    FROM worklog g
    WHERE g.site_id = $site_id AND g.created_ms <= $as_of_ms AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
    GROUP BY g.issue_id
),
daily AS (
    SELECT
        g.shown_key AS shown_key,
        SUM(g.seconds) OVER (PARTITION BY g.author, d.day_date) AS day_seconds
    FROM logs g
    JOIN calendar d ON d.calendar_id = $calendar_id AND d.starts_ms <= g.started_ms AND d.ends_ms > g.started_ms
    WHERE g.author IS NOT NULL
),
priceless AS (
    SELECT a.author AS author
    FROM (SELECT DISTINCT COALESCE(g.author, '') AS author FROM logs g) a
    WHERE REPLACE($rated, $mark || a.author || $mark, '') = $rated
      AND REPLACE($rated, $mark || '*' || $mark, '') = $rated
),
findings AS (
    SELECT 'W1' AS check_id, f.shown_key AS subject
    FROM finished f
    LEFT JOIN ever e ON e.of_issue = f.of_issue
    CROSS JOIN (SELECT COUNT(*) AS amount FROM ever) n
    WHERE e.of_issue IS NULL AND n.amount > 0
    UNION
    SELECT 'W2', f.shown_key FROM finished f JOIN ever e ON e.of_issue = f.of_issue WHERE e.last_ms > f.done_ms
    UNION
    SELECT 'W3', g.shown_key FROM logs g WHERE g.seconds > 57600
    UNION
    SELECT 'W3', y.shown_key FROM daily y WHERE y.day_seconds > 86400
    UNION
    SELECT 'W4', g.shown_key FROM logs g
    WHERE g.started_ms > $as_of_ms OR g.started_ms > g.typed_ms + 86400000
       OR g.typed_ms > g.started_ms + 1209600000
    UNION
    SELECT 'W6', g.shown_key FROM logs g JOIN priceless r ON r.author = COALESCE(g.author, '')
),
populations AS (
    SELECT 'W1' AS check_id, CASE WHEN n.amount > 0 THEN m.amount ELSE 0 END AS population
    FROM (SELECT COUNT(*) AS amount FROM finished f) m
    CROSS JOIN (SELECT COUNT(*) AS amount FROM ever e) n
    UNION ALL
    SELECT 'W2', COUNT(*) FROM finished f JOIN ever e ON e.of_issue = f.of_issue
    UNION ALL
    SELECT 'W3', COUNT(DISTINCT g.of_issue) FROM logs g
    UNION ALL
    SELECT 'W4', COUNT(DISTINCT g.of_issue) FROM logs g
    UNION ALL
    SELECT 'W6', COUNT(DISTINCT g.of_issue) FROM logs g
)
