"""A report by the name a person gives it: a shipped one, or one of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pmreport.app.templates import folder_of
from pmreport.config import Config
from pmreport.errors import UsageError
from pmreport.render import own_reports

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "weekly": ("period",),
    "sprint": ("sprint", "board"),
    "estimation": ("period",),
    "team": ("period", "board"),
    "review": ("period",),
}


@dataclass(frozen=True, slots=True)
class Named:
    """The report that is built, and the report of one's own whose templates it wears, or nothing."""

    base: str
    dress: str = ""


def named(config: Config, name: str, **about: object) -> Named:
    """The report of this name; `about` are the options said beside it, None where one was not.

    Raises UsageError for a name that is none, and for an option that the report does not have; BadDataError
    for a report of one's own that says wrongly what it is made from.
    """
    own = own_reports.find(folder_of(config), name)
    if own is None and name not in own_reports.shipped_names():
        raise unknown(name, own_reports.names(folder_of(config)))
    base = name if own is None else own.base
    for option, value in about.items():
        if value is not None and option not in _ABOUT[base]:
            hint = f"it is made from {base}" if own else "leave it out"
            raise UsageError(f"the {name} report takes no --{option}", hint=hint)
    return Named(base, "" if own is None else own.name)


def unknown(name: str, own: tuple[str, ...] = ()) -> UsageError:
    """What is said of a name that is none; `own` are the reports of the person's own."""
    known = (*_ABOUT, *own)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f'; did you mean "{near[0]}"?' if near else ""
    hint = f"there are {', '.join(known)}; a folder with a page.html.j2 among your templates is one too"
    return UsageError(f'there is no report "{name}"{meant}', hint=hint)
