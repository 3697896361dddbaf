"""A keyring that works without a desktop: a file that PMREPORT_TEST_KEYRING names."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps what it is given in a file; a test says with PMREPORT_TEST_KEYRING where.

    The library takes every backend it has heard of for a possible default, this one too once it is imported:
    where no test names a file it is empty.
    """

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """The password of a user; None where there is none."""
        found: str | None = self._all().get(f"{service} {username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self._write({**self._all(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Let go of a password."""
        kept = self._all()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        self._write(kept)

    @property
    def _path(self) -> Path:
        return Path(os.environ["PMREPORT_TEST_KEYRING"])

    def _all(self) -> dict[str, str]:
        if "PMREPORT_TEST_KEYRING" not in os.environ:
            return {}
        return dict(json.loads(self._path.read_text("utf-8"))) if self._path.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        self._path.write_text(json.dumps(entries), encoding="utf-8")


class ForgetfulKeyring(FileKeyring):
    """A keyring that takes everything, says nothing, and cuts off what is long."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the beginning."""
        super().set_password(service, username, password[:4])
