-- How many issues are in sight at $as_of_ms, and those that no number holds, or that are known in part only.
WITH counted AS (
    SELECT
        CASE
            WHEN COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms THEN 'here'
            WHEN i.deleted_ms <= $as_of_ms THEN 'deleted'
            WHEN EXISTS (
                SELECT 1 FROM issue_value AS v
                WHERE v.site_id = i.site_id AND v.issue_id = i.issue_id AND v.field_id = 'project'
                  AND v.valid_from_ms = i.unseen_since_ms
            ) THEN 'moved'
            ELSE 'hidden'
        END AS whereabouts,
        CASE WHEN i.is_subtask THEN 1 ELSE 0 END AS subtask,
        CASE WHEN i.history_complete THEN 0 ELSE 1 END AS partly_known
    FROM issue AS i
    WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms
      AND (i.unseen_since_ms IS NULL OR i.unseen_since_ms > i.created_ms)  -- else its project left the scope
)
SELECT
    SUM(CASE WHEN c.whereabouts = 'here' THEN 1 ELSE 0 END) AS here,
    SUM(CASE WHEN c.whereabouts = 'here' THEN c.subtask ELSE 0 END) AS subtasks,
    SUM(CASE WHEN c.whereabouts = 'here' THEN c.partly_known ELSE 0 END) AS incomplete,
    SUM(CASE WHEN c.whereabouts = 'deleted' THEN 1 ELSE 0 END) AS deleted,
    SUM(CASE WHEN c.whereabouts = 'hidden' THEN 1 ELSE 0 END) AS hidden,
    SUM(CASE WHEN c.whereabouts = 'moved' THEN 1 ELSE 0 END) AS moved
FROM counted AS c
