-- Items in one of the stretches at the moment asked for.
SELECT h.item_id AS c_item, MIN(h.began_at) AS c_since
FROM ({stretches}) h
WHERE h.began_at <= $as_of_ms AND h.ended_at > $as_of_ms
GROUP BY h.item_id
