-- Boards whose columns were changed, and issues in a status that stands in no column.
, mapped AS (
    SELECT DISTINCT c.status_id AS on_board FROM board_column c WHERE c.site_id = $site_id
),
stands AS (
    SELECT l.shown_key AS shown_key, m.on_board AS on_board
    FROM living l
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = l.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN mapped m ON m.on_board = t.status_id
    WHERE l.is_epic = 0
),
looks AS (
    SELECT c.board_id AS of_board, MIN(c.seen_ms) AS first_ms, MAX(c.seen_ms) AS last_ms
    FROM snapshot_board_column c
    WHERE c.site_id = $site_id AND c.seen_ms <= $as_of_ms
    GROUP BY c.board_id
),
findings AS (
    SELECT 'B1' AS check_id, b.name AS subject
    FROM looks k
    JOIN board b ON b.site_id = $site_id AND b.board_id = k.of_board
    WHERE k.last_ms > k.first_ms
    UNION
    SELECT 'B2', s.shown_key FROM stands s CROSS JOIN (SELECT COUNT(*) AS amount FROM mapped m) n
    WHERE s.on_board IS NULL AND n.amount > 0
),
populations AS (
    SELECT 'B1' AS check_id, COUNT(*) AS population FROM looks k
    UNION ALL
    SELECT 'B2', CASE WHEN COUNT(s.on_board) > 0 THEN COUNT(*) ELSE 0 END FROM stands s
)
