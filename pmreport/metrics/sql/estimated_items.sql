-- Delivered items against their estimates, counted by what is the same about them, so that a million items are
-- a few thousand rows. An item is done when the category of its status is, and dated at the last time.
-- Its estimate is the one it had when work was committed: where it was in a running sprint when it was done, at the
-- start of the sprint or when it came in; else when it was first in progress. Points and time stand apart.
-- What it took is the work logged on itself up to done; a day of cycle time is a day of the calendar.
-- Of each size the newest hundred are named, which is what a link takes.
, stretches AS (
    SELECT
        t.issue_id      AS of_issue,
        t.valid_from_ms AS begins_ms,
        t.valid_to_ms   AS ends_ms,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END          AS finished,
        CASE WHEN s.category = 'indeterminate' THEN 1 ELSE 0 END AS working,
        LAG(CASE WHEN s.category = 'done' THEN 1 ELSE 0 END) OVER (
            PARTITION BY t.issue_id ORDER BY t.valid_from_ms) AS was_finished
    FROM issue_status t
    JOIN members m ON m.of_issue = t.issue_id AND m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    WHERE t.site_id = $site_id AND t.valid_from_ms <= $as_of_ms
),
lives AS (
    SELECT
        x.of_issue AS of_issue,
        MAX(CASE WHEN x.ends_ms > $as_of_ms THEN x.finished ELSE 0 END) AS is_done,
        MAX(CASE WHEN x.finished = 1 AND COALESCE(x.was_finished, 0) = 0 THEN x.begins_ms END) AS done_ms,
        MIN(CASE WHEN x.working = 1 THEN x.begins_ms END) AS start_ms
    FROM stretches x
    GROUP BY x.of_issue
),
in_sprint AS (
    SELECT
        v.of_issue AS of_issue,
        MAX(CASE WHEN COALESCE(s.activated_ms, s.start_ms) > p.valid_from_ms
                 THEN COALESCE(s.activated_ms, s.start_ms) ELSE p.valid_from_ms END) AS came_in_ms
    FROM lives v
    JOIN issue_sprint p ON p.site_id = $site_id AND p.issue_id = v.of_issue
    JOIN sprint s ON s.site_id = p.site_id AND s.sprint_id = p.sprint_id
    WHERE v.is_done = 1 AND s.state <> 'future'
      AND p.valid_from_ms <= v.done_ms AND p.valid_to_ms > v.done_ms
      AND COALESCE(s.activated_ms, s.start_ms) <= v.done_ms
      AND (s.complete_ms IS NULL OR s.complete_ms >= v.done_ms)
    GROUP BY v.of_issue
),
items AS (
    SELECT
        v.of_issue AS of_issue,
        v.is_done  AS is_done,
        v.done_ms  AS done_ms,
        CASE WHEN v.start_ms < v.done_ms THEN v.start_ms END AS start_ms,
        CASE WHEN n.came_in_ms IS NOT NULL THEN n.came_in_ms
             WHEN v.start_ms < v.done_ms THEN v.start_ms END AS committed_ms,
        CASE WHEN i.is_subtask THEN 1 ELSE 0 END AS is_part,
        COALESCE(k.name, '') AS type_title,
        COALESCE(i.issue_key, '') AS key_text
    FROM lives v
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = v.of_issue
    LEFT JOIN issue_type k ON k.site_id = i.site_id AND k.issue_type_id = i.issue_type_id
    LEFT JOIN in_sprint n ON n.of_issue = v.of_issue
),
amounts AS (
    SELECT
        t.of_issue AS of_issue,
        MAX(CASE WHEN e.field_id = 'timeoriginalestimate' AND e.valid_from_ms <= t.committed_ms
                  AND e.valid_to_ms > t.committed_ms THEN e.amount_milli END) AS hours_milli,
        MAX(CASE WHEN e.field_id = 'timeoriginalestimate' AND e.valid_from_ms <= t.done_ms
                  AND e.valid_to_ms > t.done_ms THEN e.amount_milli END) AS last_hours_milli,
        MAX(CASE WHEN d.role = 'points' AND e.valid_from_ms <= t.committed_ms
                  AND e.valid_to_ms > t.committed_ms THEN e.amount_milli END) AS points_milli,
        MAX(CASE WHEN d.role = 'points' AND e.valid_from_ms <= t.done_ms
                  AND e.valid_to_ms > t.done_ms THEN e.amount_milli END) AS last_points_milli
    FROM items t
    JOIN issue_estimate e ON e.site_id = $site_id AND e.issue_id = t.of_issue
    LEFT JOIN field d ON d.site_id = e.site_id AND d.field_id = e.field_id
    WHERE t.is_done = 1 AND t.is_part = 0
    GROUP BY t.of_issue
),
logged AS (
    SELECT
        t.of_issue AS of_issue,
        SUM(CASE WHEN g.started_ms <= t.done_ms THEN g.seconds ELSE 0 END) AS before_s,
        SUM(CASE WHEN g.started_ms > t.done_ms THEN 1 ELSE 0 END) AS entries_after
    FROM items t
    JOIN worklog g
      ON g.site_id = $site_id AND g.issue_id = t.of_issue AND g.created_ms <= $as_of_ms
     AND (g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms)
    WHERE t.is_done = 1 AND t.is_part = 0
    GROUP BY t.of_issue
),
resolutions AS (
    SELECT t.of_issue AS of_issue, MIN(n.name) AS resolved_as
    FROM items t
    JOIN issue_value r
      ON r.site_id = $site_id AND r.issue_id = t.of_issue AND r.field_id = 'resolution'
     AND r.valid_from_ms <= $as_of_ms AND r.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = r.site_id AND n.resolution_id = r.value_id
    WHERE t.is_done = 1 AND t.is_part = 0
    GROUP BY t.of_issue
),
numbered_days AS (
    SELECT c.starts_ms AS starts_ms, c.ends_ms AS ends_ms, ROW_NUMBER() OVER (ORDER BY c.day_date) AS day_no
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
),
-- A day of a zone touches at most three days of UTC. Joined by those, a moment finds its day by an equation, where a
-- search between two bounds took most of the time of a million items.
calendar_days AS (
    SELECT n.starts_ms - n.starts_ms % 86400000 AS utc_ms, n.starts_ms AS starts_ms, n.ends_ms AS ends_ms, n.day_no AS day_no
    FROM numbered_days n
    UNION
    SELECT n.starts_ms + 43200000 - (n.starts_ms + 43200000) % 86400000, n.starts_ms, n.ends_ms, n.day_no
    FROM numbered_days n
    UNION
    SELECT n.ends_ms - 1 - (n.ends_ms - 1) % 86400000, n.starts_ms, n.ends_ms, n.day_no
    FROM numbered_days n
),
facts AS (
    SELECT
        t.of_issue   AS of_issue,
        t.done_ms    AS done_ms,
        t.type_title AS type_title,
        t.key_text   AS key_text,
        CASE WHEN t.committed_ms IS NULL THEN 0 ELSE 1 END AS was_started,
        a.hours_milli       AS hours_milli,
        a.last_hours_milli  AS last_hours_milli,
        a.points_milli      AS points_milli,
        a.last_points_milli AS last_points_milli,
        COALESCE(g.before_s, 0) AS spent_s,
        CASE WHEN g.entries_after > 0 THEN 1 ELSE 0 END AS has_after,
        CAST(d.day_no - b.day_no + 1 AS BIGINT) AS cycle_days,
        COALESCE(r.resolved_as, '') AS resolved_as
    FROM items t
    LEFT JOIN amounts a ON a.of_issue = t.of_issue
    LEFT JOIN logged g ON g.of_issue = t.of_issue
    LEFT JOIN resolutions r ON r.of_issue = t.of_issue
    LEFT JOIN calendar_days b
      ON b.utc_ms = t.start_ms - t.start_ms % 86400000 AND b.starts_ms <= t.start_ms AND b.ends_ms > t.start_ms
    LEFT JOIN calendar_days d
      ON d.utc_ms = t.done_ms - t.done_ms % 86400000 AND d.starts_ms <= t.done_ms AND d.ends_ms > t.done_ms
    WHERE t.is_done = 1 AND t.is_part = 0
),
named AS (
    SELECT f.key_text AS key_text, f.resolved_as AS resolved_as, f.points_milli AS points_milli,
           f.cycle_days AS cycle_days,
           ROW_NUMBER() OVER (
               PARTITION BY f.resolved_as, f.points_milli ORDER BY f.done_ms DESC, f.of_issue DESC) AS place
    FROM facts f
    WHERE f.was_started = 1 AND f.points_milli > 0 AND f.cycle_days IS NOT NULL
),
cells AS (
    SELECT 'time' AS cut, f.type_title AS title, f.resolved_as AS resolved_as, f.was_started AS was_started,
           f.hours_milli AS said_milli, f.last_hours_milli AS last_milli, f.spent_s AS spent_s,
           f.has_after AS has_after, CASE WHEN f.spent_s > 0 THEN NULL ELSE f.cycle_days END AS cycle_days,
           COUNT(*) AS items
    FROM facts f
    GROUP BY f.type_title, f.resolved_as, f.was_started, f.hours_milli, f.last_hours_milli, f.spent_s,
             f.has_after, CASE WHEN f.spent_s > 0 THEN NULL ELSE f.cycle_days END
    UNION ALL
    SELECT 'component', c.name, f.resolved_as, f.was_started, f.hours_milli, NULL, f.spent_s, 0, NULL, COUNT(*)
    FROM facts f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'components'
     AND v.valid_from_ms <= f.done_ms AND v.valid_to_ms > f.done_ms
    JOIN component c ON c.site_id = v.site_id AND c.component_id = v.value_id
    WHERE f.hours_milli > 0 AND f.spent_s > 0
    GROUP BY c.name, f.resolved_as, f.was_started, f.hours_milli, f.spent_s
    UNION ALL
    SELECT 'points', '', f.resolved_as, f.was_started, f.points_milli, f.last_points_milli, 0, 0, f.cycle_days,
           COUNT(*)
    FROM facts f
    GROUP BY f.resolved_as, f.was_started, f.points_milli, f.last_points_milli, f.cycle_days
    UNION ALL
    SELECT 'size', d.key_text, d.resolved_as, 1, d.points_milli, NULL, 0, 0, d.cycle_days, 1
    FROM named d
    WHERE d.place <= 100
    UNION ALL
    SELECT CASE WHEN t.is_part = 1 THEN 'sub-task' ELSE 'open' END, '', '', 0, NULL, NULL, 0, 0, NULL, COUNT(*)
    FROM items t
    WHERE t.is_done = 0 OR t.is_part = 1
    GROUP BY CASE WHEN t.is_part = 1 THEN 'sub-task' ELSE 'open' END
)
SELECT
    z.cut         AS kind,
    z.title       AS name,
    z.resolved_as AS resolution,
    z.was_started AS started,
    z.said_milli  AS estimate_milli,
    z.last_milli  AS final_milli,
    CAST(z.spent_s AS BIGINT) AS spent_seconds,
    z.has_after   AS logged_after,
    CAST(z.cycle_days AS BIGINT) AS days,
    CAST(z.items AS BIGINT) AS n
FROM cells z
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
