-- Every sprint of the site by its number and name, the newest last.
SELECT s.sprint_id AS sprint_id, s.name AS sprint_name
FROM sprint s
WHERE s.site_id = $site_id
ORDER BY s.sprint_id
