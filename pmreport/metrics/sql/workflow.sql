-- The columns of every board from left to right, a row for each status in them; a board without any has one row.
SELECT
    b.board_id     AS board_id,
    b.name         AS board_name,
    b.filter_jql   AS filter_jql,
    bc.column_name AS column_name,
    bc.position    AS place,
    CASE WHEN bc.is_done THEN 1 ELSE 0 END AS is_last,
    s.category     AS category
FROM board b
LEFT JOIN board_column bc ON bc.site_id = b.site_id AND bc.board_id = b.board_id
LEFT JOIN status s ON s.site_id = b.site_id AND s.status_id = bc.status_id
WHERE b.site_id = $site_id
ORDER BY b.board_id, COALESCE(bc.position, 0), COALESCE(bc.status_id, '')
