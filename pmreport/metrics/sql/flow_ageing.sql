-- What is started and not finished, by the column it stands in and the day it was started on; the $most oldest by
-- name, the others as a count. `day` NULL: before the first day of the calendar.
, ageing AS (
    SELECT
        x.of_issue   AS of_issue,
        x.place_now  AS place_now,
        x.started_ms AS started_ms,
        d.on_day     AS on_day,
        ROW_NUMBER() OVER (ORDER BY x.started_ms, x.of_issue) AS nth
    FROM items x
    LEFT JOIN days d ON d.slot_ms = x.started_ms - x.started_ms % 86400000
     AND d.opens_ms <= x.started_ms AND d.closes_ms > x.started_ms
    WHERE x.started_ms IS NOT NULL AND x.finished_ms IS NULL
),
told AS (
    SELECT i.issue_key AS key_text, i.summary AS summary_text, a.place_now AS place_now, a.on_day AS on_day,
           a.started_ms AS begun_ms, 1 AS so_many
    FROM ageing a
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = a.of_issue
    WHERE a.nth <= $most
    UNION ALL
    SELECT NULL, NULL, a.place_now, a.on_day, NULL, COUNT(*)
    FROM ageing a
    WHERE a.nth > $most
    GROUP BY a.place_now, a.on_day
)
SELECT
    t.key_text     AS issue_key,
    t.summary_text AS summary,
    CAST(t.place_now AS BIGINT) AS place,
    t.on_day       AS started_day,
    t.begun_ms     AS started_ms,
    t.so_many      AS items
FROM told t
ORDER BY COALESCE(t.begun_ms, 253402214400000), COALESCE(t.on_day, ''), COALESCE(t.key_text, ''), COALESCE(t.place_now, -1)
