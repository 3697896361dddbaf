"""The report as JSON."""

import json
from decimal import Decimal

from hypothesis import given, settings

from pmreport.render import data
from pmreport.report.view import Report
from tests.support import sample_report
from tests.support.report_strategies import reports


def test_a_report_is_an_object_with_a_schema() -> None:
    """Numbers are numbers, instants end in Z, parts name their kind, plain words stay words."""
    document = json.loads(data.render(sample_report.weekly()))
    decisions = document["sections"][1]["blocks"][0]["items"][0]

    assert (document["schema"], document["kind"], document["as_of"]) == (1, "report", "2026-11-11T08:30:00Z")
    assert document["headline"]["tone"] == "bad"
    assert decisions["text"][:2] == [
        {"kind": "link", "text": "PM-131", "href": "https://jira.example/browse/PM-131"},
        " Agree the retention policy with legal ",
    ]
    assert decisions["detail"][1] == {"kind": "day", "value": "2026-11-12"}
    assert document["sections"][0]["blocks"][0]["figures"][3]["number"]["value"] == 1.345


def test_what_is_no_number_is_null() -> None:
    """JSON has neither infinity nor "not a number"."""
    assert data._number(Decimal("NaN")) is None
    assert data._number(Decimal("1E+2")) == 100


def test_no_character_steers_a_terminal() -> None:
    """The hostile report is plain ASCII as JSON."""
    written = data.render(sample_report.hostile())

    assert written.isascii()
    assert written.replace("\n", "").isprintable()


@settings(max_examples=40)
@given(reports())
def test_any_report_can_be_read_back(report: Report) -> None:
    """The same report gives the same bytes, and they are JSON."""
    written = data.render(report)

    assert written == data.render(report)
    assert json.loads(written)["title"] == report.title
