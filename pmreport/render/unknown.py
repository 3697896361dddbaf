"""A name that a template uses and that is none, told with the one that was probably meant."""

import difflib
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from types import FrameType
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.environment import TemplateModule
from jinja2.utils import missing

_VARIABLE = "l_"  # Jinja calls a variable of a template l_<depth>_<name>


class Worded(Undefined):
    """What stands for a name that is none, and says so in our words."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        """What is missing, and the nearest that is there."""
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        if not isinstance(name, str):
            return f"there is no entry {name}"
        if owner is missing:
            return f'"{name}" is nothing a template knows{_meant(name, _variables())}'
        return f'{_called(owner)} has no "{name}"{_meant(name, _parts(owner))}'


class Unknown(Worded, StrictUndefined):
    """A name that is none: whatever is done with it fails."""

    __slots__ = ()


def in_template() -> Iterator[tuple[FrameType, str]]:
    """The frames of the templates being rendered, the innermost first, each with its file and line."""
    for frame, line in traceback.walk_stack(None):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            yield frame, f"{template.filename or template.name}:{template.get_corresponding_lineno(line)}"


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted({*known} - {name}), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _variables() -> set[str]:
    """The names that can be written where the template is."""
    names = {"report", "loop"}
    for frame, _ in in_template():
        names |= {key.split("_", 2)[2] for key in frame.f_locals if key.startswith(_VARIABLE)}
        break
    return names


def _parts(owner: Any) -> Iterable[str]:
    if is_dataclass(owner):
        return [field.name for field in fields(owner)]
    return [name for name in vars(owner) if not name.startswith("_")] if hasattr(owner, "__dict__") else ()


def _called(owner: Any) -> str:
    if isinstance(owner, TemplateModule):
        return str(owner.__name__)
    name = type(owner).__name__.lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
