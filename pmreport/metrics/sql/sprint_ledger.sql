-- The ledger: what happened to each issue in each sprint, and, as one row of kind `close`, how it ended.
-- `before_milli` and `after_milli` are the estimates around an event; on a `close` row those at the start (or
-- when it came in) and at the close (or when it left).
, events AS (
    SELECT
        x.on_board       AS on_board,
        x.of_sprint      AS of_sprint,
        x.of_issue       AS of_issue,
        x.moment_ms      AS moment_ms,
        CASE WHEN x.moment_ms = x.opens_ms THEN 'start' ELSE 'added' END AS kind,
        CASE WHEN x.moment_ms = x.opens_ms THEN 0 ELSE 2 END AS kind_rank,
        x.estimate_milli AS old_milli,
        x.estimate_milli AS new_milli,
        COALESCE(x.estimate_milli, 0) AS scope_milli,
        0                AS completed_milli,
        COALESCE(x.estimate_milli, 0) AS remaining_milli
    FROM steps x
    WHERE x.counted = 1 AND x.was_counted = 0
    UNION ALL
    SELECT
        x.on_board, x.of_sprint, x.of_issue, x.moment_ms, 'removed', 1, x.was_milli, x.was_milli,
        -COALESCE(x.was_milli, 0),
        CASE WHEN x.was_finished = 1 THEN -COALESCE(x.was_milli, 0) ELSE 0 END,
        CASE WHEN x.was_finished = 1 THEN 0 ELSE -COALESCE(x.was_milli, 0) END
    FROM steps x
    WHERE x.counted = 0 AND x.was_counted = 1
    UNION ALL
    -- Reopened at the old estimate, re-estimated while open, completed at the new one: when several happen at
    -- one moment, every line between them stays true.
    SELECT
        x.on_board, x.of_sprint, x.of_issue, x.moment_ms, 'reopened', 3, x.was_milli, x.was_milli,
        0, -COALESCE(x.was_milli, 0), COALESCE(x.was_milli, 0)
    FROM steps x
    WHERE x.counted = 1 AND x.was_counted = 1 AND x.finished = 0 AND x.was_finished = 1
    UNION ALL
    SELECT
        x.on_board, x.of_sprint, x.of_issue, x.moment_ms, 're-estimated', 4, x.was_milli, x.estimate_milli,
        COALESCE(x.estimate_milli, 0) - COALESCE(x.was_milli, 0),
        CASE WHEN x.finished = 1 AND x.was_finished = 1
             THEN COALESCE(x.estimate_milli, 0) - COALESCE(x.was_milli, 0) ELSE 0 END,
        CASE WHEN x.finished = 1 AND x.was_finished = 1
             THEN 0 ELSE COALESCE(x.estimate_milli, 0) - COALESCE(x.was_milli, 0) END
    FROM steps x
    WHERE x.counted = 1 AND x.was_counted = 1
      AND COALESCE(x.estimate_milli, -1) <> COALESCE(x.was_milli, -1)
    UNION ALL
    SELECT
        x.on_board, x.of_sprint, x.of_issue, x.moment_ms, 'completed', 5, x.estimate_milli, x.estimate_milli,
        0, COALESCE(x.estimate_milli, 0), -COALESCE(x.estimate_milli, 0)
    FROM steps x
    WHERE x.counted = 1 AND x.was_counted = 1 AND x.finished = 1 AND x.was_finished = 0
),
endings AS (
    SELECT
        x.on_board  AS on_board,
        x.of_sprint AS of_sprint,
        x.of_issue  AS of_issue,
        x.until_ms  AS until_ms,
        MAX(CASE WHEN x.moment_ms = x.first_inside_ms THEN x.estimate_milli END) AS first_milli,
        MAX(CASE WHEN x.moment_ms = x.last_inside_ms THEN x.estimate_milli END)  AS final_milli,
        MAX(CASE WHEN x.moment_ms = x.opens_ms THEN x.counted ELSE 0 END)        AS in_commitment,
        MAX(x.counted)                                                           AS ever_counted,
        MAX(CASE WHEN x.moment_ms = x.last_ms THEN x.counted ELSE 0 END)         AS counted_at_close,
        MAX(CASE WHEN x.moment_ms = x.last_ms THEN x.finished ELSE 0 END)        AS finished_at_close,
        MAX(CASE WHEN x.moment_ms = x.last_ms THEN x.inside ELSE 0 END)          AS inside_at_close,
        MAX(x.below_zero)                                                        AS ever_below_zero
    FROM steps x
    WHERE x.first_inside_ms IS NOT NULL             -- else it never stood in a column of the board
    GROUP BY x.on_board, x.of_sprint, x.of_issue, x.until_ms
),
event_moments AS (
    SELECT DISTINCT v.of_issue AS of_issue, v.moment_ms AS moment_ms
    FROM events v
    WHERE v.kind <> 'start'
),
authors AS (
    SELECT d.of_issue AS of_issue, d.moment_ms AS moment_ms, MIN(g.author_id) AS changed_by
    FROM event_moments d
    JOIN issue_change g ON g.site_id = $site_id AND g.issue_id = d.of_issue AND g.changed_ms = d.moment_ms
    GROUP BY d.of_issue, d.moment_ms
),
ledger AS (
    SELECT
        v.on_board        AS on_board,
        v.of_sprint       AS of_sprint,
        v.of_issue        AS of_issue,
        v.moment_ms       AS moment_ms,
        v.kind            AS entry_kind,
        v.kind_rank       AS kind_rank,
        v.old_milli       AS old_milli,
        v.new_milli       AS new_milli,
        v.scope_milli     AS scope_change,
        v.completed_milli AS completed_change,
        v.remaining_milli AS remaining_change,
        a.changed_by      AS changed_by,
        NULL              AS ended_as,
        0                 AS in_commitment,
        0                 AS came_in,
        0                 AS went_out,
        0                 AS ever_below_zero
    FROM events v
    LEFT JOIN authors a
      ON a.of_issue = v.of_issue AND a.moment_ms = v.moment_ms AND v.kind <> 'start'
    UNION ALL
    SELECT
        z.on_board, z.of_sprint, z.of_issue, z.until_ms, 'close', 9, z.first_milli, z.final_milli, 0, 0, 0, NULL,
        CASE
            WHEN z.counted_at_close = 1 AND z.finished_at_close = 1 THEN 'completed'
            WHEN z.counted_at_close = 1 THEN 'not completed'
            WHEN z.inside_at_close = 0 AND z.ever_counted = 1 THEN 'removed'
            ELSE 'completed outside'
        END,
        z.in_commitment,
        CASE WHEN z.ever_counted = 1 AND z.in_commitment = 0 THEN 1 ELSE 0 END,
        CASE WHEN z.ever_counted = 1 AND z.counted_at_close = 0 THEN 1 ELSE 0 END,
        z.ever_below_zero
    FROM endings z
)
SELECT
    r.on_board         AS board_id,
    r.of_sprint        AS sprint_id,
    r.of_issue         AS issue_id,
    r.moment_ms        AS at_ms,
    r.entry_kind       AS kind,
    r.old_milli        AS before_milli,
    r.new_milli        AS after_milli,
    r.scope_change     AS scope_milli,
    r.completed_change AS completed_milli,
    r.remaining_change AS remaining_milli,
    r.changed_by       AS author_id,
    CASE WHEN r.entry_kind = 'close' THEN i.issue_key END AS issue_key,
    CASE WHEN r.entry_kind = 'close' THEN i.summary END   AS summary,
    r.ended_as         AS outcome,
    r.in_commitment    AS committed,
    r.came_in          AS added,
    r.went_out         AS removed,
    r.ever_below_zero  AS below_zero
FROM ledger r
JOIN issue i ON i.site_id = $site_id AND i.issue_id = r.of_issue
ORDER BY r.on_board, r.of_sprint, r.moment_ms, r.kind_rank, r.of_issue
