-- Open items by the working days since a person last did something on them, epics left out: how many, and which
-- stood still longest. Rank, sprint, links and what automation did are no deeds of people. `in_work` 1: started.
WITH live AS (
    SELECT
        i.issue_id   AS of_issue,
        i.issue_key  AS shown_key,
        i.created_ms AS born_ms,
        CASE WHEN s.category = 'indeterminate' THEN 1 ELSE 0 END AS in_work
    FROM issue i
    JOIN issue_status t
      ON t.site_id = i.site_id AND t.issue_id = i.issue_id
     AND t.valid_from_ms <= $as_of_ms AND t.valid_to_ms > $as_of_ms
    LEFT JOIN status s ON s.site_id = i.site_id AND s.status_id = t.status_id
    LEFT JOIN issue_type k ON k.site_id = i.site_id AND k.issue_type_id = i.issue_type_id
    WHERE i.site_id = $site_id AND COALESCE(s.category, 'undefined') <> 'done'
      AND COALESCE(k.name, '') <> 'Epic'
      AND COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) > $as_of_ms
),
people AS (
    SELECT u.account_id AS person
    FROM user_account u
    WHERE u.site_id = $site_id AND u.account_type <> 'app'
      AND REPLACE($robots, $mark || u.account_id || $mark, '') = $robots
),
deeds AS (
    SELECT c.issue_id AS of_issue, MAX(c.created_ms) AS last_ms
    FROM comment_item c
    JOIN people p ON p.person = c.author_id
    WHERE c.site_id = $site_id AND c.created_ms <= $as_of_ms
    GROUP BY c.issue_id
    UNION ALL
    SELECT h.issue_id, MAX(h.changed_ms)
    FROM issue_change h
    JOIN people p ON p.person = h.author_id
    WHERE h.site_id = $site_id AND h.changed_ms <= $as_of_ms
      AND h.field_id IN ('status', 'assignee', 'description')
    GROUP BY h.issue_id
    UNION ALL
    SELECT g.issue_id, MAX(g.created_ms)
    FROM worklog g
    JOIN people p ON p.person = g.author_id
    WHERE g.site_id = $site_id AND g.created_ms <= $as_of_ms
    GROUP BY g.issue_id
    UNION ALL
    SELECT l.of_issue, l.born_ms
    FROM live l
),
lasts AS (
    SELECT d.of_issue AS of_issue, MAX(d.last_ms) AS last_ms
    FROM deeds d
    GROUP BY d.of_issue
),
today AS (
    SELECT d.workday_index AS today_index
    FROM calendar d
    WHERE d.calendar_id = $calendar_id AND d.starts_ms <= $as_of_ms AND d.ends_ms > $as_of_ms
),
idle AS (
    SELECT
        l.in_work   AS in_work,
        l.shown_key AS shown_key,
        n.today_index - COALESCE(d.workday_index, f.first_index) AS idle_days
    FROM live l
    JOIN lasts a ON a.of_issue = l.of_issue
    CROSS JOIN today n
    CROSS JOIN (
        SELECT MIN(e.workday_index) AS first_index FROM calendar e WHERE e.calendar_id = $calendar_id
    ) f
    LEFT JOIN calendar d
      ON d.calendar_id = $calendar_id AND d.starts_ms <= a.last_ms AND d.ends_ms > a.last_ms
),
places AS (
    SELECT
        x.in_work   AS in_work,
        x.idle_days AS idle_days,
        x.shown_key AS shown_key,
        COUNT(*) OVER (PARTITION BY x.in_work, x.idle_days) AS amount,
        ROW_NUMBER() OVER (PARTITION BY x.in_work, x.idle_days ORDER BY x.shown_key) AS place
    FROM idle x
)
SELECT
    p.in_work   AS in_work,
    p.idle_days AS idle_days,
    p.shown_key AS example,
    p.amount    AS items
FROM places p
WHERE p.place <= $most
ORDER BY p.in_work, p.idle_days, p.place
