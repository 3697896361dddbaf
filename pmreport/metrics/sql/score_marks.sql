-- What an item of the set says of its own priority at $as_of_ms: its labels, and the numbers in the fields whose
-- names are among $names (in lower case, each between two $mark).
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
)
SELECT
    v.issue_id AS issue_id,
    CASE WHEN v.field_id = 'labels' THEN 'label' ELSE 'field' END AS source_kind,
    CASE WHEN v.field_id = 'labels' THEN v.value_id ELSE f.name END AS mark_name,
    v.value_number AS amount
FROM held h
JOIN issue_value v
  ON v.site_id = $site_id AND v.issue_id = h.of_issue AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
LEFT JOIN field f ON f.site_id = $site_id AND f.field_id = v.field_id
WHERE v.field_id = 'labels'
   OR (v.value_number IS NOT NULL AND REPLACE($names, $mark || LOWER(f.name) || $mark, '') <> $names)
ORDER BY v.issue_id, source_kind, mark_name, amount
