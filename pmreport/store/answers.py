"""Answers that were just given, for those who ask the same once more."""

import threading
from collections import OrderedDict
from typing import Any

from pmreport.model.query import Query, Row

_Key = tuple[str, type[Any], tuple[tuple[str, Any], ...]]
_MOST = 200  # the questions of two or three reports: a week asks what the week before asked


class Answers:
    """The last answers by their question; what was not asked for longest is forgotten first.

    Several threads may ask and keep.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: OrderedDict[_Key, list[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, query: Query[Row]) -> list[Row] | None:
        """The rows that answered this question; None where it is not known."""
        key = _key(query)
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            self._known.move_to_end(key)
        return list(found)

    def keep(self, query: Query[Row], rows: list[Row]) -> None:
        """Remember an answer."""
        with self._lock:
            self._known[_key(query)] = list(rows)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _key(query: Query[Any]) -> _Key:
    return query.sql, query.row, tuple(sorted(query.parameters.items()))
