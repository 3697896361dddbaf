-- The items of the set at $as_of_ms as a plan needs them: when work on them started, since when they are done, their
-- estimates, due date and owner then. Sub-tasks are parts of an item and stand outside.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms AND NOT i.is_subtask
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
steps AS (
    SELECT h.of_issue AS of_issue,
           MIN(CASE WHEN s.category = 'indeterminate' THEN t.valid_from_ms END) AS began_ms,
           MAX(CASE WHEN s.category = 'done' AND t.valid_to_ms > $as_of_ms THEN t.valid_from_ms END) AS finish_ms
    FROM held h
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = h.of_issue AND t.valid_from_ms <= $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    GROUP BY h.of_issue
),
amounts AS (
    SELECT h.of_issue AS of_issue,
           MAX(CASE WHEN f.role = 'points' THEN e.amount_milli END) AS size_milli,
           MAX(CASE WHEN e.field_id = 'timeoriginalestimate' THEN e.amount_milli END) AS time_milli
    FROM held h
    JOIN issue_estimate e
      ON e.site_id = $site_id AND e.issue_id = h.of_issue
     AND e.valid_from_ms <= $as_of_ms AND e.valid_to_ms > $as_of_ms
    LEFT JOIN field f ON f.site_id = $site_id AND f.field_id = e.field_id
    GROUP BY h.of_issue
),
facts AS (
    SELECT h.of_issue AS of_issue,
           MAX(CASE WHEN v.field_id = 'duedate' THEN v.value_id END) AS due_day,
           MAX(CASE WHEN v.field_id = 'assignee' THEN u.display_name END) AS owner_name,
           MAX(CASE WHEN v.field_id = 'priority' THEN v.value_id END) AS urgency
    FROM held h
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = h.of_issue AND v.field_id IN ('duedate', 'assignee', 'priority')
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = v.value_id
    GROUP BY h.of_issue
)
SELECT
    h.of_issue   AS issue_id,
    i.issue_key  AS issue_key,
    i.summary    AS summary_text,
    x.began_ms   AS started_ms,
    x.finish_ms  AS done_ms,
    a.size_milli AS points_milli,
    a.time_milli AS seconds_milli,
    f.due_day    AS due_on,
    f.owner_name AS owner,
    f.urgency    AS priority_no
FROM held h
JOIN issue i ON i.site_id = $site_id AND i.issue_id = h.of_issue
LEFT JOIN steps x ON x.of_issue = h.of_issue
LEFT JOIN amounts a ON a.of_issue = h.of_issue
LEFT JOIN facts f ON f.of_issue = h.of_issue
ORDER BY h.of_issue
