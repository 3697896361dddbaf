"""How a batch gets into the tables: staged as columns, compared, and only the difference written.

A table is met by a join with the few staged rows, which lets DuckDB skip most of it. With IN, EXISTS or NOT
EXISTS it reads the whole table: fourteen times the time, where two million rows are there already.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from pmreport.model.rows import SiteRow
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.session import Session, WritingSession
from pmreport.store.tables import BOOKKEEPING, TABLES, Table


def apply(session: WritingSession, site_id: int, batch: Batch) -> int:
    """Write the batch inside the open transaction; the number of rows inserted, changed or removed.

    Rows equal to what is there are not touched and not counted, nor is the program's own bookkeeping (runs,
    cursors, calendar days), so that a second sync of an unchanged site says 0. Of rows with the same key in
    one batch the last one counts.
    """
    written = sum(_replace(session, site_id, replacement) for replacement in batch.replacements)
    for row_type, rows in _by_type(batch.upserts).items():
        changed = _upsert(session, site_id, TABLES[row_type], rows, anew=row_type in batch.anew)
        written += 0 if row_type in BOOKKEEPING else changed
    return written


def _by_type(rows: Iterable[AnyRow]) -> dict[type[AnyRow], list[AnyRow]]:
    by_type: dict[type[AnyRow], list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_type[type(row)].append(row)
    return by_type


def _replace(session: WritingSession, site_id: int, replacement: Replacement) -> int:
    """Remove what is no longer said of the owners, then write the rest: unchanged history stays in place."""
    if not replacement.keys and not replacement.rows:
        return 0  # most pages of a sync hold nothing new, and each statement takes milliseconds to plan
    table = TABLES[replacement.row_type]
    gone = 0
    rows = replacement.rows if replacement.fresh else _latest(table, replacement.rows)
    with session.staged(table, rows) as staged:
        if replacement.keys:
            parameters = {"site_id": site_id, "owners": list(replacement.keys)}
            gone = _count(session.execute(_delete_text(table, staged, replacement.key), parameters))
        return gone + _merge(session, site_id, table, staged, fresh=replacement.fresh)


def _upsert(
    session: WritingSession, site_id: int, table: Table, rows: Sequence[AnyRow], *, anew: bool
) -> int:
    with session.staged(table, _latest(table, rows)) as staged:
        return _merge(session, site_id, table, staged, anew=anew)


def _latest(table: Table, rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """The last row of each key."""
    key = itemgetter(*(table.columns.index(column) for column in table.key))
    return list({key(row): row for row in rows}.values())


def _merge(
    session: WritingSession,
    site_id: int,
    table: Table,
    staged: str,
    *,
    fresh: bool = False,
    anew: bool = False,
) -> int:
    """Write the staged rows that are not there already; how many.

    `fresh`: there can be none. `anew`: those that are there are written once more.
    """
    parameters = {"site_id": site_id} if table.of_a_site else {}
    if not fresh:
        session.execute(_outdated_text(table, staged, anew=anew), parameters)
    return _count(session.execute(_insert_text(table, staged, fresh=fresh), parameters))


def _outdated_text(table: Table, staged: str, *, anew: bool) -> str:
    """Remove rows that say something else than the staged row of the same key.

    Not `ON CONFLICT`: that needs an index, and in DuckDB those cost more than the tables (see the migration).
    """
    differs = " OR ".join(f"t.{name} IS DISTINCT FROM s.{name}" for name in table.compared) or "FALSE"
    differs = "TRUE" if anew else differs
    return (
        f"DELETE FROM {table.name} AS t USING {staged} s"  # noqa: S608 - own names only
        f" WHERE {_same_row(table)} AND ({differs})"
    )


def _insert_text(table: Table, staged: str, *, fresh: bool) -> str:
    columns = ("site_id", *table.columns) if table.of_a_site else table.columns
    values = ", ".join("CAST($site_id AS BIGINT)" if name == "site_id" else f"s.{name}" for name in columns)
    there = f" LEFT JOIN {table.name} t ON {_same_row(table)} WHERE t.{table.key[0]} IS NULL"
    new = "" if fresh else there
    return f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {values} FROM {staged} s{new}"  # noqa: S608 - as above


def _delete_text(table: Table, staged: str, owner: str) -> str:
    return (
        f"DELETE FROM {table.name} AS t USING (SELECT unnest($owners) AS owner) o"  # noqa: S608 - own names only
        f" WHERE t.site_id = $site_id AND t.{owner} = o.owner"
        f" AND NOT EXISTS (SELECT 1 FROM {staged} s WHERE {_same_row(table)})"
    )


def _same_row(table: Table) -> str:
    keys = [f"t.{name} = s.{name}" for name in table.key]
    return " AND ".join(["t.site_id = $site_id", *keys] if table.of_a_site else keys)


def _count(answer: list[tuple[int, ...]]) -> int:
    return answer[0][0]


def known_site(session: Session, row: SiteRow) -> int | None:
    """The id of a site that is written just so; None where it is not, or differs."""
    conditions = " AND ".join(f"{name} = ${name}" for name in row._fields)
    found = session.execute(f"SELECT site_id FROM site WHERE {conditions}", row._asdict())  # noqa: S608 - own names only
    return int(found[0][0]) if found else None


def register_site(session: WritingSession, row: SiteRow, site_id: int | None) -> int:
    """Write the site, under a new id where it has none; its id."""
    if site_id is None:
        ((site_id,),) = session.execute("SELECT coalesce(max(site_id), 0) + 1 AS next_id FROM site")
        names = ", ".join(row._fields)
        marks = ", ".join(f"${name}" for name in row._fields)
        text = f"INSERT INTO site (site_id, {names}) VALUES ($site_id, {marks})"  # noqa: S608 - own names only
    else:
        settings = ", ".join(f"{name} = ${name}" for name in row._fields)
        text = f"UPDATE site SET {settings} WHERE site_id = $site_id"  # noqa: S608 - own names only
    session.execute(text, {"site_id": site_id, **row._asdict()})
    return int(site_id)
