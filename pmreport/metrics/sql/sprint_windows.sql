-- Every started sprint of every board, and the stretch (opens_ms, until_ms] its numbers speak about.
-- A sprint that closed after $as_of_ms was active then, so it is active here.
WITH windows AS (
    SELECT
        b.board_id         AS on_board,
        b.name             AS board_title,
        b.estimation_field AS unit_field,           -- NULL: the board counts issues
        s.sprint_id        AS of_sprint,
        s.name             AS sprint_title,
        s.goal             AS sprint_goal,
        s.origin_board_id  AS home_board,
        s.end_ms           AS planned_ms,
        COALESCE(s.activated_ms, s.start_ms) AS opens_ms,
        CASE WHEN s.state = 'closed' AND s.complete_ms <= $as_of_ms THEN s.complete_ms END AS closed_ms,
        CASE WHEN s.state = 'closed' AND s.complete_ms <= $as_of_ms THEN s.complete_ms ELSE $as_of_ms END AS until_ms,
        CASE
            WHEN COALESCE(s.activated_ms, s.start_ms) IS NULL THEN 'without start'
            WHEN s.complete_ms < COALESCE(s.activated_ms, s.start_ms) THEN 'closed before start'
            ELSE 'sound'
        END AS soundness
    FROM board_sprint bs
    JOIN board b ON b.site_id = bs.site_id AND b.board_id = bs.board_id
    JOIN sprint s ON s.site_id = bs.site_id AND s.sprint_id = bs.sprint_id
    WHERE bs.site_id = $site_id
      AND s.state <> 'future'
      AND (COALESCE(s.activated_ms, s.start_ms) IS NULL OR COALESCE(s.activated_ms, s.start_ms) <= $as_of_ms)
      AND (CAST($board_id AS BIGINT) IS NULL OR bs.board_id = CAST($board_id AS BIGINT))
      AND ($sprints = '' OR REPLACE($sprints, $mark || CAST(bs.sprint_id AS VARCHAR) || $mark, '') <> $sprints)
)
