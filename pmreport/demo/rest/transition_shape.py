"""How the steps that an issue can take next look in JSON: any column of its workflow but its own."""

from typing import Any

from pmreport.demo.catalogue import Status
from pmreport.demo.issue import Issue
from pmreport.demo.rest import shapes
from pmreport.demo.rest.answers import dumps
from pmreport.demo.state import State


def transitions(state: State, issue: Issue, version: str) -> str:
    """The transitions of an issue, alike for all that stand in the same status."""
    kept, key = state.corpus.shared, ("transitions", version, issue.project, issue.status)
    written = kept.get(key)
    if written is None:
        site = state.corpus.site
        scoped = issue.project if site.projects[issue.project].team_managed else None
        steps = [s for s in site.statuses.values() if s.project_id == scoped and not s.deleted]
        shown = [_transition(state, step, version) for step in steps if step.id != issue.status]
        written = kept[key] = dumps(shown)
    return written


def _transition(state: State, step: Status, version: str) -> dict[str, Any]:
    return {
        "id": str(10 * int(step.id) + 1),
        "name": step.name,
        "to": shapes.status(state.corpus.site, step, version),
        "hasScreen": False,
        "isGlobal": True,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": False,
    }
