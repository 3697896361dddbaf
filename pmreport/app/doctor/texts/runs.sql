-- Every run of the sync, the newest first.
SELECT r.started_ms AS started_ms, r.finished_ms AS finished_ms, r.outcome AS outcome
FROM sync_run AS r
WHERE r.site_id = $site_id
ORDER BY r.started_ms DESC, r.run_id
