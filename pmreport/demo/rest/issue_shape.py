"""How an issue looks in JSON, field by field; a field once written is kept until the issue changes."""

from collections.abc import Callable, Sequence
from typing import Any

from pmreport.demo import changes
from pmreport.demo.catalogue import Site
from pmreport.demo.datacenter import EPIC_NAME
from pmreport.demo.issue import Issue, Link
from pmreport.demo.rest import shapes
from pmreport.demo.rest.answers import dumps
from pmreport.demo.rest.remark_shape import comments_within, worklogs_within
from pmreport.demo.rest.richtext import rich
from pmreport.demo.rest.sprint_shape import within
from pmreport.demo.state import State
from pmreport.demo.story.desk import LINK_KINDS

Show = Callable[[State, Issue, str], Any]
_ABSENT = object()
NOT_NAVIGABLE = {"comment", "worklog", "timetracking", "issuekey", "thumbnail", "customfield_10031"}


def issue_json(state: State, issue: Issue, fields: Sequence[str], version: str, extra: str = "") -> str:
    """An issue with the fields named; without any field there is no `fields` member at all."""
    link = f"{shapes.api(state.corpus.site, version)}/issue/{issue.id}"
    expand = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"
    head = f'{{"expand":"{expand}","id":"{issue.id}","self":"{link}","key":"{issue.key}"'
    if not fields:
        return f"{head}{extra}}}"
    written = (fragment(state, issue, name, version) for name in fields)
    shown = ",".join(text for text in written if text)
    return f'{head}{extra},"fields":{{{shown}}}}}'


def fragment(state: State, issue: Issue, name: str, version: str) -> str:
    """One member of `fields`, name and value; empty for a member that is left out."""
    kept: dict[tuple[str, ...], str] = issue.fragments
    key: tuple[str, ...] = (version, name)
    if (shared := _SHARED.get(name)) is not None:
        kept, key = state.corpus.shared, (version, name, repr(shared(issue)))
    written = kept.get(key)
    if written is None:
        value = _SHOWN[name](state, issue, version)
        written = kept[key] = "" if value is _ABSENT else f'"{name}":{dumps(value)}'
    return written


def chosen(site: Site, names: Sequence[str], default: str) -> list[str]:
    """The fields a request names that the site has: ids, *all, *navigable, and -id to leave one out."""
    shown = [name for name in _SHOWN if name in site.fields]
    wanted: dict[str, None] = {}
    named = [n for n in names if not n.startswith("-")] or [default]
    for name in named:
        if name == "*all":
            wanted |= dict.fromkeys(shown)
        elif name == "*navigable":
            wanted |= dict.fromkeys(f for f in shown if f not in NOT_NAVIGABLE)
        elif name in shown:
            wanted[name] = None
    for name in names:
        wanted.pop(name.removeprefix("-") if name.startswith("-") else "", None)
    return list(wanted)


def _near(state: State, issue_id: int, version: str) -> dict[str, Any] | None:
    """An issue as another one shows it: parent, sub-task, or the far end of a link."""
    other = state.corpus.issue(issue_id)
    if other is None:
        return None
    site = state.corpus.site
    return {
        "id": str(other.id),
        "key": other.key,
        "self": f"{shapes.api(site, version)}/issue/{other.id}",
        "fields": {
            "summary": other.summary,
            "status": shapes.status(site, site.statuses[other.status], version),
            "priority": shapes.named(site, site.priorities[other.priority], "priority", version),
            "issuetype": shapes.issue_type(site, site.types[other.type], version),
        },
    }


def _link(state: State, link: Link, version: str) -> dict[str, Any] | None:
    far = _near(state, link.other, version)
    if far is None:
        return None
    api = shapes.api(state.corpus.site, version)
    outward, inward = LINK_KINDS[link.kind]
    kind_id = str(10_000 + list(LINK_KINDS).index(link.kind))
    kind = {
        "id": kind_id,
        "name": link.kind,
        "inward": inward,
        "outward": outward,
        "self": f"{api}/issueLinkType/{kind_id}",
    }
    end = "outwardIssue" if link.outward else "inwardIssue"
    return {"id": str(link.id), "self": f"{api}/issueLink/{link.id}", "type": kind, end: far}


