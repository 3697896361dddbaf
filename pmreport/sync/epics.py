"""The ids of epics. Data Center links an issue to its epic by the epic's key, and a key can change."""

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from pmreport.jira.client import JiraClient
from pmreport.jira.fields import FieldMap
from pmreport.jira.parse.issue import epic_key
from pmreport.jira.parse.values import integer
from pmreport.store.engine import Store
from pmreport.sync import plan, stored

Json = dict[str, Any]

_LOOKUP = 500


class Epics:
    """What is known of the keys of epics, from the issues at hand, from the store, else from Jira."""

    def __init__(self, client: JiraClient, store: Store, site_id: int) -> None:
        self._client = client
        self._store = store
        self._site_id = site_id
        self._known: dict[str, int | None] = {}
        self._lock = threading.Lock()  # the workers ask side by side

    def of(self, found: Iterable[Json], fields: FieldMap) -> Mapping[str, int]:
        """The ids of the epics that these issues name; one that may not be seen is left out."""
        found = list(found)
        keys = {key for each in found if (key := epic_key(each, fields))}
        with self._lock:
            here = {str(each.get("key")): integer(each.get("id")) for each in found}
            self._known.update((key, here[key]) for key in keys & here.keys())
            self._look_up(sorted(keys - self._known.keys()))
        return {key: epic for key in keys if (epic := self._known[key]) is not None}

    def _look_up(self, keys: list[str]) -> None:
        for some in plan.chunks(keys, _LOOKUP):
            self._known.update(stored.issue_ids(self._store, self._site_id, some))
        unknown = [key for key in keys if key not in self._known]
        for some in plan.chunks(unknown, self._client.dialect.by_id):
            self._known.update(dict.fromkeys(some))
            self._known.update(self._client.issue_ids(some))
