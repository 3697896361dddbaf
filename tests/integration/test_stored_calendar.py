"""The days of the reporting calendar are in the store before anybody joins with them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmreport.app.numbers.days import span_query, stored_calendar
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.config import load
from pmreport.model.rows import SiteRow
from pmreport.store.engine import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)


CONFIG = """\
[site]
name = "acme"
url = "https://acme.example"
[scope]
projects = ["WEB"]
[store]
url = "duckdb:store.duckdb"
[calendar]
time_zone = "{zone}"
"""


def workspace(folder: Path, zone: str = "Europe/Berlin") -> Workspace:
    """A workspace whose site is known to its store."""
    path = folder / "pmreport.toml"
    path.write_text(CONFIG.format(zone=zone), encoding="utf-8")
    found = open_workspace(load(path), {})
    address = "https://acme.example"
    row = SiteRow(
        name="acme",
        base_url=address,
        browse_url=address,
        deployment="cloud",
        time_zone="UTC",
        account_id="a1",
    )
    Store.open(found.config.store.url).register_site(row)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the configuration and its store lie."""
    return tmp_path


def test_the_days_are_written_once(folder: Path) -> None:
    """Ten years back and three ahead; asked again, nothing is written."""
    here = workspace(folder)

    calendar = stored_calendar(here, NOW)

    (held,) = here.store.rows(span_query(calendar.calendar_id))
    assert held == ("2016-01-01", "2029-12-31")
    before = (folder / "store.duckdb").stat().st_mtime_ns
    assert stored_calendar(here, NOW) == calendar
    assert (folder / "store.duckdb").stat().st_mtime_ns == before


def test_another_calendar_stands_beside_the_first(folder: Path) -> None:
    """A change of zone makes another calendar: no day of the old one moves."""
    first = stored_calendar(workspace(folder), NOW)

    other = workspace(folder, zone="Asia/Tokyo")
    second = stored_calendar(other, NOW)

    assert second.calendar_id != first.calendar_id
    assert other.store.rows(span_query(first.calendar_id)) == other.store.rows(span_query(second.calendar_id))
