"""Which kind of database an address names."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from pmreport.errors import ConfigurationError
from pmreport.store.database import Database
from pmreport.store.duckdb_database import DuckDbDatabase
from pmreport.store.duckdb_file import DuckDbFile

Password = Callable[[], str | None]  # asked once a server is to be opened, and never before
_HINT = (
    "write `duckdb:` and the path of a file, or a `postgresql://` address, as `url` in the section [store]"
)


def no_password() -> None:
    """Nobody knows one."""


def database_at(url: str, wait_seconds: float, password: Password = no_password) -> Database:
    """The database at `url`. Nothing is opened yet.

    Raises ConfigurationError for an address of no kind we know, or of one whose library is not installed.
    """
    scheme, _, rest = url.partition(":")
    if scheme in {"postgresql", "postgres"}:
        return _on_a_server(url, wait_seconds, password)
    if scheme == "duckdb" and rest:
        return DuckDbDatabase(DuckDbFile(Path(rest), wait_seconds))
    if scheme == "duckdb":
        raise ConfigurationError("the address of the store names no file", hint=_HINT)
    raise ConfigurationError(f"no kind of store is called {scheme!r}", hint=_HINT)


def _on_a_server(url: str, wait_seconds: float, password: Password) -> Database:
    if find_spec("psycopg") is None:
        raise ConfigurationError(
            "a store on PostgreSQL needs the library psycopg, which is not installed",
            hint="install pmreport with its extra: pip install 'pmreport[postgres]' (from its folder: "
            "pip install '.[postgres]')",
        )
    try:
        from pmreport.store.postgres.database import PostgresDatabase
        from pmreport.store.postgres.server import PostgresServer
    except ImportError as error:  # psycopg without libpq, the library it stands on
        raise ConfigurationError(
            f"the library psycopg does not work: {str(error).splitlines()[0]}",
            hint="install it with its own copy of libpq: pip install 'psycopg[binary]'",
        ) from error

    return PostgresDatabase(PostgresServer.at(url, wait_seconds, password))
