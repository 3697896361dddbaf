-- Every issue that is a follow-up: whose it is, what was promised first and what holds now.
, dues AS (
    SELECT
        w.of_issue      AS of_issue,
        v.value_id      AS due_day,
        v.valid_from_ms AS said_ms,
        v.valid_to_ms   AS unsaid_ms,
        ROW_NUMBER() OVER (PARTITION BY w.of_issue ORDER BY v.valid_from_ms, v.value_id) AS place
    FROM watched w
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = w.of_issue AND v.field_id = 'duedate'
     AND v.valid_from_ms <= $as_of_ms
    WHERE w.kind_name <> '9'
),
promises AS (
    SELECT
        d.of_issue AS of_issue,
        MIN(CASE WHEN d.place = 1 THEN d.due_day END)              AS first_day,
        MIN(CASE WHEN d.place = 1 THEN d.said_ms END)              AS first_ms,
        MIN(CASE WHEN d.unsaid_ms > $as_of_ms THEN d.due_day END)  AS last_day,
        CAST(COUNT(*) - 1 AS BIGINT)                               AS moved
    FROM dues d
    GROUP BY d.of_issue
),
owners AS (
    SELECT w.of_issue AS of_issue, MIN(v.value_id) AS owned_by, MIN(v.valid_from_ms) AS owned_ms
    FROM watched w
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = w.of_issue AND v.field_id = 'assignee'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    GROUP BY w.of_issue
),
outcomes AS (
    SELECT w.of_issue AS of_issue, MIN(n.name) AS resolved_as
    FROM watched w
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = w.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = $site_id AND n.resolution_id = v.value_id
    GROUP BY w.of_issue
)
SELECT
    w.of_issue    AS issue_id,
    i.issue_key   AS issue_key,
    i.summary     AS summary,
    w.kind_name   AS called,
    i.reporter_id AS raiser_id,
    i.created_ms  AS raised_ms,
    o.owned_by    AS owner_id,
    COALESCE(u.display_name, o.owned_by) AS owner,
    o.owned_ms    AS owned_ms,
    s.name        AS status_name,
    p.first_day   AS first_due,
    p.first_ms    AS promised_ms,
    p.last_day    AS due_date,
    COALESCE(p.moved, 0) AS due_moves,
    r.resolved_as AS resolution,
    CASE WHEN i.security_level IS NOT NULL THEN 1 ELSE 0 END AS is_restricted
FROM watched w
JOIN issue i ON i.site_id = $site_id AND i.issue_id = w.of_issue
LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = w.stands_in
LEFT JOIN promises p ON p.of_issue = w.of_issue
LEFT JOIN owners o ON o.of_issue = w.of_issue
LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = o.owned_by
LEFT JOIN outcomes r ON r.of_issue = w.of_issue
WHERE w.kind_name <> '9'
ORDER BY w.of_issue
