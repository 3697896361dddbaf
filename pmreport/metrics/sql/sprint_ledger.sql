-- The ledger: what happened to each issue in each sprint, and, as one row of kind `close`, how it ended.
-- `before_milli` and `after_milli` are the estimates around an event; on a `close` row those at the start (or
-- when it came in) and at the close (or when it left).
, event_moments AS (
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
        z.ended_as, z.in_commitment, z.came_in, z.went_out, z.ever_below_zero
    FROM outcomes z
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
