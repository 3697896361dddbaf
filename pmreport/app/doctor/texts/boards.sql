-- Every board: what it estimates in, and whether it has sprints.
SELECT
    b.board_id AS board_id,
    b.name AS name,
    b.estimation_field AS unit,
    CASE WHEN b.has_sprints THEN 1 ELSE 0 END AS has_sprints
FROM board AS b
WHERE b.site_id = $site_id
ORDER BY b.board_id
