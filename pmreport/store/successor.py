"""A new file made beside the store, which takes its place whole or not at all."""

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pmreport.errors import TryLaterError
from pmreport.store import migrate
from pmreport.store.batch import AnyRow
from pmreport.store.duckdb_file import DuckDbFile, held
from pmreport.store.session import Session
from pmreport.store.tables import TABLES

_POLL_SECONDS = 0.05


@contextmanager
def succeeding(file: DuckDbFile, site_id: int, anew: Collection[type[AnyRow]]) -> Iterator[DuckDbFile]:
    """A file with the content of `file`, but for the tables of `anew`, which are empty of this site.

    At the end of the block it takes the place of `file`, at once: until then everybody reads the old one.
    Where something is raised, or the process dies, the old one stays. Nobody else may write meanwhile.
    """
    target = file.path.resolve()  # a link to the store stays a link
    with file.writing():
        pass  # takes in what a killed writer left in the write-ahead log: it must not meet the new file
    draft = draft_of(target)
    clear(target)
    try:
        with held(draft, beside=target) as new:
            with new.writing() as session:
                _fill(session, site_id, anew)
            new.session.execute("DETACH before")
            yield new
        shutil.copymode(target, draft)
        _take_place(draft, DuckDbFile(target, file.wait_seconds))
    finally:
        clear(target)


def draft_of(target: Path) -> Path:
    """Where the new file is made."""
    return target.with_name(f".{target.name}.rebuild")


def clear(target: Path) -> None:
    """Remove what a killed rebuild left behind."""
    draft = draft_of(target)
    for left_over in (draft, Path(f"{draft}.wal")):
        with suppress(OSError):
            left_over.unlink(missing_ok=True)
    shutil.rmtree(f"{draft}.tmp", ignore_errors=True)  # where the database puts what memory cannot hold


def _fill(session: Session, site_id: int, anew: Collection[type[AnyRow]]) -> None:
    migrate.migrate(session)
    _copy(session, "site", ("site_id", *_columns_of_site(session)), "")
    for row_type, table in TABLES.items():
        columns = ("site_id", *table.columns) if table.of_a_site else table.columns
        others = f" WHERE site_id <> {int(site_id)}" if row_type in anew else ""
        _copy(session, table.name, columns, others)


def _columns_of_site(session: Session) -> tuple[str, ...]:
    session.execute("SELECT * FROM site")
    return session.columns()[1:]


def _copy(session: Session, table: str, columns: tuple[str, ...], condition: str) -> None:
    names = ", ".join(columns)
    session.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM before.{table}{condition}")  # noqa: S608 - own names only


def _take_place(draft: Path, old: DuckDbFile) -> None:
    """Rename the new file, when nobody has the old one open."""
    if os.name != "nt":
        with old.writing():  # shuts everybody out, and leaves no write-ahead log
            draft.replace(old.path)
        return
    deadline = time.monotonic() + old.wait_seconds
    while True:
        try:
            draft.replace(old.path)
        except PermissionError as error:  # Windows renames nothing onto an open file
            if time.monotonic() >= deadline:
                raise TryLaterError(
                    f"the store is in use, still after {old.wait_seconds:g} s; it stays as it was",
                    where=str(old.path),
                    hint="wait until the others have finished, then run the rebuild again",
                ) from error
            time.sleep(_POLL_SECONDS)
        else:
            return
