-- From the first such change on there has been one.
SELECT g.issue_id AS item_id, MIN(g.changed_ms) AS began_at, CAST(253402214400000 AS BIGINT) AS ended_at
FROM issue_change g
WHERE g.site_id = $site_id AND g.field_id = $c{number}
  AND g.changed_ms >= $since{number} AND g.changed_ms < $until{number}{conditions}
GROUP BY g.issue_id
