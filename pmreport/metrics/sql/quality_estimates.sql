-- Estimates of what was committed in sprints since $from_ms, and of every issue as they stand.
, opened AS (
    SELECT
        p.sprint_id        AS of_sprint,
        p.name             AS shown_name,
        b.estimation_field AS unit_field,
        COALESCE(p.activated_ms, p.start_ms) AS opens_ms,
        CASE WHEN p.state = 'closed' AND p.complete_ms <= $as_of_ms THEN p.complete_ms ELSE $as_of_ms END AS until_ms
    FROM sprint p
    JOIN board b ON b.site_id = p.site_id AND b.board_id = p.origin_board_id
    WHERE p.site_id = $site_id AND p.state <> 'future' AND b.estimation_field IS NOT NULL
      AND COALESCE(p.activated_ms, p.start_ms) >= $from_ms AND COALESCE(p.activated_ms, p.start_ms) <= $as_of_ms
),
committed AS (
    SELECT
        o.of_sprint  AS of_sprint,
        o.unit_field AS unit_field,
        o.opens_ms   AS opens_ms,
        o.until_ms   AS until_ms,
        l.of_issue   AS of_issue,
        l.shown_key  AS shown_key,
        e.amount_milli AS amount
    FROM opened o
    JOIN issue_sprint x
      ON x.site_id = $site_id AND x.sprint_id = o.of_sprint
     AND x.valid_from_ms <= o.opens_ms AND x.valid_to_ms > o.opens_ms
    JOIN living l ON l.of_issue = x.issue_id AND l.is_part = 0
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = x.issue_id
     AND t.valid_from_ms <= o.opens_ms AND t.valid_to_ms > o.opens_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    LEFT JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = x.issue_id AND e.field_id = o.unit_field
     AND e.valid_from_ms <= o.opens_ms AND e.valid_to_ms > o.opens_ms
    WHERE COALESCE(s.category, 'undefined') <> 'done'
),
standing AS (
    SELECT
        e.issue_id     AS of_issue,
        l.shown_key    AS shown_key,
        e.field_id     AS unit_field,
        e.amount_milli AS amount,
        CASE WHEN d.role = 'points' THEN 1 ELSE 0 END AS is_points
    FROM issue_estimate e
    JOIN living l ON l.of_issue = e.issue_id
    LEFT JOIN field d ON d.site_id = e.site_id AND d.field_id = e.field_id
    WHERE e.site_id = $site_id AND e.valid_from_ms <= $as_of_ms AND e.valid_to_ms > $as_of_ms
      AND e.field_id <> 'timeestimate'
),
twins AS (
    SELECT p.shown_key AS shown_key
    FROM living c
    JOIN standing s ON s.of_issue = c.of_issue
    JOIN standing p ON p.of_issue = c.under AND p.unit_field = s.unit_field
    WHERE c.is_part = 1
),
totals AS (
    SELECT o.of_sprint AS of_sprint, o.shown_name AS shown_name, SUM(COALESCE(c.amount, 0)) AS amount
    FROM opened o
    LEFT JOIN committed c ON c.of_sprint = o.of_sprint
    GROUP BY o.of_sprint, o.shown_name
),
findings AS (
    SELECT 'E1' AS check_id, c.shown_key AS subject FROM committed c WHERE c.amount IS NULL
    UNION
    SELECT 'E2', c.shown_key
    FROM committed c
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = c.of_issue AND e.field_id = c.unit_field
     AND e.valid_from_ms > c.opens_ms AND e.valid_from_ms <= c.until_ms
    UNION
    SELECT 'E3', t.shown_key FROM twins t
    UNION
    SELECT 'E4', s.shown_key FROM standing s WHERE s.is_points = 1
    GROUP BY s.shown_key HAVING MIN(s.amount) < MAX(s.amount)
    UNION
    SELECT 'E5', s.shown_key FROM standing s
    WHERE s.amount <= 0 OR (s.is_points = 1 AND s.amount > 100000) OR (s.is_points = 0 AND s.amount > 3600000000)
    UNION
    SELECT 'S7', t.shown_name FROM totals t WHERE t.amount = 0
),
populations AS (
    SELECT 'E1' AS check_id, COUNT(DISTINCT c.of_issue) AS population FROM committed c
    UNION ALL
    SELECT 'E2', COUNT(DISTINCT c.of_issue) FROM committed c
    UNION ALL
    SELECT 'E3', COUNT(DISTINCT c.under) FROM living c WHERE c.is_part = 1
    UNION ALL
    SELECT 'E4', COUNT(DISTINCT s.of_issue) FROM standing s WHERE s.is_points = 1
    UNION ALL
    SELECT 'E5', COUNT(DISTINCT s.of_issue) FROM standing s
    UNION ALL
    SELECT 'S7', COUNT(*) FROM opened o
)
