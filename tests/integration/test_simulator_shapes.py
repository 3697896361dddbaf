"""Every answer of the simulator against tables of shapes, written from the papers and not from its code."""

from typing import Any

import pytest

from tests.support import shapes
from tests.support.shapes import (
    COLON,
    DIGITS,
    MORE,
    STAMP,
    STATUS,
    TYPE,
    VERSION,
    ZULU,
    Maybe,
    differences,
    page,
)
from tests.support.simulator import Simulator

Asked = tuple[str, dict[str, Any] | None, Any]
AGILE = "/rest/agile/1.0"
ACCOUNT = {
    "accountId": str,
    "accountType": str,
    "displayName": str,
    "active": bool,
    "emailAddress?": str,
    **MORE,
}
KEYED = {
    "key": r"JIRAUSER\d+",
    "name": str,
    "displayName": str,
    "active": bool,
    "emailAddress": str,
    "timeZone": str,
    "self": str,
    "avatarUrls": dict,
}
DOCUMENT = {"type": "doc", "version": int, "content": [dict]}
CLOUD_SPRINT = {
    "id": int,
    "name": str,
    "state": "future|active|closed",
    "boardId": int,
    "goal": str,
    "startDate?": ZULU,
    "endDate?": ZULU,
    "completeDate?": ZULU,
}
JAVA_SPRINT = r"com\.atlassian\.greenhopper\.service\.sprint\.Sprint@[0-9a-f]+\[.*\]"
CLOUD_FIELD = {
    "id": str,
    "key": str,
    "name": str,
    "untranslatedName?": str,
    "custom": bool,
    "orderable": bool,
    "navigable": bool,
    "searchable": bool,
    "clauseNames": [str],
    "schema?": {"type": str, "items?": str, "system?": str, "custom?": str, "customId?": int},
    "scope?": {"type": "PROJECT", "project": {"id": DIGITS}},
}
DC_FIELD = {
    name: CLOUD_FIELD[name]
    for name in CLOUD_FIELD
    if name.rstrip("?") not in {"key", "untranslatedName", "scope"}
}
LOCATION = {
    "projectId": int,
    "projectKey": str,
    "projectName": str,
    "displayName": str,
    "projectTypeKey": str,
    "avatarURI": str,
    **MORE,
}
BOARD = {"id": int, "self": str, "name": str, "type": "scrum|kanban|simple"}
CLOUD_BOARD = {**BOARD, "location?": LOCATION, "isPrivate?": bool}
SPRINT = {
    "id": int,
    "self": str,
    "state": "future|active|closed",
    "name": str,
    "originBoardId?": int,
    "goal?": str,
}
CLOUD_AGILE_SPRINT = {
    **SPRINT,
    "startDate?": ZULU,
    "endDate?": ZULU,
    "completeDate?": ZULU,
    "createdDate?": ZULU,
}
DC_AGILE_SPRINT = {
    **SPRINT,
    "startDate?": COLON,
    "endDate?": COLON,
    "completeDate?": COLON,
    "activatedDate?": COLON,
    "autoStartStop": bool,
    "synced": bool,
    "incompleteIssuesDestinationId?": int,
}


def _site(version: str, user: Any, field: Any, project: Any) -> list[Asked]:
    """What both products answer alike, but for people, fields and projects."""
    api = f"/rest/api/{version}"
    kind = {**TYPE, "hierarchyLevel": int} if "accountId" in user else {"hierarchyLevel?": None, **TYPE}
    return [
        (f"{api}/myself", None, {**user, "timeZone": str, "locale": str, **MORE}),
        (f"{api}/field", None, [field]),
        (f"{api}/status", None, [STATUS]),
        (f"{api}/issuetype", None, [kind]),
        (f"{api}/priority", None, [shapes.NAMED]),
        (f"{api}/resolution", None, [shapes.NAMED]),
        (f"{api}/configuration", None, shapes.CONFIGURATION),
        (f"{api}/project", None, [project]),
        (f"{api}/project/SHOP", None, {**project, "lead": user, "versions": [VERSION], **MORE}),
        (f"{api}/project/SHOP/versions", None, [{**VERSION, "projectId": int}]),
        (f"{api}/project/SHOP/version", None, page({**VERSION, "projectId": int})),
        (f"{api}/project/SHOP/components", None, [shapes.NAMED]),
        (f"{api}/filter/10401", None, shapes.FILTER),
        (f"{api}/mypermissions?permissions=BROWSE_PROJECTS", None, shapes.PERMISSIONS),
    ]


