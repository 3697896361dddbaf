-- The items of an account in a sprint at the moment it started, for sprints that started in [$since_ms, $as_of_ms]:
-- whether each had an estimate and an owner then. What a description says is known as of the newest reading alone;
-- the words that say how one will see that it works are looked for in it.
WITH opened AS (
    SELECT s.sprint_id AS of_sprint, COALESCE(s.activated_ms, s.start_ms) AS opens_ms
    FROM sprint s
    WHERE s.site_id = $site_id AND s.state <> 'future'
      AND COALESCE(s.activated_ms, s.start_ms) >= $since_ms AND COALESCE(s.activated_ms, s.start_ms) <= $as_of_ms
),
committed AS (
    SELECT DISTINCT o.of_sprint AS of_sprint, o.opens_ms AS opens_ms, i.issue_id AS of_issue,
           i.issue_key AS key_now, LOWER(COALESCE(i.description, '')) AS said
    FROM opened o
    JOIN issue_sprint t
      ON t.site_id = $site_id AND t.sprint_id = o.of_sprint
     AND t.valid_from_ms <= o.opens_ms AND t.valid_to_ms > o.opens_ms
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = t.issue_id
    WHERE i.reporter_id = $account AND NOT i.is_subtask AND i.security_level IS NULL
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
sized AS (
    SELECT DISTINCT c.of_sprint AS of_sprint, c.of_issue AS of_issue
    FROM committed c
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = c.of_issue AND e.field_id <> 'timeestimate'
     AND e.valid_from_ms <= c.opens_ms AND e.valid_to_ms > c.opens_ms
),
owned AS (
    SELECT DISTINCT c.of_sprint AS of_sprint, c.of_issue AS of_issue
    FROM committed c
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = c.of_issue AND v.field_id = 'assignee'
     AND v.valid_from_ms <= c.opens_ms AND v.valid_to_ms > c.opens_ms
)
SELECT
    c.of_sprint AS sprint_id,
    c.opens_ms  AS opens_ms,
    c.key_now   AS issue_key,
    CASE WHEN z.of_issue IS NULL THEN 0 ELSE 1 END AS has_estimate,
    CASE WHEN w.of_issue IS NULL THEN 0 ELSE 1 END AS has_owner,
    CASE WHEN REPLACE(REPLACE(REPLACE(c.said, 'acceptance', ''), 'expected', ''), 'done when', '') <> c.said
         THEN 1 ELSE 0 END AS has_criteria
FROM committed c
LEFT JOIN sized z ON z.of_sprint = c.of_sprint AND z.of_issue = c.of_issue
LEFT JOIN owned w ON w.of_sprint = c.of_sprint AND w.of_issue = c.of_issue
ORDER BY c.opens_ms, c.of_sprint, c.key_now
