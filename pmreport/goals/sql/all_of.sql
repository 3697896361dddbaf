-- AND: an item in every set, since it came into the last of them.
SELECT u.u_item AS item_{own}, MAX(u.u_since) AS since_{own}, CAST(SUM(u.u_held) AS BIGINT) AS held_{own}
FROM ({members}) u
GROUP BY u.u_item
HAVING COUNT(*) = {count}
