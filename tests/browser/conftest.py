"""The pages that are looked at: samples, what real inputs give, and a table of everything that is sorted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pmreport.render import mail, page, templates
from pmreport.report.view import Column, Day, Link, Mark, Moment, Number, Row, Section, Table, Text
from tests.support import browsers, real_reports, sample_report
from tests.support.browsers import Opened


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page as a file, each drawn once: samples by name, those of real inputs in `real`."""
    made = tmp_path_factory.mktemp("pages")
    shipped = templates.load()
    (made / "real").mkdir()
    for name in ("weekly", "sprint", "review", "hostile"):
        report = getattr(sample_report, name)()
        (made / f"{name}.html").write_text(page.render(report, shipped), encoding="utf-8")
        (made / f"{name}-mail.html").write_text(mail.render(report, shipped).html, encoding="utf-8")
    for name in real_reports.NAMES:
        text = page.render(real_reports.report(name), shipped)
        (made / "real" / f"{name}.html").write_text(text, encoding="utf-8")
    sorted_by = replace(sample_report.sprint(), sections=(_everything_sorted(),))
    (made / "sorting.html").write_text(page.render(sorted_by, shipped), encoding="utf-8")
    return made


def _everything_sorted() -> Section:
    """Amounts over a thousand and below zero, days, moments, keys; every value twice, one not known."""
    amounts = ("1200", "-5", None, "300", "0.5", "-5", "1200")
    days = (date(2026, 2, 1), date(2025, 12, 31), None, date(2026, 10, 9), date(2026, 9, 10))
    rows = []
    for number, amount in enumerate(amounts):
        day = days[number % len(days)]
        told: tuple[Text, ...] = (
            (Link(f"WEB-{20 - number * 2}", "https://jira.example/x"),),
            (Number(value=None if amount is None else Decimal(amount), unit="points", decimals=1),),
            ("–",) if day is None else (Day(day),),
            (Moment(datetime(2026, 11, 30 - number * 3, 23, 30, tzinfo=UTC)),),
            (Mark("Late" if number % 2 else "On time"),),
            (f"row {number}",),
        )
        rows.append(Row(cells=told))
    names = ("Item", "Points", "Due", "Read", "State", "Place")
    columns = tuple(Column(title=name, numeric=name == "Points") for name in names)
    table = Table(
        id="all", caption="All", columns=columns, rows=tuple(rows), searchable=True, filter_column=4
    )
    return Section(id="sorting", title="Sorting", blocks=(table,))


@pytest.fixture
def open_page(browser: Browser, folder: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a page of the folder with the network off."""
    with ExitStack() as stack:

        def opener(name: str, **options: Any) -> Opened:
            return stack.enter_context(browsers.opened(browser, folder / f"{name}.html", **options))

        yield opener
