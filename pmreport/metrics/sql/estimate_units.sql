-- What the boards of the site estimate by, once each; NULL: a board that counts issues.
SELECT
    b.estimation_field AS estimation_field
FROM board b
WHERE b.site_id = $site_id
GROUP BY b.estimation_field
ORDER BY COALESCE(b.estimation_field, '')
