-- Which items of the set were made out of which other ones: by a link of a split, or of a clone. A link without a
-- change that tells its beginning is as old as the items. `$parting` and `$cloning` are lists of link types with
-- $mark around and between their members.
, candidates AS (
    SELECT DISTINCT m.of_issue AS of_issue
    FROM members m
    JOIN issue i ON i.site_id = $site_id AND i.issue_id = m.of_issue
    WHERE NOT i.is_subtask AND m.from_ms <= $as_of_ms AND m.until_ms > $since_ms
),
pairs AS (
    SELECT k.to_issue_id AS child, k.from_issue_id AS parent, 0 AS is_clone
    FROM issue_link k
    WHERE k.site_id = $site_id AND REPLACE($parting, $mark || LOWER(k.link_type) || $mark, '') <> $parting
    UNION
    SELECT k.from_issue_id, k.to_issue_id, 1
    FROM issue_link k
    WHERE k.site_id = $site_id AND REPLACE($cloning, $mark || LOWER(k.link_type) || $mark, '') <> $cloning
),
inside AS (
    SELECT p.child AS child, p.parent AS parent, MIN(p.is_clone) AS is_clone
    FROM pairs p
    JOIN candidates c ON c.of_issue = p.child
    JOIN candidates o ON o.of_issue = p.parent
    WHERE p.child <> p.parent
    GROUP BY p.child, p.parent
),
begun AS (
    SELECT n.child AS child, n.parent AS parent, MIN(g.changed_ms) AS linked_ms
    FROM inside n
    JOIN issue o ON o.site_id = $site_id AND o.issue_id = n.parent
    JOIN issue_change g
      ON g.site_id = $site_id AND g.issue_id = n.child AND g.field_name = 'Link' AND g.to_value = o.issue_key
    GROUP BY n.child, n.parent
)
SELECT
    n.child    AS child_id,
    n.parent   AS parent_id,
    n.is_clone AS is_clone
FROM inside n
LEFT JOIN begun b ON b.child = n.child AND b.parent = n.parent
WHERE COALESCE(b.linked_ms, $as_of_ms) <= $as_of_ms
ORDER BY n.child, n.is_clone, n.parent
