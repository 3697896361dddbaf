"""The simulator's answers held against Atlassian's own OpenAPI documents, where their folder is named."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmreport.demo.dialect import CLOUD
from pmreport.demo.server import routes_of
from tests.support.simulator import Simulator

PLATFORM, AGILE = "jira-platform-v3.cloud.2025-09.json", "jira-software.cloud.2025-06.json"
# What live sites answer and the documents of 2025 do not say (yet): path and reason.
NEWER = {
    "$[].untranslatedName": "the field list has it on live sites",
    "$.expand": "bulkfetch answers with it",
    "$.type": "a board configuration names the type of its board",
    "$.issueChangeLogs[].changeHistories[].created": "milliseconds in life, a text in the document",
    "$.location.id": "the document's own example has it, its schema does not",
    "$.location.key": "the same",
    "$.location.name": "the same",
    "$.location.self": "the same",
    "$.values[].createdDate": "sprints have it since 2023",
    "$.createdDate": "the same",
}
ASKED: tuple[tuple[str, str, str, dict[str, Any] | None], ...] = (
    (PLATFORM, "/rest/api/3/myself", "/rest/api/3/myself", None),
    (PLATFORM, "/rest/api/3/serverInfo", "/rest/api/3/serverInfo", None),
    (PLATFORM, "/rest/api/3/field", "/rest/api/3/field", None),
    (PLATFORM, "/rest/api/3/status", "/rest/api/3/status", None),
    (PLATFORM, "/rest/api/3/priority", "/rest/api/3/priority", None),
    (PLATFORM, "/rest/api/3/resolution", "/rest/api/3/resolution", None),
    (PLATFORM, "/rest/api/3/issuetype", "/rest/api/3/issuetype", None),
    (PLATFORM, "/rest/api/3/configuration", "/rest/api/3/configuration", None),
    (PLATFORM, "/rest/api/3/filter/10401", "/rest/api/3/filter/{id}", None),
    (PLATFORM, "/rest/api/3/project/search?expand=insight", "/rest/api/3/project/search", None),
    (PLATFORM, "/rest/api/3/project/SHOP", "/rest/api/3/project/{projectIdOrKey}", None),
    (PLATFORM, "/rest/api/3/project/SHOP/versions", "/rest/api/3/project/{projectIdOrKey}/versions", None),
    (PLATFORM, "/rest/api/3/project/SHOP/version", "/rest/api/3/project/{projectIdOrKey}/version", None),
    (
        PLATFORM,
        "/rest/api/3/project/SHOP/components",
        "/rest/api/3/project/{projectIdOrKey}/components",
        None,
    ),
    (PLATFORM, "/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS", "/rest/api/3/mypermissions", None),
    (
        PLATFORM,
        "/rest/api/3/issue/SHOP-40?expand=changelog,names,schema",
        "/rest/api/3/issue/{issueIdOrKey}",
        None,
    ),
    (PLATFORM, "/rest/api/3/issue/SHOP-40/changelog", "/rest/api/3/issue/{issueIdOrKey}/changelog", None),
    (PLATFORM, "/rest/api/3/issue/10999/comment", "/rest/api/3/issue/{issueIdOrKey}/comment", None),
    (PLATFORM, "/rest/api/3/issue/10999/worklog", "/rest/api/3/issue/{issueIdOrKey}/worklog", None),
    (PLATFORM, "/rest/api/3/worklog/updated", "/rest/api/3/worklog/updated", None),
    (PLATFORM, "/rest/api/3/worklog/deleted", "/rest/api/3/worklog/deleted", None),
    (
        PLATFORM,
        "/rest/api/3/search/jql",
        "/rest/api/3/search/jql",
        {"jql": "project = SHOP", "fields": ["*all"], "expand": "transitions,changelog"},
    ),
    (PLATFORM, "/rest/api/3/issue/bulkfetch", "/rest/api/3/issue/bulkfetch", {"issueIdsOrKeys": ["10001"]}),
    (
        PLATFORM,
        "/rest/api/3/changelog/bulkfetch",
        "/rest/api/3/changelog/bulkfetch",
        {"issueIdsOrKeys": ["10040"]},
    ),
    (PLATFORM, "/rest/api/3/comment/list", "/rest/api/3/comment/list", {"ids": [10999001]}),
    (PLATFORM, "/rest/api/3/worklog/list", "/rest/api/3/worklog/list", {"ids": [10999001]}),
    (
        PLATFORM,
        "/rest/api/3/search/approximate-count",
        "/rest/api/3/search/approximate-count",
        {"jql": "project = APP"},
    ),
    (AGILE, "/rest/agile/1.0/board", "/rest/agile/1.0/board", None),
    (AGILE, "/rest/agile/1.0/board/11", "/rest/agile/1.0/board/{boardId}", None),
    (AGILE, "/rest/agile/1.0/board/11/configuration", "/rest/agile/1.0/board/{boardId}/configuration", None),
    (AGILE, "/rest/agile/1.0/board/13/configuration", "/rest/agile/1.0/board/{boardId}/configuration", None),
    (AGILE, "/rest/agile/1.0/board/11/sprint", "/rest/agile/1.0/board/{boardId}/sprint", None),
    (AGILE, "/rest/agile/1.0/board/11/project", "/rest/agile/1.0/board/{boardId}/project", None),
    (AGILE, "/rest/agile/1.0/sprint/71", "/rest/agile/1.0/sprint/{sprintId}", None),
    (PLATFORM, "/rest/api/3/project", "/rest/api/3/project", None),
    (
        PLATFORM,
        "/rest/api/3/jql/match",
        "/rest/api/3/jql/match",
        {"jqls": ["project = SHOP"], "issueIds": [10001]},
    ),
    (
        PLATFORM,
        "/rest/api/3/issue/10999/changelog/list",
        "/rest/api/3/issue/{issueIdOrKey}/changelog/list",
        {"changelogIds": [10999001, 10999002]},
    ),
)
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where Atlassian's documents lie; without them nothing can be said."""
    named = os.environ.get("PMREPORT_TEST_OPENAPI")
    if not named:
        pytest.skip("Atlassian's OpenAPI documents (PMREPORT_TEST_OPENAPI names their folder)")
    return Path(named)


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference followed and its parts laid together."""
    if "$ref" in schema:
        return _resolved(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document)
    merged = dict(schema)
    for part in schema.get("allOf", []):
        merged = {**_resolved(part, document), **{k: v for k, v in merged.items() if k != "allOf"}}
    return merged


def _fits(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Members that the schema does not know, and values of another type than it says."""
    schema = _resolved(schema, document)
    kind = schema.get("type")
    if value is None or kind is None:
        return
    if not _fits(value, kind):
        yield f"{at} is no {kind}: {value!r:.40}"
    elif kind == "array":
        for item in value:
            yield from faults(item, schema.get("items", {}), document, f"{at}[]")
    elif kind == "object":
        known = schema.get("properties", {})
        extra = schema.get("additionalProperties", True)
        for name, member in value.items():
            if name in known:
                yield from faults(member, known[name], document, f"{at}.{name}")
            elif isinstance(extra, dict):
                yield from faults(member, extra, document, f"{at}.{name}")
            elif extra is False or known:
                yield f"{at}.{name} is unknown"


