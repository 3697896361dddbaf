"""Syncs of the simulator, and stores compared table by table."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.settings import SiteSettings
from pmreport.jira.transport import Patience
from pmreport.metrics.settings import FieldSettings
from pmreport.model import rows
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.store.tables import TABLES
from pmreport.sync.run import SyncRequest, sync, unheard
from pmreport.sync.settings import USUAL_LIMIT, ScopeSettings, SyncSettings
from pmreport.sync.summary import Progress, SyncSummary
from tests.support.open_store import open_store
from tests.support.simulator import Simulator

# What a sync writes about itself, and what depends on when it looked.
OWN = frozenset({rows.SyncRunRow, rows.SyncCursorRow, rows.CalendarRow, rows.RawDocumentRow})
DATED = frozenset({rows.SnapshotSprintRow, rows.SnapshotVersionRow, rows.SnapshotBoardColumnRow})

BASE = "https://aurora.example"
ALL = ("SHOP", "APP", "OPS")


def run(
    simulator: Simulator,
    store: Store,
    *,
    projects: tuple[str, ...] = ("OPS",),
    boards: tuple[int, ...] = (),
    url: str | None = None,
    full: bool = False,
    census: bool = False,
    census_limit: Decimal = USUAL_LIMIT,
    page_size: int = 100,
    further: tuple[str, ...] = (),
    story_points: str | None = None,
    later: timedelta = timedelta(0),
    timeout: float = 20.0,
    progress: Callable[[Progress], None] = unheard,
) -> SyncSummary:
    """Sync projects of the simulator into the store, at its own instant or `later`; never really waits."""
    site = SiteSettings(name="aurora", url=url or simulator.url)
    credential = Credential(token=simulator.site.token, email=simulator.site.email)
    patience = Patience(sleep=lambda _: None, jitter=lambda: 0.0, timeout=(timeout, timeout))
    request = SyncRequest(
        scope=ScopeSettings(projects=projects, boards=boards),
        pace=SyncSettings(page_size=page_size, census_limit=census_limit),
        fields=FieldSettings(story_points=story_points),
        further_fields=further,
        census=census,
    )
    with JiraClient(site, credential, patience=patience) as client:
        return sync(client, store, request, now=simulator.site.now + later, full=full, progress=progress)


_MADE: dict[str, tuple[Path, SyncSummary]] = {}


def whole_site(simulator: Simulator, folders: pytest.TempPathFactory) -> tuple[Path, SyncSummary]:
    """The file after one full sync of everything, made once, and its summary. Copy it before writing."""
    if simulator.url not in _MADE:
        folder = folders.mktemp("whole-site")
        summary = run(simulator, new_store(folder), projects=ALL)
        _MADE[simulator.url] = folder / "store.duckdb", summary
    return _MADE[simulator.url]


def new_store(folder: Path, name: str = "store") -> Store:
    """The store of this name, empty where there is none; its file is open as long as somebody has it."""
    return open_store(folder / f"{name}.duckdb")


def shipped_store(folder: Path, name: str = "store") -> Store:
    """The same, opened and closed as the program does it, so that its file can be copied at any time."""
    return Store.open(f"duckdb:{folder / name}.duckdb")


def tables(store: Store, *, dated: bool = True) -> dict[str, set[Any]]:
    """The rows of every table of what Jira says, deleted worklogs left out: a fresh sync never sees them."""
    left_out = OWN if dated else OWN | DATED
    kept = {row_type: table for row_type, table in TABLES.items() if row_type not in left_out}
    found = {}
    with store.reading() as reader:
        for row_type, table in kept.items():
            text = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - own names only
            listed = reader.rows(Query(text, row_type))
            found[table.name] = {row for row in listed if getattr(row, "deleted_ms", None) is None}
    return found


def difference(one: Store, other: Store, *, dated: bool = True) -> dict[str, tuple[Any, Any]]:
    """The rows that only one of the two stores has, by table; empty where they agree."""
    left, right = tables(one, dated=dated), tables(other, dated=dated)
    return {
        name: (sorted(left[name] - right[name], key=repr)[:5], sorted(right[name] - left[name], key=repr)[:5])
        for name in left
        if left[name] != right[name]
    }


def stored(store: Store, row_type: type[Any]) -> list[Any]:
    """Every row of one table."""
    table = TABLES[row_type]
    text = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - own names only
    return store.rows(Query(text, row_type))
