"""What pages are worth as files, pmreport's beside its peers': `python benchmarks/pages.py NAME=FILE …`.

Each file is opened from disk in an installed browser with the network off. The table that is printed says
its size; what it asks for outside; how much can be read without its script; axe-core's violations, light and
dark; whether the page turns dark with the reader's wish, and has rules for paper; how wide it is in a window
of 320 pixels; how many sheets of A4 it prints.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Request, sync_playwright

AXE = Path(__file__).parents[1] / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_WORDS = "document.body ? document.body.innerText.replace(/\\s+/g, ' ').trim().length : 0"
_GROUND = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
_PRINT_RULES = """[...document.styleSheets].some((sheet) => {
  try {
    return [...sheet.cssRules].some((rule) => rule.media && /print/.test(rule.media.mediaText));
  } catch { return false; }
})"""
_SETTLING_MS = 1500  # peers draw with scripts
_YES = {True: "yes", False: "no"}


class Row(NamedTuple):
    """What was measured of one page."""

    name: str
    kilobytes: float
    outside: int
    letters_without_script: int
    letters: int
    axe_light: int
    axe_dark: int
    axe_passed: int
    turns_dark: bool
    has_print_rules: bool
    width_at_320: int
    sheets: int


def main() -> None:
    """Measure every page named, and print a Markdown table."""
    pages = [word.partition("=")[::2] for word in sys.argv[1:]]
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not pages or found is None:
        sys.exit("usage: python benchmarks/pages.py NAME=FILE … (and a browser on the path)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        rows = [_measured(browser, name, Path(path).resolve()) for name, path in pages]
        browser.close()
    print(
        "| page | KB | asks outside | letters without script, of | axe light, dark (passed) | dark "
        "| print rules | width at 320 | sheets of A4 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.name} | {row.kilobytes:,.0f} | {row.outside} "
            f"| {row.letters_without_script:,} of {row.letters:,} "
            f"| {row.axe_light}, {row.axe_dark} ({row.axe_passed}) | {_YES[row.turns_dark]} "
            f"| {_YES[row.has_print_rules]} | {row.width_at_320} | {row.sheets} |"
        )


def _measured(browser: Browser, name: str, path: Path) -> Row:
    light, outside = _opened(browser, path, color_scheme="light")
    dark, _ = _opened(browser, path, color_scheme="dark")
    bare, _ = _opened(browser, path, java_script_enabled=False)
    narrow, _ = _opened(browser, path, viewport={"width": 320, "height": 700})
    axe_light, axe_dark = _axe(light), _axe(dark)
    return Row(
        name=name,
        kilobytes=path.stat().st_size / 1024,
        outside=outside,
        letters_without_script=bare.evaluate(_WORDS),
        letters=light.evaluate(_WORDS),
        axe_light=axe_light[0],
        axe_dark=axe_dark[0],
        axe_passed=axe_light[1],
        turns_dark=light.evaluate(_GROUND) != dark.evaluate(_GROUND),
        has_print_rules=light.evaluate(_PRINT_RULES),
        width_at_320=narrow.evaluate("document.documentElement.scrollWidth"),
        sheets=len(re.findall(rb"/Type /Page\b", light.pdf(format="A4"))),
    )


def _opened(browser: Browser, path: Path, **options: object) -> tuple[Page, int]:
    """The page when its scripts have drawn, and how many addresses outside it asked for."""
    asked: list[str] = []
    settings = {"viewport": {"width": 1100, "height": 900}, "offline": True, "bypass_csp": True, **options}
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type] - options of Playwright by name

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            asked.append(request.url)

    page.on("request", note)
    page.goto(path.as_uri())
    page.wait_for_timeout(_SETTLING_MS)
    return page, len(asked)


def _axe(page: Page) -> tuple[int, int]:
    """Rules violated, rules passed."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    return len(result["violations"]), len(result["passes"])


if __name__ == "__main__":
    main()
