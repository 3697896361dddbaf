SELECT s.item_id, s.began_at, s.ended_at FROM set_{number} s
