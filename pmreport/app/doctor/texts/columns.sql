-- The columns of every board, left to right; an empty name stands for a board without columns.
SELECT b.board_id AS board_id, b.name AS board_name, COALESCE(c.column_name, '') AS column_name
FROM board AS b
LEFT JOIN board_column AS c ON c.site_id = b.site_id AND c.board_id = b.board_id
WHERE b.site_id = $site_id
GROUP BY b.board_id, b.name, c.column_name
ORDER BY b.board_id, MIN(c.position), c.column_name
