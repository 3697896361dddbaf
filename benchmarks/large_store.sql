-- A store with as many issues as one likes, twelve changes each. DuckDB only: `large_store.py` runs it with the
-- variables `issues`, `first_ms`, `now_ms` and `step_ms`. No two issues are alike and nothing is left to chance:
-- every choice is a hash of the issue's number. Two teams work in sprints of two weeks; a tenth of the issues
-- stays open, every one is sent back once from review, a fiftieth is dropped.

INSERT INTO site
VALUES (1, 'large', 'https://large.example', 'https://large.example', 'cloud', 'Europe/Berlin', '712020:one');

INSERT INTO project
VALUES (1, 1, 'BIG', 'Big', FALSE);

INSERT INTO status
VALUES (1, '1', 'To Do', 'new'), (1, '3', 'In Progress', 'indeterminate'), (1, '4', 'In Review',
    'indeterminate'), (1, '5', 'Done', 'done');

INSERT INTO issue_type
VALUES (1, '0', 'Story', FALSE), (1, '1', 'Bug', FALSE), (1, '2', 'Task', FALSE), (1, '3', 'Action', FALSE),
    (1, '4', 'Question', FALSE);

INSERT INTO priority
VALUES (1, '2', 'High'), (1, '3', 'Medium');

INSERT INTO resolution
VALUES (1, '1', 'Done'), (1, '2', 'Won''t Do');

INSERT INTO component
SELECT 1, i, 'Part ' || i
FROM range(12) AS t(i);

INSERT INTO user_account
SELECT 1, CASE WHEN i = 0 THEN '712020:one' ELSE '712020:' || i END, 'Person ' || i, TRUE, 'atlassian', NULL
FROM range(40) AS t(i);

INSERT INTO field
VALUES (1, 'points', 'Story Points', 'com.pyxis.greenhopper.jira:jsw-story-points', TRUE, 'points'), (1,
    'sprint', 'Sprint', 'com.pyxis.greenhopper.jira:gh-sprint', TRUE, 'sprint'), (1, 'flag', 'Flagged',
    'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes', TRUE, 'flagged');

INSERT INTO board
VALUES (1, 1, 'Team A', 'scrum', 'project = BIG', 'points', TRUE), (1, 2, 'Team B', 'scrum', 'project = BIG',
    'points', TRUE);

INSERT INTO board_column
SELECT 1, b, s, n, p, p = 3
FROM (VALUES (1), (2)) AS x(b), (VALUES ('1', 'To Do', 0), ('3', 'In Progress', 1), ('4', 'In Review', 2),
    ('5', 'Done', 3)) AS y(s, n, p);

