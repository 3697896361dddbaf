"""A question that a person types in SQL: the store can be read by it, and nothing else can be done."""

from collections.abc import Iterator
from contextlib import contextmanager

from pmreport.errors import BadDataError
from pmreport.store.answer import Answer, Table
from pmreport.store.kinds import Password, database_at, no_password

__all__ = ["Answer", "Table", "asking", "read_only"]


@contextmanager
def asking(
    url: str,
    sql: str,
    *,
    timeout_seconds: float = 30.0,
    wait_seconds: float = 10.0,
    password: Password = no_password,
) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the block.

    UsageError for a text that is no single SELECT, that the engine refuses (its words are kept), or that
    takes longer than the timeout.
    """
    database = database_at(url, wait_seconds, password)
    if not database.exists():
        raise BadDataError("there is no store yet", where=database.place, hint="run `pmreport sync` first")
    with database.asking(sql, timeout_seconds) as answer:
        yield answer


def read_only(
    url: str,
    sql: str,
    *,
    limit: int | None,
    timeout_seconds: float = 30.0,
    wait_seconds: float = 10.0,
    password: Password = no_password,
) -> Table:
    """What one SELECT answers, `limit` records at most. Raises as `asking` does."""
    with asking(
        url, sql, timeout_seconds=timeout_seconds, wait_seconds=wait_seconds, password=password
    ) as answer:
        if limit is None:
            return Table(columns=answer.columns, records=[row for piece in answer.pieces() for row in piece])
        records = answer.first(limit + 1)
    return Table(columns=answer.columns, records=records[:limit], more=len(records) > limit)
