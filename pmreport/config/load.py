"""The reading of a configuration file: every fault at once, or the settings of every room."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pmreport.config.complaint import Complaint, at
from pmreport.config.settings import Config
from pmreport.config.source import find, read
from pmreport.errors import ConfigurationError, PmreportError

if TYPE_CHECKING:  # a configuration is read by commands that need no more than its name
    from pydantic import BaseModel

    from pmreport.config.locate import Places

Shape = TypeVar("Shape", bound="BaseModel")

_SYNTAX = (  # how tomllib begins, and what we say
    ("Invalid value", "this is no value; text stands in quotation marks"),
    ("Cannot overwrite a value", "this key stands here for the second time"),
    ("Cannot declare", "this section stands here for the second time"),
    ("Illegal character '\\n'", "a quotation mark is missing at the end of this line"),
    ("Expected '=' after a key", "a key is followed by = and its value"),
    ("Expected newline or end of document", "something stands behind the value; a comment begins with #"),
    ("Expected ']' at the end of a table", "a closing ] is missing"),
    ("Unescaped '\\'", "a backslash in text is written twice, or the text in 'single quotation marks'"),
    ("Unclosed array", "a closing ] is missing"),
)


def load_found(asked: Path | None, environ: Mapping[str, str]) -> Config:
    """The configuration that is found (see `source.find`)."""
    return load(find(asked, environ))


def load(path: Path) -> Config:
    """The configuration in a file. Raises ConfigurationError that names every fault with its place."""
    return parse(read(path), path)


def parse(text: str, path: Path) -> Config:
    """The configuration in `text`, which stands in the file `path` (relative paths begin at its folder)."""
    from pmreport.config.build import build
    from pmreport.config.shape import File

    file, where = checked(text, File, str(path), ConfigurationError)
    return build(file, text, where, path)


def checked(text: str, shape: type[Shape], name: str, refusal: type[PmreportError]) -> tuple[Shape, "Places"]:
    """What `text` holds as the model `shape`, and where everything stands in it.

    Raises `refusal` with every fault, each with its place in the file `name`.
    """
    from pydantic import ValidationError

    from pmreport.config.locate import places
    from pmreport.config.wording import complaint

    try:
        data: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
        where = places(text)
    except tomllib.TOMLDecodeError as error:
        raise refusal(_together([_syntax_complaint(str(error), text, shape)], text, name)) from None
    except (ValueError, ArithmeticError):
        raise refusal(_together([_number_complaint(text)], text, name)) from None
    except RecursionError:
        raise refusal(_together([_depth_complaint(text)], text, name)) from None
    try:
        return shape.model_validate(data), where
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    raise refusal(_together([complaint(detail, text, where, shape) for detail in details], text, name))


def _together(complaints: list[Complaint], text: str, name: str) -> str:
    """All complaints in one text, in the order of the file; each after the first says "error:" itself."""
    ordered = sorted(complaints, key=lambda one: (one.line, one.column))
    hidden: dict[int, int] = {}  # a line may hold several keys; the first unknown one hides the rest of it
    for one in reversed(ordered):
        if one.hidden_from is not None:
            hidden[one.line] = one.hidden_from
    shown = (one.shown(name, text, hidden_from=hidden.get(one.line)) for one in ordered)
    return "\n\nerror: ".join(shown)


def _syntax_complaint(message: str, text: str, shape: "type[BaseModel]") -> Complaint:
    from pmreport.config.wording import is_known_key

    place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    lines = text.rstrip("\n").split("\n")
    line, column = (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]))
    what = next((ours for theirs, ours in _SYNTAX if message.startswith(theirs)), None)
    if place is None:
        what = "the file ends in the middle of a value; a closing bracket or quotation mark is missing"
    what = what or f"this is not TOML: {message}"
    key = re.match(r"\s*([\w-]+)\s*[=:]", lines[line - 1])
    hidden_from = key.end(1) + 1 if key and not is_known_key(key[1], shape) else None
    return Complaint(what=what, line=line, column=max(1, column), hidden_from=hidden_from)


def _number_complaint(text: str) -> Complaint:
    """A number of thousands of digits, or with an exponent that no number has."""
    found = re.search(r"\d[\d_]{4000,}|[\d.]+[eE][+-]?\d{9,}", text)
    line, column, length = at(text, *found.span()) if found else (1, 1, 1)
    return Complaint(what="this number is too large", line=line, column=column, length=length)


def _depth_complaint(text: str) -> Complaint:
    """Brackets inside brackets, more than can be followed: the line with the most of them."""
    lines = text.split("\n")
    line = max(range(len(lines)), key=lambda number: len(re.findall(r"[\[{]", lines[number])))
    column = max(1, re.search(r"[\[{]|$", lines[line]).start() + 1)  # type: ignore[union-attr]  # $ always is
    return Complaint(what="the brackets here are nested too deep", line=line + 1, column=column)
