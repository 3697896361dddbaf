"""The pages of every report: valid HTML, whole without network and script, and in order on paper."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pmreport.render import page, templates
from pmreport.report import build
from tests.support.report_inputs import rich_inputs

NPM = Path(__file__).parents[1] / "npm"
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


def test_a_goal_of_the_review_fills_one_page_with_room_to_write(browser: Browser, real: Path) -> None:
    """The items behind it stay in the file, folded; the fields to fill in are high enough for a pen."""
    printed = paper(browser, real, "review")
    goal = printed.locator("#goal-estimation").bounding_box()
    fields = [box["height"] for row in printed.locator(".form tbody tr").all() if (box := row.bounding_box())]

    assert goal is not None
    assert goal["height"] < 1_000
    assert min(fields) > 35  # CSS pixels, a little less than 10 mm
    assert printed.locator(".behind:visible").count() == 0
    printed.context.close()


def paper(browser: Browser, folder: Path, name: str) -> Page:
    """A page as it is printed on A4."""
    opened = browser.new_context(offline=True, viewport={"width": 680, "height": 900}).new_page()
    opened.goto((folder / f"{name}.html").as_uri())
    opened.emulate_media(media="print")
    return opened
