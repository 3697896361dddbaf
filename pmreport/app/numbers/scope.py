"""The scope of the initiatives at one moment, and the baselines they are held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pmreport.app import journal, lookups
from pmreport.app.calendar import calendar_of
from pmreport.app.numbers import initiatives
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.metrics import scope as scoping
from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope_summary import Basis, Scope, Told
from pmreport.metrics.scope_summary import scope as summed
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.journal import Entry
from pmreport.model.journal_kinds import Baseline
from pmreport.model.journal_state import baseline_in_force, baselines
from pmreport.store.session import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """The scopes that can be told, and why another one cannot."""

    told: tuple[Scope, ...]
    untold: tuple[str, ...]
    people: Mapping[str, str]


def scopes(workspace: Workspace, *, as_of: datetime, initiative: str | None = None) -> Scopes:
    """The scope of one initiative, else of every one in the order of the configuration.

    Raises ConfigurationError without any initiative or for a condition that does not fit the site, UsageError
    for an initiative that is not known; so for one without a baseline or a start by then if it was asked for.
    """
    chosen = initiatives.chosen(workspace.config, initiative)
    entries = journal.read(workspace).entries
    told: list[Scope] = []
    untold: list[str] = []
    with workspace.store.reading() as reader:
        for one in chosen:
            try:
                told.append(read(reader, workspace, one, entries, as_of=as_of))
            except UsageError as error:
                if initiative is not None:
                    raise
                untold.append(f"{error.what}; {error.hint}")
        people = lookups.people(reader, workspace.site_id())
    return Scopes(told=tuple(told), untold=tuple(untold), people=people)


def read(
    reader: Reader,
    workspace: Workspace,
    initiative: InitiativeSettings,
    entries: Iterable[Entry],
    *,
    as_of: datetime,
) -> Scope:
    """The scope of an initiative as an open store and the journal tell it. Raises as `scopes`."""
    held = tuple(entries)
    kept = baseline_in_force(held, initiative.id, as_of)
    basis = _basis(workspace, initiative, held, kept, as_of)
    members = initiatives.members_of(workspace, reader, initiative, as_of=as_of)
    dropped = workspace.config.done.dropped_resolutions
    unit = scoping.unit_from_rows(reader.rows(scoping.units_query(workspace.site_id())))
    then, now = (
        reader.rows(scoping.items_query(members, moment, dropped_resolutions=dropped))
        for moment in (basis.at, as_of)
    )
    events = scoping.events_query(
        members,
        basis.at,
        as_of=as_of,
        unit=unit,
        dropped_resolutions=dropped,
        change_label=initiative.change_label,
    )
    told = Told(
        history=scoping.items_from_rows(then, unit),
        kept=None if kept is None else scoping.items_recorded(kept.items, unit),
        current=scoping.items_from_rows(now, unit),
        events=scoping.events_from_rows(reader.rows(events)),
        splits=tuple(reader.rows(scoping.splits_query(members, basis.at, as_of=as_of))),
        subtasks=sum(row.is_subtask for row in now),
    )
    return summed(
        told,
        initiative,
        unit=unit,
        basis=basis,
        calendar=calendar_of(workspace.config, as_of),
        as_of=as_of,
    )


def set_baseline(
    workspace: Workspace, initiative_id: str, *, reason: str, at: datetime, now: datetime
) -> Entry:
    """Keep the scope and the budget of an initiative as they were at a moment; it is never changed again.

    Raises UsageError for an initiative that is not known, and as `pmreport.app.journal.write`.
    """
    initiative = initiatives.named(workspace.config, initiative_id)
    with workspace.store.reading() as reader:
        members = initiatives.members_of(workspace, reader, initiative, as_of=at)
        dropped = workspace.config.done.dropped_resolutions
        rows = reader.rows(scoping.items_query(members, at, dropped_resolutions=dropped))
    money = workspace.config.money
    kept = Baseline(
        initiative=initiative.id,
        reason=reason,
        as_of=at,
        jql=initiative.jql,
        items=scoping.recorded(rows),
        start=initiative.start,
        finish=initiative.finish,
        budget=initiative.budget,
        currency=money.currency if money.rates else "",
    )
    return journal.write(workspace, kept, now=now)


def kept_baselines(workspace: Workspace, initiative_id: str | None) -> tuple[Entry, ...]:
    """The baselines in the journal, in the order they were set. Raises UsageError as `initiatives.named`.

    Without an initiative all of them, also those of one that the configuration does not hold any more.
    """
    if initiative_id is not None:
        initiatives.named(workspace.config, initiative_id)
    return baselines(journal.read(workspace).entries, initiative_id)


def unit_of(workspace: Workspace) -> Unit:
    """What the scope of the initiatives is estimated in."""
    return scoping.unit_from_rows(workspace.store.rows(scoping.units_query(workspace.site_id())))


def _basis(
    workspace: Workspace,
    initiative: InitiativeSettings,
    entries: Iterable[Entry],
    kept: Baseline | None,
    as_of: datetime,
) -> Basis:
    if kept is not None:
        known = [entry for entry in baselines(entries, initiative.id) if _moment(entry) <= as_of]
        return Basis(at=kept.as_of, is_kept=True, reason=kept.reason, later=len(known) - 1)
    begins = initiatives.begins(workspace.config, initiative)
    hint = f"set one: pmreport baseline set {initiative.id} --reason TEXT"
    if begins is None:
        what = f'the initiative "{initiative.id}" has no baseline, and no start in the configuration'
        raise UsageError(what, where=initiative.where, hint=hint)
    if begins > as_of:
        what = f'the initiative "{initiative.id}" begins on {initiative.start}, and has no baseline before'
        raise UsageError(what, where=initiative.where, hint=hint)
    return Basis(at=begins, is_kept=False)


def _moment(entry: Entry) -> datetime:
    assert isinstance(entry.payload, Baseline)  # noqa: S101 - `baselines` gives no others
    return entry.payload.as_of
