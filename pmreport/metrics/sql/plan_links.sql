-- What blocks an item of the set at $as_of_ms: one row a pair, with when the link was first seen in the history (made
-- with the later of the two items where it has none), and when each end started and was done. Links are today's: one
-- taken away leaves no trace here. `is_within` tells whether the blocking item is in the set too. Owners and due
-- dates are those of then. Sub-tasks stand outside, at either end.
, held AS (
    SELECT m.of_issue AS of_issue
    FROM members m
    WHERE m.from_ms <= $as_of_ms AND m.until_ms > $as_of_ms
),
seen AS (
    SELECT i.issue_id AS of_issue, i.issue_key AS its_key, i.project_id AS its_project, i.created_ms AS born_ms
    FROM issue i
    WHERE i.site_id = $site_id AND NOT i.is_subtask AND i.created_ms <= $as_of_ms
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
pairs AS (
    SELECT DISTINCT l.from_issue_id AS blocker, l.to_issue_id AS blocked
    FROM issue_link l
    JOIN held h ON h.of_issue = l.to_issue_id
    WHERE l.site_id = $site_id AND LOWER(l.link_type) LIKE '%block%'
),
ends AS (
    SELECT p.blocker AS of_issue FROM pairs p
    UNION
    SELECT p.blocked FROM pairs p
),
steps AS (
    SELECT e.of_issue AS of_issue,
           MIN(CASE WHEN s.category = 'indeterminate' THEN t.valid_from_ms END) AS began_ms,
           MAX(CASE WHEN s.category = 'done' AND t.valid_to_ms > $as_of_ms THEN t.valid_from_ms END) AS finish_ms
    FROM ends e
    JOIN issue_status t ON t.site_id = $site_id AND t.issue_id = e.of_issue AND t.valid_from_ms <= $as_of_ms
    LEFT JOIN status s ON s.site_id = $site_id AND s.status_id = t.status_id
    GROUP BY e.of_issue
),
facts AS (
    SELECT e.of_issue AS of_issue,
           MAX(CASE WHEN v.field_id = 'duedate' THEN v.value_id END) AS due_day,
           MAX(CASE WHEN v.field_id = 'assignee' THEN v.value_id END) AS owner_id,
           MAX(CASE WHEN v.field_id = 'assignee' THEN u.display_name END) AS owner_name
    FROM ends e
    JOIN issue_value v
      ON v.site_id = $site_id AND v.issue_id = e.of_issue AND v.field_id IN ('duedate', 'assignee')
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    LEFT JOIN user_account u ON u.site_id = $site_id AND u.account_id = v.value_id
    GROUP BY e.of_issue
),
told AS (
    SELECT p.blocker AS blocker, p.blocked AS blocked, MIN(g.changed_ms) AS told_ms
    FROM pairs p
    JOIN seen a ON a.of_issue = p.blocker
    JOIN seen b ON b.of_issue = p.blocked
    JOIN issue_change g
      ON g.site_id = $site_id AND g.issue_id = p.blocked AND g.field_name = 'Link' AND g.to_value = a.its_key
    GROUP BY p.blocker, p.blocked
),
made AS (
    SELECT p.blocker AS blocker, p.blocked AS blocked,
           COALESCE(t.told_ms, CASE WHEN a.born_ms > b.born_ms THEN a.born_ms ELSE b.born_ms END) AS made_ms
    FROM pairs p
    JOIN seen a ON a.of_issue = p.blocker
    JOIN seen b ON b.of_issue = p.blocked
    LEFT JOIN told t ON t.blocker = p.blocker AND t.blocked = p.blocked
)
SELECT
    m.blocker     AS blocker_id,
    m.blocked     AS blocked_id,
    a.its_key     AS blocker_key,
    b.its_key     AS blocked_key,
    i.summary     AS blocker_summary,
    m.made_ms     AS linked_ms,
    y.began_ms    AS blocked_started_ms,
    x.finish_ms   AS blocker_done_ms,
    f.due_day     AS blocker_due,
    f.owner_name  AS blocker_owner,
    CASE WHEN a.its_project = b.its_project THEN 1 ELSE 0 END               AS same_project,
    CASE WHEN h.of_issue IS NULL THEN 0 ELSE 1 END                          AS is_within,
    CASE WHEN COALESCE(f.owner_id, '') = COALESCE(q.owner_id, '') AND f.owner_id IS NOT NULL THEN 1 ELSE 0 END
                                                                            AS same_owner,
    CASE WHEN i.security_level IS NULL THEN 0 ELSE 1 END                    AS is_restricted
FROM made m
JOIN seen a ON a.of_issue = m.blocker
JOIN seen b ON b.of_issue = m.blocked
JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.blocker
LEFT JOIN held h ON h.of_issue = m.blocker
LEFT JOIN steps x ON x.of_issue = m.blocker
LEFT JOIN steps y ON y.of_issue = m.blocked
LEFT JOIN facts f ON f.of_issue = m.blocker
LEFT JOIN facts q ON q.of_issue = m.blocked
WHERE m.made_ms <= $as_of_ms
ORDER BY m.blocked, m.blocker
