-- Items with a value and none that is named: since the last named one went, or since there is a value.
SELECT g.g_item AS c_item,
       CASE WHEN g.cleared_at > g.filled_at THEN g.cleared_at ELSE g.filled_at END AS c_since
FROM (
    SELECT l.item_id AS g_item,
           MIN(CASE WHEN l.is_wanted = 0 AND l.ended_at > $as_of_ms THEN l.began_at END) AS filled_at,
           MAX(CASE WHEN l.is_wanted = 1 THEN l.ended_at END) AS cleared_at
    FROM (
        SELECT a.item_id, a.began_at, a.ended_at, 0 AS is_wanted FROM ({any_value}) a
        UNION ALL
        SELECT w.item_id, w.began_at, w.ended_at, 1 AS is_wanted FROM ({wanted_value}) w
    ) l
    WHERE l.began_at <= $as_of_ms
    GROUP BY l.item_id
) g
WHERE g.filled_at IS NOT NULL AND (g.cleared_at IS NULL OR g.cleared_at <= $as_of_ms)
