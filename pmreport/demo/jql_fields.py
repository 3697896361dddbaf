"""What the fields of JQL mean: their names, the values an issue has in them, the values they know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from pmreport.demo.changes import CLASSIC_POINTS, TEAM_POINTS
from pmreport.demo.corpus import Corpus
from pmreport.demo.issue import Issue
from pmreport.demo.jql_parse import JqlError

Kind = Literal["id", "instant", "day", "number", "duration", "text", "sprint", "user"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of JQL: its kind, its values on an issue, and the ids a written value stands for."""

    name: str
    kind: Kind
    values: Callable[[Issue, Corpus], Iterable[str | float]]
    ids: Callable[[str, Corpus], set[str]] | None = None


_ALIASES = {
    "issuekey": "key",
    "issue": "key",
    "id": "key",
    "type": "issuetype",
    "createddate": "created",
    "updateddate": "updated",
    "duedate": "due",
    "cf[10014]": "epic link",
    "cf[10020]": "sprint",
    "cf[10016]": "story point estimate",
    "cf[10026]": "story points",
    "cf[10021]": "flagged",
    "originalestimate": "timeoriginalestimate",
    "remainingestimate": "timeestimate",
    "resolutiondate": "resolved",
    "label": "labels",
}


def _by_name(table: str) -> Callable[[str, Corpus], set[str]]:
    def ids(text: str, corpus: Corpus) -> set[str]:
        rows = getattr(corpus.site, table).values()
        return {row.id for row in rows if text.lower() in {str(row.id), row.name.lower()}}

    return ids


def _project(text: str, corpus: Corpus) -> set[str]:
    return {
        p.id for p in corpus.site.projects.values() if text.lower() in {p.id, p.key.lower(), p.name.lower()}
    }


def _user(text: str, corpus: Corpus) -> set[str]:
    users = corpus.site.users.values()
    return {u.account_id for u in users if text in {u.account_id, u.name, u.email, u.key, u.username}}


def _issue(text: str, corpus: Corpus) -> set[str]:
    found = corpus.find(text)
    return {str(found.id)} if found else set()


def _epic(issue: Issue, corpus: Corpus) -> tuple[str, ...]:
    """The epic of an issue; the parent of a sub-task is none."""
    return (str(issue.parent),) if issue.parent and corpus.site.types[issue.type].level == 0 else ()


def _sprint(text: str, corpus: Corpus) -> set[str]:
    sprints = corpus.site.sprints.values()
    return {str(s.id) for s in sprints if text in {str(s.id), s.name}}


def _category(text: str, _corpus: Corpus) -> set[str]:
    names = {
        "to do": "new",
        "new": "new",
        "in progress": "indeterminate",
        "indeterminate": "indeterminate",
        "done": "done",
    }
    return {names[text.lower()]} if text.lower() in names else set()


def _one(value: str | float | None) -> tuple[str | float, ...]:
    return () if value is None else (value,)


_FIELDS = {
    f.name: f
    for f in (
        Field("project", "id", lambda i, _: (i.project,), _project),
        Field("key", "id", lambda i, _: (str(i.id),), _issue),
        Field("created", "instant", lambda i, _: (i.created_ms,)),
        Field("updated", "instant", lambda i, _: (i.updated_ms,)),
        Field("resolved", "instant", lambda i, _: _one(i.resolved_ms)),
        Field("due", "day", lambda i, _: _one(i.due)),
        Field("status", "id", lambda i, _: (i.status,), _by_name("statuses")),
        Field("statuscategory", "id", lambda i, c: (c.site.statuses[i.status].category,), _category),
        Field("issuetype", "id", lambda i, _: (i.type,), _by_name("types")),
        Field("priority", "id", lambda i, _: (i.priority,), _by_name("priorities")),
        Field("resolution", "id", lambda i, _: _one(i.resolution), _by_name("resolutions")),
        Field("fixversion", "id", lambda i, _: i.versions, _by_name("versions")),
        Field("component", "id", lambda i, _: i.components, _by_name("components")),
        Field("assignee", "user", lambda i, _: _one(i.assignee), _user),
        Field("reporter", "user", lambda i, _: (i.reporter,), _user),
        Field("sprint", "sprint", lambda i, _: map(str, i.sprints), _sprint),
        Field("parent", "id", lambda i, _: _one(str(i.parent) if i.parent else None), _issue),
        Field("epic link", "id", _epic, _issue),
        Field("labels", "id", lambda i, _: map(str.lower, i.labels), lambda text, _: {text.lower()}),
        Field("flagged", "id", lambda i, _: ("Impediment",) if i.flagged else (), lambda text, _: {text}),
        Field("summary", "text", lambda i, _: (i.summary,)),
        Field("description", "text", lambda i, _: _one(i.description)),
        Field("text", "text", lambda i, _: (i.summary, i.description or "", *(c.text for c in i.comments))),
        Field("story points", "number", lambda i, _: _one(i.points.get(CLASSIC_POINTS))),
        Field("story point estimate", "number", lambda i, _: _one(i.points.get(TEAM_POINTS))),
        Field("comment", "text", lambda i, _: (c.text for c in i.comments)),
        Field("timeoriginalestimate", "duration", lambda i, _: _one(i.original_s)),
        Field("timeestimate", "duration", lambda i, _: _one(i.remaining_s)),
        Field("timespent", "duration", lambda i, _: _one(i.spent_s)),
        Field("rank", "text", lambda i, _: (f"{i.id:08d}",)),
    )
}


def field_named(name: str) -> Field:
    """The field a JQL name stands for. Raises JqlError for one the site does not have."""
    lower = name.lower()
    found = _FIELDS.get(_ALIASES.get(lower, lower))
    if found is None:
        raise JqlError(f"Field '{name}' does not exist or you do not have permission to view it.")
    return found
