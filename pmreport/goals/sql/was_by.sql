-- The stretches that somebody's change began.
SELECT s.item_id, s.began_at, s.ended_at
FROM ({stretches}) s
JOIN issue_change g ON g.site_id = $site_id AND g.issue_id = s.item_id AND g.changed_ms = s.began_at
WHERE g.field_id = {field} AND g.author_id IN ({people})
