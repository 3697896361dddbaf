-- From the first moment on that a stretch has in the time asked for, it has been.
SELECT w.item_id,
       MIN(CASE WHEN w.began_at < $since{number} THEN $since{number} ELSE w.began_at END) AS began_at,
       CAST(253402214400000 AS BIGINT) AS ended_at
FROM ({stretches}) w
WHERE w.began_at < $until{number} AND w.ended_at > $since{number}
GROUP BY w.item_id
