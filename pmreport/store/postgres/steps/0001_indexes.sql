-- What PostgreSQL needs beside the portable tables: it finds nothing in a table that grows without an index, where
-- DuckDB scans a column. The unique ones are the keys that the first migration names in its comments.

CREATE UNIQUE INDEX raw_document_key ON raw_document (site_id, kind, id, part_no);
CREATE INDEX raw_document_age ON raw_document (site_id, kind, fetched_ms, id) WHERE part_no = 0;

CREATE UNIQUE INDEX issue_change_key ON issue_change (site_id, history_id, item_no);
CREATE INDEX issue_change_issue ON issue_change (site_id, issue_id);

CREATE UNIQUE INDEX issue_value_key ON issue_value (site_id, issue_id, field_id, value_id, valid_from_ms);
CREATE UNIQUE INDEX issue_sprint_key ON issue_sprint (site_id, issue_id, sprint_id, valid_from_ms);
CREATE UNIQUE INDEX issue_status_key ON issue_status (site_id, issue_id, valid_from_ms);
CREATE UNIQUE INDEX issue_estimate_key ON issue_estimate (site_id, issue_id, field_id, valid_from_ms);

CREATE INDEX issue_project ON issue (site_id, project_id);
CREATE INDEX issue_issue_key ON issue (site_id, issue_key);
CREATE INDEX worklog_issue ON worklog (site_id, issue_id);
CREATE INDEX comment_item_issue ON comment_item (site_id, issue_id);
CREATE INDEX issue_link_from ON issue_link (site_id, from_issue_id);
CREATE INDEX issue_link_to ON issue_link (site_id, to_issue_id);
