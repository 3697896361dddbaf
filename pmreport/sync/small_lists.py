"""The lists of the whole site that one request answers: statuses, priorities, resolutions, issue types."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pmreport.jira.client import JiraClient
from pmreport.jira.parse import lists
from pmreport.store.batch import AnyRow

Json = dict[str, Any]

# By the kind of their documents, with the parser of one of their things.
SMALL_LISTS: Mapping[str, Callable[[Json], AnyRow | None]] = {
    "status": lists.status,
    "priority": lists.priority,
    "resolution": lists.resolution,
    "issue_type": lists.issue_type,
}


def calls(client: JiraClient) -> Sequence[Callable[[], list[Json]]]:
    """The calls whose answers `SMALL_LISTS` names, in the same order."""
    return client.statuses, client.priorities, client.resolutions, client.issue_types


def rows(found: Mapping[str, Sequence[Json]]) -> list[AnyRow]:
    """The things of the lists as rows; one that cannot be read is left out."""
    return [row for kind, things in found.items() for row in map(SMALL_LISTS[kind], things) if row]
