-- The issues in sight at $as_of_ms.
WITH living AS (
    SELECT
        i.issue_id   AS of_issue,
        i.issue_key  AS shown_key,
        i.project_id AS in_project,
        i.parent_id  AS under,
        i.created_ms AS born_ms,
        i.updated_ms AS touched_ms,
        CASE WHEN i.is_subtask THEN 1 ELSE 0 END       AS is_part,
        CASE WHEN i.history_complete THEN 0 ELSE 1 END AS is_cut,
        CASE WHEN k.name = 'Epic' THEN 1 ELSE 0 END    AS is_epic
    FROM issue i
    LEFT JOIN issue_type k ON k.site_id = i.site_id AND k.issue_type_id = i.issue_type_id
    WHERE i.site_id = $site_id AND i.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
