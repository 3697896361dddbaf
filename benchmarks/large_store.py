"""A store with as many issues as one likes, twelve changes each, made by DuckDB itself in seconds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pmreport.store.engine import Store

SPAN = timedelta(days=3 * 365)
NOW = datetime(2026, 11, 27, 17, tzinfo=UTC)
ACCOUNT = "712020:one"
_TEXT = Path(__file__).with_name("large_store.sql")


def make(path: Path, issues: int) -> None:
    """Write the store; an old one must not be there."""
    Store.open(f"duckdb:{path}")
    first_ms, now_ms = (int(each.timestamp() * 1000) for each in (NOW - SPAN, NOW))
    variables = {
        "issues": issues,
        "first_ms": first_ms,
        "now_ms": now_ms,
        "step_ms": max(1, (now_ms - first_ms) // issues),
    }
    connection = duckdb.connect(str(path))
    connection.execute("SET preserve_insertion_order = false")
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = CAST({value} AS BIGINT)")
    connection.execute(_TEXT.read_text(encoding="utf-8"))
    connection.close()


def configuration(folder: Path) -> Path:
    """The configuration that goes with the store in the folder."""
    path = folder / "pmreport.toml"
    path.write_text(_CONFIG, encoding="utf-8")
    (folder / "rates.toml").write_text('currency = "EUR"\ndefault = 80\n', encoding="utf-8")
    (folder / "rates.toml").chmod(0o600)
    return path


_CONFIG = f"""\
[site]
name = "large"
url = "https://large.example"
[scope]
projects = ["BIG"]
[store]
url = "duckdb:store.duckdb"
[calendar]
time_zone = "Europe/Berlin"
holidays = "DE-BE"
[me]
account = "{ACCOUNT}"
folder = "."
[[initiative]]
id = "release"
name = "Release 40"
jql = 'fixVersion = "Release 40"'
start = 2026-06-01
finish = 2026-12-18
budget = 900000
change_label = "change-request"
"""
