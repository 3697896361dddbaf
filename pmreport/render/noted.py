"""Names that are none, noted instead of being a dead end: one look finds all of them."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Undefined

from pmreport.render.unknown import Worded, in_template

Note = Callable[[str, str], None]
Filter = Callable[..., Any]
_FOR_UNKNOWN = ("default", "d")  # the filters that are there for what may be missing


class Noted(Worded):
    """A name that is none; it does what nothing does, so that the rest can be looked at too."""

    __slots__ = ()

    @staticmethod
    def note(what: str, where: str) -> None:
        """Keep what is missing and where; `noting` says how."""

    def _noted(self, *_args: Any, **_named: Any) -> Any:
        place = next(in_template(), None)
        if place is not None:
            self.note(self._undefined_message, place[1])
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._noted()

    def __str__(self) -> str:
        self._noted()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def __len__(self) -> int:
        self._noted()
        return 0

    def __bool__(self) -> bool:
        self._noted()
        return False

    def __contains__(self, _item: object) -> bool:
        return bool(self)

    def __eq__(self, other: object) -> bool:
        return self._noted() is other

    def __hash__(self) -> int:
        return id(self)

    __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _noted
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _noted
    __neg__ = __pos__ = __lt__ = __le__ = __gt__ = __ge__ = _noted


def noting(note: Note) -> type[Noted]:
    """A kind of unknown name that is told to `note`, what and where, and is nothing from then on."""
    return type("Noting", (Noted,), {"__slots__": (), "note": staticmethod(note)})


def patient(name: str, filter_: Filter) -> Filter:
    """The filter, which makes nothing of a name that is none, once that is noted."""
    if name in _FOR_UNKNOWN:
        return filter_

    @wraps(filter_)  # also keeps the mark by which Jinja knows what the filter wants to be given
    def tried(*values: Any, **named: Any) -> Any:
        unknown = next((value for value in values if isinstance(value, Undefined)), None)
        return filter_(*values, **named) if unknown is None else str(unknown)

    return tried
