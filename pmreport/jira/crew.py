"""Several requests side by side, each worker with a connection of its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Crew:
    """A few workers that ask Jira at the same time; they and their connections live as long as the crew.

    A call that runs on the crew must not itself use the crew: it would wait for a worker that waits for it.
    """

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        self._pool = ThreadPoolExecutor(max_workers=self.workers, thread_name_prefix="jira")

    def close(self) -> None:
        """Send the workers home; what was not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def together(self, calls: Sequence[Callable[[], Result]]) -> list[Result]:
        """The results of the calls, in their order. The first error is raised, the rest dropped."""
        futures = [self._pool.submit(call) for call in calls]
        try:
            return [future.result() for future in futures]
        finally:
            for future in futures:
                future.cancel()

    def ahead(self, items: Iterator[Result]) -> Iterator[Result]:
        """The items, each fetched while the one before it is worked on."""
        nothing = object()
        future = self._pool.submit(next, items, nothing)
        while (item := future.result()) is not nothing:
            future = self._pool.submit(next, items, nothing)
            yield item  # type: ignore[misc]  # whatever is not `nothing` came from the items
