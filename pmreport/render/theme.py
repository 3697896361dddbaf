"""The colours and the type of every report, as `theme.json` names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours by name, as #rrggbb, for a light and a dark ground; no two names share a light colour.

    `font` is a CSS font stack.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    font: str

    def variables(self) -> str:
        """The colours as CSS variables, and a class for each that gives a drawn shape its colour.

        Dark is for screens alone: paper is white.
        """
        return "\n".join(
            (
                f":root{{{_declared(self.light)}}}",
                f"@media screen and (prefers-color-scheme:dark){{:root{{{_declared(self.dark)}}}}}",
                *(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in self.light),
            )
        )

    def named(self) -> Mapping[str, str]:
        """The name of each light colour, for finding a shape's class."""
        return {colour: name for name, colour in self.light.items()}


def parse(document: object) -> Theme:
    """The theme of a parsed `theme.json`.

    Raises:
        ValueError: a part is missing, a colour is no #rrggbb, or two names share a light colour.
    """
    if not isinstance(document, dict):
        raise ValueError("a theme is an object with font, light and dark")  # noqa: TRY004 - the caller tells people
    light, dark = _colours(document, "light"), _colours(document, "dark")
    font = document.get("font")
    if not isinstance(font, str) or any(character in font for character in "<>{}&;\\"):
        raise ValueError("font must be a CSS font stack")
    if light.keys() != dark.keys():
        raise ValueError(f"light and dark must name the same colours: {sorted(light.keys() ^ dark.keys())}")
    if len(set(light.values())) != len(light):
        raise ValueError("two names share a light colour, so that a shape could not be told by its colour")
    return Theme(light=light, dark=dark, font=font)


def _colours(document: Mapping[object, object], ground: str) -> Mapping[str, str]:
    colours = document.get(ground)
    if not isinstance(colours, dict):
        raise ValueError(f"{ground} is missing")  # noqa: TRY004 - the caller tells people
    for name, colour in colours.items():
        if not _is_name(name) or not _is_hex(colour):
            raise ValueError(f"{ground}.{name}: a colour is written #rrggbb, in small letters")
    return MappingProxyType(dict(colours))


def _is_name(name: object) -> bool:
    return isinstance(name, str) and name.replace("-", "").isalpha() and name.isascii() and name.islower()


def _is_hex(colour: object) -> bool:
    return (
        isinstance(colour, str)
        and len(colour) == len("#rrggbb")
        and colour[0] == "#"
        and set(colour[1:]) <= set("0123456789abcdef")
    )


def _declared(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
