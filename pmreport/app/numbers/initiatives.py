"""The initiative that a number speaks about: its settings, and which items belong to it over time."""

from datetime import UTC, datetime, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from pmreport.app.goals import jql_context
from pmreport.app.wiring import Workspace
from pmreport.config import Config
from pmreport.errors import ConfigurationError, UsageError
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.goals.membership import members_query
from pmreport.goals.plan import Plan, resolve
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model import members
from pmreport.model.members import MemberRow
from pmreport.model.query import Query
from pmreport.store.session import Reader

_PASTE = """\
write one into {path}, for example:

[[initiative]]
id = "checkout"
name = "Checkout 2"
jql = 'fixVersion = "Checkout 2"'      # which items belong to it
start = 2026-09-01
finish = 2026-12-18
budget = 120000
change_label = "change-request"        # items added with this label were approved"""


def configured(config: Config) -> tuple[InitiativeSettings, ...]:
    """Every initiative. Raises ConfigurationError, with lines to paste, where there is none."""
    if not config.initiatives:
        raise ConfigurationError(
            "there is no initiative in the configuration", hint=_PASTE.format(path=config.path)
        )
    return config.initiatives


def named(config: Config, initiative_id: str) -> InitiativeSettings:
    """The initiative of this id. Raises UsageError, with the nearest one, where there is none."""
    known = {one.id: one for one in configured(config)}
    if initiative_id in known:
        return known[initiative_id]
    folded = {id_.casefold(): id_ for id_ in known}
    near = get_close_matches(initiative_id.casefold(), folded, n=1, cutoff=0.5)
    meant = f'; did you mean "{folded[near[0]]}"?' if near else ""
    raise UsageError(
        f'there is no initiative "{initiative_id}"{meant}', hint=f"the initiatives are {', '.join(known)}"
    )


def chosen(config: Config, initiative_id: str | None) -> tuple[InitiativeSettings, ...]:
    """The one initiative asked for, else every one. Raises as `named` and `configured`."""
    return configured(config) if initiative_id is None else (named(config, initiative_id),)


def begins(config: Config, initiative: InitiativeSettings) -> datetime | None:
    """The first instant of its first day in the reporting zone; None where no start is configured."""
    if initiative.start is None:
        return None
    zone = ZoneInfo(config.calendar.time_zone)
    return datetime.combine(initiative.start, time(), zone).astimezone(UTC)


def plan(workspace: Workspace, reader: Reader, initiative: InitiativeSettings, *, as_of: datetime) -> Plan:
    """Its condition made ready for this site.

    Raises ConfigurationError, with file, line and column, for a condition that does not fit the site.
    """
    try:
        return resolve(parse(initiative.jql), jql_context(workspace, reader, as_of))
    except JqlError as error:
        raise error.within(initiative.where or f"[[initiative]] {initiative.id}") from error


def members_of(
    workspace: Workspace, reader: Reader, initiative: InitiativeSettings | None, *, as_of: datetime
) -> Query[MemberRow]:
    """Which items belong to the initiative from when until when; without one, every item of the site.

    The stretches reach as far as the store knows: a question cuts them at its moment. Raises as `plan`.
    """
    if initiative is None:
        return members.everything(workspace.site_id())
    return members_query(plan(workspace, reader, initiative, as_of=as_of))
