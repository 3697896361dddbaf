-- The days of the reporting zone, numbered. Each stands here once for every UTC day it touches, which `slot_ms` is
-- the first moment of: an instant finds its day by an equality, and not by comparing it with every day there is.
, numbered AS (
    SELECT
        c.day_date   AS on_day,
        c.week_start AS in_week,
        c.starts_ms  AS opens_ms,
        c.ends_ms    AS closes_ms,
        ROW_NUMBER() OVER (ORDER BY c.day_date) AS day_no
    FROM calendar c
    WHERE c.calendar_id = $calendar_id
),
days AS (
    SELECT n.on_day AS on_day, n.in_week AS in_week, n.opens_ms AS opens_ms, n.closes_ms AS closes_ms,
           n.day_no AS day_no, n.opens_ms - n.opens_ms % 86400000 AS slot_ms
    FROM numbered n
    UNION
    SELECT n.on_day, n.in_week, n.opens_ms, n.closes_ms, n.day_no,
           n.opens_ms + 43200000 - (n.opens_ms + 43200000) % 86400000
    FROM numbered n
    UNION
    SELECT n.on_day, n.in_week, n.opens_ms, n.closes_ms, n.day_no,
           n.closes_ms - 1 - (n.closes_ms - 1) % 86400000
    FROM numbered n
)