def _cloud(version: str, text: Any) -> list[Asked]:
    api = f"/rest/api/{version}"
    item = {**shapes.ITEM, "fieldId?": str}
    history = shapes.history_shape(ACCOUNT, item)
    fields = shapes.issue_fields(user=ACCOUNT, text=text, sprint=CLOUD_SPRINT, statuscategorychangedate=STAMP)
    issue = {"expand": str, "id": DIGITS, "self": str, "key": str, "fields": fields}
    whole = {**issue, "changelog": shapes.embedded_changelog(history)}
    worklogs = [shapes.worklog_shape(ACCOUNT, text)]
    comments = [shapes.comment_shape(ACCOUNT, text)]
    project = {"id": DIGITS, "key": str, "name": str, "projectTypeKey": str, "simplified": bool, **MORE}
    bulk = {"issueId": DIGITS, "changeHistories": [shapes.history_shape(ACCOUNT, item, int)]}
    searched = {"issues": [whole], "nextPageToken?": str, "isLast": bool}
    ask = {
        "jql": "created > -9999d ORDER BY key",
        "fields": ["*all"],
        "expand": "changelog",
        "maxResults": 100,
    }
    bare = {"expand?": str, "id": DIGITS, "key?": str, "self?": str}
    return [
        *_site(version, ACCOUNT, CLOUD_FIELD, project),
        (f"{api}/serverInfo", None, {**shapes.SERVER, "deploymentType": "Cloud", "serverTimeZone?": str}),
        (f"{api}/project/search", None, page(project)),
        (f"{api}/search/jql", ask, searched),
        (f"{api}/search/jql", {"jql": "project = SHOP"}, {**searched, "issues": [bare]}),
        (f"{api}/search/approximate-count", {"jql": "project = SHOP"}, {"count": int}),
        (
            f"{api}/jql/match",
            {"jqls": ["project = SHOP"], "issueIds": [10001]},
            {"matches": [{"matchedIssues": [int], "errors": [str]}]},
        ),
        (f"{api}/issue/SHOP-40?expand=changelog", None, whole),
        (f"{api}/issue/SHOP-40/changelog", None, {**page(history), "self": str}),
        (
            f"{api}/issue/bulkfetch",
            {"issueIdsOrKeys": ["10001"], "fields": ["*all"], "expand": ["changelog"]},
            {"expand": str, "issues": [whole], "issueErrors": list},
        ),
        (
            f"{api}/changelog/bulkfetch",
            {"issueIdsOrKeys": ["10001", "10040"], "maxResults": 5},
            {"issueChangeLogs": [bulk], "nextPageToken?": str},
        ),
        (
            f"{api}/issue/10999/comment",
            None,
            {"startAt": int, "maxResults": int, "total": int, "comments": comments},
        ),
        (f"{api}/comment/list", {"ids": [10999001]}, page(comments[0])),
        (
            f"{api}/issue/10999/worklog",
            None,
            {"startAt": int, "maxResults": int, "total": int, "worklogs": worklogs},
        ),
        (f"{api}/worklog/list", {"ids": [10999001]}, worklogs),
        (f"{api}/worklog/updated", None, shapes.FEED),
        (f"{api}/worklog/deleted", None, shapes.FEED),
    ]


CLOUD_AGILE: list[Asked] = [
    (f"{AGILE}/board", None, page(CLOUD_BOARD)),
    (f"{AGILE}/board/11", None, CLOUD_BOARD),
    *((f"{AGILE}/board/{n}/configuration", None, shapes.configuration(location=dict)) for n in (11, 12, 13)),
    (f"{AGILE}/board/12/sprint", None, {**page(CLOUD_AGILE_SPRINT, total=False), "total?": int}),
    (f"{AGILE}/sprint/71", None, CLOUD_AGILE_SPRINT),
    (f"{AGILE}/board/11/project", None, page({"id": DIGITS, "key": str, "name": str, **MORE})),
]


