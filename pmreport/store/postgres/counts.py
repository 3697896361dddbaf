"""What the planner of PostgreSQL knows of the tables: until it finds out by itself, it guesses."""

from pmreport.store.session import Session
from pmreport.store.tables import TABLES

_UNCOUNTED = """
SELECT count(*) AS uncounted FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relname = 'issue' AND c.reltuples < 0
"""


def are_unknown(session: Session) -> bool:
    """Whether nobody has ever counted the rows."""
    return session.execute(_UNCOUNTED) != [(0,)]


def count(session: Session) -> None:
    """Count the rows of every table, as the transaction sees them."""
    session.execute("ANALYZE " + ", ".join(("site", *(table.name for table in TABLES.values()))))
