-- One clause as a set: its items, since when it holds for each, and its bit.
SELECT c.c_item AS item_{own}, c.c_since AS since_{own}, CAST({bit} AS BIGINT) AS held_{own}
FROM ({holding}) c