CREATE TEMP TABLE length AS
SELECT i AS no, 1 + i % 2 AS board, getvariable('first_ms') + (i // 2) * (14 * 86400000) AS opens
FROM range(156) AS t(i);

INSERT INTO sprint
SELECT 1, 100 + no, board, 'Sprint ' || no, CASE
    WHEN opens + (14 * 86400000) < getvariable('now_ms') THEN 'closed'
    WHEN opens < getvariable('now_ms') THEN 'active' ELSE 'future' END, 'A goal', opens, NULL,
    opens + (14 * 86400000), CASE
    WHEN opens + (14 * 86400000) < getvariable('now_ms') THEN opens + (14 * 86400000) END
FROM length;

INSERT INTO board_sprint
SELECT 1, board, 100 + no
FROM length;

INSERT INTO version
SELECT 1, i, 1, 'Release ' || i, strftime(DATE '2024-01-15' + INTERVAL (i * 26) DAY, '%Y-%m-%d'), i < 38
FROM range(41) AS t(i);

CREATE TEMP TABLE made AS
SELECT m.*, m.reviewed + m.wait2 AS back, m.reviewed + 2 * m.wait2 AS again,
    m.reviewed + 3 * m.wait2 AS done_at,
       getvariable('now_ms') AS now_ms
FROM (
    SELECT k.*, k.started + k.wait1 AS reviewed
    FROM (
        SELECT i + 1 AS id, h, getvariable('first_ms') + i * getvariable('step_ms') AS created,
               getvariable('first_ms') + i * getvariable('step_ms') + h % (20 * 86400000) + 3600000 AS started,
               3600000 + (h >> 8) % (6 * 86400000) AS wait1, 1800000 + (h >> 16) % (3 * 86400000) AS wait2,
               (h >> 24) % 10 = 0 AS stays_open, (h >> 28) % 50 = 0 AS dropped,
               [1, 2, 3, 5, 8][1 + ((h >> 30) % 5)::INT] AS points, (h >> 36) % 40 AS person,
               CASE WHEN (h >> 40) % 100 < 3 THEN 3 WHEN (h >> 40) % 100 < 5 THEN 4
                   ELSE (h >> 40) % 3 END AS kind, (h >> 44) % 3 = 0 AS has_due
        FROM (SELECT i, CAST(hash(i) >> 1 AS BIGINT) AS h FROM range(getvariable('issues')) AS t(i))
    ) k
) m;

INSERT INTO issue
SELECT 1, m.id, 'BIG-' || m.id, 1, CAST(m.kind AS VARCHAR), FALSE, 'Item ' || m.id, 'A description', CASE
    WHEN (m.done_at <= m.now_ms AND NOT m.stays_open) THEN '5' WHEN m.again <= m.now_ms THEN '4'
    WHEN m.back <= m.now_ms THEN '3' WHEN m.reviewed <= m.now_ms THEN '4'
    WHEN m.started <= m.now_ms THEN '3' ELSE '1' END, '3',
       CASE WHEN (m.done_at <= m.now_ms AND NOT m.stays_open) THEN CASE WHEN m.dropped THEN '2'
           ELSE '1' END END, NULL, CASE WHEN m.person = 0 THEN '712020:one' ELSE '712020:' || m.person END,
           '712020:one',
       m.points, m.points * 14400, 0, m.points * 15000, CASE
           WHEN m.has_due THEN strftime(make_timestamp((m.started + (10 * 86400000)) * 1000), '%Y-%m-%d') END,
           NULL, m.created,
       LEAST(CASE WHEN (m.done_at <= m.now_ms AND NOT m.stays_open) THEN m.done_at ELSE m.now_ms END,
           m.now_ms), CASE WHEN (m.done_at <= m.now_ms AND NOT m.stays_open) THEN m.done_at END, NULL, NULL,
           TRUE
FROM made m;

CREATE TEMP TABLE moves AS
SELECT m.id, m.created AS at_ms, '1' AS status, 0 AS place
FROM made m
WHERE m.created <= m.now_ms
UNION ALL SELECT m.id, m.started AS at_ms, '3' AS status, 1 AS place
FROM made m
WHERE m.started <= m.now_ms
UNION ALL SELECT m.id, m.reviewed AS at_ms, '4' AS status, 2 AS place
FROM made m
WHERE m.reviewed <= m.now_ms
UNION ALL SELECT m.id, m.back AS at_ms, '3' AS status, 3 AS place
FROM made m
WHERE m.back <= m.now_ms
UNION ALL SELECT m.id, m.again AS at_ms, '4' AS status, 4 AS place
FROM made m
WHERE m.again <= m.now_ms
UNION ALL SELECT m.id, m.done_at AS at_ms, '5' AS status, 5 AS place
FROM made m
WHERE m.done_at <= m.now_ms AND NOT m.stays_open;

INSERT INTO issue_status
SELECT 1, v.id, v.status, v.at_ms, COALESCE(LEAD(v.at_ms) OVER (PARTITION BY v.id ORDER BY v.place),
    253402214400000)
FROM moves v;

CREATE TEMP TABLE planned AS
SELECT m.id, l.opens, l.no AS no
FROM made m
JOIN length l
ON l.opens = (SELECT MIN(opens)
FROM length) + ((m.started - (SELECT MIN(opens)
FROM length)) // (14 * 86400000)) * (14 * 86400000) AND l.board = 1 + m.id % 2;

INSERT INTO issue_sprint
SELECT 1, p.id, 100 + p.no, GREATEST(m.created, p.opens - (m.id % 3) * 43200000), 253402214400000
FROM planned p
JOIN made m
ON m.id = p.id
WHERE m.id % 4 <> 0;

INSERT INTO issue_estimate
SELECT 1, m.id, 'points', m.created, m.started, m.points * 1000
FROM made m;

INSERT INTO issue_estimate
SELECT 1, m.id, 'points', m.started, 253402214400000, CASE WHEN m.id % 10 = 0 THEN m.points * 2000
    ELSE m.points * 1000 END
FROM made m;

INSERT INTO issue_estimate
SELECT 1, m.id, 'timeoriginalestimate', m.created, 253402214400000, m.points * 14400000
FROM made m;

INSERT INTO issue_value
SELECT 1, m.id, 'issuetype', CAST(m.kind AS VARCHAR), m.created, 253402214400000, CAST(m.kind AS VARCHAR), NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'project', '1', m.created, 253402214400000, 'Big', NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'assignee', CASE WHEN m.person = 0 THEN '712020:one' ELSE '712020:' || m.person END, m.created,
    253402214400000, 'Person', NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'reporter', '712020:one', m.created, 253402214400000, 'Person 0', NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'priority', '3', m.created, 253402214400000, 'Medium', NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'labels', 'follow-up', m.created, 253402214400000, 'follow-up', NULL
FROM made m
WHERE m.id % 97 = 0;

INSERT INTO issue_value
SELECT 1, m.id, 'labels', 'change-request', m.created, 253402214400000, 'change-request', NULL
FROM made m
WHERE m.id % 53 = 0;

INSERT INTO issue_value
SELECT 1, m.id, 'components', CAST(m.id % 12 AS VARCHAR), m.created, 253402214400000, 'Part ' || (m.id % 12),
    NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'fixVersions', CAST(m.id % 41 AS VARCHAR), m.started, 253402214400000,
    'Release ' || (m.id % 41), NULL
FROM made m
WHERE TRUE;

INSERT INTO issue_value
SELECT 1, m.id, 'duedate', strftime(make_timestamp((m.started + (10 * 86400000)) * 1000), '%Y-%m-%d'),
    m.created, 253402214400000, strftime(make_timestamp((m.started + (10 * 86400000)) * 1000), '%Y-%m-%d'), NULL
FROM made m
WHERE m.has_due;

INSERT INTO issue_value
SELECT 1, m.id, 'resolution', CASE WHEN m.dropped THEN '2' ELSE '1' END, m.done_at, 253402214400000, 'Done',
    NULL
FROM made m
WHERE (m.done_at <= m.now_ms AND NOT m.stays_open);

INSERT INTO issue_value
SELECT 1, m.id, 'flag', '10019', m.started, 253402214400000, 'Impediment', NULL
FROM made m
WHERE m.id % 211 = 0;

INSERT INTO issue_change
SELECT 1, v.id * 16 + v.place, 0, v.id, v.at_ms, CASE WHEN m.person = 0 THEN '712020:one'
    ELSE '712020:' || m.person END, 'status', 'status', CAST(v.place AS VARCHAR), v.status, NULL, v.status
FROM moves v
JOIN made m
ON m.id = v.id
WHERE v.place > 0;

INSERT INTO issue_change
SELECT 1, m.id * 16 + 6 + n.n, 0, m.id, m.started + n.n, CASE WHEN m.person = 0 THEN '712020:one'
    ELSE '712020:' || m.person END, CASE n.n WHEN 0 THEN 'Sprint' WHEN 1 THEN 'points'
    WHEN 2 THEN 'Fix Version' WHEN 3 THEN 'assignee' WHEN 4 THEN 'labels' WHEN 5 THEN 'duedate'
    ELSE 'Rank' END, 'x', NULL, NULL, NULL, NULL
FROM made m, range(7) AS n(n);

INSERT INTO worklog
SELECT 1, m.id * 2 + n.n, m.id, CASE WHEN m.person = 0 THEN '712020:one' ELSE '712020:' || m.person END,
    m.started + n.n * m.wait1, m.started + n.n * m.wait1 + 60000, m.started + n.n * m.wait1 + 60000,
    (m.points * 7200 * (50 + m.h % 130) // 100), NULL
FROM made m, range(2) AS n(n)
WHERE m.started + n.n * m.wait1 + 60000 <= m.now_ms;

INSERT INTO comment_item
SELECT 1, m.id, m.id, CASE WHEN m.person = 0 THEN '712020:one' ELSE '712020:' || m.person END,
    m.started + 1000, m.started + 1000, CASE WHEN m.id % 10 = 0 THEN 'QUESTION @Person 1: is it so?'
    ELSE 'A word' END, CASE WHEN m.id % 10 = 0 THEN 'QUESTION' END, FALSE
FROM made m
WHERE m.id % 5 = 0;

INSERT INTO issue_link
SELECT 1, m.id, m.id, m.id - 1, 'Blocks'
FROM made m
WHERE m.id % 10 = 0;

INSERT INTO sync_run
VALUES (1, 'made', getvariable('now_ms'), getvariable('now_ms'), 'complete', 1, getvariable('issues'),
    12 * getvariable('issues'), NULL);
