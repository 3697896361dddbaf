-- Items of the set delivered from $since_ms to $as_of_ms, counted by the investment labels they had when they were
-- done and when work on them started (at their end, where it never did). $grow and the others hold label names in
-- lower case, each between two $mark. Dropped items and sub-tasks are out. Points are those at the end.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
finished AS (
    SELECT h.of_issue AS of_issue, MAX(t.valid_from_ms) AS finish_ms
    FROM held h
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = h.of_issue
    JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE s.category = 'done' AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
      AND t.valid_from_ms >= $since_ms
    GROUP BY h.of_issue
),
dropped AS (
    SELECT DISTINCT f.of_issue AS of_issue
    FROM finished f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    WHERE REPLACE($dropped, $mark || LOWER(n.name) || $mark, '') <> $dropped
),
moments AS (
    SELECT f.of_issue AS of_issue, f.finish_ms AS finish_ms,
           COALESCE(MIN(CASE WHEN s.category = 'indeterminate' THEN t.valid_from_ms END), f.finish_ms) AS began_ms
    FROM finished f
    LEFT JOIN dropped d ON d.of_issue = f.of_issue
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = f.of_issue AND t.valid_from_ms <= f.finish_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE d.of_issue IS NULL
    GROUP BY f.of_issue, f.finish_ms
),
named AS (
    SELECT m.of_issue AS of_issue,
           CASE WHEN v.valid_from_ms <= m.finish_ms AND v.valid_to_ms > m.finish_ms THEN 1 ELSE 0 END AS at_end,
           CASE WHEN v.valid_from_ms <= m.began_ms AND v.valid_to_ms > m.began_ms THEN 1 ELSE 0 END AS at_start,
           CASE WHEN REPLACE($grow, $mark || LOWER(v.value_id) || $mark, '') <> $grow THEN 1 ELSE 0 END AS grows,
           CASE WHEN REPLACE($enhance, $mark || LOWER(v.value_id) || $mark, '') <> $enhance THEN 1 ELSE 0 END AS enhances,
           CASE WHEN REPLACE($keep, $mark || LOWER(v.value_id) || $mark, '') <> $keep THEN 1 ELSE 0 END AS keeps,
           CASE WHEN REPLACE($debt, $mark || LOWER(v.value_id) || $mark, '') <> $debt THEN 1 ELSE 0 END AS repays
    FROM moments m
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = m.of_issue AND v.field_id = 'labels'
),
kinds AS (
    SELECT n.of_issue AS of_issue,
           MAX(n.at_end * n.grows) AS g_end, MAX(n.at_end * n.enhances) AS e_end,
           MAX(n.at_end * n.keeps) AS k_end, MAX(n.at_end * n.repays) AS d_end,
           MAX(n.at_start * n.grows) AS g_start, MAX(n.at_start * n.enhances) AS e_start,
           MAX(n.at_start * n.keeps) AS k_start, MAX(n.at_start * n.repays) AS d_start
    FROM named n
    GROUP BY n.of_issue
),
sizes AS (
    SELECT m.of_issue AS of_issue, MAX(e.amount_milli) AS size_milli
    FROM moments m
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = m.of_issue
     AND e.valid_from_ms <= m.finish_ms AND e.valid_to_ms > m.finish_ms
    JOIN field f ON f.site_id = $site_id AND f.field_id = e.field_id AND f.role = 'points'
    GROUP BY m.of_issue
),
told AS (
    SELECT COALESCE(k.g_end, 0) AS g_end, COALESCE(k.e_end, 0) AS e_end, COALESCE(k.k_end, 0) AS k_end,
           COALESCE(k.d_end, 0) AS d_end,
           COALESCE(CASE WHEN k.g_end = k.g_start AND k.e_end = k.e_start AND k.k_end = k.k_start
                          AND k.d_end = k.d_start THEN 1 ELSE 0 END, 1) AS unchanged,
           z.size_milli AS size_milli
    FROM moments m
    LEFT JOIN kinds k ON k.of_issue = m.of_issue
    LEFT JOIN sizes z ON z.of_issue = m.of_issue
)
SELECT
    t.g_end AS is_grow,
    t.e_end AS is_enhance,
    t.k_end AS is_keep,
    t.d_end AS is_debt,
    t.unchanged AS was_early,
    CAST(COUNT(*) AS BIGINT) AS items,
    CAST(COUNT(t.size_milli) AS BIGINT) AS sized,
    CAST(COALESCE(SUM(t.size_milli), 0) AS BIGINT) AS points_milli
FROM told t
GROUP BY t.g_end, t.e_end, t.k_end, t.d_end, t.unchanged
ORDER BY t.g_end, t.e_end, t.k_end, t.d_end, t.unchanged
