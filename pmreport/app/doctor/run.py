"""One look at everything: no fault of one thing keeps another from being looked at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pmreport.app.doctor import (
    access,
    clock,
    configuration,
    fields,
    files,
    freshness,
    integrity,
    mail,
    rules,
    statuses,
)
from pmreport.app.doctor.fields import KnownField
from pmreport.app.doctor.finding import (
    Check,
    Diagnosis,
    LeftOut,
    Remark,
    diagnosis,
    of_error,
)
from pmreport.app.doctor.stored import Stored, load
from pmreport.app.doctor.visit import Visit, visit
from pmreport.app.sync import request_of
from pmreport.app.wiring import Workspace, open_workspace
from pmreport.config import Config
from pmreport.errors import ConfigurationError, NotAuthorisedError, PmreportError
from pmreport.jira.client import JiraClient
from pmreport.jira.credential import Credential
from pmreport.jira.retry import RetryPolicy
from pmreport.jira.transport import Patience
from pmreport.model.instant import to_ms
from pmreport.secrets import jira_token

_HASTE = Patience(policy=RetryPolicy(tries=2, first_wait=1.0, longest_wait=10.0), timeout=(10.0, 30.0))
_FIRST_SYNC = "run: pmreport sync"  # what the store and the workspace say before it
_NEEDS_STORE = (Check.SYNC, Check.FIELDS, Check.STATUSES, Check.STORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is looked at: `offline` leaves out Jira and the mail server, `whole` compares every issue."""

    offline: bool = False
    whole: bool = False


def diagnose(
    configured: Callable[[], Config],
    environ: Mapping[str, str],
    *,
    clock: Callable[[], datetime],
    extent: Extent,
) -> Diagnosis:
    """Everything that is wrong; a configuration that cannot be read is all that can be said then."""
    try:
        config = configured()
    except ConfigurationError as error:
        others = (check for check in Check if check is not Check.CONFIGURATION)
        why = "the configuration cannot be read"
        left_out = [LeftOut(check=check, reason=why) for check in others]
        return diagnosis([*configuration.unreadable(error), *left_out])
    return diagnosis(_remarks(open_workspace(config, environ), clock, extent))


def _remarks(workspace: Workspace, clock: Callable[[], datetime], extent: Extent) -> Iterator[Remark]:
    config = workspace.config
    yield from files.findings(files.named_files(config))
    yield from _guarded(Check.MAIL, lambda: mail.findings(config.mail, offline=extent.offline))
    stored, remarks = _open_store(workspace)
    yield from remarks
    seen = Visit()
    if extent.offline:
        yield from access.offline()
    else:
        seen, remarks = _visit(workspace, stored, clock)
        yield from remarks
    if stored is not None:
        yield from _of_store(workspace, stored, seen, clock(), whole=extent.whole)


def _guarded(check: Check, look: Callable[[], Iterable[Remark]]) -> Iterator[Remark]:
    """What a look finds; a dead end of it is a finding too."""
    try:
        yield from look()
    except PmreportError as error:
        yield of_error(check, error, subject=check.value)


def _open_store(workspace: Workspace) -> tuple[Stored | None, list[Remark]]:
    """The store's own facts; None where there is nothing to look at yet, or nothing that can be opened."""
    try:
        return load(workspace), []
    except PmreportError as error:
        is_new = error.hint == _FIRST_SYNC
        told = (
            freshness.nothing_yet(workspace.config.store.url)
            if is_new
            else of_error(Check.STORE, error, subject=workspace.config.store.url)
        )
        why = "nothing has been read yet" if is_new else "the store cannot be read"
        others = (check for check in _NEEDS_STORE if check is not told.check)
        return None, [told, *(LeftOut(check=check, reason=why) for check in others)]


def _visit(
    workspace: Workspace, stored: Stored | None, clock_of: Callable[[], datetime]
) -> tuple[Visit, list[Remark]]:
    """What Jira says to the token, and what that means."""
    site, projects = workspace.config.site, workspace.config.scope.projects
    try:
        token = jira_token(site, workspace.environ)
    except NotAuthorisedError as error:
        return Visit(), [*access.no_token(error)]
    known = {row.board_id: bool(row.has_sprints) for row in stored.boards} if stored else {}
    credential = Credential(token.reveal(), site.email)
    try:
        with JiraClient(site, credential, patience=_HASTE) as client:
            seen = visit(client, projects, known, clock_of)
    except PmreportError as error:  # an address that no request can be sent to
        return Visit(), [of_error(Check.CREDENTIALS, error, subject=site.url)]
    return seen, [
        *access.caution(token.caution, token.source),
        *access.findings(seen, site, projects),
        *clock.findings(seen.clock),
    ]


def _of_store(
    workspace: Workspace, stored: Stored, seen: Visit, now: datetime, *, whole: bool
) -> Iterator[Remark]:
    config, request = workspace.config, request_of(workspace.config)
    known = _known_fields(seen, stored)
    yield from configuration.boards(stored.columns, config.boards)
    yield from _of_sync(workspace, stored, now)
    yield from fields.configured(config.fields, known)
    yield from fields.sprint_field(stored.fields, has_sprints=any(row.has_sprints for row in stored.boards))
    yield from fields.two_point_fields(
        stored.twice, stored.units, stored.points, chosen=config.fields.story_points is not None
    )
    yield from _guarded(Check.FIELDS, lambda: rules.findings(workspace, now))
    yield from statuses.findings(stored.standing, stored.mapped, stored.homes)
    seed = None if whole else stored.whole_ms or 0
    yield from _guarded(
        Check.STORE,
        lambda: integrity.findings(workspace.store, stored, request, seed=seed),
    )


def _known_fields(seen: Visit, stored: Stored) -> list[KnownField]:
    """The fields of the site as it is now, where it was asked; what they were taken for, the store knows."""
    if seen.fields is None:
        return stored.fields
    roles = {each.field_id: each.role for each in stored.fields}
    return [KnownField(row.field_id, row.name, row.schema, roles.get(row.field_id)) for row in seen.fields]


def _of_sync(workspace: Workspace, stored: Stored, now: datetime) -> Iterator[Remark]:
    now_ms = to_ms(now)
    yield from freshness.of_runs(stored.runs, now_ms)
    if stored.whole_ms is None:
        yield freshness.never_whole()
        return
    yield from freshness.of_age(stored.age(workspace.config, now))
    projects = workspace.config.scope.projects
    yield from freshness.of_cursors(stored.reach, projects, stored.whole_ms, now_ms)
