"""Reading the site: the configuration's client, scope and fields, given to the sync."""

from collections.abc import Callable
from datetime import datetime

from pmreport.app.wiring import Workspace
from pmreport.goals import catalog
from pmreport.goals.tagging import custom_fields
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.secrets import jira_token
from pmreport.sync import run as syncing
from pmreport.sync.run import SyncRequest
from pmreport.sync.summary import Progress, SyncSummary


def run(
    workspace: Workspace, *, now: datetime, full: bool, progress: Callable[[Progress], None]
) -> SyncSummary:
    """One sync of the configured site.

    Raises what `pmreport.sync.run.sync` raises, and NotAuthorisedError where there is no token.
    """
    config = workspace.config
    token = jira_token(config.site, workspace.environ)
    credential = Credential(token.secret.reveal(), config.site.email)
    request = SyncRequest(
        scope=config.scope,
        pace=config.sync,
        fields=config.fields,
        further_fields=custom_fields(catalog.resolve(config.goals)),
    )
    with JiraClient(config.site, credential, connections=config.sync.connections) as client:
        return syncing.sync(client, workspace.store_to_fill(), request, now=now, full=full, progress=progress)
