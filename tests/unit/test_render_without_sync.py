"""A report of a store that no sync ever completed."""

from collections.abc import Callable

import pytest

from pmreport.render import mail, page, text
from pmreport.render.templates import Templates, load
from pmreport.report import build
from pmreport.report.view import Report
from tests.support.report_inputs import empty_inputs


@pytest.mark.parametrize("render", [page.render, text.render, lambda *given: mail.render(*given).html])
def test_a_report_without_any_sync_can_be_rendered(render: Callable[[Report, Templates], str]) -> None:
    """The heading says so, where else stands the day of the data."""
    told_plainly = " ".join(render(build.weekly(empty_inputs()), load(None)).split())

    assert "o complete sync yet" in told_plainly
