"""A person's own question to the store, which can only read."""

from contextlib import AbstractContextManager

from pmreport.app.wiring import Workspace
from pmreport.store.sandbox import Answer, Table, asking, read_only


def run(workspace: Workspace, sql: str, *, limit: int) -> Table:
    """The first records of the answer to one SELECT, which can write nothing and reach nothing else."""
    return read_only(_store(workspace), sql, limit=limit, password=workspace.store_password)


def asked(workspace: Workspace, sql: str) -> AbstractContextManager[Answer]:
    """The whole answer, to be fetched in pieces inside the block."""
    return asking(_store(workspace), sql, password=workspace.store_password)


def _store(workspace: Workspace) -> str:
    workspace.site_id()  # says what to do where nothing has been read yet
    return workspace.config.store.url
