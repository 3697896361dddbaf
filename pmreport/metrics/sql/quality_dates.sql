-- Due dates that are missing, were set when the work was done, or lie before the item; releases without a day.
, dues AS (
    SELECT
        v.issue_id      AS of_issue,
        v.value_id      AS due_day,
        v.valid_from_ms AS said_ms
    FROM issue_value v
    WHERE v.site_id = $site_id AND v.field_id = 'duedate'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
),
judged AS (
    SELECT
        f.shown_key AS shown_key,
        u.due_day   AS due_day,
        u.said_ms   AS said_ms,
        f.done_ms   AS done_ms,
        d.day_date  AS done_day
    FROM finished f
    LEFT JOIN dues u ON u.of_issue = f.of_issue
    LEFT JOIN calendar d ON d.calendar_id = $calendar_id AND d.starts_ms <= f.done_ms AND d.ends_ms > f.done_ms
),
born AS (
    SELECT l.shown_key AS shown_key, u.due_day AS due_day, d.day_date AS born_day
    FROM dues u
    JOIN living l ON l.of_issue = u.of_issue
    JOIN calendar d ON d.calendar_id = $calendar_id AND d.starts_ms <= l.born_ms AND d.ends_ms > l.born_ms
),
releases AS (
    SELECT v.name AS shown_name, v.release_date AS release_day
    FROM version v
    WHERE v.site_id = $site_id AND v.released
),
findings AS (
    SELECT 'D1' AS check_id, j.shown_key AS subject FROM judged j WHERE j.due_day IS NULL
    UNION
    SELECT 'D2', j.shown_key FROM judged j
    WHERE j.said_ms >= j.done_ms OR (j.due_day = j.done_day AND j.said_ms >= j.done_ms - 86400000)
    UNION
    SELECT 'D3', r.shown_name FROM releases r WHERE r.release_day IS NULL
    UNION
    SELECT 'D4', b.shown_key FROM born b WHERE b.due_day < b.born_day
),
populations AS (
    SELECT 'D1' AS check_id, COUNT(*) AS population FROM judged j
    UNION ALL
    SELECT 'D2', COUNT(j.due_day) FROM judged j
    UNION ALL
    SELECT 'D3', COUNT(*) FROM releases r
    UNION ALL
    SELECT 'D4', COUNT(*) FROM born b
)
