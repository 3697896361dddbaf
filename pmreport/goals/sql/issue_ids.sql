v.value_id IN (SELECT CAST(k.issue_id AS VARCHAR) FROM issue k WHERE k.site_id = $site_id AND k.issue_key IN ({keys}))
