"""A report as it was sent: kept as one document, and read back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from pmreport.render.data import document
from pmreport.report import build, freeze
from pmreport.report.colours import Colour
from pmreport.report.draft import Ask, Draft, Planned
from pmreport.report.freeze import About, Setting
from pmreport.report.inputs import Restatement
from pmreport.report.sections import planned
from pmreport.report.told import ToldFigure, told
from tests.support import report_inputs, sample_report

ABOUT = About(
    site="https://acme.example",
    product="Acme Web",
    report="weekly",
    period="2026-W47",
    settings=(Setting("scope", "ab12"),),
    draft=Draft(plan=(Planned(item="WEB-1 Pay by card", owner="Ana"),), asks=(Ask(what="A day of tests"),)),
)


def kept(report: Any) -> freeze.Frozen:
    """A report, kept and read back."""
    return freeze.load(freeze.dump(ABOUT, document(report)))


def test_what_was_kept_is_read_back() -> None:
    """What it was about, to the plan; and what it told, to the digits of its numbers."""
    report = build.weekly(report_inputs.rich_inputs())
    found = kept(report)

    assert found.about == ABOUT
    assert found.told == freeze.read_back(document(report))
    assert (found.told.name, found.told.period, found.told.title) == ("weekly", report.period, report.title)
    assert found.told.as_of == report.as_of
    assert freeze.dump(ABOUT, document(report)) == freeze.dump(ABOUT, document(report))


def test_the_colour_and_those_behind_it_are_told() -> None:
    """Of the weekly; the headline of another report is no state."""
    weekly = kept(build.weekly(report_inputs.rich_inputs())).told
    sprint = kept(build.sprint(report_inputs.rich_inputs())).told

    assert weekly.colour in set(Colour)
    assert dict(weekly.dimensions)["Data"] is Colour.GREEN
    assert (sprint.colour, sprint.dimensions) == (None, ())


def test_a_number_keeps_its_items() -> None:
    """Those it links to in Jira."""
    found = kept(build.weekly(report_inputs.rich_inputs())).told.figure("delivered")

    assert found is not None
    assert found.keys == tuple(item.key for item in report_inputs.delivered() if item.key in found.keys)
    assert found.value == Decimal(found.text)
    assert found.keys


def test_every_block_of_a_report_is_read() -> None:
    """The sample holds one of each kind, and hostile words; rows and lists keep their words."""
    found = {report.name: kept(report).told for report in (sample_report.weekly(), sample_report.review())}
    hostile = kept(sample_report.hostile()).told

    assert all(section.title for one in found.values() for section in one.sections)
    assert any("<script>" in entry.text for section in hostile.sections for entry in section.entries)
    assert kept(sample_report.sprint()).told.figures


def test_entries_with_one_name_stand_beside_each_other() -> None:
    """The second is told by its number, so that none hides another."""
    items = {
        "kind": "items",
        "items": [{"text": ["WEB-1 a"], "detail": []}, {"text": ["WEB-1 b"], "detail": []}],
    }
    shape: dict[str, Any] = dict(document(build.weekly(report_inputs.empty_inputs())))
    facts = {"kind": "facts", "facts": [{"label": "Goal", "text": [{"kind": "trend", "values": []}, "met"]}]}
    shape["sections"] = [{"id": "state", "title": "X", "blocks": [items, facts]}]

    (section,) = told(shape).sections

    assert [(one.id, one.text) for one in section.entries] == [
        ("WEB-1", "WEB-1 a"),
        ("WEB-1 (2)", "WEB-1 b"),
        ("Goal", "Goal: met"),
    ]


def test_a_number_that_was_not_known_says_so() -> None:
    """It is not 0."""
    assert ToldFigure(id="x", label="X", value=None).text == "not known"


@pytest.mark.parametrize(
    ("content", "told_why"),
    [
        (b"{", "Expecting"),
        (b"[]", "it is no frozen report"),
        (b'{"kind": "report", "schema": 1}', "it is no frozen report"),
        (b'{"kind": "frozen", "schema": 2}', "its schema is 2"),
        (b'{"kind": "frozen", "schema": 1}', "an object is wanted"),
        (
            json.dumps(
                {"kind": "frozen", "schema": 1, "about": {"site": "s", "report": "r", "period": "p"}}
            ).encode(),
            "it is not the JSON of a report",
        ),
    ],
)
def test_what_is_no_frozen_report_is_refused(content: bytes, told_why: str) -> None:
    """By a ValueError that says what it is."""
    with pytest.raises(ValueError, match=told_why):
        freeze.load(content)


def test_the_plan_that_was_told_is_kept() -> None:
    """The person's own; else the items at the top of the sprint, as management read them."""
    inputs = report_inputs.rich_inputs()
    own = Draft(plan=(Planned(item="Ship it"),))
    read = planned.as_told(replace(inputs, draft=None))

    assert planned.as_told(replace(inputs, draft=own)) == own.plan
    assert 0 < len(read) <= planned.SHOWN
    assert all(entry.item.split()[0].count("-") == 1 for entry in read)


def test_before_any_sync_there_is_no_moment_of_the_data() -> None:
    """And none is made up."""
    report = build.weekly(replace(report_inputs.empty_inputs(), data_as_of=None))

    assert kept(report).told.data_as_of is None
    assert kept(report).told.period_end > datetime(2020, 1, 1, tzinfo=UTC)


def test_what_a_report_rested_on_beside_jira_is_kept() -> None:
    """So that it can be built once more, to the same bytes."""
    line = Restatement(period="2026-W46", label="Items delivered", was="2", now="1")
    inputs = replace(
        report_inputs.rich_inputs(),
        draft=Draft(bottom_line="All is well."),
        draft_before=Draft(plan=(Planned(item="Ship it"),)),
        plan_sent=datetime(2026, 11, 16, 8, tzinfo=UTC),
        colours_before=(Colour.RED, None, Colour.GREEN),
        restatements=(line,),
    )
    about = freeze.load(freeze.dump(freeze.rested_on(ABOUT, inputs), document(build.weekly(inputs)))).about

    assert freeze.resting_on(report_inputs.rich_inputs(), about) == inputs
