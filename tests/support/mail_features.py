"""What a mail asks of mail programs, by the names that caniemail gives, and which programs lack it.

The data are those of the npm package `caniemail`, read as they lie; nothing is fetched.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.html_reader import read

DATA = Path(__file__).parents[1] / "npm" / "node_modules" / "caniemail" / "data" / "caniemail.json"

# What every program has shown since the nineties; the data have no page about it.
_PLAIN_ELEMENTS = frozenset({"html", "head", "meta", "title", "a", "tr", "td", "th", "tbody", "caption"})
_PLAIN_ATTRIBUTES = frozenset(
    {
        "style",
        "class",
        "href",
        "colspan",
        "bgcolor",
        "title",
        "charset",
        "name",
        "content",
        "scope",
        "src",
        "alt",
    }
)
_PLAIN_PROPERTIES = frozenset({"color", "font-family"})
_ALIASES = {
    **{f"<h{number}>": "html-h1-h6" for number in range(1, 7)},
    **dict.fromkeys(("<ul>", "<ol>", "<li>", "<dl>", "<dt>", "<dd>"), "html-lists"),
    "<svg>": "html-svg",
    "calc()": "css-unit-calc",
    "left": "css-left-right-top-bottom",
    "top": "css-left-right-top-bottom",
}
_SIDES = re.compile(r"^(padding|margin|border)-(?:top|right|bottom|left)(?:-color)?$|^(border)-color$")
_MEDIA = {"prefers-color-scheme": "css-at-media-prefers-color-scheme"}
_UNITS = re.compile(r"(?<![\w#])-?[\d.]+(px|%|em|rem|ch|ex|vh|vw|pt|cm|mm|in|pc|vmin|vmax)(?![\w])")
_SELECTORS = (
    (re.compile(r"\.[\w-]"), "css-selector-class"),
    (re.compile(r"(^|[\s,>+~])[a-z]"), "css-selector-type"),
    (re.compile(","), "css-selector-grouping"),
    (re.compile(r"[\w\])] +[.\w#\[]"), "css-selector-descendant"),
    (re.compile(">"), "css-selector-child"),
    (re.compile(r"\["), "css-selector-attribute"),
    (re.compile("#"), "css-selector-id"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """The data: which feature stands behind a name in the page, and the families that lack a feature."""

    names: Mapping[str, str]
    lacking: Mapping[str, frozenset[str]]


@cache
def known() -> Known:
    """The data, with families named "outlook windows"."""
    pages = json.loads(DATA.read_text(encoding="utf-8"))["data"]
    names = {name: page["slug"] for page in pages for name in _named(page)}
    return Known(
        names={**names, **_ALIASES},
        lacking={page["slug"]: frozenset(_lacking(page["stats"])) for page in pages},
    )


def features(html: str) -> frozenset[str]:
    """The features that a mail uses; what the data have no page about stands as it is, behind a "?"."""
    found = set[str]()
    reader = read(html)
    for tag, attributes in reader.elements:
        found.add(_of(f"<{tag}>", plain=tag in _PLAIN_ELEMENTS))
        found |= {_of(f"{name}=", plain=name in _PLAIN_ATTRIBUTES) for name in attributes}
        found |= set(_declared(attributes.get("style") or ""))
    for sheet in re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
        found |= set(_styled(sheet))
    return frozenset(found - {""})


def _named(page: Mapping[str, Any]) -> Iterator[str]:
    """The names in a page that stand for this feature."""
    title, slug = page["title"], page["slug"]
    if page["category"] == "html":
        yield from re.findall(r"<\w+>", title)
        if title.endswith(" attribute"):
            yield f"{title.removesuffix(' attribute')}="
    if page["category"] == "css":
        yield f"@{slug.removeprefix('css-at-')}"
        yield slug.removeprefix("css-")
        yield title.replace(" ", "")


def _lacking(stats: Mapping[str, Any]) -> Iterator[str]:
    """The families whose newest version does not have it; what has a part of it has it."""
    for family, clients in stats.items():
        for client, versions in clients.items():
            newest = list(versions.values())[-1]
            if newest.startswith("n"):
                yield f"{family} {client}"


def _of(name: str, *, plain: bool) -> str:
    return "" if plain else known().names.get(name, f"?{name}")


def _styled(sheet: str) -> Iterator[str]:
    """The features of a style sheet: at-rules, selectors, declarations."""
    yield from ("css-comments" for _ in re.findall(r"/\*", sheet))
    for rule in re.findall(r"@([\w-]+)([^{;]*)", sheet):
        yield known().names.get(f"@{rule[0]}", f"?@{rule[0]}")
        yield from (slug for name, slug in _MEDIA.items() if name in rule[1])
    for selector, declarations in re.findall(r"([^{}@]+)\{([^{}]*)\}", sheet):
        yield from _selected(selector.strip())
        yield from _declared(declarations)


def _selected(selector: str) -> Iterator[str]:
    for pattern, slug in _SELECTORS:
        if pattern.search(selector):
            yield slug
    for name in re.findall(r"::?[\w-]+", selector):
        yield known().names.get(name, f"?{name}")


def _declared(declarations: str) -> Iterator[str]:
    for declaration in filter(str.strip, declarations.split(";")):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        yield _of(_whole(name), plain=name in _PLAIN_PROPERTIES)
        yield from _valued(name, value)


def _valued(name: str, value: str) -> Iterator[str]:
    """What the value of a property asks for besides: `display:flex`, a unit, a function, `!important`."""
    first = value.split(" ", maxsplit=1)[0]
    yield from (slug for slug in (known().names.get(f"{name}:{first}"),) if slug)
    yield from (f"css-unit-{'percent' if unit == '%' else unit}" for unit in _UNITS.findall(value))
    yield from (known().names.get(call, f"?{call}") for call in _calls(value))
    if "!important" in value:
        yield "css-important"


def _calls(value: str) -> Iterable[str]:
    return (f"{name}()" for name in re.findall(r"([\w-]+)\(", value))


def _whole(name: str) -> str:
    """The property whose page speaks of this one: `padding-left` is told under `padding`."""
    found = _SIDES.match(name)
    return (found[1] or found[2]) if found else name
