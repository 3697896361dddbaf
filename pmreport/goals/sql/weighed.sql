SELECT p.item_id, p.began_at, p.ended_at, CAST({weight} AS BIGINT) AS weight FROM ({stretches}) p
