"""The gates of every page: usable by everybody, asking for nothing, valid, whole without its script."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from pmreport.render import page, templates
from tests.support import real_reports
from tests.support.browsers import Opened, hindrances, opened
from tests.support.npm import markup_faults

Opener = Callable[..., Opened]

REAL = tuple(f"real/{name}" for name in real_reports.NAMES)
SAMPLES = ("weekly", "sprint", "review")
Scheme = Literal["light", "dark"]
NEAR = {390: (320,), 1100: (768, 1920)}


@pytest.mark.parametrize(
    ("name", "width", "schemes"),
    [
        *((name, 390, ("dark", "light")) for name in REAL),
        *((name, 1100, ("light", "dark")) for name in REAL),
        *((name, 390, ("dark",)) for name in SAMPLES),
        *((name, 1100, ("light",)) for name in SAMPLES),
    ],
)
def test_a_page_can_be_used_by_everybody(
    open_page: Opener, name: str, width: int, schemes: tuple[Scheme, ...]
) -> None:
    """Nothing for axe to find, on a telephone and a desk, light and dark; from 320 on nothing sticks out.

    A page is opened in the first scheme, and a reader then switches to the second.
    """
    shown = open_page(name, width=width, color_scheme=schemes[0], bypass_csp=True)
    found = []

    for scheme in schemes:
        shown.page.emulate_media(color_scheme=scheme)
        shown.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{scheme}: {fault}" for fault in (*shown.faults(), *hindrances(shown.page))]
        for near in NEAR[width]:
            shown.page.set_viewport_size({"width": near, "height": 900})
            found += [f"{scheme}, {near}: {fault}" for fault in shown.faults()]

    assert found == []


@pytest.mark.parametrize("name", ["hostile", "weekly-mail", "hostile-mail"])
def test_hostile_words_and_mails_stay_in_the_window(open_page: Opener, name: str) -> None:
    """No foreign script runs, nothing is asked for, and nothing needs sideways scrolling."""
    shown = open_page(name)
    found = shown.faults()

    for width in (320, 390, 768, 1920):
        shown.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in shown.faults()]

    assert found == []
    assert shown.page.title() != "broken"


@pytest.mark.parametrize("name", [*REAL, "sprint", "hostile"])
def test_a_page_is_whole_without_its_script(open_page: Opener, name: str) -> None:
    """Every word but the sorting and searching controls is there, under the page's own policy."""
    words = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
    with_script = open_page(name)
    with_script.page.evaluate("document.querySelectorAll('.controls').forEach((part) => part.remove())")

    without = open_page(name, java_script_enabled=False)

    assert without.page.evaluate(words) == with_script.page.evaluate(words)
    assert without.page.locator(".controls").count() == 0
    assert without.page.locator(".chart").count() == without.page.locator(".chart .wide svg:visible").count()
    assert [*without.faults(), *with_script.faults()] == []
    if name in REAL:
        titles = without.page.locator("main > section > h2:visible").all_inner_texts()
        built = real_reports.report(name.removeprefix("real/"))
        assert titles[:-1] == [section.title for section in built.sections]
        assert without.dead_links() == []


def test_every_page_is_valid_html_and_a_fault_would_be_found(folder: Path) -> None:
    """Nothing is nested wrongly, named twice or left open; a place of two owners, planted, is reported."""
    text = (folder / "real" / "weekly.html").read_text(encoding="utf-8")
    broken = text.replace("</main>", '<p id="content"></p></main>')
    (folder / "real" / "broken.html").write_text(broken, encoding="utf-8")

    found = markup_faults(folder / "real", *(f"{name}.html" for name in (*real_reports.NAMES, "broken")))

    assert [fault for fault in found if not fault.startswith("broken")] == []
    assert any("no-dup-id" in fault for fault in found)


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("<p style='width:3000px'>x</p>", "wider than the window"),
        ("<a href='#nowhere'>x</a>", "leads nowhere"),
        ("<div class='scroll' id='here'></div>", "cannot be focused: here"),
        ("<img alt='' src='https://elsewhere.example/x.png'>", "https://elsewhere.example/x.png"),
        ("<figure class='chart'><svg></svg><svg></svg></figure>", "drawn twice"),
        ("<img>", "image-alt"),
        ("<p style='color:#999;background:#fff'>Hard to read</p>", "color-contrast"),
        ("<p>Hardly anything</p>", "rules applied"),
    ],
    ids=[
        "width",
        "anchor",
        "scroll region",
        "outside request",
        "two drawings",
        "axe: name",
        "axe: contrast",
        "axe: little",
    ],
)
def test_the_gates_are_awake(browser: Browser, tmp_path: Path, fault: str, complaint: str) -> None:
    """Each of these faults, planted, is found."""
    (tmp_path / "broken.html").write_text(
        f"<!DOCTYPE html><html lang='en'><title>T</title><main><h1>T</h1>{fault}</main></html>",
        encoding="utf-8",
    )

    with opened(browser, tmp_path / "broken.html") as shown:
        found = [*shown.faults(), *shown.dead_links()] or hindrances(shown.page)

    assert any(complaint in one for one in found)


def test_nothing_at_all_is_a_calm_page(browser: Browser, tmp_path: Path) -> None:
    """Over no item every report says so in sentences: no empty table, no number that is not known as 0."""
    shipped = templates.load()
    for name in real_reports.NAMES:
        file = tmp_path / f"{name}.html"
        file.write_text(page.render(real_reports.empty(name), shipped), encoding="utf-8")
        with opened(browser, file, width=390, color_scheme="dark") as shown:
            said = shown.page.locator("main").inner_text()

            assert shown.faults() == shown.dead_links() == []
            assert shown.page.locator("tbody tr:visible:not(:has(td))").count() == 0
            assert not {"None", "nan", "Infinity", "undefined"} & set(said.split())
            assert shown.page.locator(".controls").count() == 0
