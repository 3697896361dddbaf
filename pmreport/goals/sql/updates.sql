-- The first of the moments at which an item was updated that meet a condition; from then on it has been.
SELECT u.u_item AS item_id, MIN(u.u_at) AS began_at, CAST(253402214400000 AS BIGINT) AS ended_at
FROM (
    SELECT i.issue_id AS u_item, i.created_ms AS u_at FROM issue i WHERE i.site_id = $site_id
    UNION ALL
    SELECT i.issue_id, i.updated_ms FROM issue i WHERE i.site_id = $site_id
    UNION ALL
    SELECT g.issue_id, g.changed_ms FROM issue_change g WHERE g.site_id = $site_id
    UNION ALL
    SELECT c.issue_id, c.created_ms FROM comment_item c WHERE c.site_id = $site_id
    UNION ALL
    SELECT c.issue_id, c.updated_ms FROM comment_item c WHERE c.site_id = $site_id
    UNION ALL
    SELECT w.issue_id, w.created_ms FROM worklog w WHERE w.site_id = $site_id
    UNION ALL
    SELECT w.issue_id, w.updated_ms FROM worklog w WHERE w.site_id = $site_id
) u
WHERE {condition}
GROUP BY u.u_item
