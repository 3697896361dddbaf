"""Stores compared row by row before and after a rebuild, and what people do to a site between two syncs."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pmreport.metrics.settings import FieldSettings
from pmreport.model.query import Query
from pmreport.store.engine import Store
from pmreport.store.tables import TABLES
from pmreport.sync.rebuild import rebuild
from pmreport.sync.run import SyncRequest, unheard
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.summary import Progress, SyncSummary
from tests.support.simulator import Simulator

PROJECTS = ("SHOP", "APP", "OPS")

Act = Callable[[Simulator, random.Random], object]


def made_again(
    store: Store,
    *further: str,
    fields: FieldSettings | None = None,
    page_size: int = 400,
    progress: Callable[[Progress], None] = unheard,
) -> SyncSummary:
    """Rebuild the only site of a store."""
    request = SyncRequest(
        scope=ScopeSettings(projects=PROJECTS), fields=fields or FieldSettings(), further_fields=further
    )
    return rebuild(store, 1, request, page_size=page_size, progress=progress)


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, without exception."""
    found = {}
    with store.reading() as reader:
        for kind, table in TABLES.items():
            text = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - own names only
            found[table.name] = sorted(reader.rows(Query(text, kind)), key=repr)
    return found


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, tuple[Any, Any]]:
    """Some rows that only one of the two has, by table; empty where they agree."""
    return {
        name: (list(set(before[name]) - set(after[name]))[:3], list(set(after[name]) - set(before[name]))[:3])
        for name in before
        if before[name] != after[name]
    }


# -- what happens to a site; every deed is one that an administrator or a team does in Jira


def _on_any_issue(**edit: Any) -> Act:
    return lambda site, dice: site.edit(**edit, issue=_any_issue(site, dice))


def _any_issue(site: Simulator, dice: random.Random) -> str:
    keys = sorted(issue.key for issue in site.state.corpus.told())
    return dice.choice(keys)


def _with(site: Simulator, dice: random.Random, name: str) -> Any:
    issues = [issue for issue in site.state.corpus.told() if getattr(issue, name)]
    return dice.choice(sorted(issues, key=lambda issue: issue.id))


def _delete_worklog(site: Simulator, dice: random.Random) -> None:
    issue = _with(site, dice, "worklogs")
    site.edit(do="delete_worklog", issue=issue.id, id=dice.choice(issue.worklogs).id)


def _edit_worklog(site: Simulator, dice: random.Random) -> None:
    issue = _with(site, dice, "worklogs")
    site.edit(do="edit_worklog", issue=issue.id, id=dice.choice(issue.worklogs).id, seconds=60)


def _delete_comments(site: Simulator, dice: random.Random) -> None:
    """So many that the rest fits into the issue again."""
    issue = max(site.state.corpus.told(), key=lambda each: len(each.comments))
    for comment in list(issue.comments)[3:]:
        site.edit(do="delete_comment", issue=issue.id, id=comment.id)
    dice.random()


def _unlink(site: Simulator, dice: random.Random) -> None:
    """The far end does not notice: its `updated` stays."""
    issue = _with(site, dice, "links")
    gone = dice.choice(issue.links)
    issue.links.remove(gone)
    site.edit(do="summary", value="Unlinked", issue=issue.id)
    far = site.state.corpus.issue(gone.other)
    if far is not None:
        far.links[:] = [link for link in far.links if link.id != gone.id]
        site.state.corpus.touched(far)


def _hide_far_end(site: Simulator, dice: random.Random) -> None:
    issue = _with(site, dice, "links")
    far = site.state.corpus.issue(dice.choice(issue.links).other)
    if far is not None and far.key in {each.key for each in site.state.corpus.told()}:
        site.edit(do="hide", issue=far.key)
    site.edit(do="label+", value="lonely", issue=issue.id)


def _rename_sprint(site: Simulator, dice: random.Random) -> None:
    sprint = dice.choice(sorted(site.state.corpus.site.sprints))
    site.edit(do="sprint", id=sprint, name=f"Renamed {dice.randrange(1000)}")
    issue = _with(site, dice, "sprints")
    site.edit(do="summary", value="Read again", issue=issue.id)


def _change_lists(site: Simulator, dice: random.Random) -> None:
    """An administrator tidies up: names change, unused things go."""
    of = site.state.corpus.site
    name = f"Called {dice.randrange(1000)}"
    lists: tuple[dict[str, Any], ...] = (
        of.statuses,
        of.priorities,
        of.resolutions,
        of.types,
        of.components,
        of.versions,
    )
    for table in lists:
        chosen = dice.choice(sorted(table))
        table[chosen] = replace(table[chosen], name=name)
    used = {version for issue in site.state.corpus.told() for version in issue.versions}
    for version in sorted(set(of.versions) - used)[:1]:
        del of.versions[version]
    site.state.corpus.site_changed()


def _rename_person(site: Simulator, dice: random.Random) -> None:
    of = site.state.corpus.site
    chosen = dice.choice(sorted(of.users))
    of.users[chosen] = replace(of.users[chosen], name=f"Person {dice.randrange(1000)}")
    site.state.corpus.site_changed()
    site.edit(do="comment", text="Hello", issue=_any_issue(site, dice), author=chosen)


DEEDS: tuple[Act, ...] = (
    _on_any_issue(do="status", value="3"),
    _on_any_issue(do="points", value=8),
    _on_any_issue(do="points", value=None),
    _on_any_issue(do="summary", value="New words, with a comma"),
    _on_any_issue(do="description", value="Why \ud83d we do this"),
    _on_any_issue(do="label+", value="urgent"),
    _on_any_issue(do="work", seconds=900),
    _on_any_issue(do="comment", text="RISK: the supplier is late"),
    _on_any_issue(do="assignee", value=None),
    _on_any_issue(do="sprint+", value=72),
    _on_any_issue(do="delete"),
    _delete_worklog,
    _edit_worklog,
    _delete_comments,
    _unlink,
    _hide_far_end,
    _rename_sprint,
    _change_lists,
    _rename_person,
)
