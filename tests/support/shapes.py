"""What Jira's answers hold, member by member, written from its papers; and a value held against that.

A type stands for itself, a list for an array of its one element, a dictionary for an object, `Maybe` for a
value or null, a text for a pattern. A member with a question mark may be missing; an object that has the
member `...` may have more of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}"
ZULU = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
COLON = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d"
DIGITS = r"\d+"
DAY = r"\d{4}-\d\d-\d\d"
MORE = {"...": object}


@dataclass(frozen=True, slots=True)
class Maybe:
    """A value of a shape, or null."""

    shape: Any


def differences(value: Any, shape: Any, at: str = "$") -> Iterator[str]:
    """Where a value is not of its shape."""
    if isinstance(shape, Maybe):
        if value is not None:
            yield from differences(value, shape.shape, at)
    elif isinstance(shape, str):
        if not isinstance(value, str) or not re.fullmatch(shape, value):
            yield f"{at} is not like {shape}: {value!r:.60}"
    elif isinstance(shape, type):
        if not _is(value, shape):
            yield f"{at} is no {shape.__name__}: {value!r:.60}"
    elif isinstance(shape, list):
        yield from _array(value, shape[0], at)
    else:
        yield from _object(value, shape, at)


def _is(value: Any, kind: type) -> bool:
    if isinstance(value, bool):
        return kind in {bool, object}
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _array(value: Any, shape: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at} is no array: {value!r:.60}"
        return
    for item in value:
        yield from differences(item, shape, f"{at}[]")


def _object(value: Any, shape: dict[str, Any], at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is no object: {value!r:.60}"
        return
    members = {name.removesuffix("?"): member for name, member in shape.items() if name != "..."}
    for name in shape:
        if not name.endswith("?") and name not in value and name != "...":
            yield f"{at}.{name} is missing"
    for name, member in value.items():
        if name in members:
            yield from differences(member, members[name], f"{at}.{name}")
        elif "..." not in shape:
            yield f"{at}.{name} is unknown"


CATEGORY = {"id": int, "key": "new|indeterminate|done|undefined", "name": str, "colorName": str, **MORE}
STATUS = {"id": DIGITS, "name": str, "statusCategory": CATEGORY, **MORE}
NAMED = {"id": DIGITS, "name": str, **MORE}
TYPE = {"id": DIGITS, "name": str, "subtask": bool, **MORE}
VERSION = {
    "id": DIGITS,
    "name": str,
    "archived": bool,
    "released": bool,
    "releaseDate?": DAY,
    "startDate?": DAY,
    **MORE,
}
ITEM = {
    "field": str,
    "fieldtype": "jira|custom",
    "from": Maybe(str),
    "fromString": Maybe(str),
    "to": Maybe(str),
    "toString": Maybe(str),
}
TRACKING = {"workingHoursPerDay": float, "workingDaysPerWeek": float, "timeFormat": str, "defaultUnit": str}
CONFIGURATION = {"timeTrackingConfiguration": TRACKING, **MORE}
FEED_ROW = {"worklogId": int, "updatedTime": int, "properties": list}
FEED = {"values": [FEED_ROW], "since": int, "until": int, "self": str, "nextPage?": str, "lastPage": bool}
PERMISSIONS = {"permissions": {"BROWSE_PROJECTS": {"havePermission": bool, **MORE}}}
FILTER = {"id": DIGITS, "jql": str, **MORE}
SERVER = {
    "baseUrl": str,
    "version": str,
    "versionNumbers": [int],
    "buildNumber": int,
    "buildDate": STAMP,
    "serverTime": STAMP,
    "scmInfo": str,
    "serverTitle": str,
}


def page(value: Any, *, total: bool = True) -> dict[str, Any]:
    """A page bean."""
    bean = {"startAt": int, "maxResults": int, "isLast": bool, "values": [value]}
    return {**bean, "self?": str, "nextPage?": str, **({"total": int} if total else {})}


def configuration(**more: Any) -> dict[str, Any]:
    """A board's configuration."""
    column = {"name": str, "statuses": [{"id": DIGITS, "self": str}], "min?": int, "max?": int}
    return {
        "id": int,
        "name": str,
        "type": str,
        "self": str,
        "filter": {"id": DIGITS, "self": str},
        "subQuery?": {"query": str},
        "columnConfig": {"columns": [column], "constraintType": "none|issueCount|issueCountExclSubs"},
        "estimation?": {"type": "none|issueCount|field", "field?": {"fieldId": str, "displayName": str}},
        "ranking": {"rankCustomFieldId": int},
        **more,
    }


