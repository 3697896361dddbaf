-- Work logged on the items of the set at $as_of_ms and on their sub-tasks, by account and local day. An entry
-- counts once, also where a sub-task belongs to the set itself. `late` was typed after $before_ms about work begun
-- by then, `withdrawn` was deleted since then; `future` is work that had not begun at $as_of_ms.
-- A local day lies in at most two days of UTC: joined by them the days cost nothing, on every engine.
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
held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
),
worked_on AS (
    SELECT h.of_issue AS of_issue
    FROM held h
    UNION
    SELECT i.issue_id
    FROM held h
    JOIN issue_value v
      ON v.site_id = $site_id AND v.field_id = 'parent' AND v.value_id = CAST(h.of_issue AS VARCHAR)
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = v.issue_id
    WHERE i.is_subtask AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
entries AS (
    SELECT
        g.author_id  AS typed_by,
        g.started_ms AS began_ms,
        g.seconds    AS worked,
        CASE WHEN g.deleted_ms IS NULL OR g.deleted_ms > $as_of_ms THEN 1 ELSE 0 END AS stands,
        CASE WHEN g.started_ms <= $as_of_ms THEN 1 ELSE 0 END                        AS begun,
        CASE WHEN g.created_ms > $before_ms AND g.started_ms <= $before_ms THEN 1 ELSE 0 END  AS typed_late,
        CASE WHEN g.created_ms <= $before_ms AND g.started_ms <= $before_ms THEN 1 ELSE 0 END AS known_before
    FROM worked_on w
    JOIN worklog g ON g.site_id = $site_id AND g.issue_id = w.of_issue
    WHERE g.created_ms <= $as_of_ms AND (g.deleted_ms IS NULL OR g.deleted_ms > $before_ms) AND g.seconds > 0
)
SELECT
    e.typed_by AS account_id,
    d.day_date AS day_date,
    CAST(SUM(e.stands * e.begun) AS BIGINT)                                AS entries,
    CAST(SUM(e.stands * e.begun * e.worked) AS BIGINT)                     AS seconds,
    CAST(SUM(e.stands * e.begun * e.typed_late * e.worked) AS BIGINT)      AS late_seconds,
    CAST(SUM((1 - e.stands) * e.known_before * e.worked) AS BIGINT)        AS withdrawn_seconds,
    CAST(SUM(e.stands * (1 - e.begun)) AS BIGINT)                          AS future_entries
FROM entries e
LEFT JOIN days d
  ON d.utc_ms = e.began_ms - e.began_ms % 86400000 AND d.starts_ms <= e.began_ms AND d.ends_ms > e.began_ms
GROUP BY e.typed_by, d.day_date
ORDER BY COALESCE(d.day_date, ''), COALESCE(e.typed_by, '')
