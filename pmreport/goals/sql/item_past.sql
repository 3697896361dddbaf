-- What one item has been until a moment: the stretches of its values, and its changes with who made them.
SELECT 'stretch' AS kind, v.field_id AS field_id, v.value_id AS before_id, v.value_id AS after_id,
       v.valid_from_ms AS from_ms, v.valid_to_ms AS until_ms, CAST(NULL AS VARCHAR) AS author_id
FROM issue i
JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = i.issue_id
WHERE i.site_id = $site_id AND i.issue_key = $issue_key AND v.valid_from_ms <= $as_of_ms
  AND v.field_id IN ('assignee', 'fixVersions', 'priority', 'reporter', 'resolution')
UNION ALL
SELECT 'stretch', 'status', v.status_id, v.status_id, v.valid_from_ms, v.valid_to_ms, NULL
FROM issue i
JOIN issue_status v ON v.site_id = $site_id AND v.issue_id = i.issue_id
WHERE i.site_id = $site_id AND i.issue_key = $issue_key AND v.valid_from_ms <= $as_of_ms
UNION ALL
SELECT 'change', g.field_id, COALESCE(g.from_value, ''), COALESCE(g.to_value, ''), g.changed_ms, g.changed_ms, g.author_id
FROM issue i
JOIN issue_change g ON g.site_id = $site_id AND g.issue_id = i.issue_id
WHERE i.site_id = $site_id AND i.issue_key = $issue_key AND g.changed_ms <= $as_of_ms
  AND g.field_id IN ('assignee', 'fixVersions', 'priority', 'reporter', 'resolution', 'status')
ORDER BY from_ms, kind, field_id, before_id, after_id
