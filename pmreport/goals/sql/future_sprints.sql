-- An item is in a future sprint while it is in it and nobody has begun the sprint.
SELECT o.item_id, o.began_at, o.ended_at
FROM (
    SELECT v.issue_id AS item_id, v.valid_from_ms AS began_at,
           CASE WHEN v.valid_to_ms > s.opened_at THEN s.opened_at ELSE v.valid_to_ms END AS ended_at
    FROM issue_sprint v
    JOIN (
        SELECT p.sprint_id AS s_sprint,
               CASE WHEN p.state = 'future' THEN 253402214400000
                    ELSE COALESCE(p.activated_ms, p.start_ms, 253402214400000) END AS opened_at
        FROM sprint p
        WHERE p.site_id = $site_id
    ) s ON s.s_sprint = v.sprint_id
    WHERE v.site_id = $site_id
) o
WHERE o.began_at < o.ended_at
