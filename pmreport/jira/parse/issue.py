"""One issue as rows, with its current values for the timeline."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmreport.jira.adf import plain_text
from pmreport.jira.fields import FieldMap
from pmreport.jira.parse import lists
from pmreport.jira.parse.values import (
    Json,
    canonical,
    date_text,
    instant_ms,
    integer,
    member,
    members,
    number,
    text,
    user_id,
)
from pmreport.model.changelog import FieldKinds, Value
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import ComponentRow, IssueLinkRow, IssueRow, UserAccountRow
from pmreport.model.timeline import IssueState

# Fields with a history of their own in `issue_value`.
HISTORY_FIELDS = (
    "status",
    "assignee",
    "reporter",
    "labels",
    "components",
    "fixVersions",
    "versions",
    "duedate",
    "parent",
    "issuetype",
    "priority",
    "resolution",
    "summary",
    "project",
    "timeoriginalestimate",
    "timeestimate",
    "timespent",
)
# What is asked of Jira beside them.
OTHER_FIELDS = (
    "created",
    "updated",
    "resolutiondate",
    "description",
    "security",
    "issuelinks",
    "comment",
    "worklog",
)
AMOUNTS = ("timeoriginalestimate", "timeestimate", "timespent")

_SPRINT_TEXT = re.compile(r"[\[,]id=(\d+)(?=[,\]])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedIssue:
    """An issue as its own document tells it; comments, worklogs and history are read apart."""

    row: IssueRow
    state: IssueState
    links: tuple[IssueLinkRow, ...]
    components: tuple[ComponentRow, ...]
    users: tuple[UserAccountRow, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFields:
    """Which fields of an issue are read: the known ones by their parts, and `further` ones, by id.

    `sprint_names` are the names of sprints by their ids: an issue may know the id alone for certain.
    """

    known: FieldMap
    further: tuple[str, ...] = ()
    sprint_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def custom(self) -> tuple[str, ...]:
        """The custom fields that get a history."""
        known = self.known
        parts = (known.sprint, *known.points, known.flagged, *self.further)
        return tuple(dict.fromkeys(part for part in parts if part and part not in HISTORY_FIELDS))

    @property
    def asked(self) -> tuple[str, ...]:
        """What to ask Jira for: named fields, never all of them."""
        epic = (self.known.epic_link,) if self.known.epic_link else ()
        return tuple(dict.fromkeys((*HISTORY_FIELDS, *OTHER_FIELDS, *self.custom, *epic)))

    @property
    def kinds(self) -> FieldKinds:
        """How the timeline is to read the values."""
        schemas = {name: self.known.schemas.get(name, {}).get("schema") or {} for name in self.custom}
        return FieldKinds(
            sprint=self.known.sprint,
            estimates=frozenset((*self.known.points, "timeoriginalestimate")),
            multi_valued=frozenset(name for name, schema in schemas.items() if schema.get("type") == "array"),
            numbers=frozenset(
                (*AMOUNTS, *(name for name, schema in schemas.items() if schema.get("type") == "number"))
            ),
            names=self.known.names,
        )


def epic_key(found: Json, fields: FieldMap) -> str | None:
    """The key of the epic of an issue without a parent: Data Center links it in a field of its own."""
    content = _content(found)
    if not fields.epic_link or member(content.get("parent"), "id"):
        return None
    return text(content.get(fields.epic_link))


def parse(
    found: Json, fields: IssueFields, *, history_complete: bool = True, epics: Mapping[str, int] | None = None
) -> ParsedIssue | Problem:
    """An issue; a Problem where its id, key, project, type, status or stamps cannot be read.

    `epics` are ids by key, for `epic_key`: an epic becomes the parent.
    """
    content = _content(found)
    epic = epic_key(found, fields.known)
    if epic is not None and epics and epic in epics:
        content = {**content, "parent": {"id": str(epics[epic]), "key": epic}}
    row = _row(found, content, fields.known, history_complete=history_complete)
    if row is None:
        subject = str(found.get("key") or found.get("id"))
        return Problem(ProblemKind.UNREADABLE_VALUE, subject, "an issue without its basic fields")
    return ParsedIssue(
        row=row,
        state=_state(row, content, fields),
        links=tuple(_links(row.issue_id, content)),
        components=tuple(filter(None, map(lists.component, members(content.get("components"))))),
        users=tuple(lists.users(content.get(name) for name in ("assignee", "reporter"))),
        problems=tuple(_two_estimates(row, content, fields.known)),
    )


def _content(found: Json) -> Json:
    content = found.get("fields")
    return content if isinstance(content, dict) else {}


def _row(found: Json, content: Json, fields: FieldMap, *, history_complete: bool) -> IssueRow | None:
    issue_id, key = integer(found.get("id")), text(found.get("key"))
    project_id = integer(member(content.get("project"), "id"))
    type_id, status_id = member(content.get("issuetype"), "id"), member(content.get("status"), "id")
    created, updated = instant_ms(content.get("created")), instant_ms(content.get("updated"))
    if issue_id is None or key is None or project_id is None or type_id is None or status_id is None:
        return None
    if created is None or updated is None:
        return None
    return IssueRow(
        issue_id=issue_id,
        issue_key=key,
        project_id=project_id,
        issue_type_id=type_id,
        is_subtask=bool(content["issuetype"].get("subtask")),
        summary=text(content.get("summary")) or "",
        description=plain_text(content.get("description")) or None,
        status_id=status_id,
        priority_id=member(content.get("priority"), "id"),
        resolution_id=member(content.get("resolution"), "id"),
        parent_id=integer(member(content.get("parent"), "id")),
        assignee_id=user_id(content.get("assignee")),
        reporter_id=user_id(content.get("reporter")),
        points=_points(content, fields),
        estimate_s=integer(content.get("timeoriginalestimate")),
        remaining_s=integer(content.get("timeestimate")),
        spent_s=integer(content.get("timespent")),
        due_date=date_text(content.get("duedate")),
        security_level=member(content.get("security"), "id"),
        created_ms=created,
        updated_ms=updated,
        resolved_ms=instant_ms(content.get("resolutiondate")),
        unseen_since_ms=None,
        deleted_ms=None,
        history_complete=history_complete,
    )


def _points(content: Json, fields: FieldMap) -> float | None:
    key = member(content.get("project"), "key") or ""
    found = (number(content.get(name)) for name in fields.points_of(key))
    return next((amount for amount in found if amount is not None), None)


def _two_estimates(row: IssueRow, content: Json, fields: FieldMap) -> Iterator[Problem]:
    """Two point fields that say different things: one of them is forgotten, yet people may see it."""
    said = {name: number(content.get(name)) for name in fields.points}
    told = {name: amount for name, amount in said.items() if amount is not None}
    if len(set(told.values())) > 1:
        words = ", ".join(f"{name}={canonical(amount)}" for name, amount in told.items())
        yield Problem(ProblemKind.TWO_ESTIMATE_FIELDS, row.issue_key, words)


def _state(row: IssueRow, content: Json, fields: IssueFields) -> IssueState:
    sprint = fields.known.sprint
    values = {
        name: sprints(content.get(name), fields.sprint_names)
        if name == sprint
        else values_of(content.get(name))
        for name in (*HISTORY_FIELDS, *fields.custom)
    }
    return IssueState(issue_id=row.issue_id, key=row.issue_key, created_ms=row.created_ms, values=values)


def values_of(found: Any) -> tuple[Value, ...]:
    """The values of a field of any kind: the id behind a value where there is one, else its text.

    Jira's shapes tell enough: people, options, versions, statuses and issues are objects with an id, sets are
    lists, rich text is a document.
    """
    if found is None or found == "":
        return ()
    if isinstance(found, list):
        return tuple(value for each in _leaves(found) for value in values_of(each))
    if isinstance(found, dict):
        return _object_value(found)
    amount = number(found) if isinstance(found, int | float) else None
    if amount is not None:
        words = canonical(amount)
        return (Value(words, words, amount),)
    return (Value(str(found), str(found)),)


def _leaves(found: list[Any]) -> Iterator[Any]:
    """What is in a list and the lists in it, in order, however deep."""
    waiting = found[::-1]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each[::-1]
        else:
            yield each


def _object_value(found: Json) -> tuple[Value, ...]:
    if found.get("type") == "doc":
        prose = plain_text(found)
        return (Value(prose, prose),) if prose else ()
    identity = _first_of(found, ("accountId", "id", "key", "value", "name"))
    if identity is None:
        return ()
    return (Value(identity, _first_of(found, ("displayName", "value", "name", "key")) or identity),)


def _first_of(found: Json, names: tuple[str, ...]) -> str | None:
    for name in names:
        word = member(found, name)
        if word:
            return word
    return None


def sprints(found: Any, names: Mapping[str, str] | None = None) -> tuple[Value, ...]:
    """The sprints of an issue: objects (Cloud), or texts (Data Center) of which only the id is trusted.

    `names` are those by id that the boards tell.
    """
    values: list[Value] = []
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            values += values_of(each)
        elif isinstance(each, str):
            values += _sprint_of_text(each, names or {})
    return tuple(values)


def _sprint_of_text(found: str, names: Mapping[str, str]) -> list[Value]:
    """The id in `...Sprint@1a2b[id=266,name=...]`: names and goals may hold commas, brackets and `id=` too.

    The keys come in any order. At the start no free text can pretend to be the id, and hardly at the end; in
    the middle the one that equals `sequence` is the likeliest, for that is how sprints are numbered.
    """
    inner = found[found.find("[") :]
    ids = _SPRINT_TEXT.findall(inner)
    if not ids:
        return []
    if not inner.startswith(f"[id={ids[0]}"):
        ids = [one for one in ids if re.search(rf",sequence={one}[,\]]", inner)] or ids
        ids = ids[-1:] if inner.endswith(f",id={ids[-1]}]") else ids
    return [Value(ids[0], names.get(ids[0]))]


def _links(issue_id: int, content: Json) -> Iterator[IssueLinkRow]:
    """The issue's links; each has its other end on one side only."""
    for found in members(content.get("issuelinks")):
        link_id, kind = integer(found.get("id")), member(found.get("type"), "name") or ""
        outward = integer(member(found.get("outwardIssue"), "id"))
        inward = integer(member(found.get("inwardIssue"), "id"))
        if link_id is not None and outward is not None:
            yield IssueLinkRow(link_id, issue_id, outward, kind)
        elif link_id is not None and inward is not None:
            yield IssueLinkRow(link_id, inward, issue_id, kind)


def embedded(found: Json, name: str, items: str) -> tuple[Sequence[Json], bool]:
    """A list that rides in an issue (`comment`, `worklog`), and whether it is whole: Jira embeds a few."""
    holder = _content(found).get(name)
    if not isinstance(holder, dict):
        return (), True
    listed = members(holder.get(items))
    return listed, (integer(holder.get("total")) or 0) <= len(listed)
