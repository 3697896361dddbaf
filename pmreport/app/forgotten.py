"""What is to be forgotten of the site: by the journal of the person, and by the store that all share."""

from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.model.forgotten import Forgotten, Mark
from pmreport.model.journal_state import forgotten_in
from pmreport.store.engine import Store
from pmreport.sync import forgotten as kept


def everything(workspace: Workspace, store: Store) -> Forgotten:
    """By the store and by the journal: a store may be made anew, and a forgetting may have broken off."""
    return by_the_store(workspace, store).with_more(by_the_journal(workspace))


def by_the_store(workspace: Workspace, store: Store) -> Forgotten:
    """What the store leaves out. Raises BadDataError for a damaged document."""
    url = workspace.config.site.url
    site_id = store.site(url)
    return Forgotten(url) if site_id is None else kept.read(store, site_id, url)


def by_the_journal(workspace: Workspace) -> tuple[Mark, ...]:
    """What the person has asked for."""
    return forgotten_in(journal.read(workspace).entries, workspace.config.site.url)
