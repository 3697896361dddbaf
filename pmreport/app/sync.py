"""Reading the site: the configuration's client, scope and fields, given to the sync."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from pmreport.app.forgotten import everything
from pmreport.app.wiring import Workspace
from pmreport.config import Config
from pmreport.goals import catalog
from pmreport.goals.tagging import custom_fields
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.model.forgotten import Forgotten
from pmreport.model.instant import to_ms
from pmreport.secrets import jira_token
from pmreport.store.engine import Store, only_writer
from pmreport.sync import forgotten as forgetting
from pmreport.sync import rebuild as rebuilding
from pmreport.sync import run as syncing
from pmreport.sync.run import SyncRequest
from pmreport.sync.summary import Progress, SyncSummary


def run(
    workspace: Workspace,
    *,
    now: datetime,
    full: bool,
    census: bool = False,
    wait_seconds: float = 0.0,
    progress: Callable[[Progress], None],
) -> SyncSummary:
    """One sync of the configured site, after waiting so long for another one to end.

    Raises what `pmreport.sync.run.sync` raises, NotAuthorisedError where there is no token, and TryLaterError
    while another sync runs.
    """
    config = workspace.config
    token = jira_token(config.site, workspace.environ)
    credential = Credential(token.secret.reveal(), config.site.email)
    with _alone(workspace, now, wait_seconds, progress):
        store = workspace.store_to_fill()
        forgotten = everything(workspace, store)
        with JiraClient(
            config.site, credential, connections=config.sync.connections, forgotten=forgotten
        ) as client:
            request = request_of(config, census=census)
            summary = syncing.sync(client, store, request, now=now, full=full, progress=progress)
            _keep_marks(workspace, store, forgotten, now)
        store.settle()
        return _with_left_out(summary, len(client.forgetting.left_out))


def _keep_marks(workspace: Workspace, store: Store, forgotten: Forgotten, now: datetime) -> None:
    if forgotten.marks:
        forgetting.keep(store, workspace.site_id(), forgotten.marks, to_ms(now))


def _with_left_out(summary: SyncSummary, number: int) -> SyncSummary:
    if not number:
        return summary
    told = "1 issue was left out: it is" if number == 1 else f"{number} issues were left out: they are"
    return replace(summary, warnings=(*summary.warnings, f"{told} forgotten"))


def rebuild(
    workspace: Workspace, *, now: datetime, wait_seconds: float = 0.0, progress: Callable[[Progress], None]
) -> SyncSummary:
    """The tables of the configured site made again from what was read, without Jira and without a token.

    Raises what `pmreport.sync.rebuild.rebuild` raises, BadDataError before the first sync, and TryLaterError
    while another sync runs.
    """
    with _alone(workspace, now, wait_seconds, progress):
        return rebuilding.rebuild(
            workspace.store, workspace.site_id(), request_of(workspace.config), progress=progress
        )


def _alone(
    workspace: Workspace, now: datetime, wait_seconds: float, progress: Callable[[Progress], None]
) -> AbstractContextManager[None]:
    def waiting(who: str) -> None:
        if wait_seconds:
            progress(Progress(phase=f"waiting for {who}"))

    return only_writer(
        workspace.config.store.url,
        now=now,
        wait_seconds=wait_seconds,
        waiting=waiting,
        password=workspace.store_password,
    )


def request_of(config: Config, *, census: bool = False) -> SyncRequest:
    """What a sync with this configuration reads; `census`: it looks for deleted and moved issues now."""
    return SyncRequest(
        scope=config.scope,
        pace=config.sync,
        fields=config.fields,
        further_fields=tuple(
            dict.fromkeys(
                (
                    *custom_fields(catalog.resolve(config.goals), (each.jql for each in config.initiatives)),
                    *config.priorities.part_of,
                )
            )
        ),
        census=census,
    )
