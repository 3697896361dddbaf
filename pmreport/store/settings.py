"""Where the history is kept: the section `[store]`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The address: `duckdb:` and an absolute path, or `postgresql://user@host/db` without a password."""

    url: str
