-- The sprints that ran since $from_ms on the boards they belong to, and how often each was seen closed.
WITH closings AS (
    SELECT h.sprint_id AS of_sprint, COUNT(DISTINCT h.complete_ms) AS times
    FROM snapshot_sprint h
    WHERE h.site_id = $site_id AND h.seen_ms <= $as_of_ms
    GROUP BY h.sprint_id
)
SELECT
    p.sprint_id    AS sprint_id,
    p.name         AS sprint_name,
    COALESCE(p.origin_board_id, 0) AS board_id,
    COALESCE(p.goal, '') AS goal,
    COALESCE(p.activated_ms, p.start_ms) AS start_ms,
    CASE WHEN p.activated_ms IS NULL THEN 0 ELSE 1 END AS is_clicked,
    p.end_ms       AS planned_ms,
    CASE WHEN p.state = 'closed' AND p.complete_ms <= $as_of_ms THEN p.complete_ms END AS close_ms,
    COALESCE(k.times, 0) AS closings
FROM sprint p
LEFT JOIN closings k ON k.of_sprint = p.sprint_id
WHERE p.site_id = $site_id AND p.state <> 'future'
  AND COALESCE(p.activated_ms, p.start_ms) <= $as_of_ms
  AND COALESCE(p.complete_ms, $as_of_ms) >= $from_ms
ORDER BY COALESCE(p.activated_ms, p.start_ms), p.sprint_id
