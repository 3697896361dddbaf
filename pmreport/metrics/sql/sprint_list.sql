-- The sprints themselves, also those whose dates make no sense; those are shown as problems.
SELECT
    w.on_board     AS board_id,
    w.board_title  AS board_name,
    w.unit_field   AS estimation_field,
    w.of_sprint    AS sprint_id,
    w.sprint_title AS sprint_name,
    w.sprint_goal  AS goal,
    w.home_board   AS origin_board_id,
    w.opens_ms     AS start_ms,
    w.planned_ms   AS planned_end_ms,
    w.closed_ms    AS close_ms,
    w.soundness    AS soundness
FROM windows w
ORDER BY w.on_board, w.opens_ms, w.of_sprint
