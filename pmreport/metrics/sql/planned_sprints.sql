-- The sprints that the items of the set are in at $as_of_ms or were in: how many, the first start, the last
-- planned end. Closed sprints stay with an item, so the span reaches back to the first.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
),
used AS (
    SELECT DISTINCT t.sprint_id AS of_sprint
    FROM held h
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = h.of_issue
    JOIN issue_sprint t ON t.site_id = $site_id AND t.issue_id = h.of_issue
    WHERE t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
SELECT
    CAST(COUNT(*) AS BIGINT) AS sprints,
    MIN(COALESCE(s.activated_ms, s.start_ms)) AS first_ms,
    MAX(s.end_ms) AS last_ms
FROM used u
JOIN sprint s ON s.site_id = $site_id AND s.sprint_id = u.of_sprint
WHERE COALESCE(s.activated_ms, s.start_ms) IS NOT NULL AND s.end_ms IS NOT NULL
