-- Every name a rule can use on one site: a row per thing and name. `owner` is the field the name is a value of.
SELECT 'status' AS owner, s.status_id AS value_id, s.name AS value_name, s.category AS detail,
       CAST(NULL AS BIGINT) AS began_ms, CAST(NULL AS BIGINT) AS ended_ms
FROM status s WHERE s.site_id = $site_id
UNION ALL
SELECT 'project', CAST(p.project_id AS VARCHAR), p.project_key, '', NULL, NULL
FROM project p WHERE p.site_id = $site_id
UNION ALL
SELECT 'project', CAST(p.project_id AS VARCHAR), p.name, '', NULL, NULL
FROM project p WHERE p.site_id = $site_id
UNION ALL
SELECT 'issuetype', t.issue_type_id, t.name, CASE WHEN t.is_subtask THEN 'subtask' ELSE '' END, NULL, NULL
FROM issue_type t WHERE t.site_id = $site_id
UNION ALL
SELECT 'priority', p.priority_id, p.name, '', NULL, NULL
FROM priority p WHERE p.site_id = $site_id
UNION ALL
SELECT 'resolution', r.resolution_id, r.name, '', NULL, NULL
FROM resolution r WHERE r.site_id = $site_id
UNION ALL
SELECT 'components', c.component_id, c.name, '', NULL, NULL
FROM component c WHERE c.site_id = $site_id
UNION ALL
SELECT 'fixVersions', CAST(v.version_id AS VARCHAR), v.name,
       CASE WHEN v.released THEN 'released ' ELSE 'unreleased ' END || CAST(v.project_id AS VARCHAR), NULL, NULL
FROM version v WHERE v.site_id = $site_id
UNION ALL
SELECT 'user', u.account_id, u.display_name, '', NULL, NULL
FROM user_account u WHERE u.site_id = $site_id
UNION ALL
SELECT 'sprint', CAST(s.sprint_id AS VARCHAR), s.name, s.state,
       CASE WHEN s.state = 'future' THEN NULL ELSE COALESCE(s.activated_ms, s.start_ms) END,
       CASE WHEN s.state = 'closed' THEN COALESCE(s.complete_ms, s.end_ms, s.start_ms) ELSE s.complete_ms END
FROM sprint s WHERE s.site_id = $site_id
UNION ALL
SELECT 'field', f.field_id, f.name, COALESCE(f.schema, ''), NULL, NULL
FROM field f WHERE f.site_id = $site_id AND f.custom
UNION ALL
SELECT 'role', f.field_id, f.name, f.role, NULL, NULL
FROM field f WHERE f.site_id = $site_id AND f.role IS NOT NULL
UNION ALL
SELECT DISTINCT v.field_id, v.value_id, COALESCE(v.value_text, v.value_id), 'option', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
FROM issue_value v
WHERE v.site_id = $site_id
  AND (v.field_id = 'labels' OR v.field_id IN (
      SELECT f.field_id FROM field f
      WHERE f.site_id = $site_id AND (f.schema LIKE '%:select' OR f.schema LIKE '%:multiselect'
          OR f.schema LIKE '%:radiobuttons' OR f.schema LIKE '%:multicheckboxes' OR f.schema LIKE '%:labels'
          OR f.schema LIKE '%:version' OR f.schema LIKE '%:multiversion' OR f.schema LIKE '%:project')))
UNION ALL
SELECT DISTINCT 'stored', v.field_id, v.field_id, '', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
FROM issue_value v WHERE v.site_id = $site_id AND v.field_id LIKE 'customfield%'
ORDER BY owner, value_id, value_name
