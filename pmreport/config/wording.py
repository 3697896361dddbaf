"""What pydantic found wrong, in words that say what to write instead."""

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pmreport.config.complaint import Complaint, at, names_a_secret
from pmreport.config.kinds import suggestion
from pmreport.config.locate import Path, Places, Span
from pmreport.config.shape import File

_NO_SECRETS = (
    "a token or a password never stands in the configuration; set PMREPORT_JIRA_TOKEN, "
    "or PMREPORT_JIRA_TOKEN_FILE, or keep it in the keyring with `pmreport auth login`"
)
_PATTERNS = {
    "projects": "a Jira project key is capital letters, e.g. PM",
    "name": "a site's name is letters, digits, dots and dashes, e.g. acme",
    "story_points": "a custom field looks like customfield_10016",
    "sprint": "a custom field looks like customfield_10020",
    "id": "an id is small letters, digits and dashes, e.g. estimate-ahead",
    "use": 'a built-in goal looks like "catalogue:estimate-ahead"',
    "currency": "a currency is three capital letters, e.g. EUR",
    "allowed_domains": "a domain looks like acme.example",
    "ehlo_name": "a name in the net looks like laptop.acme.example",
    "tenant": "a tenant is a domain or an id of letters, digits and dashes, e.g. acme.example",
    "client_id": "a client id is letters, digits and dashes, as the app registration shows it",
}
_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "text in quotation marks is wanted here",
    "int_type": lambda _: "a whole number is wanted here, without quotation marks",
    "int_from_float": lambda _: "a whole number is wanted here",
    "bool_type": lambda _: "true or false is wanted here, without quotation marks",
    "list_type": lambda _: 'a list is wanted here, e.g. ["one", "two"]',
    "dict_type": lambda _: "a section is wanted here, not a value",
    "model_type": lambda _: "a section is wanted here, not a value",
    "date_type": lambda _: "a day is wanted here, without quotation marks, e.g. 2026-09-01",
    "greater_than": lambda ctx: f"more than {ctx['gt']} is wanted here",
    "greater_than_equal": lambda ctx: f"at least {ctx['ge']} is wanted here",
    "less_than_equal": lambda ctx: f"at most {ctx['le']} is wanted here",
    "string_too_short": lambda _: "this is empty",
    "too_short": lambda ctx: _at_least(ctx["min_length"]),
    "too_long": lambda ctx: f"no more than {ctx['max_length']} values are wanted here",
    "fault": lambda ctx: str(ctx["what"]),
}


def complaint(error: ErrorDetails, text: str, places: Places, root: type[BaseModel] = File) -> Complaint:
    """One error of pydantic, met when `root` was read, as a complaint about `text`."""
    path = tuple(error["loc"]) + tuple(error.get("ctx", {}).get("path", ()))
    span = _narrowed(_span(error["type"], path, places), error.get("ctx", {}), text)
    line, column, length = at(text, span.begin, span.end)
    hidden_from = column + length if error["type"] == "extra_forbidden" else None
    return Complaint(
        what=_what(error, path, root), line=line, column=column, length=length, hidden_from=hidden_from
    )


def _narrowed(span: Span, told: dict[str, Any], text: str) -> Span:
    """The part of a value that is wrong, where the validator has said it and it stands there as read."""
    if "within" not in told:
        return span
    first = text.find(told["within"], span.begin, span.end)
    begin = first + told["start"]
    return Span(begin, begin + told["length"]) if first >= 0 else span


def _what(error: ErrorDetails, path: Path, root: type[BaseModel]) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, root)
    if kind == "missing":
        return f'the key "{path[-1]}" is missing' if len(path) > 1 else f"the section [{path[-1]}] is missing"
    if kind == "string_pattern_mismatch":
        return _PATTERNS[_last_name(path)]
    words = _WORDS.get(kind)
    return words(error.get("ctx", {})) if words else f"{error['msg'][0].lower()}{error['msg'][1:]}"


def _unknown_key(path: Path, root: type[BaseModel]) -> str:
    key = str(path[-1])
    if names_a_secret(key):
        return _NO_SECRETS
    known = _keys_at(path[:-1], root)
    if meant := suggestion(key, known):
        return f'unknown key "{key}"{meant}'
    home = next(
        (name for name, field in root.model_fields.items() if key in _keys_of(field.annotation)), None
    )
    return f'unknown key "{key}"; it belongs into the section [{home}]' if home else f'unknown key "{key}"'


def is_known_key(key: str, root: type[BaseModel] = File) -> bool:
    """Whether a key of this name may stand anywhere in a file of the shape `root`."""
    return key in _names_below(root)


@cache
def _names_below(shape: type[BaseModel]) -> frozenset[str]:
    names = frozenset(_keys_of(shape))
    below = (section_of(field.annotation) for field in shape.model_fields.values())
    return names.union(*(_names_below(one) for one in below if one))


def _keys_at(path: Path, root: type[BaseModel]) -> list[str]:
    """The keys that may stand at a path."""
    kind: Any = root
    for part in path:
        field = None if isinstance(part, int) else _fields_of(kind).get(part)
        kind = field.annotation if field else kind
    return _keys_of(kind)


def _keys_of(annotation: Any) -> list[str]:
    return [field.alias or name for name, field in _fields_of(annotation).items()]


def _fields_of(annotation: Any) -> dict[str, Any]:
    shape = section_of(annotation)
    return dict(shape.model_fields) if shape else {}


def section_of(annotation: Any) -> type[BaseModel] | None:
    """The section that an annotation such as `list[Goal] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((shape for part in get_args(annotation) if (shape := section_of(part))), None)


def _last_name(path: Path) -> str:
    return next(part for part in reversed(path) if isinstance(part, str))


def _at_least(length: int) -> str:
    return "at least one value is wanted here" if length == 1 else f"{length} values are wanted here"


def _span(kind: str, path: Path, places: Places) -> Span:
    """The stretch to point at: a key that should not be there, a value that is wrong, else the section."""
    nearer = (places.keys, places.values) if kind == "extra_forbidden" else (places.values, places.keys)
    while path:
        for spans in nearer:
            if path in spans:
                return spans[path]
        path = path[:-1]
    return Span(0, 1)
