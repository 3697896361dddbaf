"""The store that a person names for a new configuration, tried before anything is asked."""

from collections.abc import Mapping

from pmreport.secrets import store_password
from pmreport.store.kinds import database_at

_PATIENCE_SECONDS = 10.0


def check(url: str, environ: Mapping[str, str]) -> None:
    """Raise the error of a store that cannot be opened; one that is not made yet is none."""

    def password() -> str | None:
        found = store_password(url, environ)
        return found.reveal() if found else None

    database_at(url, _PATIENCE_SECONDS, password).exists()
