"""The fields a rule can ask about: those every site has, and the custom ones of this site."""

import re
from collections.abc import Iterator

from pmreport.goals.context import FieldKind, JqlContext, JqlField, Source

_CHOICE, _USER, _TEXT = FieldKind.CHOICE, FieldKind.USER, FieldKind.TEXT
_POINTS = frozenset({"story points", "story point estimate"})
_NUMBERED = re.compile(r"cf\[(\d+)\]")
_TYPED_NAME = re.compile(r"(.+)\[[^\[\]]+\]")  # "Story Points[Number]", as Jira Cloud writes it by itself


def _system(name: str, field_id: str, kind: FieldKind, *, always_set: bool = False) -> JqlField:
    return JqlField(name=name, ids=(field_id,), kind=kind, always_set=always_set)


def _moment(name: str, source: Source, *, always_set: bool = False) -> JqlField:
    return JqlField(name=name, ids=(name,), kind=FieldKind.INSTANT, source=source, always_set=always_set)


def _prose(name: str, *parts: str) -> JqlField:
    return JqlField(name=name, ids=parts, kind=_TEXT, source=Source.PROSE)


_ISSUE = JqlField(name="key", ids=("key",), kind=FieldKind.ISSUE, source=Source.ISSUE, always_set=True)
_STATUS = JqlField(name="status", ids=("status",), kind=_CHOICE, source=Source.STATUS, always_set=True)
_CATEGORY = JqlField(
    name="statusCategory", ids=("status",), kind=FieldKind.CATEGORY, source=Source.STATUS, always_set=True
)
_TYPE = _system("issuetype", "issuetype", _CHOICE, always_set=True)
_DUE = _system("due", "duedate", FieldKind.DATE)
_SPRINT = JqlField(name="sprint", ids=("sprint",), kind=FieldKind.SPRINT, source=Source.SPRINT)
_ESTIMATE = _system("originalEstimate", "timeoriginalestimate", FieldKind.DURATION)
_REMAINING = _system("remainingEstimate", "timeestimate", FieldKind.DURATION)
_SPENT = _system("timeSpent", "timespent", FieldKind.DURATION)
_CREATED = _moment("created", Source.CREATED, always_set=True)
_UPDATED = _moment("updated", Source.UPDATED, always_set=True)
_RESOLVED = _moment("resolved", Source.RESOLVED)

SYSTEM_FIELDS = {
    "key": _ISSUE,
    "issuekey": _ISSUE,
    "issue": _ISSUE,
    "id": _ISSUE,
    "project": _system("project", "project", _CHOICE, always_set=True),
    "issuetype": _TYPE,
    "type": _TYPE,
    "status": _STATUS,
    "statuscategory": _CATEGORY,
    "assignee": _system("assignee", "assignee", _USER),
    "reporter": _system("reporter", "reporter", _USER),
    "priority": _system("priority", "priority", _CHOICE),
    "resolution": _system("resolution", "resolution", _CHOICE),
    "labels": _system("labels", "labels", FieldKind.OPTION),
    "fixversion": _system("fixVersion", "fixVersions", _CHOICE),
    "component": _system("component", "components", _CHOICE),
    "parent": _system("parent", "parent", FieldKind.ISSUE),
    "sprint": _SPRINT,
    "due": _DUE,
    "duedate": _DUE,
    "affectedversion": _system("affectedVersion", "versions", _CHOICE),
    "created": _CREATED,
    "createddate": _CREATED,
    "updated": _UPDATED,
    "updateddate": _UPDATED,
    "resolved": _RESOLVED,
    "resolutiondate": _RESOLVED,
    "summary": _prose("summary", "summary"),
    "description": _prose("description", "description"),
    "comment": _prose("comment", "comment"),
    "text": _prose("text", "summary", "description", "comment"),
    "originalestimate": _ESTIMATE,
    "timeoriginalestimate": _ESTIMATE,
    "remainingestimate": _REMAINING,
    "timeestimate": _REMAINING,
    "timespent": _SPENT,
}

# What pmreport does not keep: only Jira can answer for these.
FOREIGN_FIELDS = (
    "attachments",
    "category",
    "creator",
    "environment",
    "filter",
    "hierarchyLevel",
    "issueLink",
    "issueLinkType",
    "lastViewed",
    "level",
    "parentEpic",
    "projectType",
    "request",
    "savedFilter",
    "searchRequest",
    "statusCategoryChangedDate",
    "voter",
    "votes",
    "watcher",
    "watchers",
    "workRatio",
    "worklogAuthor",
    "worklogComment",
    "worklogDate",
)


def fields_named(name: str, context: JqlContext) -> Iterator[JqlField]:
    """The fields that a rule means by a name, an alias, or `cf[10016]`; nothing when there is none.

    A system field comes before a custom field of the same name. The usual names of the story point field mean
    whatever discovery took for it on a site that has no field of that very name.
    """
    wanted = _folded(name)
    if wanted in SYSTEM_FIELDS:
        yield SYSTEM_FIELDS[wanted]
        return
    named = [known for known in context.custom_fields if wanted in _names(known)]
    if not named and wanted in _POINTS:
        named = [known for known in context.custom_fields if known.ids[0] in context.points]
    yield from named


def custom_name(name: str) -> str | None:
    """What a rule calls a custom field, `cf[10016]` as its id; None for a field that is read anyway."""
    folded = _folded(name)
    number = _NUMBERED.fullmatch(folded)
    if number is not None:
        return f"customfield_{number[1]}"
    return None if folded in SYSTEM_FIELDS or folded in _POINTS else folded


def known_names(context: JqlContext) -> list[str]:
    """Every name that a rule could have meant."""
    system = [known.name for known in SYSTEM_FIELDS.values()]
    return system + sorted(SYSTEM_FIELDS) + [known.name for known in context.custom_fields]


def _names(known: JqlField) -> tuple[str, ...]:
    field_id = known.ids[0]
    return (known.name.casefold(), field_id, f"cf[{field_id.removeprefix('customfield_')}]")


def _folded(name: str) -> str:
    folded = name.casefold().strip()
    typed = None if _NUMBERED.fullmatch(folded) else _TYPED_NAME.fullmatch(folded)
    return folded if typed is None else typed[1].strip()
