-- Each stretch that reaches into the time asked for, from its first moment there on.
SELECT w.item_id,
       CASE WHEN w.began_at < $since{number} THEN $since{number} ELSE w.began_at END AS began_at,
       CAST(253402214400000 AS BIGINT) AS ended_at
FROM ({stretches}) w
WHERE w.began_at < $until{number} AND w.ended_at > $since{number}
