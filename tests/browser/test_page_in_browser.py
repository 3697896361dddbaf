"""The page and the mail as a browser shows them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "npm" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("weekly", "sprint", "review", "hostile")
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > window.innerWidth"

Opener = Callable[..., Any]  # gives `Opened` of conftest.py


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_without_network(open_page: Opener, name: str) -> None:
    """Nothing is asked for, nothing breaks the page's own policy, and no foreign script has run."""
    opened = open_page(name)

    assert opened.problems == []
    assert [url.partition(":")[0] for url in opened.requests] == ["file"]
    assert opened.page.title() != "broken"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_without_its_script(open_page: Opener, name: str) -> None:
    """Every word but the sorting and searching controls is there with scripts off."""
    words = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
    with_script = open_page(name).page
    with_script.evaluate("document.querySelectorAll('.controls').forEach((part) => part.remove())")

    without = open_page(name, java_script_enabled=False).page

    assert without.evaluate(words) == with_script.evaluate(words)
    assert without.locator(".controls").count() == 0


@pytest.mark.parametrize("name", [*PAGES, "weekly-mail", "hostile-mail"])
def test_nothing_sticks_out_of_the_window(open_page: Opener, name: str) -> None:
    """From 320 wide on nothing needs sideways scrolling, but inside a table that is too wide."""
    page = open_page(name).page
    too_wide = []

    for width in (320, 390, 768, 1100, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        too_wide += [width] if page.evaluate(WIDER_THAN_THE_WINDOW) else []

    assert too_wide == []


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1100, "wide")])
def test_one_drawing_of_each_chart_is_shown(open_page: Opener, width: int, shown: str) -> None:
    """The narrow one on a phone, the wide one elsewhere."""
    page = open_page("weekly", width=width).page

    assert page.locator(".chart svg:visible").count() == page.locator(f".chart .{shown} svg").count() == 3


def test_dark_is_dark(open_page: Opener) -> None:
    """Ground, words and the lines of a chart change with the reader's choice."""
    colours = """[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color,
      getComputedStyle(document.querySelector('.wide svg .s-ink')).stroke]"""

    light = open_page("weekly", color_scheme="light").page.evaluate(colours)
    dark = open_page("weekly", color_scheme="dark").page.evaluate(colours)

    assert light[0] == "rgb(255, 255, 255)"
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_paper_is_light_and_lean(open_page: Opener) -> None:
    """Printed from a dark screen it is black on white, on three pages, first things on the first."""
    page = open_page("weekly", color_scheme="dark", width=680).page
    page.emulate_media(media="print")
    ground = "getComputedStyle(document.body).backgroundColor"
    bottom = page.locator("#accomplished").bounding_box()
    pages = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))

    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.locator(".behind:visible, nav:visible").count() == 0
    assert bottom["y"] + bottom["height"] < 1_000  # A4 less its margins, in CSS pixels
    assert pages <= 3


def test_a_table_is_searched_and_sorted(open_page: Opener) -> None:
    """Words and choice narrow it with a live count; a click sorts by what is meant, unknown last."""
    page = open_page("sprint").page
    table = page.locator("#items-table")
    page.get_by_label("Status").select_option("Blocked")
    page.get_by_label("Search").fill("release note")
    count = page.locator(".controls output").inner_text()
    shown = table.locator("tbody tr:visible").count()
    page.get_by_label("Search").fill("")
    page.get_by_label("Status").select_option("")
    points = "td:nth-child(5)"

    table.get_by_role("button", name="Points").click()
    rising = table.locator(points).all_inner_texts()
    table.get_by_role("button", name="Points").click()
    falling = table.locator(points).all_inner_texts()

    assert count == f"{shown} of 70 shown"
    assert 0 < shown < 20
    assert (rising[0], rising[-1]) == ("1", "–")
    assert (falling[0], falling[-1]) == ("8", "–")
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"


def test_the_keyboard_is_enough(open_page: Opener) -> None:
    """The first stop skips to the report, a chart's table opens with Enter, a wide table can be scrolled."""
    page = open_page("weekly").page

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")

    assert (first, landed) == ("skip", "content")
    assert page.locator("#burn-up-table").is_visible()
    assert page.locator(".scroll:not([tabindex='0'])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
@pytest.mark.parametrize("name", ["weekly", "sprint", "review"])
def test_axe_finds_no_fault(open_page: Opener, name: str, width: int, scheme: str) -> None:
    """No violation of axe's rules, and at least thirty of them applied and passed."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run npm ci in tests/npm")
    page = open_page(name, width=width, color_scheme=scheme, bypass_csp=True).page
    page.evaluate(AXE.read_text(encoding="utf-8"))

    result = page.evaluate("axe.run()")

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in result["violations"]] == []
    assert len(result["passes"]) >= 30


def test_axe_would_find_a_fault(open_page: Opener) -> None:
    """A picture without a name, planted, is reported: the gate is awake."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run npm ci in tests/npm")
    page = open_page("weekly", bypass_csp=True).page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert "image-alt" in [fault["id"] for fault in page.evaluate("axe.run()")["violations"]]
