"""Charts: drawn from specs that fetch nothing, the same bytes each time."""

import json
import struct
from functools import cache
from xml.etree.ElementTree import Element, fromstring, register_namespace

import pytest

from pmreport.errors import BadDataError
from pmreport.render import charts, templates
from pmreport.report import build
from pmreport.report.view import Bars, Chart, ChartValue
from tests.support import pictures, sample_report
from tests.support.flowing import team_inputs

SHIPPED = templates.load()
PEN = charts.Pen(theme=SHIPPED.theme, settings=SHIPPED.chart_settings, zone="Europe/Lisbon")
BLOCKS = [
    block
    for report in (sample_report.weekly(), sample_report.review(), build.team(team_inputs()))
    for section in report.sections
    for block in section.blocks
]
PICTURES = {
    "bars": next(charts.picture_of(block) for block in BLOCKS if isinstance(block, Bars)),
    **{block.spec: charts.picture_of(block) for block in BLOCKS if isinstance(block, Chart)},
    **{name: charts.picture_of(block) for name, block in pictures.charts().items()},
}


@cache
def drawn(name: str, *, narrow: bool = False) -> str:
    """A picture of the sample as SVG."""
    return drawn_anew(name, narrow=narrow)


def drawn_anew(name: str, *, narrow: bool = False) -> str:
    """The same, drawn once more."""
    spec, where = SHIPPED.spec(name)
    return charts.draw(PICTURES[name], spec, PEN, narrow=narrow, where=where)


def parse(svg: str) -> Element:
    """The drawing as a tree."""
    return fromstring(svg)  # noqa: S314 - our own drawing


