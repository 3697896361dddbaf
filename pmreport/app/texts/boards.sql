-- What every board is called.
SELECT b.board_id AS board_id, b.name AS name
FROM board AS b
WHERE b.site_id = $site_id
ORDER BY b.board_id
