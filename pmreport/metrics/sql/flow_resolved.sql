-- By which resolution each item finished in the window was closed; an item without one has no row.
, resolved AS (
    SELECT v.issue_id AS of_issue, MIN(n.name) AS resolved_as
    FROM items x
    JOIN issue_value v ON v.site_id = $site_id AND v.issue_id = x.of_issue AND v.field_id = 'resolution'
     AND v.valid_from_ms <= $as_of_ms AND v.valid_to_ms > $as_of_ms
    JOIN resolution n ON n.site_id = v.site_id AND n.resolution_id = v.value_id
    WHERE x.finished_ms >= $window_from_ms AND x.finished_ms < $window_until_ms
    GROUP BY v.issue_id
)