def words(svg: str) -> list[str]:
    """What is written in a drawing."""
    return [element.text or "" for element in parse(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_every_shipped_spec_is_drawn_here() -> None:
    """A new chart needs a sample, or nobody has seen it."""
    folder = templates.shipped_folder() / "charts"

    assert {path.name.removesuffix(".vl.json") for path in folder.glob("*.vl.json")} == set(PICTURES)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_chart_is_an_image_with_a_name(name: str, *, narrow: bool) -> None:
    """Title and description stand in it, its width is that of its page, and it carries no style."""
    root = parse(drawn(name, narrow=narrow))
    title, description = list(root)[:2]

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert title.text == PICTURES[name].caption
    assert root.attrib["width"] == ("360" if narrow else "700")
    assert not [element for element in root.iter() if "style" in element.attrib]


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_every_colour_of_a_chart_can_be_changed_by_the_page(name: str) -> None:
    """Each fill and stroke has its colour as an attribute and as a class."""
    named = SHIPPED.theme.named()

    for element in parse(drawn(name)).iter():
        for attribute, letter in (("fill", "f"), ("stroke", "s")):
            colour = element.attrib.get(attribute, "none")
            if colour not in {"none", "transparent"}:
                assert f"{letter}-{named[colour]}" in element.attrib["class"].split()


def test_the_same_chart_gives_the_same_bytes() -> None:
    """Other charts drawn in between change nothing."""
    first = drawn("burnup")
    drawn_anew("velocity")

    assert drawn_anew("burnup") == first


def test_the_font_is_said_once_and_nothing_that_goes_without_saying() -> None:
    """A page holds two drawings of each chart: a tenth of it would be the same words again and again."""
    svg = drawn("burnup")

    assert svg.count("font-family") == 1
    assert 'text-anchor="start"' not in svg


def test_a_library_that_takes_the_empty_prefix_changes_no_drawing() -> None:
    """WeasyPrint does, once imported: a page made after a PDF had `ns0:svg` in it, which no browser draws."""
    first = drawn_anew("burnup")
    register_namespace("", "urn:another")

    assert drawn_anew("burnup") == first
    assert first.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_lines_are_named_at_their_ends() -> None:
    """The burn-up needs no legend, and says what moved the scope."""
    said = words(drawn("burnup"))

    assert {"Scope 46", "Ideal", "22 done, 14 behind", "+3 scope"} <= set(said)


def test_days_are_those_of_the_reports_zone() -> None:
    """Half past eleven at night in UTC is the next day in Auckland."""
    row: dict[str, ChartValue] = {"at": "2026-11-02T23:30:00Z", "value": 1}
    pen = charts.Pen(theme=PEN.theme, settings=PEN.settings, zone="Pacific/Auckland")
    spec, _ = SHIPPED.spec("burnup")

    filled = charts.fill({"scope": (row,)}, spec, pen, narrow=False)

    assert filled["datasets"]["scope"] == [{"at": "2026-11-03T12:30:00Z", "value": 1}]  # type: ignore[index] # JSON


def test_bars_say_their_counts() -> None:
    """Each part its count where there is room, each bar its total."""
    said = words(drawn("bars"))

    assert {"Berth planning", "6", "9", "20"} <= set(said)


def test_hostile_words_stay_words_in_a_drawing() -> None:
    """Whatever an item is called, a drawing has the elements it has."""
    block = next(
        block
        for section in sample_report.hostile().sections
        for block in section.blocks
        if isinstance(block, Chart)
    )
    spec, where = SHIPPED.spec("burnup")

    svg = charts.draw(charts.picture_of(block), spec, PEN, narrow=False, where=where)

    kinds = {element.tag.rpartition("}")[2] for element in parse(svg).iter()}
    assert kinds <= {"svg", "g", "path", "line", "rect", "text", "title", "desc", "defs", "clipPath"}
    assert "\u202e" not in svg


@pytest.mark.parametrize(
    "spec",
    [
        {"data": {"url": "https://jira.example/data.json"}},
        {"layer": [{"encoding": {"url": {"field": "x"}}}]},
        {"usermeta": {"narrow": {"data": {"url": "file:///etc/passwd"}}}},
    ],
)
def test_a_spec_that_names_an_address_is_refused(spec: object) -> None:
    """Nothing is ever fetched for a report."""
    with pytest.raises(BadDataError, match="fetches nothing"):
        charts.parse_spec(json.dumps(spec), "mine.vl.json")


@pytest.mark.parametrize(
    ("text", "where"), [('{\n  "mark": bar\n}', "mine.vl.json:2"), ("[]", "mine.vl.json")]
)
def test_a_spec_that_is_no_json_object_is_refused(text: str, where: str) -> None:
    """The file and the line are named."""
    with pytest.raises(BadDataError) as caught:
        charts.parse_spec(text, "mine.vl.json")

    assert caught.value.where == where


def test_a_spec_that_cannot_be_drawn_is_named() -> None:
    """Vega-Lite's own complaint, and whose file it is."""
    spec: charts.Json = {"mark": "no such mark", "encoding": {}, "data": {"values": []}}

    with pytest.raises(BadDataError, match="cannot be drawn") as as_svg:
        charts.draw(PICTURES["burnup"], spec, PEN, narrow=False, where="mine.vl.json")
    with pytest.raises(BadDataError, match="cannot be drawn") as as_png:
        charts.png(PICTURES["burnup"], spec, PEN, where="mine.vl.json")

    assert as_svg.value.where == as_png.value.where == "mine.vl.json"


def test_a_spec_that_does_not_exist_is_named() -> None:
    """A report may not ask for a chart that nobody wrote."""
    with pytest.raises(BadDataError, match="no template charts/none"):
        SHIPPED.spec("none")


def test_a_png_is_drawn_at_twice_its_size() -> None:
    """1,400 wide, so that it is sharp on a good screen."""
    spec, where = SHIPPED.spec("burnup")

    png = charts.png(PICTURES["burnup"], spec, PEN, where=where)

    assert struct.unpack(">I", png[16:20]) == (1_400,)


def test_an_endless_word_costs_no_more_than_a_long_one() -> None:
    """Every letter is measured before a label is cut: half a minute for a name of five thousand."""
    spec, _ = SHIPPED.spec("bars")
    rows = tuple({**row, "bar": str(row["bar"]) + "\u00e4" * 5000} for row in PICTURES["bars"].data["bars"])

    filled = charts.fill({"bars": rows}, spec, PEN, narrow=False)

    assert max(map(len, _texts(filled["datasets"]))) == 300


def _texts(value: object) -> list[str]:
    """Every text in it."""
    if isinstance(value, dict | list):
        return [
            text for each in (value.values() if isinstance(value, dict) else value) for text in _texts(each)
        ]
    return [value] if isinstance(value, str) else []
