-- The statuses in the columns of every board; an empty one stands for a board without columns.
SELECT
    b.board_id AS board_id,
    b.name AS board_name,
    b.filter_jql AS filter_jql,
    COALESCE(c.status_id, '') AS status_id
FROM board AS b
LEFT JOIN board_column AS c ON c.site_id = b.site_id AND c.board_id = b.board_id
WHERE b.site_id = $site_id
ORDER BY b.board_id, c.status_id
