"""The answer to a question that a person typed in SQL, fetched in pieces."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pmreport.errors import UsageError

ASK_LESS = "ask for less: a condition on the issue or the time, or fewer columns"
ONLY_READS = "pmreport sql reads the store: write one SELECT"
_PIECE = 500

Fetch = Callable[[int], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer: column names, records in their order, and whether there are more than were asked for."""

    columns: tuple[str, ...]
    records: list[tuple[Any, ...]]
    more: bool = False


class Answer:
    """An answer that is fetched in pieces, so that a long one is never held as a whole.

    `fetch` gives the next records, so many at most.
    """

    def __init__(self, columns: tuple[str, ...], fetch: Fetch, timeout_seconds: float) -> None:
        self.columns = columns
        self._fetch = fetch
        self._timeout = timeout_seconds
        self._deadline = time.monotonic() + timeout_seconds

    def pieces(self) -> Iterator[list[tuple[Any, ...]]]:
        """The records, some hundred at a time. Raises UsageError where all of them take too long."""
        while piece := self._fetch(_PIECE):
            if (
                time.monotonic() > self._deadline
            ):  # between two pieces no query runs that could be interrupted
                raise too_long(self._timeout)
            yield piece

    def first(self, number: int) -> list[tuple[Any, ...]]:
        """So many records at most."""
        return self._fetch(number)


def too_long(timeout_seconds: float) -> UsageError:
    """The error for a question that was stopped."""
    return UsageError(f"stopped after {timeout_seconds:g} s", hint=ASK_LESS)
