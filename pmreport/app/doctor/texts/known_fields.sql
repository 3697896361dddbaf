-- The fields that the last sync found.
SELECT f.field_id AS field_id, f.name AS name, f.schema AS schema, f.role AS role
FROM field AS f
WHERE f.site_id = $site_id
ORDER BY f.field_id
