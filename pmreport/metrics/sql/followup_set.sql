-- The issues that follow-ups are about at $as_of_ms: those of a follow-up type or label, and those with a comment
-- that begins with a marker; those aside that have been done since before $from_ms. `$types` and `$labels` are lists with $mark around and between their members.
-- `called` is the name behind a digit: 1 a type, 2 a label that names a kind, 3 any other; '9' a comment alone.
WITH named AS (
    SELECT v.issue_id AS of_issue, '1' || LOWER(k.name) AS called, 0 AS said_ms
    FROM issue_value v
    JOIN issue_type k ON k.site_id = v.site_id AND k.issue_type_id = v.value_id
    WHERE v.site_id = $site_id AND v.field_id = 'issuetype'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
      AND REPLACE($types, $mark || LOWER(k.name) || $mark, '') <> $types
    UNION ALL
    SELECT
        v.issue_id,
        CASE
            WHEN LOWER(v.value_id) IN ('question', 'decision', 'risk', 'assumption', 'issue', 'dependency')
                THEN '2' || LOWER(v.value_id)
            ELSE '3' || LOWER(v.value_id)
        END,
        0
    FROM issue_value v
    WHERE v.site_id = $site_id AND v.field_id = 'labels'
      AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
      AND REPLACE($labels, $mark || LOWER(v.value_id) || $mark, '') <> $labels
    UNION ALL
    SELECT c.issue_id, '9', c.created_ms
    FROM comment_item c
    WHERE c.site_id = $site_id AND c.created_ms <= $as_of_ms
      AND c.marker IN ('ACTION', 'QUESTION', 'ASK', 'RISK', 'DECISION')
),
called AS (
    SELECT n.of_issue AS of_issue, MIN(n.called) AS kind_name, MAX(n.said_ms) AS said_ms
    FROM named n
    GROUP BY n.of_issue
),
watched AS (
    SELECT
        k.of_issue  AS of_issue,
        k.kind_name AS kind_name,
        t.status_id AS stands_in,
        CASE WHEN s.category = 'done' THEN 1 ELSE 0 END AS is_done
    FROM called k
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = k.of_issue
    JOIN issue_status t
      ON t.site_id = $site_id AND t.issue_id = k.of_issue
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    WHERE COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
      AND (COALESCE(s.category, 'undefined') <> 'done' OR t.valid_from_ms >= $from_ms OR k.said_ms >= $from_ms)
)