def _parent(state: State, issue: Issue, version: str) -> Any:
    """The parent. Without one, Jira says null in some projects and nothing at all in others."""
    site = state.corpus.site
    if site.product.epic_links:
        if not issue.parent or not _is_subtask(site, issue):
            return _ABSENT
        return _near(state, issue.parent, version) or _named(state, issue.parent, version)
    if issue.parent is None:
        return None if site.projects[issue.project].team_managed else _ABSENT
    return _near(state, issue.parent, version) or _named(state, issue.parent, version)


def _named(state: State, issue_id: int, version: str) -> dict[str, Any] | None:
    """What an issue still says of a parent that the token may not see: its name and no more."""
    hidden = state.corpus.any_issue(issue_id)
    if hidden is None:
        return None
    link = f"{shapes.api(state.corpus.site, version)}/issue/{hidden.id}"
    return {"id": str(hidden.id), "key": hidden.key, "self": link}


def _epic_link(state: State, issue: Issue, _version: str) -> str | None:
    """The key of the epic, where the product links epics by a field of their own."""
    site = state.corpus.site
    if not site.product.epic_links or issue.parent is None or _is_subtask(site, issue):
        return None
    epic = state.corpus.any_issue(issue.parent)
    return epic.key if epic else None


def _epic_name(state: State, issue: Issue, _version: str) -> str | None:
    return issue.summary if issue.type in _epic_types(state) else None


def _is_subtask(site: Site, issue: Issue) -> bool:
    return site.types[issue.type].level < 0


def _sprints(state: State, issue: Issue, _version: str) -> list[dict[str, Any] | str] | None:
    site = state.corpus.site
    return [within(site, site.sprints[i]) for i in issue.sprints if i in site.sprints] or None


def _time_tracking(_state: State, issue: Issue, _version: str) -> dict[str, Any]:
    seconds = {
        "originalEstimate": issue.original_s,
        "remainingEstimate": issue.remaining_s,
        "timeSpent": issue.spent_s,
    }
    known = {name: value for name, value in seconds.items() if value is not None}
    texts = {name: duration(value) for name, value in known.items()}
    return texts | {f"{name}Seconds": value for name, value in known.items()}


def duration(seconds: int) -> str:
    """Seconds as Jira writes them, with days of eight hours: 1d 2h 30m."""
    parts = []
    for size, letter in ((144_000, "w"), (28_800, "d"), (3600, "h"), (60, "m")):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount}{letter}")
    return " ".join(parts) or "0m"


