-- What happened to a set of items in ($since_ms, $as_of_ms]: came in, left, re-estimated, completed, reopened.
-- An item is in scope while it belongs to the set and was not dropped; what Jira deleted or hid left when it went.
-- Amounts are points ($in_points = 1) or seconds, in thousandths. Only what was known at $as_of_ms counts.
, candidates AS (
    SELECT DISTINCT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE NOT i.is_subtask AND m.from_ms <= $as_of_ms AND m.until_ms > $since_ms
),
stays AS (
    SELECT c.of_issue AS of_issue, m.from_ms AS begins_ms, m.until_ms AS ends_ms
    FROM candidates c
    JOIN members m ON m.of_issue = c.of_issue AND m.from_ms <= $as_of_ms AND m.until_ms > $since_ms
),
drops AS (
    SELECT c.of_issue AS of_issue, v.valid_from_ms AS begins_ms, v.valid_to_ms AS ends_ms
    FROM candidates c
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = c.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $since_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    WHERE REPLACE($dropped, $mark || LOWER(n.name) || $mark, '') <> $dropped
),
finishes AS (
    SELECT c.of_issue AS of_issue, t.valid_from_ms AS begins_ms, t.valid_to_ms AS ends_ms
    FROM candidates c
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = c.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $since_ms
    JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE s.category = 'done'
),
estimates AS (
    SELECT c.of_issue AS of_issue, e.valid_from_ms AS begins_ms, e.valid_to_ms AS ends_ms,
           e.amount_milli AS held_milli
    FROM candidates c
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = c.of_issue
     AND e.valid_from_ms <= $as_of_ms AND e.valid_to_ms > $since_ms
    LEFT JOIN field f ON f.site_id = $site_id AND f.field_id = e.field_id
    WHERE ($in_points = 1 AND f.role = 'points') OR ($in_points = 0 AND e.field_id = 'timeoriginalestimate')
),
edges AS (
    SELECT y.of_issue AS of_issue, y.begins_ms AS edge_ms FROM stays y
    UNION SELECT y.of_issue, y.ends_ms FROM stays y
    UNION SELECT d.of_issue, d.begins_ms FROM drops d
    UNION SELECT d.of_issue, d.ends_ms FROM drops d
    UNION SELECT n.of_issue, n.begins_ms FROM finishes n
    UNION SELECT n.of_issue, n.ends_ms FROM finishes n
    UNION SELECT e.of_issue, e.begins_ms FROM estimates e
    UNION SELECT e.of_issue, e.ends_ms FROM estimates e
),
moments AS (
    SELECT c.of_issue AS of_issue, $since_ms AS moment_ms FROM candidates c
    UNION ALL
    SELECT g.of_issue, g.edge_ms FROM edges g WHERE g.edge_ms > $since_ms AND g.edge_ms <= $as_of_ms
),
standings AS (
    SELECT
        p.of_issue  AS of_issue,
        p.moment_ms AS moment_ms,
        MAX(CASE WHEN y.of_issue IS NULL OR d.of_issue IS NOT NULL THEN 0 ELSE 1 END) AS counted,
        MAX(CASE WHEN d.of_issue IS NULL THEN 0 ELSE 1 END) AS is_dropped,
        MAX(CASE WHEN n.of_issue IS NULL THEN 0 ELSE 1 END) AS finished,
        MAX(e.held_milli) AS estimate_milli
    FROM moments p
    LEFT JOIN stays y
      ON y.of_issue = p.of_issue AND y.begins_ms <= p.moment_ms AND y.ends_ms > p.moment_ms
    LEFT JOIN drops d
      ON d.of_issue = p.of_issue AND d.begins_ms <= p.moment_ms AND d.ends_ms > p.moment_ms
    LEFT JOIN finishes n
      ON n.of_issue = p.of_issue AND n.begins_ms <= p.moment_ms AND n.ends_ms > p.moment_ms
    LEFT JOIN estimates e
      ON e.of_issue = p.of_issue AND e.begins_ms <= p.moment_ms AND e.ends_ms > p.moment_ms
    GROUP BY p.of_issue, p.moment_ms
),
steps AS (
    SELECT
        x.of_issue       AS of_issue,
        x.moment_ms      AS moment_ms,
        x.counted        AS counted,
        x.is_dropped     AS is_dropped,
        x.finished       AS finished,
        x.estimate_milli AS estimate_milli,
        LAG(x.counted) OVER (PARTITION BY x.of_issue ORDER BY x.moment_ms)        AS was_counted,
        LAG(x.is_dropped) OVER (PARTITION BY x.of_issue ORDER BY x.moment_ms)     AS was_dropped,
        LAG(x.finished) OVER (PARTITION BY x.of_issue ORDER BY x.moment_ms)       AS was_finished,
        LAG(x.estimate_milli) OVER (PARTITION BY x.of_issue ORDER BY x.moment_ms) AS was_milli,
        MIN(CASE WHEN x.counted = 1 THEN x.moment_ms END) OVER (PARTITION BY x.of_issue) AS first_counted_ms
    FROM standings x
),
events AS (
    SELECT x.of_issue AS of_issue, x.moment_ms AS moment_ms, 'removed' AS kind, 1 AS kind_rank,
           x.was_milli AS old_milli, x.was_milli AS new_milli, x.was_finished AS was_done, 0 AS now_done,
           x.is_dropped AS is_dropped, 0 AS came_back
    FROM steps x
    WHERE x.was_counted = 1 AND x.counted = 0
    UNION ALL
    SELECT x.of_issue, x.moment_ms, 'added', 2, x.estimate_milli, x.estimate_milli, 0, x.finished, 0,
           CASE WHEN x.was_dropped = 1 OR x.first_counted_ms < x.moment_ms THEN 1 ELSE 0 END
    FROM steps x
    WHERE x.was_counted = 0 AND x.counted = 1
    UNION ALL
    SELECT x.of_issue, x.moment_ms, 'reopened', 3, x.was_milli, x.was_milli, 1, 0, 0, 0
    FROM steps x
    WHERE x.was_counted = 1 AND x.counted = 1 AND x.was_finished = 1 AND x.finished = 0
    UNION ALL
    -- Reopened at the old estimate, completed at the new one: when several happen at one moment, every line
    -- between them stays true.
    SELECT x.of_issue, x.moment_ms, 're-estimated', 4, x.was_milli, x.estimate_milli,
           CASE WHEN x.was_finished = 1 AND x.finished = 1 THEN 1 ELSE 0 END,
           CASE WHEN x.was_finished = 1 AND x.finished = 1 THEN 1 ELSE 0 END, 0, 0
    FROM steps x
    WHERE x.was_counted = 1 AND x.counted = 1
      AND (x.was_milli <> x.estimate_milli OR (x.was_milli IS NULL AND x.estimate_milli IS NOT NULL)
           OR (x.was_milli IS NOT NULL AND x.estimate_milli IS NULL))
    UNION ALL
    SELECT x.of_issue, x.moment_ms, 'completed', 5, x.estimate_milli, x.estimate_milli, 0, 1, 0, 0
    FROM steps x
    WHERE x.was_counted = 1 AND x.counted = 1 AND x.was_finished = 0 AND x.finished = 1
),
event_moments AS (
    SELECT DISTINCT v.of_issue AS of_issue, v.moment_ms AS moment_ms FROM events v
),
authors AS (
    SELECT q.of_issue AS of_issue, q.moment_ms AS moment_ms, MIN(g.author_id) AS changed_by
    FROM event_moments q
    JOIN issue_change g ON g.site_id = $site_id AND g.issue_id = q.of_issue AND g.changed_ms = q.moment_ms
    GROUP BY q.of_issue, q.moment_ms
),
-- The version that an item was moved to, or came from, in the same change.
versions AS (
    SELECT q.of_issue AS of_issue, q.moment_ms AS moment_ms,
           MIN(CASE WHEN v.valid_from_ms = q.moment_ms THEN v.value_text END) AS moved_to,
           MIN(CASE WHEN v.valid_to_ms = q.moment_ms THEN v.value_text END)   AS moved_from
    FROM event_moments q
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = q.of_issue AND v.field_id = 'fixVersions'
     AND (v.valid_from_ms = q.moment_ms OR v.valid_to_ms = q.moment_ms)
    GROUP BY q.of_issue, q.moment_ms
),
-- A change was approved by its label, on the item or on an item linked to it that is no part of the set, within
-- a day: a label or a link is set after the change it speaks of, but not weeks after.
labelled AS (
    SELECT v.issue_id AS of_issue, v.valid_from_ms AS begins_ms, v.valid_to_ms AS ends_ms
    FROM issue_value v
    WHERE v.site_id = $site_id AND v.field_id = 'labels' AND LOWER(v.value_id) = $change_label
      AND v.valid_from_ms <= $as_of_ms
),
neighbours AS (
    SELECT k.from_issue_id AS of_issue, k.to_issue_id AS other_issue
    FROM issue_link k WHERE k.site_id = $site_id
    UNION
    SELECT k.to_issue_id, k.from_issue_id
    FROM issue_link k WHERE k.site_id = $site_id
),
papers AS (
    SELECT c.of_issue AS of_issue, h.other_issue AS other_issue, b.begins_ms AS begins_ms, b.ends_ms AS ends_ms
    FROM candidates c
    JOIN neighbours h ON h.of_issue = c.of_issue
    JOIN labelled b ON b.of_issue = h.other_issue
    LEFT JOIN candidates w ON w.of_issue = h.other_issue
    WHERE w.of_issue IS NULL
),
links_since AS (
    SELECT r.of_issue AS of_issue, r.other_issue AS other_issue, MIN(g.changed_ms) AS linked_ms
    FROM papers r
    JOIN issue o ON o.site_id = $site_id AND o.issue_id = r.other_issue
    JOIN issue_change g
      ON g.site_id = $site_id AND g.issue_id = r.of_issue AND g.field_name = 'Link' AND g.to_value = o.issue_key
    GROUP BY r.of_issue, r.other_issue
),
approvals AS (
    SELECT q.of_issue AS of_issue, q.moment_ms AS moment_ms
    FROM event_moments q
    JOIN labelled b
      ON b.of_issue = q.of_issue AND b.begins_ms <= q.moment_ms + 86400000 AND b.ends_ms > q.moment_ms
    UNION
    SELECT q.of_issue, q.moment_ms
    FROM event_moments q
    JOIN papers r
      ON r.of_issue = q.of_issue AND r.begins_ms <= q.moment_ms + 86400000 AND r.ends_ms > q.moment_ms
    LEFT JOIN links_since l ON l.of_issue = r.of_issue AND l.other_issue = r.other_issue
    WHERE COALESCE(l.linked_ms, q.moment_ms) <= q.moment_ms + 86400000
      AND COALESCE(l.linked_ms, q.moment_ms) <= $as_of_ms
)
SELECT
    v.of_issue    AS issue_id,
    i.issue_key   AS issue_key,
    i.summary     AS summary,
    v.moment_ms   AS at_ms,
    v.kind        AS kind,
    CASE
        WHEN v.kind = 'removed' AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) = v.moment_ms
            THEN 'gone'
        WHEN v.kind = 'removed' AND v.is_dropped = 1 THEN 'dropped'
        WHEN v.kind = 'removed' AND w.moved_to IS NOT NULL THEN 'moved out'
        WHEN v.kind = 'removed' THEN 'taken out'
        WHEN v.kind = 'added' AND v.came_back = 1 THEN 'returned'
        WHEN v.kind = 'added' AND w.moved_from IS NOT NULL THEN 'moved in'
        WHEN v.kind = 'added' AND i.created_ms > $since_ms THEN 'new'
        WHEN v.kind = 'added' THEN 'taken in'
        WHEN v.kind = 're-estimated' AND v.old_milli IS NULL THEN 'first estimate'
        WHEN v.kind = 're-estimated' AND v.new_milli IS NULL THEN 'estimate taken away'
        ELSE v.kind
    END           AS cause,
    v.old_milli   AS before_milli,
    v.new_milli   AS after_milli,
    v.was_done    AS was_done,
    v.now_done    AS now_done,
    a.changed_by  AS author_id,
    CASE WHEN v.kind = 'removed' THEN w.moved_to WHEN v.kind = 'added' THEN w.moved_from END AS version_name,
    CASE WHEN p.of_issue IS NULL THEN 0 ELSE 1 END          AS is_approved,
    CASE WHEN i.security_level IS NULL THEN 0 ELSE 1 END    AS is_restricted
FROM events v
JOIN issue i ON i.site_id = $site_id AND i.issue_id = v.of_issue
LEFT JOIN authors a ON a.of_issue = v.of_issue AND a.moment_ms = v.moment_ms
LEFT JOIN versions w ON w.of_issue = v.of_issue AND w.moment_ms = v.moment_ms
LEFT JOIN approvals p ON p.of_issue = v.of_issue AND p.moment_ms = v.moment_ms
ORDER BY v.moment_ms, v.kind_rank, v.of_issue
