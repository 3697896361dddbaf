"""The two channels to a person: data on standard output, everything else on standard error."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from pmreport.model.visible import ODD, visible

_SPACES = 2


def steady() -> None:
    """Make the channels usable: a closed one leads nowhere, and what one cannot say becomes `?`."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # `>&-`; with its number taken, no file of ours gets it
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - stays open
        elif mode == "w" and isinstance(stream, TextIOWrapper) and stream.errors != "backslashreplace":
            with suppress(ValueError, OSError):
                stream.reconfigure(errors="replace")


def unbroken(word: str) -> str:
    """A word of the command line; where the locale could not read its bytes, read as UTF-8."""
    try:
        word.encode()
    except UnicodeEncodeError:  # unread bytes come as halves of surrogate pairs
        return os.fsencode(word).decode("utf-8", "replace")
    return word


def harmless(text: str) -> str:
    """`text` without control codes: each becomes a sign that can be seen. Line ends and tabs stay."""
    return visible(text)


def one_line(text: str) -> str:
    """`text` harmless and on one line."""
    return " ".join(harmless(text).split())


def say(text: str) -> None:
    """Write data to standard output."""
    click.echo(harmless(text))


def in_lines(text: str) -> str:
    """A sentence on lines that fit where a person looks, broken between words and never within one."""
    if not is_terminal():
        return text
    room = shutil.get_terminal_size().columns
    return textwrap.fill(one_line(text), room, break_long_words=False, break_on_hyphens=False)


def say_json(shape: Mapping[str, Any]) -> None:
    """Write a JSON object to standard output; control codes are escaped, other writing stays readable."""
    click.echo(json_text(shape))


def json_text(shape: Any, *, indent: int | None = _SPACES) -> str:
    """A shape as JSON; what standard output has no signs for is escaped too."""
    says_all = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    text = (indent == _SPACES and says_all and _quickly(shape)) or json.dumps(
        shape, indent=indent, ensure_ascii=not says_all, allow_nan=False
    )
    return ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _quickly(shape: Any) -> str:
    """The usual text in a fifth of the time, for lists of a hundred thousand items; "" where it cannot be."""
    import orjson

    try:
        return orjson.dumps(shape, option=orjson.OPT_INDENT_2).decode()
    except (TypeError, ValueError):  # a number of more than 64 bits, or half of a sign
        return ""


def note(text: str) -> None:
    """Write a word to the person to standard error."""
    click.echo(harmless(text), err=True)


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()
