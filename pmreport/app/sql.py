"""A person's own question to the store, which can only read."""

from pmreport.app.wiring import Workspace
from pmreport.store.sandbox import Table, read_only


def run(workspace: Workspace, sql: str) -> Table:
    """The answer to one SELECT. Nothing can be written, and no file or address reached."""
    workspace.site_id()  # says what to do where nothing has been read yet
    return read_only(workspace.config.store.url, sql, limit=None)
