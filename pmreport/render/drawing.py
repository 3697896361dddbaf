"""A drawing made fit for a page: small, nameable, recolourable, and the same bytes each time."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, fromstring, tostring

from pmreport.render.theme import Theme

_SVG = "http://www.w3.org/2000/svg"
_KEPT_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_LOCAL_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_SHAPE = {"", "M0,0h0v0h0Z"}
_FONT = "sans-serif"  # what every text of a drawing is set in, said once
_AS_EVER = {("opacity", "1"), ("stroke-width", "1"), ("text-anchor", "start"), ("font-family", _FONT)}
_DROPPED = {"class", "role", "pointer-events", "stroke-miterlimit", "version", "display"}


def clean(svg: str, *, identifier: str, title: str, description: str, theme: Theme) -> str:
    """The drawing with a title and a description, without anything that only its maker needed.

    Each colour of the theme stays as an attribute, for renderers without style sheets, and becomes a class,
    for pages that are dark. `identifier` keeps the ids of two drawings apart.
    """
    root = fromstring(_NOT_IN_XML.sub("", svg))  # noqa: S314 - our own renderer has just written it
    _unprefix(root)
    _rename(root, identifier)
    _prune(root)
    colours = theme.named()
    for element in root.iter():
        _tidy(element, colours)
    _introduce(root, identifier, title, description)
    return tostring(root, encoding="unicode")


def _unprefix(root: Element) -> None:
    """Name every element without its namespace, which the root then says once.

    ElementTree's table of prefixes belongs to the process: any library may take the empty one for itself.
    """
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    root.attrib = {"xmlns": _SVG, **root.attrib}


def _prune(parent: Element) -> None:
    """Take away what cannot be seen, and groups that hold nothing or say nothing."""
    for child in list(parent):
        _prune(child)
        if _is_unseen(child):
            parent.remove(child)
        elif child.tag == "g" and not _telling(child):
            place = list(parent).index(child)
            parent.remove(child)
            for offset, grandchild in enumerate(list(child)):
                parent.insert(place + offset, grandchild)


def _is_unseen(element: Element) -> bool:
    attributes = element.attrib
    if attributes.get("display") == "none" or attributes.get("opacity") == "0":
        return True
    match element.tag:
        case "g":
            return len(element) == 0
        case "path":
            return attributes.get("d", "") in _NO_SHAPE or (
                attributes.get("class") == "background" and not {"fill", "stroke"} & attributes.keys()
            )
        case _:
            return False


def _telling(group: Element) -> list[str]:
    return [
        name
        for name, value in group.attrib.items()
        if name not in _DROPPED
        and not name.startswith("aria-")
        and (name, value) != ("transform", "translate(0,0)")
    ]


def _tidy(element: Element, colours: Mapping[str, str]) -> None:
    for name, value in list(element.attrib.items()):
        if name == "style":
            del element.attrib[name]
            element.attrib.update(_declarations(value))
        elif name in _DROPPED or name.startswith("aria-") or (name, value) in _AS_EVER:
            del element.attrib[name]
        elif name in {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points"}:
            element.attrib[name] = _KEPT_NUMBER.sub(
                lambda found: f"{round(float(found.group()), 1):g}", value
            )
    classes = [
        f"{letter}-{colours[element.attrib[attribute]]}"
        for letter, attribute in (("f", "fill"), ("s", "stroke"))
        if element.attrib.get(attribute) in colours
    ]
    if classes:
        element.attrib["class"] = " ".join(classes)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """The parts of a style attribute, which a strict page would not obey, as attributes of their own."""
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _rename(root: Element, identifier: str) -> None:
    """Number the ids of the drawing anew: its maker counts over all it has ever drawn."""
    names: dict[str, str] = {}
    for element in root.iter():
        old = element.attrib.get("id")
        if old is not None:
            names[old] = f"{identifier}-{len(names) + 1}"
            element.attrib["id"] = names[old]
    for element in root.iter():
        for name, value in element.attrib.items():
            element.attrib[name] = _LOCAL_REFERENCE.sub(
                lambda found: f"url(#{names.get(found.group(1), found.group(1))})", value
            )


def _introduce(root: Element, identifier: str, title: str, description: str) -> None:
    root.attrib |= {
        "role": "img",
        "aria-labelledby": f"{identifier}-title {identifier}-desc",
        "focusable": "false",
        "font-family": _FONT,
    }
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        element = Element(name, {"id": f"{identifier}-{name}"})
        element.text = words
        root.insert(place, element)
