SELECT i.issue_id AS issue_id FROM issue i WHERE i.site_id = $site_id AND i.issue_id = $issue_id
