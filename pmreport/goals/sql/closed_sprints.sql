-- An item is in a closed sprint from when the sprint closed until it left it.
SELECT o.item_id, o.began_at, o.ended_at
FROM (
    SELECT v.issue_id AS item_id,
           CASE WHEN v.valid_from_ms < s.closed_at THEN s.closed_at ELSE v.valid_from_ms END AS began_at,
           v.valid_to_ms AS ended_at
    FROM issue_sprint v
    JOIN (
        SELECT p.sprint_id AS s_sprint,
               CASE WHEN p.complete_ms IS NOT NULL THEN p.complete_ms
                    WHEN p.state = 'closed' THEN COALESCE(p.end_ms, p.start_ms)
                    END AS closed_at
        FROM sprint p
        WHERE p.site_id = $site_id AND p.state <> 'future' AND COALESCE(p.activated_ms, p.start_ms) IS NOT NULL
    ) s ON s.s_sprint = v.sprint_id
    WHERE v.site_id = $site_id AND s.closed_at IS NOT NULL
) o
WHERE o.began_at < o.ended_at
