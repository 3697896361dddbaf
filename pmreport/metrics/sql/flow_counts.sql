-- How many items were started, finished and left open, counted by day, by week and by how long they took.
, resolved AS (
    SELECT v.issue_id AS of_issue, MIN(n.name) AS resolved_as
    FROM issue_value v
    JOIN resolution n ON n.site_id = v.site_id AND n.resolution_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'resolution'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY v.issue_id
),
dated AS (
    SELECT
        x.born_ms     AS born_ms,
        x.started_ms  AS started_ms,
        x.finished_ms AS finished_ms,
        x.place_now   AS place_now,
        b.day_no      AS born_no,
        s.day_no      AS started_no,
        s.on_day      AS started_day,
        f.day_no      AS finished_no,
        f.on_day      AS finished_day,
        f.in_week     AS finished_week,
        CASE WHEN x.finished_ms IS NOT NULL THEN r.resolved_as END AS resolved_as
    FROM items x
    LEFT JOIN days b ON b.slot_ms = x.born_ms - x.born_ms % 86400000
     AND b.opens_ms <= x.born_ms AND b.closes_ms > x.born_ms
    LEFT JOIN days s ON s.slot_ms = x.started_ms - x.started_ms % 86400000
     AND s.opens_ms <= x.started_ms AND s.closes_ms > x.started_ms
    LEFT JOIN days f ON f.slot_ms = x.finished_ms - x.finished_ms % 86400000
     AND f.opens_ms <= x.finished_ms AND f.closes_ms > x.finished_ms
    LEFT JOIN resolved r ON r.of_issue = x.of_issue
),
counted AS (
    SELECT 'started' AS kind, d.started_day AS on_day, CAST(NULL AS BIGINT) AS took_days,
           CAST(NULL AS VARCHAR) AS resolved_as, COUNT(*) AS so_many, 0 AS lasted_ms
    FROM dated d
    WHERE d.started_ms IS NOT NULL
    GROUP BY d.started_day
    UNION ALL
    SELECT 'left', d.finished_day, NULL, NULL, COUNT(*), 0
    FROM dated d
    WHERE d.started_ms IS NOT NULL AND d.finished_ms IS NOT NULL
    GROUP BY d.finished_day
    UNION ALL
    SELECT CASE WHEN d.started_ms IS NULL THEN 'finished unstarted' ELSE 'finished' END,
           d.finished_week, NULL, d.resolved_as, COUNT(*), 0
    FROM dated d
    WHERE d.finished_ms IS NOT NULL
    GROUP BY CASE WHEN d.started_ms IS NULL THEN 'finished unstarted' ELSE 'finished' END,
             d.finished_week, d.resolved_as
    UNION ALL
    SELECT 'cycle time', NULL, d.finished_no - d.started_no + 1, d.resolved_as,
           COUNT(*), SUM(d.finished_ms - d.started_ms)
    FROM dated d
    WHERE d.started_ms IS NOT NULL AND d.finished_ms >= $window_from_ms AND d.finished_ms < $window_until_ms
    GROUP BY d.finished_no - d.started_no + 1, d.resolved_as
    UNION ALL
    SELECT 'lead time', NULL, d.finished_no - d.born_no + 1, d.resolved_as,
           COUNT(*), SUM(d.finished_ms - d.born_ms)
    FROM dated d
    WHERE d.finished_ms >= $window_from_ms AND d.finished_ms < $window_until_ms
    GROUP BY d.finished_no - d.born_no + 1, d.resolved_as
    UNION ALL
    SELECT CASE WHEN d.started_ms IS NULL THEN 'waiting to start' ELSE 'in progress' END,
           NULL, NULL, NULL, COUNT(*), 0
    FROM dated d
    WHERE d.finished_ms IS NULL AND (d.place_now IS NOT NULL OR d.started_ms IS NOT NULL)
    GROUP BY CASE WHEN d.started_ms IS NULL THEN 'waiting to start' ELSE 'in progress' END
    UNION ALL
    -- The work in progress over the window, each item as long as it lay in it, and its age at both ends.
    SELECT 'in window', NULL, NULL, NULL, COUNT(*),
           SUM(CASE WHEN COALESCE(d.finished_ms, $window_until_ms) > $window_until_ms THEN $window_until_ms
                    ELSE COALESCE(d.finished_ms, $window_until_ms) END
               - CASE WHEN d.started_ms > $window_from_ms THEN d.started_ms ELSE $window_from_ms END)
    FROM dated d
    WHERE d.started_ms < $window_until_ms AND COALESCE(d.finished_ms, $window_until_ms) > $window_from_ms
    UNION ALL
    SELECT 'at window start', NULL, NULL, NULL, COUNT(*), SUM($window_from_ms - d.started_ms)
    FROM dated d
    WHERE d.started_ms < $window_from_ms AND COALESCE(d.finished_ms, $window_from_ms) >= $window_from_ms
    UNION ALL
    SELECT 'at window end', NULL, NULL, NULL, COUNT(*), SUM($window_until_ms - d.started_ms)
    FROM dated d
    WHERE d.started_ms < $window_until_ms AND COALESCE(d.finished_ms, $window_until_ms) >= $window_until_ms
)
SELECT
    c.kind        AS kind,
    c.on_day      AS day,
    CAST(c.took_days AS BIGINT) AS days,
    c.resolved_as AS resolution,
    c.so_many     AS items,
    CAST(COALESCE(c.lasted_ms, 0) AS BIGINT) AS total_ms
FROM counted c
ORDER BY c.kind, COALESCE(c.on_day, ''), COALESCE(c.took_days, -1), COALESCE(c.resolved_as, '')
