"""The address of a database on a server, as the configuration gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from pmreport.errors import ConfigurationError

_USUAL = {  # where the address says nothing else: no server that went away is waited for without end
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_HINT = 'write `url = "postgresql://user@host/database"` in the section [store]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the server is, as libpq's parameters, and how people call it: `place` holds no secret."""

    parameters: Mapping[str, object] = field(repr=False)
    place: str


def parse_address(url: str) -> Address:
    """The address behind a url. Raises ConfigurationError for one that libpq does not understand."""
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError:  # its text repeats the url
        raise ConfigurationError("the address of the store cannot be understood", hint=_HINT) from None
    if given.get("password"):
        raise ConfigurationError(
            "the password of the store does not belong into its address",
            hint="take it out, and set PMREPORT_STORE_PASSWORD",
        )
    return Address(parameters={**_USUAL, **given}, place=_place(given))


def _place(given: Mapping[str, object]) -> str:
    host, port, user = (given.get(name) for name in ("host", "port", "user"))
    server = f"{host or 'this machine'}" + (f":{port}" if port else "")
    return f"database {given.get('dbname') or user or 'of your user'} on {server}" + (
        f" (user {user})" if user else ""
    )
