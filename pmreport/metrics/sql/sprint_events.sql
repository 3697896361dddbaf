-- What happened to each issue in each sprint, and how it ended: at the close, or now where the sprint runs.
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
outcomes AS (
    SELECT
        z.on_board     AS on_board,
        z.of_sprint    AS of_sprint,
        z.of_issue     AS of_issue,
        z.until_ms     AS until_ms,
        z.first_milli  AS first_milli,
        z.final_milli  AS final_milli,
        CASE
            WHEN z.counted_at_close = 1 AND z.finished_at_close = 1 THEN 'completed'
            WHEN z.counted_at_close = 1 THEN 'not completed'
            WHEN z.inside_at_close = 0 AND z.ever_counted = 1 THEN 'removed'
            ELSE 'completed outside'
        END            AS ended_as,
        z.in_commitment AS in_commitment,
        CASE WHEN z.ever_counted = 1 AND z.in_commitment = 0 THEN 1 ELSE 0 END    AS came_in,
        CASE WHEN z.ever_counted = 1 AND z.counted_at_close = 0 THEN 1 ELSE 0 END AS went_out,
        z.ever_below_zero AS ever_below_zero
    FROM endings z
)