def _datacenter() -> list[Asked]:
    api = "/rest/api/2"
    history = shapes.history_shape(KEYED, shapes.ITEM)
    fields = shapes.issue_fields(
        user=KEYED,
        text=str,
        sprint=JAVA_SPRINT,
        customfield_10014=Maybe(str),
        customfield_10011=Maybe(str),
    )
    issue = {"expand": str, "id": DIGITS, "self": str, "key": str, "fields": fields}
    whole = {**issue, "changelog": shapes.embedded_changelog(history)}
    project = {"id": DIGITS, "key": str, "name": str, "projectTypeKey": str, **MORE}
    searched = {
        "expand": Maybe(str),
        "startAt": int,
        "maxResults": int,
        "total": int,
        "issues": [{**whole, "renderedFields": Maybe(dict)}],
        "names": Maybe(dict),
        "schema": Maybe(dict),
        "warningMessages": Maybe(list),
        "maxResultWindow?": int,
    }
    ask = {"jql": "ORDER BY key", "fields": ["*all"], "expand": ["changelog"], "maxResults": 200}
    worklogs = [shapes.worklog_shape(KEYED, str)]
    comments = [shapes.comment_shape(KEYED, str)]
    paged = {"startAt": int, "maxResults": int, "total": int}
    feed = {**shapes.FEED, "isLastPage": bool}
    return [
        *_site("2", KEYED, DC_FIELD, project),
        (f"{api}/serverInfo", None, {**shapes.SERVER, "deploymentType": "Server|DataCenter"}),
        (f"{api}/search", ask, searched),
        (f"{api}/issue/SHOP-40?expand=changelog", None, whole),
        (f"{api}/issue/10999/comment", None, {**paged, "comments": comments}),
        (f"{api}/issue/10999/worklog", None, {**paged, "worklogs": worklogs}),
        (f"{api}/worklog/list", {"ids": [10999001]}, worklogs),
        (f"{api}/worklog/updated", None, feed),
        (f"{api}/worklog/deleted", None, feed),
        (f"{api}/searchLimits/maxResultWindow", None, int),
        (f"{AGILE}/board", None, page(BOARD)),
        (f"{AGILE}/board/11", None, BOARD),
        *((f"{AGILE}/board/{n}/configuration", None, shapes.configuration()) for n in (11, 12, 13)),
        (f"{AGILE}/board/12/sprint", None, {**page(DC_AGILE_SPRINT, total=False), "total?": int}),
        (f"{AGILE}/sprint/71", None, DC_AGILE_SPRINT),
        (f"{AGILE}/board/11/project", None, page({"id": DIGITS, "key": str, "name": str, **MORE})),
    ]


CLOUD = [*_cloud("2", str), *_cloud("3", DOCUMENT), *CLOUD_AGILE]
DATACENTER = _datacenter()


def _differences(simulator: Simulator, asked: Asked) -> set[str]:
    path, body, shape = asked
    answer = simulator.get(path) if body is None else simulator.post(path, body)
    assert answer.status == 200, answer.content[:200]
    return set(differences(answer.json, shape))


@pytest.mark.parametrize("asked", CLOUD, ids=[row[0] for row in CLOUD])
def test_cloud_answers_in_the_shapes_of_the_papers(simulator: Simulator, asked: Asked) -> None:
    """Version 2, version 3 and the agile interface: every member that is named is there, with its type."""
    assert _differences(simulator, asked) == set()


@pytest.mark.parametrize("asked", DATACENTER, ids=[row[0] for row in DATACENTER])
def test_data_center_answers_in_the_shapes_of_the_papers(datacenter: Simulator, asked: Asked) -> None:
    """Every member that is named is there, with its type, and nothing of Cloud's own."""
    assert _differences(datacenter, asked) == set()


@pytest.mark.parametrize(
    ("broken", "difference"),
    [
        ({"state": "Closed"}, "$.state is not like future|active|closed: 'Closed'"),
        ({"createdDate": "2026-01-01"}, "$.createdDate is unknown"),
        ({"originBoardId": "11"}, "$.originBoardId is no int: '11'"),
        ({"activatedDate": "2026-01-01T09:00:00.000-0500"}, f"$.activatedDate is not like {COLON}"),
    ],
)
def test_a_broken_sprint_is_caught(datacenter: Simulator, broken: dict[str, Any], difference: str) -> None:
    """A wrong word, a member of the other product, a wrong type, a wrong stamp: each is found."""
    sprint = datacenter.get(f"{AGILE}/sprint/71").json

    assert list(differences(sprint, DC_AGILE_SPRINT)) == []
    assert [text.startswith(difference) for text in differences(sprint | broken, DC_AGILE_SPRINT)] == [True]


def test_a_missing_member_and_a_wrong_container_are_caught() -> None:
    """An object that lacks something, something that is no object, something that is no array."""
    assert list(differences({}, {"id": int})) == ["$.id is missing"]
    assert list(differences([], {"id": int})) == ["$ is no object: []"]
    assert list(differences({}, [int])) == ["$ is no array: {}"]
