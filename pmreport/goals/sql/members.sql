-- The stretches of the last set, cut to the life of the issue in sight.
WITH {sets}
SELECT l.l_issue AS issue_id, l.l_from AS valid_from_ms, l.l_until AS valid_to_ms
FROM (
    SELECT i.issue_id AS l_issue,
           CASE WHEN m.began_at < i.created_ms THEN i.created_ms ELSE m.began_at END AS l_from,
           CASE WHEN m.ended_at > COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000)
                THEN COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) ELSE m.ended_at END AS l_until
    FROM set_{last} m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.item_id
) l
WHERE l.l_from < l.l_until
