"""How a batch gets into the tables: staged as lists of columns, compared, and only the difference written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from pmreport.model.rows import SiteRow
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.session import Session
from pmreport.store.tables import BOOKKEEPING, TABLES, Table


def apply(session: Session, site_id: int, batch: Batch) -> int:
    """Write the batch inside the open transaction; the number of rows inserted, changed or removed.

    Rows equal to what is there are not touched and not counted, nor is the program's own bookkeeping (runs,
    cursors, calendar days), so that a second sync of an unchanged site says 0. Of rows with the same key in
    one batch the last one counts.
    """
    written = sum(_replace(session, site_id, replacement) for replacement in batch.replacements)
    for row_type, rows in _by_type(batch.upserts).items():
        changed = _upsert(session, site_id, TABLES[row_type], rows)
        written += 0 if row_type in BOOKKEEPING else changed
    return written


def _by_type(rows: Iterable[AnyRow]) -> dict[type[AnyRow], list[AnyRow]]:
    by_type: dict[type[AnyRow], list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_type[type(row)].append(row)
    return by_type


def _replace(session: Session, site_id: int, replacement: Replacement) -> int:
    """Remove what is no longer said of the owners, then upsert the rest: unchanged history stays in place."""
    table = TABLES[replacement.row_type]
    _stage(session, table, replacement.rows)
    parameters = {"site_id": site_id, "owners": list(replacement.keys)}
    gone = session.execute(_delete_text(table, replacement.key), parameters)
    return _count(gone) + _merge(session, site_id, table)


def _upsert(session: Session, site_id: int, table: Table, rows: Sequence[AnyRow]) -> int:
    _stage(session, table, rows)
    return _merge(session, site_id, table)


def _stage(session: Session, table: Table, rows: Sequence[AnyRow]) -> None:
    """A temporary table of the rows; one parameter a column: a statement a row is 100 times slower."""
    key = itemgetter(*(table.columns.index(column) for column in table.key))
    latest = {key(row): row for row in rows}
    columns = list(zip(*latest.values(), strict=True)) or [()] * len(table.columns)
    typed = zip(table.columns, table.types, strict=True)
    unnested = ", ".join(f"unnest(CAST(${name} AS {kind}[])) AS {name}" for name, kind in typed)
    parameters = {
        name: [_encodable(value) for value in values]
        for name, values in zip(table.columns, columns, strict=True)
    }
    session.execute(f"CREATE OR REPLACE TEMPORARY TABLE staged AS SELECT {unnested}", parameters)


def _encodable(value: Any) -> Any:
    """Half a surrogate pair, which Jira passes on from cut-off texts, becomes a question mark."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _merge(session: Session, site_id: int, table: Table) -> int:
    parameters = {"site_id": site_id} if table.of_a_site else {}
    changed = session.execute(_merge_text(table), parameters)
    session.execute("DROP TABLE staged")
    return _count(changed)


def _merge_text(table: Table) -> str:
    columns = ("site_id", *table.columns) if table.of_a_site else table.columns
    staged = ", ".join("CAST($site_id AS BIGINT)" if name == "site_id" else f"s.{name}" for name in columns)
    differs = " OR ".join(f"t.{name} IS DISTINCT FROM s.{name}" for name in table.compared)
    others = [name for name in table.columns if name not in table.key]
    settings = ", ".join(f"{name} = excluded.{name}" for name in others)
    action = f"UPDATE SET {settings}" if others else "NOTHING"
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)})"  # noqa: S608 - own names only
        f" SELECT {staged} FROM staged s"
        f" LEFT JOIN {table.name} t ON {_same_row(table)}"
        f" WHERE t.{table.key[0]} IS NULL{' OR ' + differs if differs else ''}"
        f" ON CONFLICT ({', '.join(table.whole_key)}) DO {action}"
    )


def _delete_text(table: Table, owner: str) -> str:
    return (
        f"DELETE FROM {table.name} AS t"  # noqa: S608 - own names only
        f" WHERE t.site_id = $site_id AND t.{owner} IN (SELECT unnest($owners))"
        f" AND NOT EXISTS (SELECT 1 FROM staged s WHERE {_same_row(table)})"
    )


def _same_row(table: Table) -> str:
    keys = [f"t.{name} = s.{name}" for name in table.key]
    return " AND ".join(["t.site_id = $site_id", *keys] if table.of_a_site else keys)


def _count(answer: list[tuple[int, ...]]) -> int:
    return answer[0][0]


def register_site(session: Session, row: SiteRow, site_id: int | None) -> int:
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