def _progress(_state: State, issue: Issue, _version: str) -> dict[str, int]:
    spent, total = issue.spent_s or 0, (issue.spent_s or 0) + (issue.remaining_s or 0)
    return {"progress": spent, "total": total} | ({"percent": 100 * spent // total} if total else {})


def _with_subtasks(name: str) -> Show:
    def show(state: State, issue: Issue, _version: str) -> int | None:
        own = [issue] if issue.type not in _epic_types(state) else []
        family = own + [c for c in (state.corpus.issue(i) for i in issue.children) if c is not None and own]
        values = [getattr(i, name) for i in family or [issue] if getattr(i, name) is not None]
        return sum(values) if values else None

    return show


def _epic_types(state: State) -> set[str]:
    return {t.id for t in state.corpus.site.types.values() if t.level > 0}


def _subtasks(state: State, issue: Issue, version: str) -> list[dict[str, Any]]:
    if issue.type in _epic_types(state):
        return []
    return [near for near in (_near(state, i, version) for i in issue.children) if near]


def _work_ratio(issue: Issue) -> int:
    return 100 * (issue.spent_s or 0) // issue.original_s if issue.original_s else -1


def _security(state: State, issue: Issue, version: str) -> dict[str, str] | None:
    if not issue.restricted:
        return None
    link = f"{shapes.api(state.corpus.site, version)}/securitylevel/10600"
    return {"self": link, "id": "10600", "name": "Leadership", "description": ""}


_SHOWN: dict[str, Show] = {
    "statuscategorychangedate": lambda s, i, _: s.clock.stamp(i.status_changed_ms),
    "fixVersions": lambda s, i, v: [
        shapes.version_within(s.corpus.site, s.corpus.site.versions[x], v) for x in i.versions
    ],
    "resolution": lambda s, i, v: (
        shapes.named(s.corpus.site, s.corpus.site.resolutions[i.resolution], "resolution", v)
        if i.resolution
        else None
    ),
    "priority": lambda s, i, v: shapes.named(
        s.corpus.site, s.corpus.site.priorities[i.priority], "priority", v
    ),
    "labels": lambda _s, i, _v: list(i.labels),
    "timeestimate": lambda _s, i, _v: i.remaining_s,
    "aggregatetimeoriginalestimate": _with_subtasks("original_s"),
    "versions": lambda _s, _i, _v: [],
    "issuelinks": lambda s, i, v: [x for x in (_link(s, link, v) for link in i.links) if x],
    "assignee": lambda s, i, v: shapes.person(s.corpus.site, i.assignee, v),
    "status": lambda s, i, v: shapes.status(s.corpus.site, s.corpus.site.statuses[i.status], v),
    "components": lambda s, i, v: [
        shapes.component(s.corpus.site, s.corpus.site.components[x], v) for x in i.components
    ],
    "aggregatetimeestimate": _with_subtasks("remaining_s"),
    "creator": lambda s, i, v: shapes.person(s.corpus.site, i.reporter, v),
    "subtasks": _subtasks,
    "reporter": lambda s, i, v: shapes.person(s.corpus.site, i.reporter, v),
    "aggregateprogress": _progress,
    "progress": _progress,
    "worklog": worklogs_within,
    "issuetype": lambda s, i, v: shapes.issue_type(s.corpus.site, s.corpus.site.types[i.type], v),
    "timespent": lambda _s, i, _v: i.spent_s,
    "project": lambda s, i, v: shapes.project(s.corpus.site, s.corpus.site.projects[i.project], v),
    "aggregatetimespent": _with_subtasks("spent_s"),
    "resolutiondate": lambda s, i, _: s.clock.stamp(i.resolved_ms) if i.resolved_ms else None,
    "workratio": lambda _s, i, _v: _work_ratio(i),
    "created": lambda s, i, _: s.clock.stamp(i.created_ms),
    "updated": lambda s, i, _: s.clock.stamp(i.updated_ms),
    "timeoriginalestimate": lambda _s, i, _v: i.original_s,
    "description": lambda s, i, v: rich(i.description, v, s.corpus.site),
    "timetracking": _time_tracking,
    "security": _security,
    "summary": lambda _s, i, _v: i.summary,
    "environment": lambda _s, _i, _v: None,
    "duedate": lambda _s, i, _v: i.due,
    "comment": comments_within,
    "parent": _parent,
    changes.SPRINT: _sprints,
    changes.TEAM_POINTS: lambda _s, i, _v: i.points.get(changes.TEAM_POINTS),
    changes.CLASSIC_POINTS: lambda _s, i, _v: i.points.get(changes.CLASSIC_POINTS),
    changes.RANK: lambda _s, i, _v: f"0|i{i.id:05d}:",
    changes.FLAGGED: lambda s, i, v: (
        [
            {
                "self": f"{shapes.api(s.corpus.site, v)}/customFieldOption/10019",
                "value": "Impediment",
                "id": "10019",
            }
        ]
        if i.flagged
        else None
    ),
    changes.START_DATE: lambda _s, _i, _v: None,
    "customfield_10014": _epic_link,
    EPIC_NAME: _epic_name,
    "customfield_10031": lambda _s, _i, _v: None,
}

_SHARED: dict[str, Callable[[Issue], object]] = {
    "assignee": lambda i: i.assignee,
    "components": lambda i: i.components,
    "creator": lambda i: i.reporter,
    "environment": lambda _: None,
    "fixVersions": lambda i: i.versions,
    "issuetype": lambda i: i.type,
    "labels": lambda i: i.labels,
    "priority": lambda i: i.priority,
    "project": lambda i: i.project,
    "reporter": lambda i: i.reporter,
    "resolution": lambda i: i.resolution,
    "security": lambda i: i.restricted,
    "status": lambda i: i.status,
    "versions": lambda _: None,
    changes.FLAGGED: lambda i: i.flagged,
    changes.SPRINT: lambda i: i.sprints,
    changes.START_DATE: lambda _: None,
    "customfield_10031": lambda _: None,
}
"""Fields that look alike on every issue that has the same value: they are written once for all."""
