-- OR: an item in at least one set, since it came into the first of those it is in.
SELECT u.u_item AS item_{own}, MIN(u.u_since) AS since_{own}, CAST(SUM(u.u_held) AS BIGINT) AS held_{own}
FROM ({members}) u
GROUP BY u.u_item
