-- Items of the set by when they were due and when they were done, counted. `first_due` is the first day promised
-- and `last_due` the one in force when the item was done, or at $as_of_ms while it is open: what is changed
-- after done changes nothing. Only items count that were due, or done, in the days from $from_day to before $until_day.
-- An item that never had a due date is due when the earliest version it is for is released; the release dates are
-- those seen by $as_of_ms, the first one seen being the promise. `set_late` counts due dates written when the item
-- was done already, `set_at_done` items whose first due date is the day they were done on, written within 24 hours
-- before.
, days AS (
    SELECT c.day_date AS day_date, c.starts_ms AS starts_ms, c.ends_ms AS ends_ms,
           c.starts_ms - c.starts_ms % 86400000 AS utc_ms
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
    UNION
    SELECT c.day_date, c.starts_ms, c.ends_ms, (c.ends_ms - 1) - (c.ends_ms - 1) % 86400000
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
),
reached AS (
    SELECT
        h.of_issue AS of_issue,
        f.finish_ms AS finish_ms,
        COALESCE(f.finish_ms, $as_of_ms) AS seen_ms,
        d.day_date AS finish_day
    FROM held h
    LEFT JOIN finishes f ON f.of_issue = h.of_issue
    LEFT JOIN days d
      ON d.utc_ms = f.finish_ms - f.finish_ms % 86400000 AND d.starts_ms <= f.finish_ms AND d.ends_ms > f.finish_ms
),
promises AS (
    SELECT
        r.of_issue      AS of_issue,
        r.finish_ms     AS finish_ms,
        r.seen_ms       AS seen_ms,
        r.finish_day    AS finish_day,
        v.value_id      AS due_day,
        v.valid_from_ms AS from_ms,
        v.valid_to_ms   AS until_ms,
        ROW_NUMBER() OVER (PARTITION BY r.of_issue ORDER BY v.valid_from_ms, v.value_id) AS rank_no
    FROM reached r
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = r.of_issue AND v.field_id = 'duedate'
    WHERE v.valid_from_ms <= $as_of_ms
),
own_dues AS (
    SELECT
        p.of_issue AS of_issue,
        MAX(CASE WHEN p.rank_no = 1 AND p.from_ms <= p.seen_ms THEN p.due_day END) AS first_day,
        MAX(CASE WHEN p.from_ms <= p.seen_ms AND p.until_ms > p.seen_ms THEN p.due_day END) AS last_day,
        MAX(CASE WHEN p.from_ms > p.finish_ms THEN 1 ELSE 0 END) AS written_after,
        MAX(CASE WHEN p.rank_no = 1 AND p.due_day = p.finish_day AND p.from_ms <= p.finish_ms
                  AND p.finish_ms - p.from_ms < 86400000 THEN 1 ELSE 0 END) AS written_at_done
    FROM promises p
    GROUP BY p.of_issue
),
sightings AS (
    SELECT
        n.version_id AS of_version,
        n.release_date AS release_day,
        ROW_NUMBER() OVER (PARTITION BY n.version_id ORDER BY n.seen_ms) AS first_no,
        ROW_NUMBER() OVER (PARTITION BY n.version_id ORDER BY n.seen_ms DESC) AS last_no
    FROM snapshot_version n
    WHERE n.site_id = $site_id AND n.seen_ms <= $as_of_ms AND n.release_date IS NOT NULL
),
releases AS (
    SELECT
        CAST(g.of_version AS VARCHAR) AS of_version,
        MAX(CASE WHEN g.first_no = 1 THEN g.release_day END) AS first_day,
        MAX(CASE WHEN g.last_no = 1 THEN g.release_day END) AS last_day
    FROM sightings g
    GROUP BY g.of_version
),
release_dues AS (
    SELECT
        r.of_issue AS of_issue,
        MIN(n.first_day) AS first_day,
        MIN(CASE WHEN v.valid_to_ms > r.seen_ms THEN n.last_day END) AS last_day
    FROM reached r
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = r.of_issue AND v.field_id = 'fixVersions'
    JOIN releases n ON n.of_version = v.value_id
    LEFT JOIN own_dues o ON o.of_issue = r.of_issue
    WHERE v.valid_from_ms <= r.seen_ms AND o.of_issue IS NULL
    GROUP BY r.of_issue
),
dropped AS (
    SELECT DISTINCT f.of_issue AS of_issue
    FROM finishes f
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = f.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    WHERE REPLACE($dropped, $mark || LOWER(n.name) || $mark, '') <> $dropped
),
facts AS (
    SELECT
        r.of_issue AS of_issue,
        CASE WHEN o.first_day IS NOT NULL THEN 'due date' WHEN o.of_issue IS NOT NULL THEN 'none'
             WHEN n.of_issue IS NOT NULL THEN 'release' ELSE 'none' END AS promised_by,
        COALESCE(o.first_day, n.first_day) AS first_day,
        CASE WHEN o.of_issue IS NULL THEN n.last_day ELSE o.last_day END AS last_day,
        CASE WHEN r.finish_ms IS NULL THEN 0 ELSE 1 END AS finished,
        r.finish_day AS finish_day,
        CASE WHEN q.of_issue IS NULL THEN 0 ELSE 1 END AS gone,
        COALESCE(o.written_after, 0) AS written_after,
        COALESCE(o.written_at_done, 0) AS written_at_done
    FROM reached r
    LEFT JOIN own_dues o ON o.of_issue = r.of_issue
    LEFT JOIN release_dues n ON n.of_issue = r.of_issue
    LEFT JOIN dropped q ON q.of_issue = r.of_issue
)
SELECT
    x.promised_by     AS promise,
    x.first_day       AS first_due,
    x.last_day        AS last_due,
    x.finished        AS is_done,
    x.finish_day      AS done_day,
    x.gone            AS is_dropped,
    x.written_after   AS set_late,
    x.written_at_done AS set_at_done,
    CAST(COUNT(*) AS BIGINT) AS items
FROM facts x
WHERE (x.first_day >= $from_day AND x.first_day < $until_day)
   OR (x.last_day >= $from_day AND x.last_day < $until_day)
   OR (x.finish_day >= $from_day AND x.finish_day < $until_day)
GROUP BY x.promised_by, x.first_day, x.last_day, x.finished, x.finish_day, x.gone, x.written_after, x.written_at_done
ORDER BY x.first_day, x.last_day, x.finish_day, x.promised_by