def _schema(document: dict[str, Any], path: str, *, post: bool) -> dict[str, Any]:
    operation = document["paths"][path]["post" if post else "get"]
    content = operation["responses"]["200"]["content"]["application/json"]
    found: dict[str, Any] = content.get("schema") or _exemplified(json.loads(content["example"]))
    return found


def _exemplified(example: Any) -> dict[str, Any]:
    """The schema that an example implies: some resources of the agile interface have nothing else."""
    if isinstance(example, dict):
        return {"type": "object", "properties": {name: _exemplified(v) for name, v in example.items()}}
    if isinstance(example, list):
        parts = [_exemplified(item) for item in example]
        known = {name: shape for part in parts for name, shape in part.get("properties", {}).items()}
        return {"type": "array", "items": {"type": "object", "properties": known} if known else {}}
    return {"type": {bool: "boolean", int: "integer", str: "string"}[type(example)]}


def test_every_resource_of_cloud_is_asked() -> None:
    """Version 3 and the agile interface: no route is left out, but the search that was removed."""
    asked = {re.sub(r"{\w+}", "{}", template) for _name, _path, template, _body in ASKED}
    served = {
        re.sub(r"{\w+}", "{}", route.path.replace("{version}", "3"))
        for route in routes_of(CLOUD)
        if route.path.startswith("/rest/")
    }

    assert served - asked == {"/rest/api/3/search"}


@pytest.mark.parametrize(("name", "path", "template", "body"), ASKED, ids=[row[1] for row in ASKED])
def test_an_answer_fits_atlassians_document(
    simulator: Simulator, folder: Path, name: str, path: str, template: str, body: dict[str, Any] | None
) -> None:
    """No member the document does not know, except the written list, and every value of its type."""
    document = json.loads((folder / name).read_text(encoding="utf-8"))
    answer = simulator.get(path) if body is None else simulator.post(path, body)

    found = set(faults(answer.json, _schema(document, template, post=body is not None), document))

    assert answer.status == 200
    assert {fault for fault in found if fault.partition(" ")[0] not in NEWER} == set()


def test_a_broken_search_page_and_a_broken_sprint_are_caught(simulator: Simulator, folder: Path) -> None:
    """An answer that was good is broken in three ways, and each is found where it is."""
    platform, agile = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (PLATFORM, AGILE))
    page = simulator.search("project = SHOP", fields=["status"], maxResults=1).json
    page["issues"][0]["id"] = int(page["issues"][0]["id"])
    page["isLast"] = "no"
    sprint = simulator.get("/rest/agile/1.0/sprint/71").json | {"activatedDate": "2026-01-01"}
    found = {
        *faults(page, _schema(platform, "/rest/api/3/search/jql", post=True), platform),
        *faults(sprint, _schema(agile, "/rest/agile/1.0/sprint/{sprintId}", post=False), agile),
    }

    assert {fault for fault in found if fault.partition(" ")[0] not in NEWER} == {
        f"$.issues[].id is no string: {page['issues'][0]['id']}",
        "$.isLast is no boolean: 'no'",
        "$.activatedDate is unknown",
    }


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"accountId": 5}, "$.accountId is no string: 5"),
        ({"nickname": "x"}, "$.nickname is unknown"),
        ({"active": "yes"}, "$.active is no boolean: 'yes'"),
    ],
)
def test_a_broken_answer_is_caught(folder: Path, value: dict[str, Any], fault: str) -> None:
    """A wrong type and an unknown member are found: the check is no formality."""
    document = json.loads((folder / PLATFORM).read_text(encoding="utf-8"))

    assert list(faults(value, {"$ref": "#/components/schemas/User"}, document)) == [fault]
