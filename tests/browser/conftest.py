"""A browser, where one is installed: Chromium or Chrome, by name or by `PMREPORT_TEST_BROWSER`."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pmreport.render import mail, page, templates
from tests.support import sample_report

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed browser, started once; the tests are skipped by name where there is none."""
    found = os.environ.get("PMREPORT_TEST_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("needs a browser: install Chromium or Chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports as files, each page drawn once."""
    made = tmp_path_factory.mktemp("pages")
    shipped = templates.load()
    for name in ("weekly", "sprint", "review", "hostile"):
        report = getattr(sample_report, name)()
        (made / f"{name}.html").write_text(page.render(report, shipped), encoding="utf-8")
        (made / f"{name}-mail.html").write_text(mail.render(report, shipped).html, encoding="utf-8")
    return made


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in the browser; what its console said, and what it asked for."""

    page: Page
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser: Browser, folder: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a sample from disk with the network off."""
    contexts = []

    def opener(name: str, *, width: int = 1100, **options: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.problems.append(message.text))
        opened.page.on("pageerror", lambda error: opened.problems.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto((folder / f"{name}.html").as_uri())
        return opened

    yield opener
    for context in contexts:
        context.close()
