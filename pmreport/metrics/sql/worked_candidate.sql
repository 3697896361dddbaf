-- One item by its key.
WITH held AS (
    SELECT i.issue_id AS of_issue
    FROM issue i
    WHERE i.site_id = $site_id AND i.issue_key = $issue_key
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
)
