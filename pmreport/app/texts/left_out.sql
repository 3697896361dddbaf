-- Issues that no number holds, or that are known in part only.
SELECT
    SUM(CASE WHEN i.is_subtask THEN 1 ELSE 0 END) AS subtasks,
    SUM(CASE WHEN i.history_complete THEN 0 ELSE 1 END) AS incomplete
FROM issue AS i
WHERE i.site_id = $site_id AND i.deleted_ms IS NULL
