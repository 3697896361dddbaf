-- The amounts of each sprint, in thousandths of its unit and in issues; nothing of any one issue.
, happened AS (
    SELECT
        v.on_board  AS on_board,
        v.of_sprint AS of_sprint,
        SUM(CASE WHEN v.kind = 'start' THEN v.scope_milli ELSE 0 END)        AS start_sum,
        SUM(CASE WHEN v.kind = 'added' THEN v.scope_milli ELSE 0 END)        AS added_sum,
        SUM(CASE WHEN v.kind = 'removed' THEN -v.scope_milli ELSE 0 END)     AS removed_sum,
        SUM(CASE WHEN v.kind = 're-estimated' THEN v.scope_milli ELSE 0 END) AS changed_sum,
        SUM(CASE WHEN v.kind IN ('added', 'removed', 're-estimated') THEN ABS(v.scope_milli) ELSE 0 END) AS churn_sum,
        SUM(CASE WHEN v.kind = 'start' THEN 1 ELSE 0 END)   AS start_count,
        SUM(CASE WHEN v.kind = 'added' THEN 1 ELSE 0 END)   AS added_count,
        SUM(CASE WHEN v.kind = 'removed' THEN 1 ELSE 0 END) AS removed_count
    FROM events v
    GROUP BY v.on_board, v.of_sprint
),
ended AS (
    SELECT
        z.on_board  AS on_board,
        z.of_sprint AS of_sprint,
        SUM(CASE WHEN z.ended_as = 'completed' THEN COALESCE(z.final_milli, 0) ELSE 0 END)         AS done_sum,
        SUM(CASE WHEN z.ended_as = 'not completed' THEN COALESCE(z.final_milli, 0) ELSE 0 END)     AS left_sum,
        SUM(CASE WHEN z.ended_as = 'completed outside' THEN COALESCE(z.final_milli, 0) ELSE 0 END) AS outside_sum,
        SUM(CASE WHEN z.ended_as = 'completed' AND z.in_commitment = 1
                 THEN COALESCE(z.first_milli, 0) ELSE 0 END)                  AS kept_sum,
        SUM(CASE WHEN z.ended_as = 'completed' THEN 1 ELSE 0 END)             AS done_count,
        SUM(CASE WHEN z.ended_as = 'not completed' THEN 1 ELSE 0 END)         AS left_count,
        SUM(CASE WHEN z.ended_as = 'completed outside' THEN 1 ELSE 0 END)     AS outside_count,
        SUM(CASE WHEN z.ended_as = 'completed' THEN z.in_commitment ELSE 0 END) AS kept_count,
        SUM(CASE WHEN z.in_commitment = 1 AND z.first_milli IS NULL THEN 1 ELSE 0 END) AS unestimated_count,
        SUM(z.ever_below_zero)                                                AS odd_count
    FROM outcomes z
    GROUP BY z.on_board, z.of_sprint
)
SELECT
    e.on_board                                   AS board_id,
    e.of_sprint                                  AS sprint_id,
    CAST(COALESCE(h.start_sum, 0) AS BIGINT)     AS commitment_milli,
    CAST(COALESCE(h.added_sum, 0) AS BIGINT)     AS added_milli,
    CAST(COALESCE(h.removed_sum, 0) AS BIGINT)   AS removed_milli,
    CAST(COALESCE(h.changed_sum, 0) AS BIGINT)   AS reestimated_milli,
    CAST(COALESCE(h.churn_sum, 0) AS BIGINT)     AS churn_milli,
    CAST(e.done_sum AS BIGINT)                   AS completed_milli,
    CAST(e.left_sum AS BIGINT)                   AS not_completed_milli,
    CAST(e.outside_sum AS BIGINT)                AS completed_outside_milli,
    CAST(e.kept_sum AS BIGINT)                   AS committed_completed_milli,
    CAST(COALESCE(h.start_count, 0) AS BIGINT)   AS commitment_issues,
    CAST(COALESCE(h.added_count, 0) AS BIGINT)   AS added_issues,
    CAST(COALESCE(h.removed_count, 0) AS BIGINT) AS removed_issues,
    CAST(e.done_count AS BIGINT)                 AS completed_issues,
    CAST(e.left_count AS BIGINT)                 AS not_completed_issues,
    CAST(e.outside_count AS BIGINT)              AS completed_outside_issues,
    CAST(e.kept_count AS BIGINT)                 AS committed_completed_issues,
    CAST(e.unestimated_count AS BIGINT)          AS unestimated_issues,
    CAST(e.odd_count AS BIGINT)                  AS below_zero_issues
FROM ended e
LEFT JOIN happened h ON h.on_board = e.on_board AND h.of_sprint = e.of_sprint
ORDER BY e.on_board, e.of_sprint
