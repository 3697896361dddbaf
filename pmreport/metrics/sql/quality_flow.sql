-- How items went through their statuses since $from_ms: odd cycle times, steps back, bulk and automatic transitions.
, moves AS (
    SELECT
        h.issue_id   AS of_issue,
        h.changed_ms AS at_ms,
        CASE
            WHEN h.author_id IS NULL OR u.account_type = 'app'
                OR REPLACE($robots, $mark || h.author_id || $mark, '') <> $robots THEN 1
            ELSE 0
        END AS by_robot,
        COALESCE(h.author_id, '') AS author,
        COUNT(*) OVER (
            PARTITION BY h.author_id ORDER BY h.changed_ms RANGE BETWEEN 59999 PRECEDING AND CURRENT ROW
        ) AS lately
    FROM issue_change h
    LEFT JOIN user_account u ON u.site_id = h.site_id AND u.account_id = h.author_id
    WHERE h.site_id = $site_id AND h.field_id = 'status' AND h.changed_ms >= $from_ms AND h.changed_ms <= $as_of_ms
),
bursts AS (
    SELECT
        m.of_issue AS of_issue,
        m.by_robot AS by_robot,
        MAX(m.lately) OVER (
            PARTITION BY m.author ORDER BY m.at_ms RANGE BETWEEN CURRENT ROW AND 59999 FOLLOWING
        ) AS crowd
    FROM moves m
),
homes AS (
    SELECT DISTINCT l.in_project AS in_project
    FROM issue_sprint x
    JOIN living l ON l.of_issue = x.issue_id
    WHERE x.site_id = $site_id AND x.valid_from_ms <= $as_of_ms
),
sprinted AS (
    SELECT DISTINCT x.issue_id AS of_issue
    FROM issue_sprint x
    WHERE x.site_id = $site_id AND x.valid_from_ms <= $as_of_ms
),
families AS (
    SELECT
        p.of_issue AS of_issue,
        MAX(CASE WHEN c.stage_now < 2 THEN 1 ELSE 0 END) AS has_open,
        MAX(CASE WHEN c.stage_now > 0 THEN 1 ELSE 0 END) AS has_begun
    FROM living l
    JOIN living p ON p.of_issue = l.under
    JOIN lives c ON c.of_issue = l.of_issue
    WHERE l.is_part = 1
    GROUP BY p.of_issue
),
blockers AS (
    SELECT k.to_issue_id AS held, MIN(b.stage_now) AS lowest
    FROM issue_link k
    JOIN lives b ON b.of_issue = k.from_issue_id
    JOIN lives h ON h.of_issue = k.to_issue_id
    WHERE k.site_id = $site_id AND REPLACE(LOWER(k.link_type), 'block', '') <> LOWER(k.link_type)
      AND h.stage_now < 2
    GROUP BY k.to_issue_id
),
findings AS (
    SELECT 'F1' AS check_id, f.shown_key AS subject FROM finished f
    WHERE f.work_ms <= f.done_ms AND f.done_ms - f.work_ms < 60000
    UNION
    SELECT 'F2', f.shown_key FROM finished f WHERE COALESCE(f.work_ms, f.done_ms + 1) > f.done_ms
    UNION
    SELECT 'F3', f.shown_key FROM finished f WHERE f.was_undone = 1
    UNION
    SELECT 'F4', l.shown_key FROM bursts b JOIN living l ON l.of_issue = b.of_issue WHERE b.crowd > 10
    UNION
    SELECT 'F5', l.shown_key FROM bursts b JOIN living l ON l.of_issue = b.of_issue WHERE b.by_robot = 1
    UNION
    SELECT 'S2', f.shown_key
    FROM finished f
    JOIN homes o ON o.in_project = f.in_project
    LEFT JOIN sprinted x ON x.of_issue = f.of_issue
    WHERE x.of_issue IS NULL
    UNION
    SELECT 'J1', l.shown_key FROM lives v JOIN living l ON l.of_issue = v.of_issue WHERE v.fell_back = 1
    UNION
    SELECT 'J2', f.shown_key FROM families g JOIN finished f ON f.of_issue = g.of_issue WHERE g.has_open = 1
    UNION
    SELECT 'J3', l.shown_key
    FROM families g
    JOIN lives v ON v.of_issue = g.of_issue
    JOIN living l ON l.of_issue = g.of_issue
    WHERE v.stage_now = 0 AND g.has_begun = 1
    UNION
    SELECT 'J4', l.shown_key FROM blockers b JOIN living l ON l.of_issue = b.held WHERE b.lowest = 2
),
populations AS (
    SELECT 'F1' AS check_id, COUNT(f.work_ms) AS population FROM finished f
    UNION ALL
    SELECT 'F2', COUNT(*) FROM finished f
    UNION ALL
    SELECT 'F3', COUNT(*) FROM finished f
    UNION ALL
    SELECT 'F4', COUNT(DISTINCT b.of_issue) FROM bursts b JOIN living l ON l.of_issue = b.of_issue
    UNION ALL
    SELECT 'F5', COUNT(DISTINCT b.of_issue) FROM bursts b JOIN living l ON l.of_issue = b.of_issue
    UNION ALL
    SELECT 'S2', COUNT(*) FROM finished f JOIN homes o ON o.in_project = f.in_project
    UNION ALL
    SELECT 'J1', COUNT(*) FROM lives v WHERE v.moved = 1
    UNION ALL
    SELECT 'J2', COUNT(*) FROM families g JOIN finished f ON f.of_issue = g.of_issue
    UNION ALL
    SELECT 'J3', COUNT(*) FROM families g JOIN lives v ON v.of_issue = g.of_issue WHERE v.stage_now < 2
    UNION ALL
    SELECT 'J4', COUNT(*) FROM blockers b
)
