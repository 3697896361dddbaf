"""The store as a database of PostgreSQL, which a team shares. It needs the extra `postgres`."""
