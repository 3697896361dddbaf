"""An installed browser, a page opened in it with the network off, and what the gates ask of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.npm import AXE

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
FEWEST_RULES = 30  # of axe, applied and passed; with fewer the gate saw next to nothing


@contextmanager
def started() -> Iterator[Browser]:
    """An installed browser; the test is skipped by name where there is none."""
    found = os.environ.get("PMREPORT_TEST_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("needs a browser: install Chromium or Chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in the browser; what its console said, and what it asked for."""

    page: Page
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What is wrong with it at its present width: outside requests, complaints, what sticks out."""
        outside = [url for url in self.requests if not url.startswith("file:")]
        return [*outside, *self.problems, *self.page.evaluate(_FAULTS)]

    def dead_links(self) -> list[str]:
        """The links to places that this page does not have."""
        found: list[str] = self.page.evaluate(_DEAD)
        return found


_DEAD = """[...document.querySelectorAll("a[href^='#']")]
  .filter((link) => !document.getElementById(link.getAttribute("href").slice(1)))
  .map((link) => "leads nowhere: " + link.outerHTML)"""

# A region that scrolls must be reachable by keyboard.
_FAULTS = """() => [
  ...(document.documentElement.scrollWidth > window.innerWidth ? ["wider than the window"] : []),
  ...[...document.querySelectorAll(".scroll:not([tabindex='0'])")]
    .map((part) => "cannot be focused: " + part.id),
  ...[...document.querySelectorAll(".chart:not(.behind .chart)")]
    .filter((part) => [...part.querySelectorAll("svg")].filter((svg) => svg.checkVisibility()).length > 1)
    .map((part) => "drawn twice: " + part.id),
]"""


@contextmanager
def opened(browser: Browser, file: Path, *, width: int = 1100, **options: Any) -> Iterator[Opened]:
    """A file in a window of its own, with the network off."""
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
    seen = Opened(context.new_page())
    seen.page.on("console", lambda message: seen.problems.append(message.text))
    seen.page.on("pageerror", lambda error: seen.problems.append(str(error)))
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.goto(file.as_uri())
    yield seen
    context.close()


def hindrances(page: Page) -> list[str]:
    """What axe finds that keeps people from using the page; also when hardly a rule applied to it."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: run npm ci in tests/npm")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    few = len(result["passes"])
    return [
        *(f"{fault['id']}: {[node['html'] for node in fault['nodes']]}" for fault in result["violations"]),
        *([f"only {few} rules applied"] if few < FEWEST_RULES else []),
    ]
