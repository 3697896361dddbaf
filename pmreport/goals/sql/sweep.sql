-- The merged stretches in which the weights of all that covers a moment make {needed} or more.
SELECT f.f_item AS item_id, f.f_at AS began_at, f.f_until AS ended_at
FROM (
    SELECT c.c_item AS f_item, c.c_at AS f_at, c.c_holds AS f_holds,
           LEAD(c.c_at) OVER (PARTITION BY c.c_item ORDER BY c.c_at) AS f_until
    FROM (
        SELECT r.r_item AS c_item, r.r_at AS c_at, r.r_holds AS c_holds,
               COALESCE(LAG(r.r_holds) OVER (PARTITION BY r.r_item ORDER BY r.r_at), 0) AS c_held
        FROM (
            SELECT t.t_item AS r_item, t.t_at AS r_at,
                   CASE WHEN SUM(t.t_step) OVER (
                       PARTITION BY t.t_item ORDER BY t.t_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                   ) >= {needed} THEN 1 ELSE 0 END AS r_holds
            FROM (
                SELECT w.item_id AS t_item,
                       CASE WHEN e.side = 1 THEN w.began_at ELSE w.ended_at END AS t_at,
                       CAST(SUM(w.weight * e.side) AS BIGINT) AS t_step
                FROM ({weighed}) w
                CROSS JOIN (SELECT 1 AS side UNION ALL SELECT -1) e
                GROUP BY w.item_id, CASE WHEN e.side = 1 THEN w.began_at ELSE w.ended_at END
            ) t
        ) r
    ) c
    WHERE c.c_holds <> c.c_held
) f
WHERE f.f_holds = 1
