"""Every typed table of a site, out of either kind of store, as Parquet, CSV or one Excel workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pmreport.app.export import content, folder
from pmreport.app.wiring import Workspace
from pmreport.model.instant import to_iso, to_ms
from pmreport.model.outgoing import Outgoing, Pieces
from pmreport.store.session import Reader
from pmreport.store.tables import Table
from pmreport.sync.summary import Progress

SCHEMA = 1
_WORKBOOK = "pmreport.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A table that went out: its rows, their file, and its sheets there (none but in a workbook)."""

    table: str
    rows: int
    file: str
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What was written. `cut` is how many texts were too long for a cell of Excel."""

    folder: Path
    form: str
    made: datetime
    site: str
    tables: tuple[Exported, ...]
    cut: int = 0

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, in the order of the tables."""
        return tuple(dict.fromkeys(each.file for each in self.tables))

    def shape(self) -> dict[str, Any]:
        """The summary as JSON; without the folder it is what stands in the folder too."""
        return {
            "schema": SCHEMA,
            "format": self.form,
            "made_at": to_iso(to_ms(self.made)),
            "site": self.site,
            "tables": [
                {"name": each.table, "rows": each.rows, "file": each.file, "sheets": list(each.sheets)}
                for each in self.tables
            ],
            "texts_cut": self.cut,
            "files": list(self.files),
        }


def run(
    workspace: Workspace, out: Path, *, form: str, now: datetime, progress: Callable[[Progress], None]
) -> ExportSummary:
    """Write the files into `out`, which is new, empty, or made by an export before.

    All tables tell of the same moment. Raises UsageError for a folder of somebody else's, BadDataError before
    the first sync.
    """
    target = out.resolve()
    mine = folder.owned(target)
    names = [_WORKBOOK] if form == "xlsx" else [f"{table.name}.{form}" for table in content.TABLES_OUT]
    folder.refuse_foreign(target, names, mine)
    site_id = workspace.site_id()
    with folder.drafts(target) as drafts:
        with workspace.store.reading() as reader:
            source = _Source(reader, site_id, progress)
            tables, cut = _workbook(source, drafts, now) if form == "xlsx" else _files(source, drafts, form)
        summary = ExportSummary(
            folder=target, form=form, made=now, site=workspace.config.site.url, tables=tables, cut=cut
        )
        folder.put_in_place(target, [drafts / name for name in summary.files], mine, summary.shape())
    return summary


@dataclass(frozen=True, slots=True)
class _Source:
    """The rows, told one table after the other."""

    reader: Reader
    site_id: int
    progress: Callable[[Progress], None]

    def tables(self) -> Iterator[tuple[Table, Pieces]]:
        for table in content.TABLES_OUT:
            yield table, self._told(table)

    def _told(self, table: Table) -> Iterator[list[tuple[Any, ...]]]:
        done = 0
        self.progress(Progress(phase=f"writing {table.name}", done=done))
        for piece in self.reader.pieces(content.rows_query(table, self.site_id), size=content.PIECE):
            yield piece
            done += len(piece)
            self.progress(Progress(phase=f"writing {table.name}", done=done))


def _files(source: _Source, drafts: Path, form: str) -> tuple[tuple[Exported, ...], int]:
    from pmreport.render import csv_table
    from pmreport.store import parquet

    made = []
    for table, pieces in source.tables():
        path = drafts / f"{table.name}.{form}"
        if form == "csv":
            rows = csv_table.write(path, content.outgoing(table), pieces)
        else:
            rows = parquet.write(path, table, pieces)
        made.append(Exported(table=table.name, rows=rows, file=path.name))
    return tuple(made), 0


def _workbook(source: _Source, drafts: Path, now: datetime) -> tuple[tuple[Exported, ...], int]:
    from pmreport.render import workbook

    told: Iterator[tuple[Outgoing, Pieces]] = (
        (content.outgoing(table), pieces) for table, pieces in source.tables()
    )
    written = workbook.write(drafts / _WORKBOOK, told, made=now)
    made = [
        Exported(table=name, rows=rows, file=_WORKBOOK, sheets=tuple(written.sheets[name]))
        for name, rows in written.rows.items()
    ]
    return tuple(made), written.cut
