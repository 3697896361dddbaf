-- Who is behind an account.
SELECT u.account_id AS account_id, u.display_name AS display_name, u.login AS login
FROM user_account AS u
WHERE u.site_id = $site_id
ORDER BY u.account_id