def issue_fields(*, user: Any, text: Any, sprint: Any, **more: Any) -> dict[str, Any]:
    """The fields of an issue; what the two products write otherwise is given."""
    near = {"id": DIGITS, "key": str, "fields": {"summary": str, "status": STATUS, "issuetype": TYPE, **MORE}}
    end = {"id": DIGITS, "type": {"name": str, "inward": str, "outward": str, **MORE}}
    worklog = worklog_shape(user, text)
    return {
        "summary": str,
        "issuetype": TYPE,
        "project": {"id": DIGITS, "key": str, "name": str, "projectTypeKey": str, **MORE},
        "status": STATUS,
        "priority": Maybe(NAMED),
        "resolution": Maybe(NAMED),
        "resolutiondate": Maybe(STAMP),
        "created": STAMP,
        "updated": STAMP,
        "duedate": Maybe(DAY),
        "labels": [str],
        "components": [NAMED],
        "fixVersions": [VERSION],
        "versions": [VERSION],
        "parent?": Maybe({**near, **MORE}),
        "subtasks": [{**near, **MORE}],
        "issuelinks": [{**end, "inwardIssue?": {**near, **MORE}, "outwardIssue?": {**near, **MORE}, **MORE}],
        "assignee": Maybe(user),
        "reporter": Maybe(user),
        "creator": Maybe(user),
        "timeoriginalestimate": Maybe(int),
        "timeestimate": Maybe(int),
        "timespent": Maybe(int),
        "aggregatetimeoriginalestimate": Maybe(int),
        "aggregatetimeestimate": Maybe(int),
        "aggregatetimespent": Maybe(int),
        "workratio": int,
        "progress": {"progress": int, "total": int, "percent?": int},
        "aggregateprogress": {"progress": int, "total": int, "percent?": int},
        "timetracking": {"originalEstimateSeconds?": int, **MORE},
        "description": Maybe(text),
        "environment": Maybe(text),
        "worklog": {"startAt": int, "maxResults": int, "total": int, "worklogs": [worklog]},
        "comment": {
            "comments": [comment_shape(user, text)],
            "self": str,
            "maxResults": int,
            "total": int,
            "startAt": int,
        },
        "customfield_10020": Maybe([sprint]),
        "customfield_10016": Maybe(float),
        "customfield_10026": Maybe(float),
        "customfield_10019": str,
        "customfield_10021": Maybe([{"value": str, "id": DIGITS, "self": str}]),
        **more,
        **MORE,
    }


def worklog_shape(user: Any, text: Any) -> dict[str, Any]:
    """Logged time."""
    return {
        "self": str,
        "id": DIGITS,
        "issueId": DIGITS,
        "author": user,
        "updateAuthor": user,
        "comment?": text,
        "created": STAMP,
        "updated": STAMP,
        "started": STAMP,
        "timeSpent": str,
        "timeSpentSeconds": int,
        "visibility?": {"type": str, "value": str, **MORE},
    }


def comment_shape(user: Any, text: Any) -> dict[str, Any]:
    """A comment."""
    return {
        "self": str,
        "id": DIGITS,
        "author": user,
        "updateAuthor": user,
        "body": text,
        "created": STAMP,
        "updated": STAMP,
        "visibility?": {"type": str, "value": str, **MORE},
        **MORE,
    }


def history_shape(user: Any, item: dict[str, Any], created: Any = STAMP) -> dict[str, Any]:
    """An entry of a changelog."""
    return {"id": DIGITS, "author?": user, "created": created, "items": [item], "historyMetadata?": dict}


def embedded_changelog(history: Any) -> dict[str, Any]:
    """A changelog within an issue."""
    return {"startAt": int, "maxResults": int, "total": int, "histories": [history]}
