-- The items that went into done in [$from_ms, $until_ms). Done is the status category: this question knows no board.
WITH held AS (
    SELECT DISTINCT t.issue_id AS of_issue
    FROM issue_status t
    JOIN status s ON s.site_id = t.site_id AND s.status_id = t.status_id
    JOIN issue i ON i.site_id = t.site_id AND i.issue_id = t.issue_id
    WHERE t.site_id = $site_id AND s.category = 'done'
      AND t.valid_from_ms >= $from_ms AND t.valid_from_ms < $until_ms AND t.valid_from_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms AND NOT i.is_subtask
)
