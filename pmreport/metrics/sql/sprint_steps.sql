-- What stood where: one step per board, sprint and issue at the start of the sprint, and one at every later
-- moment up to its close at which membership, status or estimate changed. The scope line of the sprint is the
-- sum of `counted` issues; `outside` issues came in already done, and stay outside for good. An issue that Jira
-- no longer shows was in the sprint until it went out of sight: from then on it exists no more.
, members AS (
    SELECT DISTINCT
        w.on_board   AS on_board,
        w.of_sprint  AS of_sprint,
        w.unit_field AS unit_field,
        w.opens_ms   AS opens_ms,
        w.until_ms   AS until_ms,
        m.issue_id   AS of_issue,
        COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) AS gone_ms
    FROM windows w
    JOIN issue_sprint m
      ON m.site_id = $site_id AND m.sprint_id = w.of_sprint
     AND m.valid_from_ms <= w.until_ms AND m.valid_to_ms > w.opens_ms
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.issue_id
    WHERE w.soundness = 'sound' AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > w.opens_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > m.valid_from_ms
),
-- The stretches of each history that touch the sprint, cut out first: no later join meets a whole table.
stays AS (
    SELECT
        c.on_board AS on_board, c.of_sprint AS of_sprint, c.of_issue AS of_issue,
        c.opens_ms AS opens_ms, c.until_ms AS until_ms,
        m.valid_from_ms AS begins_ms,
        CASE WHEN m.valid_to_ms > c.gone_ms THEN c.gone_ms ELSE m.valid_to_ms END AS ends_ms
    FROM members c
    JOIN issue_sprint m
      ON m.site_id = $site_id AND m.issue_id = c.of_issue AND m.sprint_id = c.of_sprint
     AND m.valid_from_ms <= c.until_ms AND m.valid_to_ms > c.opens_ms AND m.valid_from_ms < c.gone_ms
),
standings AS (
    SELECT
        c.on_board AS on_board, c.of_sprint AS of_sprint, c.of_issue AS of_issue,
        c.opens_ms AS opens_ms, c.until_ms AS until_ms,
        t.valid_from_ms AS begins_ms, t.valid_to_ms AS ends_ms, t.status_id AS in_status
    FROM members c
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = c.of_issue
     AND t.valid_from_ms <= c.until_ms AND t.valid_to_ms > c.opens_ms
),
estimates AS (
    SELECT
        c.on_board AS on_board, c.of_sprint AS of_sprint, c.of_issue AS of_issue,
        c.opens_ms AS opens_ms, c.until_ms AS until_ms,
        e.valid_from_ms AS begins_ms, e.valid_to_ms AS ends_ms, e.amount_milli AS held_milli
    FROM members c
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = c.of_issue AND e.field_id = c.unit_field
     AND e.valid_from_ms <= c.until_ms AND e.valid_to_ms > c.opens_ms
),
moments AS (
    SELECT c.on_board AS on_board, c.of_sprint AS of_sprint, c.of_issue AS of_issue, c.opens_ms AS moment_ms
    FROM members c
    UNION
    SELECT y.on_board, y.of_sprint, y.of_issue, y.begins_ms FROM stays y WHERE y.begins_ms > y.opens_ms
    UNION
    SELECT y.on_board, y.of_sprint, y.of_issue, y.ends_ms FROM stays y WHERE y.ends_ms <= y.until_ms
    UNION
    SELECT t.on_board, t.of_sprint, t.of_issue, t.begins_ms FROM standings t WHERE t.begins_ms > t.opens_ms
    UNION
    SELECT e.on_board, e.of_sprint, e.of_issue, e.begins_ms FROM estimates e WHERE e.begins_ms > e.opens_ms
    UNION
    SELECT e.on_board, e.of_sprint, e.of_issue, e.ends_ms FROM estimates e WHERE e.ends_ms <= e.until_ms
),
-- An issue is in the sprint only while its status stands in a column of the board. A status that Jira does
-- not have any more stands in no column today, which says nothing about the time it was in use: an issue that
-- passed through it was neither taken out of the sprint nor done.
states AS (
    SELECT
        c.on_board  AS on_board,
        c.of_sprint AS of_sprint,
        c.of_issue  AS of_issue,
        c.opens_ms  AS opens_ms,
        c.until_ms  AS until_ms,
        k.moment_ms AS moment_ms,
        CASE
            WHEN y.of_issue IS NULL THEN 0
            WHEN bc.status_id IS NOT NULL THEN 1
            WHEN t.in_status IS NOT NULL AND known.status_id IS NULL THEN 1
            ELSE 0
        END AS inside,
        CASE WHEN bc.is_done THEN 1 ELSE 0 END AS finished,
        -- An estimate below zero is no estimate; the last column counts it, so that somebody hears of it.
        CASE
            WHEN c.unit_field IS NULL THEN 1000
            WHEN e.held_milli >= 0 THEN e.held_milli
        END AS estimate_milli,
        CASE WHEN e.held_milli < 0 THEN 1 ELSE 0 END AS below_zero
    FROM members c
    JOIN moments k ON k.on_board = c.on_board AND k.of_sprint = c.of_sprint AND k.of_issue = c.of_issue
    LEFT JOIN stays y
      ON y.on_board = c.on_board AND y.of_sprint = c.of_sprint AND y.of_issue = c.of_issue
     AND y.begins_ms <= k.moment_ms AND y.ends_ms > k.moment_ms
    LEFT JOIN standings t
      ON t.on_board = c.on_board AND t.of_sprint = c.of_sprint AND t.of_issue = c.of_issue
     AND t.begins_ms <= k.moment_ms AND t.ends_ms > k.moment_ms
    LEFT JOIN board_column bc
      ON bc.site_id = $site_id AND bc.board_id = c.on_board AND bc.status_id = t.in_status
    LEFT JOIN status known
      ON known.site_id = $site_id AND known.status_id = t.in_status
    LEFT JOIN estimates e
      ON e.on_board = c.on_board AND e.of_sprint = c.of_sprint AND e.of_issue = c.of_issue
     AND e.begins_ms <= k.moment_ms AND e.ends_ms > k.moment_ms
),
entries AS (
    SELECT
        s.on_board       AS on_board,
        s.of_sprint      AS of_sprint,
        s.of_issue       AS of_issue,
        s.opens_ms       AS opens_ms,
        s.until_ms       AS until_ms,
        s.moment_ms      AS moment_ms,
        s.inside         AS inside,
        s.finished       AS finished,
        s.estimate_milli AS estimate_milli,
        s.below_zero     AS below_zero,
        COALESCE(LAG(s.inside) OVER (
            PARTITION BY s.on_board, s.of_sprint, s.of_issue ORDER BY s.moment_ms), 0) AS was_inside
    FROM states s
),
latched AS (
    SELECT
        n.on_board       AS on_board,
        n.of_sprint      AS of_sprint,
        n.of_issue       AS of_issue,
        n.opens_ms       AS opens_ms,
        n.until_ms       AS until_ms,
        n.moment_ms      AS moment_ms,
        n.inside         AS inside,
        n.finished       AS finished,
        n.estimate_milli AS estimate_milli,
        n.below_zero     AS below_zero,
        MAX(CASE WHEN n.inside = 1 AND n.was_inside = 0 AND n.finished = 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY n.on_board, n.of_sprint, n.of_issue ORDER BY n.moment_ms
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS outside
    FROM entries n
),
counted_steps AS (
    SELECT
        h.on_board       AS on_board,
        h.of_sprint      AS of_sprint,
        h.of_issue       AS of_issue,
        h.opens_ms       AS opens_ms,
        h.until_ms       AS until_ms,
        h.moment_ms      AS moment_ms,
        h.inside         AS inside,
        h.outside        AS outside,
        h.finished       AS finished,
        h.estimate_milli AS estimate_milli,
        h.below_zero     AS below_zero,
        CASE WHEN h.inside = 1 AND h.outside = 0 THEN 1 ELSE 0 END AS counted
    FROM latched h
),
steps AS (
    SELECT
        p.on_board       AS on_board,
        p.of_sprint      AS of_sprint,
        p.of_issue       AS of_issue,
        p.opens_ms       AS opens_ms,
        p.until_ms       AS until_ms,
        p.moment_ms      AS moment_ms,
        p.inside         AS inside,
        p.outside        AS outside,
        p.finished       AS finished,
        p.estimate_milli AS estimate_milli,
        p.below_zero     AS below_zero,
        p.counted        AS counted,
        COALESCE(LAG(p.counted) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue ORDER BY p.moment_ms), 0) AS was_counted,
        COALESCE(LAG(p.finished) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue ORDER BY p.moment_ms), 0) AS was_finished,
        LAG(p.estimate_milli) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue ORDER BY p.moment_ms) AS was_milli,
        MIN(CASE WHEN p.inside = 1 THEN p.moment_ms END) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue) AS first_inside_ms,
        MAX(CASE WHEN p.inside = 1 THEN p.moment_ms END) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue) AS last_inside_ms,
        MAX(p.moment_ms) OVER (
            PARTITION BY p.on_board, p.of_sprint, p.of_issue) AS last_ms
    FROM counted_steps p
)
