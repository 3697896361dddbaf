"""A store that stays open for several questions in a row, and lets writers in every few seconds."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from pmreport.store.answers import Answers
from pmreport.store.session import Reader, Session

_OPEN_SECONDS = 3.0  # a sync that begins meanwhile waits no longer than that
_BREATH_SECONDS = 0.05  # some tries of a writer that waits: the lock of the store has no queue


class Held:
    """One reader after the other, with the answers of those before."""

    def __init__(self, opening: Callable[[], AbstractContextManager[Session]], stack: ExitStack) -> None:
        self._opening, self._stack = opening, stack
        self._answers = Answers()
        self._session: Session | None = None
        self._until = 0.0
        self._readers = 0
        self._thread = threading.get_ident()
        self._beside = 0  # readers in other threads, each with a session of its own
        self._counting = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The store as it is, or as it was a few seconds ago; it is not closed under a reader."""
        if threading.get_ident() != self._thread:
            with self._counted(), self._opening() as beside:
                yield Reader(beside, self._answers)
            return
        session = self._opened()
        self._readers += 1
        try:
            yield Reader(session, self._answers)
        finally:
            self._readers -= 1

    def forget(self) -> None:
        """Close the store and forget every answer: somebody is about to write.

        Raises RuntimeError while a thread reads beside: a store that is open cannot be written to.
        """
        if self._beside or threading.get_ident() != self._thread:
            raise RuntimeError("a store is written to while two threads read it")
        self._stack.close()
        self._session = None
        self._answers = Answers()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._counting:
            self._beside += 1
        try:
            yield
        finally:
            with self._counting:
                self._beside -= 1

    def _opened(self) -> Session:
        is_due = not self._readers and not self._beside and time.monotonic() > self._until
        if self._session is not None and not is_due:
            return self._session
        if self._session is not None:
            self._stack.close()
            self._session = None  # where it cannot be opened anew
            time.sleep(_BREATH_SECONDS)
        self._session = self._stack.enter_context(self._opening())
        self._until = time.monotonic() + _OPEN_SECONDS
        return self._session


@contextmanager
def holding(opening: Callable[[], AbstractContextManager[Session]]) -> Iterator[Held]:
    """The store stays open, from the first question to the end of the block."""
    with ExitStack() as stack:
        yield Held(opening, stack)
