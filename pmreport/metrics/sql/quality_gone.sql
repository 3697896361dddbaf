-- How many issues went out of sight since $from_ms, of all that were known then, how many projects and fields there
-- are, and until when the newest whole sync read.
SELECT
    a.known    AS known,
    CAST(COALESCE(a.gone, 0) AS BIGINT) AS gone,
    b.projects AS projects,
    c.fields   AS fields,
    d.read_ms  AS read_ms
FROM (
    SELECT
        COUNT(*) AS known,
        SUM(CASE WHEN COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) <= $as_of_ms THEN 1 ELSE 0 END) AS gone
    FROM issue i
    WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) >= $from_ms
) a
CROSS JOIN (SELECT COUNT(*) AS projects FROM project p WHERE p.site_id = $site_id) b
CROSS JOIN (SELECT COUNT(*) AS fields FROM field f WHERE f.site_id = $site_id AND f.role IS NOT NULL) c
CROSS JOIN (
    SELECT MAX(r.finished_ms) AS read_ms FROM sync_run r WHERE r.site_id = $site_id AND r.finished_ms IS NOT NULL
) d
