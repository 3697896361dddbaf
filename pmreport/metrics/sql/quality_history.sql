-- Histories that are cut or do not fit together, moved issues, stamps of the future, links that stand twice.
, moves AS (
    SELECT
        h.issue_id   AS of_issue,
        h.from_value AS came_from,
        LAG(h.to_value) OVER (
            PARTITION BY h.issue_id ORDER BY h.changed_ms, h.history_id, h.item_no) AS went_to
    FROM issue_change h
    WHERE h.site_id = $site_id AND h.field_id = 'status' AND h.changed_ms <= $as_of_ms
),
pairs AS (
    SELECT
        CASE WHEN k.from_issue_id < k.to_issue_id THEN k.from_issue_id ELSE k.to_issue_id END AS one_end,
        CASE WHEN k.from_issue_id < k.to_issue_id THEN k.to_issue_id ELSE k.from_issue_id END AS other_end,
        k.link_type AS link_type,
        COUNT(*)    AS amount
    FROM issue_link k
    WHERE k.site_id = $site_id
    GROUP BY
        CASE WHEN k.from_issue_id < k.to_issue_id THEN k.from_issue_id ELSE k.to_issue_id END,
        CASE WHEN k.from_issue_id < k.to_issue_id THEN k.to_issue_id ELSE k.from_issue_id END,
        k.link_type
),
findings AS (
    SELECT 'H3' AS check_id, l.shown_key AS subject FROM living l WHERE l.is_cut = 1
    UNION
    SELECT 'H4', l.shown_key FROM moves m JOIN living l ON l.of_issue = m.of_issue WHERE m.came_from <> m.went_to
    UNION
    SELECT 'P1', l.shown_key
    FROM issue_change h
    JOIN living l ON l.of_issue = h.issue_id
    WHERE h.site_id = $site_id AND h.field_id = 'project' AND h.changed_ms >= $from_ms AND h.changed_ms <= $as_of_ms
    UNION
    SELECT 'P4', l.shown_key FROM pairs p JOIN living l ON l.of_issue = p.one_end WHERE p.amount > 1
    UNION
    SELECT 'T3', l.shown_key FROM living l WHERE l.born_ms > $latest_ms OR l.touched_ms > $latest_ms
),
populations AS (
    SELECT 'H3' AS check_id, COUNT(*) AS population FROM living l
    UNION ALL
    SELECT 'H4', COUNT(DISTINCT m.of_issue) FROM moves m JOIN living l ON l.of_issue = m.of_issue
    UNION ALL
    SELECT 'P1', COUNT(*) FROM living l
    UNION ALL
    SELECT 'P4', COUNT(DISTINCT p.one_end) FROM pairs p JOIN living l ON l.of_issue = p.one_end
    UNION ALL
    SELECT 'T3', COUNT(*) FROM living l
)
