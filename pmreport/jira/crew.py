"""Several requests side by side, each worker with a connection of its own."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

_AHEAD = 3  # calls a worker beside the one under way: so long does the store take to write


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

    def in_order(self, calls: Iterable[Callable[[], Result]]) -> Iterator[Result]:
        """The results of the calls, in their order, with every worker busy and only a few calls ahead.

        The calls are drawn from their source as workers become free, so that neither they nor their results
        pile up. The first error is raised, the rest dropped.
        """
        futures: deque[Future[Result]] = deque()
        try:
            for call in calls:
                futures.append(self._pool.submit(call))
                if len(futures) > self.workers * _AHEAD:
                    yield futures.popleft().result()
            while futures:
                yield futures.popleft().result()
        finally:
            for future in futures:
                future.cancel()
