"""Colours that can be read and told apart, and drawings that wear them."""

import json
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from pmreport.render import drawing, theme
from pmreport.render.theme import Theme
from pmreport.report.view import Tone

FOLDER = Path(__file__).parents[2] / "report_templates"


def shipped_theme() -> Theme:
    """The theme as it is shipped."""
    return theme.parse(json.loads((FOLDER / "theme.json").read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> list[float]:
    """The three parts of a colour as amounts of light."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


# How the cone types that are left see light, after Machado, Oliveira and Fernandes (2009), severity 1.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """A colour in CIE L*a*b* as an eye of this kind sees it."""
    light = linear(colour)
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, light, strict=True)), 0), 1)
        for row in SIGHT[sight]
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: str) -> float:
    """How different two colours are; about 2 can just be seen."""
    pairs = zip(seen(one, sight), seen(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def unreadable(colours: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """The pairs of words and ground below 4.5 to 1, and of shapes and ground below 3 to 1."""
    words = [("ink", on) for on in ("ground", "panel", "unknown")]
    words += [("muted", on) for on in ("ground", "panel")] + [("link", on) for on in ("ground", "panel")]
    for tone in ("good", "warn", "bad", "neutral", "unknown"):
        words += [(f"{tone}-text", f"{tone}-tint"), (f"{tone}-text", "ground"), ("ink", f"{tone}-tint")]
    words += [("ground", tone) for tone in ("good", "warn", "bad", "neutral")]  # numbers inside bars
    shapes = [("edge", on) for on in ("ground", "panel")]
    shapes += [(tone, on) for tone in ("good", "warn", "bad", "neutral") for on in ("ground", "panel")]
    measured = [(pair, 4.5) for pair in words] + [(pair, 3.0) for pair in shapes]
    found = {pair: (contrast(colours[pair[0]], colours[pair[1]]), least) for pair, least in measured}
    return {pair: ratio for pair, (ratio, least) in found.items() if ratio < least}


def closest(colours: Mapping[str, str], sight: str) -> float:
    """How different the two most alike of the five tones are to an eye of this kind."""
    tones = [colours[tone.value] for tone in Tone]
    return min(distance(one, other, sight) for one, other in combinations(tones, 2))


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_words_can_be_read_on_every_ground_they_stand_on(ground: str) -> None:
    """At least 4.5 to 1 for words, 3 to 1 for shapes and edges (WCAG 1.4.3 and 1.4.11)."""
    assert unreadable(getattr(shipped_theme(), ground)) == {}


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_a_dot_that_lets_others_through_is_seen(ground: str) -> None:
    """The dots of a scatter, drawn with four fifths of their colour, still stand 3 to 1 on the page."""
    colours = getattr(shipped_theme(), ground)
    over, under = colours["neutral"], colours["ground"]
    mixed = "#" + "".join(
        f"{round(0.8 * int(over[at : at + 2], 16) + 0.2 * int(under[at : at + 2], 16)):02x}"
        for at in (1, 3, 5)
    )

    assert contrast(mixed, under) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_tones_can_be_told_apart_by_every_eye(ground: str, sight: str) -> None:
    """The five tones of a bar differ for people with each kind of colour blindness."""
    assert closest(getattr(shipped_theme(), ground), sight) > 15


def test_a_weak_colour_would_be_found() -> None:
    """Grey words, a pale edge, and a green like the red to an eye without green cones, planted."""
    light = shipped_theme().light

    assert ("muted", "ground") in unreadable({**light, "muted": "#8a94a3"})
    assert ("edge", "panel") in unreadable({**light, "edge": "#b4bcc8"})
    assert closest({**light, "good": "#5c6b00", "bad": "#8a5a00"}, "deuteranopia") < 15


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"font": None}, "font"),
        ({"font": "x}body{display:none"}, "font"),
        ({"dark": {}}, "same colours"),
        ({"light": None}, "light is missing"),
        ({"light": {"ink": "red"}}, "light.ink"),
        ({"light": {"in k": "#ffffff"}}, "light.in k"),
        ({"light": {"a": "#ffffff", "b": "#ffffff"}, "dark": {"a": "#000000", "b": "#000000"}}, "share"),
    ],
)
def test_a_theme_that_could_harm_a_page_is_refused(change: dict[str, object], complaint: str) -> None:
    """Only names, colours and a font come through."""
    document = {"font": "serif", "light": {"ink": "#000000"}, "dark": {"ink": "#ffffff"}} | change

    with pytest.raises(ValueError, match=complaint):
        theme.parse(document)


def test_a_theme_is_an_object() -> None:
    """A list is none."""
    with pytest.raises(ValueError, match="object"):
        theme.parse([])


def test_a_drawing_loses_styles_and_keeps_its_colours() -> None:
    """A style becomes attributes, a colour of the theme a class, and what cannot be seen goes."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        '<defs><clipPath id="clip7"><path d="M0,0h9v9h-9Z"/></clipPath></defs>'
        '<g class="x"><g clip-path="url(#clip7)">'
        '<rect style="fill: #17202e; stroke-width: 2;" x="1.23456"/></g></g>'
        '<text opacity="0">gone</text><g/><path d=""/><g display="none"><path d="M1,1"/></g></svg>'
    )

    cleaned = drawing.clean(svg, identifier="a", title="T < &", description="D", theme=shipped_theme())

    assert 'clip-path="url(#a-1)"><rect x="1.2" fill="#17202e" stroke-width="2" class="f-ink"' in cleaned
    assert '<title id="a-title">T &lt; &amp;</title><desc id="a-desc">D</desc>' in cleaned
    assert "style=" not in cleaned
    assert "gone" not in cleaned
    assert 'class="x"' not in cleaned
