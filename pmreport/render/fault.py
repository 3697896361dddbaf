"""What is wrong with the templates of a person, and a collection of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pmreport.errors import BadDataError
from pmreport.model.visible import visible
from pmreport.render.templates import HINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, in which file (and line), and what to do about it."""

    where: str
    what: str
    hint: str = HINT


@dataclass(slots=True)
class Faults:
    """The faults so far, each once."""

    found: dict[Fault, None] = field(default_factory=dict)

    def add(self, what: str, where: str, hint: str = HINT) -> None:
        """Keep a fault."""
        self.found[Fault(where=where, what=visible(what), hint=hint)] = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what ends here, and go on; in a place with a fault it is taken for a consequence of that."""
        try:
            yield
        except BadDataError as error:
            where = error.where or "the templates"
            if not any(f"{fault.where}:".startswith(f"{where}:") for fault in self.found):
                self.add(error.what, where, error.hint or HINT)

    def in_order(self) -> tuple[Fault, ...]:
        """All of them, by file and line."""
        return tuple(sorted(self.found, key=_place))


def _place(fault: Fault) -> tuple[str, int]:
    file, _, line = fault.where.rpartition(":")
    return (file, int(line)) if line.isdecimal() else (fault.where, 0)
