-- What the boards of the site estimate by, once each; NULL: a board that counts issues.
SELECT DISTINCT
    b.estimation_field AS estimation_field
FROM board b
WHERE b.site_id = $site_id
ORDER BY 1
