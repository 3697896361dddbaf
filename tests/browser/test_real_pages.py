"""The pages of every report: valid HTML, whole without network and script, and in order on paper."""

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from pmreport.goals.catalog import load
from pmreport.goals.goal import Polarity
from pmreport.render import page, templates
from pmreport.report import build
from pmreport.report.inputs import Also, Inputs
from tests.support.report_inputs import rich_inputs
from tests.support.talks import FULL

NPM = Path(__file__).parents[1] / "npm"
AXE = NPM / "node_modules" / "axe-core" / "axe.min.js"
TOOL = NPM / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-trailing-whitespace": "off",  # how a template is laid out
        "long-title": "off",  # a product may have a long name
        "prefer-native-element": "off",  # a table that can be scrolled is a group by role
    },
}
NAMES = ("weekly", "sprint", "review")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of each report, built from inputs with something of everything."""
    folder = tmp_path_factory.mktemp("real")
    shipped = templates.load()
    for name in NAMES:
        report = getattr(build, name)(rich_inputs())
        (folder / f"{name}.html").write_text(page.render(report, shipped), encoding="utf-8")
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}), encoding="utf-8")
    return folder


def faults(folder: Path, *names: str) -> list[str]:
    """What html-validate finds in the pages, a line each."""
    if not TOOL.is_file():
        pytest.skip("needs html-validate: run npm ci in tests/npm")
    # to a file: what it writes to a pipe is cut off when it ends with a fault
    command = [
        sys.executable,
        str(NPM / "node.py"),
        "node",
        str(TOOL),
        "--formatter",
        "json=found.json",
        *names,
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return [
        f"{Path(found['filePath']).name}:{message['line']} {message['ruleId']}: {message['message']}"
        for found in json.loads((folder / "found.json").read_text(encoding="utf-8"))
        for message in found["messages"]
    ]


def test_every_page_is_valid_html(real: Path) -> None:
    """Nothing is nested wrongly, named twice or left open."""
    assert faults(real, *(f"{name}.html" for name in NAMES)) == []


def test_a_fault_would_be_found(real: Path) -> None:
    """A place that two parts own, planted, is reported: the gate is awake."""
    text = (real / "weekly.html").read_text(encoding="utf-8")
    (real / "broken.html").write_text(
        text.replace("</main>", '<p id="content"></p></main>'), encoding="utf-8"
    )

    assert any("no-dup-id" in fault for fault in faults(real, "broken.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_page_says_everything_without_network_and_script(
    browser: Browser, real: Path, name: str
) -> None:
    """Every section has its title, every chart its drawing, and nothing was asked for."""
    context = browser.new_context(offline=True, java_script_enabled=False)
    opened = context.new_page()
    requests: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.goto((real / f"{name}.html").as_uri())
    report = getattr(build, name)(rich_inputs())

    titles = opened.locator("main > section > h2:visible").all_inner_texts()
    charts = opened.locator(".chart").count()
    drawings = opened.locator(".chart .wide svg:visible").count()
    context.close()

    assert titles == [section.title for section in report.sections] + ["Terms used here"]
    assert charts == drawings
    assert len(requests) == 1


def test_page_one_of_the_weekly_holds_what_is_read_in_a_minute(browser: Browser, real: Path) -> None:
    """From the state to what is planned next, on one sheet of A4."""
    printed = paper(browser, real, "weekly")
    bottom = printed.locator("#next").bounding_box()

    assert bottom is not None
    assert bottom["y"] + bottom["height"] < 1_000  # A4 less its margins, in CSS pixels
    printed.context.close()


def test_the_review_prints_a_page_a_goal_and_one_before_them(browser: Browser, tmp_path: Path) -> None:
    """However full a goal is: three measures, three pieces on both sides, five actions, both ratings."""
    shipped = templates.load()
    for goals in (1, 3):
        report = build.review(full_review(goals))
        (tmp_path / "review.html").write_text(page.render(report, shipped), encoding="utf-8")
        opened = browser.new_context(offline=True).new_page()
        opened.goto((tmp_path / "review.html").as_uri())
        printed = opened.pdf(prefer_css_page_size=True)
        opened.context.close()

        assert printed.count(b"/Type /Page\n") == goals + 1


def test_a_printed_goal_has_room_to_write(browser: Browser, real: Path) -> None:
    """The items behind it stay in the file; a line for an action is high enough for a pen."""
    printed = paper(browser, real, "review")
    lines = [
        box["height"]
        for row in printed.locator(".form tbody tr:has(th input)").all()
        if (box := row.bounding_box())
    ]
    words = printed.locator("textarea").first.bounding_box()

    assert min(lines) > 28  # CSS pixels, somewhat less than 8 mm
    assert words is not None
    assert words["height"] > 40
    assert printed.locator(".off-paper:visible, .behind:visible, .on-screen:visible").count() == 0
    printed.context.close()


def test_a_rating_can_be_given_by_keyboard(browser: Browser, real: Path) -> None:
    """Without a script: the fields take focus, arrows choose a number, and the other's rating stays empty."""
    opened = browser.new_context(offline=True, java_script_enabled=False).new_page()
    opened.goto((real / "review.html").as_uri())
    opened.locator("#own-estimation-scale").focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    chosen = opened.locator("input[type=radio]:checked")

    assert chosen.count() == 1
    assert chosen.get_attribute("name") == "own-estimation-scale"
    assert chosen.get_attribute("value") == "3"
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
def test_the_review_can_be_used_by_everybody(
    browser: Browser, real: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """The gate (axe) finds no fault, light and dark, on a telephone and a desk; nothing sticks out."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run npm ci in tests/npm")
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    opened = context.new_page()
    opened.goto((real / "review.html").as_uri())
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    overflow = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert overflow <= 0


def full_review(goals: int) -> Inputs:
    """Inputs whose goals, the longest of the catalogue, hold as much as a page is made for."""
    known = rich_inputs()
    words = ("why", "behaviour_now", "target_behaviour", "guard", "show", "indicator")
    longest = sorted(load().values(), key=lambda goal: -sum(len(getattr(goal, name)) for name in words))
    chosen = tuple(replace(goal, id=f"goal{number}") for number, goal in enumerate(longest[:goals]))
    guarded = "Estimates still tell sizes apart (tau): 0.07, not kept (wanted at least 0.2, n = 485)."
    measure = replace(
        known.measures["estimation"],
        guarded=guarded,
        interval=(Decimal("1.2"), Decimal("1.7")),
        verdict="Not yet met. "
        + "Median miss fell from 1.71x to 1.29x over many sprints, p below 0.001. " * 2,
    )
    also = Also(
        name="My items in the open sprint that have an estimate", target="at least 90 %", measure=measure
    )
    pieces = [piece for piece in known.evidence if piece.goal_id == "estimation"]
    return replace(
        known,
        goals=chosen,
        talks={goal.id: FULL for goal in chosen},
        measures={goal.id: measure for goal in chosen},
        also={goal.id: (also, also) for goal in chosen},
        evidence=tuple(
            replace(piece, goal_id=goal.id, polarity=polarity)
            for goal in chosen
            for piece in pieces
            for polarity in Polarity
        ),
    )


def paper(browser: Browser, folder: Path, name: str) -> Page:
    """A page as it is printed on A4."""
    opened = browser.new_context(offline=True, viewport={"width": 680, "height": 900}).new_page()
    opened.goto((folder / f"{name}.html").as_uri())
    opened.emulate_media(media="print")
    return opened
