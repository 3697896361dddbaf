"""What a person writes under their goals, kept in their journal."""

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmreport.app import journal
from pmreport.app.judging import known_goal
from pmreport.app.wiring import Workspace
from pmreport.errors import UsageError
from pmreport.goals import register, writing
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import ActionResult, ActionState, Logged, LogKind, SignOff
from pmreport.model.journal_kinds import Range
from pmreport.model.query import Query, sql_text

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d+")
_TOLD = 5


class SprintNameRow(NamedTuple):
    """A sprint's name."""

    sprint_id: int
    sprint_name: str


def log(workspace: Workspace, logged: Logged, *, now: datetime) -> Entry:
    """Keep an entry under a goal. Raises UsageError for no such goal, and for what is missing."""
    goal = known_goal(workspace, logged.goal)
    today = now.astimezone(ZoneInfo(workspace.config.calendar.time_zone)).date()
    return journal.write(workspace, writing.checked(replace(logged, goal=goal.id), today), now=now)


def forecast(workspace: Workspace, said: Range, *, now: datetime) -> Entry:
    """Keep a range under a goal; it is scored when what it is about is done.

    A sprint may be given by its name. Raises UsageError for no such goal, and for what nobody could score.
    """
    goal = known_goal(workspace, said.goal)
    checked = writing.checked_range(replace(said, goal=goal.id))
    return journal.write(workspace, replace(checked, about=_about(workspace, checked.about)), now=now)


def confirm(workspace: Workspace, asked: str, reviewer: str, note: str, *, now: datetime) -> Entry:
    """Keep who has seen an entry and agrees; gives the entry back. Raises UsageError for none such."""
    if not reviewer.strip():
        raise UsageError("somebody has seen it", hint="write --reviewer NAME")
    entry = _logged(workspace, asked)
    said = SignOff(entry=entry.id, reviewer=reviewer.strip(), note=note.strip())
    journal.write(workspace, said, now=now)
    return entry


def score(workspace: Workspace, asked: str, state: ActionState, reason: str, *, now: datetime) -> Entry:
    """Keep what came of an action; gives the action back. Raises UsageError for what is no action."""
    why = writing.checked_reason(state, reason)
    entry = _logged(workspace, asked)
    if not isinstance(entry.payload, Logged) or entry.payload.what is not LogKind.ACTION:
        raise UsageError(f"{register.short(entry.id)} is no action", hint="only actions are scored")
    today = now.astimezone(ZoneInfo(workspace.config.calendar.time_zone)).date()
    journal.write(workspace, ActionResult(entry=entry.id, state=state, on=today, reason=why), now=now)
    return entry


def sprint_names_query(site_id: int) -> Query[SprintNameRow]:
    """Every sprint of the site."""
    return Query(sql_text("pmreport.app", "texts/sprint_names.sql"), SprintNameRow, {"site_id": site_id})


def _logged(workspace: Workspace, asked: str) -> Entry:
    entries = (one for one in journal.read(workspace).entries if isinstance(one.payload, Logged))
    found = register.named(entries, asked)
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found[:_TOLD])
        raise UsageError(f"{asked} stands for {len(found)} entries", hint=f"write more of one: {ids}")
    raise UsageError(f"there is no entry {asked}", hint="`pmreport goals show ID` lists them with their ids")


def _about(workspace: Workspace, asked: str) -> str:
    """The key of an item, or the number of a sprint. Raises UsageError for a name that none or two have."""
    if asked.isdecimal():
        return asked
    if _KEY.fullmatch(asked):
        return asked.upper()
    rows = workspace.store.rows(sprint_names_query(workspace.site_id()))
    found = [row for row in rows if row.sprint_name.casefold() == asked.casefold()]
    if len(found) == 1:
        return str(found[0].sprint_id)
    if found:
        numbers = ", ".join(str(row.sprint_id) for row in found)
        raise UsageError(f"several sprints are called {asked}", hint=f"write a number: {numbers}")
    newest = ", ".join(f"{row.sprint_id} ({row.sprint_name})" for row in rows[-_TOLD:])
    raise UsageError(
        f"{asked} is neither the key of an item nor a sprint",
        hint=f"the newest sprints are {newest}" if newest else "no sprint is known",
    )
