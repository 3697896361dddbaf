-- The set of issues that the question is about, as stretches of time.
WITH members AS (
    SELECT m.issue_id AS of_issue, m.valid_from_ms AS from_ms, m.valid_to_ms AS until_ms
    FROM ({members}) m
)
