-- How far items had come, counted by day: the first time each reached a column or one to the right of it. An item
-- that moves back stays counted where it had been (the high-water mark). `below` is the column it had reached
-- before, -1 for none: all columns after it, up to `place`, were reached at that moment. Rows of kind `pace` say
-- the same of the items finished in the window, by how many days after their start it was.
, arrivals AS (
    SELECT v.of_issue AS of_issue, v.place AS place, MIN(v.begins_ms) AS first_ms
    FROM visits v
    WHERE v.place IS NOT NULL
    GROUP BY v.of_issue, v.place
),
marks AS (
    SELECT
        a.of_issue AS of_issue,
        a.place    AS place,
        MIN(a.first_ms) OVER (
            PARTITION BY a.of_issue ORDER BY a.place DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached_ms,
        COALESCE(LAG(a.place) OVER (PARTITION BY a.of_issue ORDER BY a.place), -1) AS below
    FROM arrivals a
),
paces AS (
    SELECT k.place AS place, k.below AS below, r.day_no - s.day_no + 1 AS took_days
    FROM items x
    JOIN marks k ON k.of_issue = x.of_issue AND k.reached_ms > x.started_ms AND k.reached_ms <= x.finished_ms
    JOIN days s ON s.slot_ms = x.started_ms - x.started_ms % 86400000
     AND s.opens_ms <= x.started_ms AND s.closes_ms > x.started_ms
    JOIN days r ON r.slot_ms = k.reached_ms - k.reached_ms % 86400000
     AND r.opens_ms <= k.reached_ms AND r.closes_ms > k.reached_ms
    WHERE x.finished_ms >= $window_from_ms AND x.finished_ms < $window_until_ms
),
counted AS (
    SELECT 'reached' AS kind, d.on_day AS on_day, k.below AS below, k.place AS place,
           CAST(NULL AS BIGINT) AS took_days,
           COUNT(*) AS so_many
    FROM marks k
    LEFT JOIN days d ON d.slot_ms = k.reached_ms - k.reached_ms % 86400000
     AND d.opens_ms <= k.reached_ms AND d.closes_ms > k.reached_ms
    GROUP BY d.on_day, k.below, k.place
    UNION ALL
    SELECT 'pace', NULL, p.below, p.place, p.took_days, COUNT(*)
    FROM paces p
    GROUP BY p.below, p.place, p.took_days
)
SELECT
    c.kind    AS kind,
    c.on_day  AS day,
    CAST(c.below AS BIGINT) AS below,
    CAST(c.place AS BIGINT) AS place,
    CAST(c.took_days AS BIGINT) AS days,
    c.so_many AS items
FROM counted c
ORDER BY c.kind, COALESCE(c.on_day, ''), c.below, c.place, COALESCE(c.took_days, -1)
