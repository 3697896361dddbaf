"""The reports of the sample: one of each kind as it usually is, and one with every part there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pmreport.render.sample.burnup import sprint_chart
from pmreport.render.sample.evidence import evidence, items
from pmreport.render.sample.flow import flow
from pmreport.render.sample.lists import accomplished, decisions, risks
from pmreport.render.sample.mix import mix
from pmreport.render.sample.numbers import data, numbers
from pmreport.render.sample.outlook import outlook
from pmreport.render.sample.progress import progress
from pmreport.render.sample.sprints import accuracy, velocity
from pmreport.render.sample.talk import talk
from pmreport.render.sample.words import AS_OF, SITE, ZONE, points
from pmreport.report.view import Callout, Day, Link, Report, Term, Tone


def weekly() -> Report:
    """The weekly report of a product in some trouble."""
    return replace(
        frame("weekly", "Harbour, week 47: at risk", "16 to 22 Nov 2026"),
        sections=(numbers(), decisions(), accomplished(), risks(), sprint_chart(), velocity(), mix(), data()),
    )


def sprint() -> Report:
    """The report of one sprint, with its items."""
    return replace(
        frame("sprint", "Payments Sprint 42: 22 of 46 points done", "Day 8 of 10, 2 to 13 Nov 2026"),
        period="Payments Sprint 42",
        sections=(numbers(), sprint_chart(), velocity(), items(70)),
    )


def review() -> Report:
    """The goal review of a quarter, with evidence."""
    return replace(
        frame("review", "Goal review of J. Sousa, fourth quarter", "1 Oct to 31 Dec 2026"),
        audience="manager",
        period="2026-Q4",
        sections=(numbers(), accuracy(), evidence(), mix()),
    )


def everything(name: str) -> Report:
    """A report of this name with every kind of block, of inline part, and of chart."""
    return replace(
        frame(name, "Harbour: one of everything", "16 to 22 Nov 2026"),
        sections=(
            numbers(),
            decisions(),
            accomplished(),
            risks(),
            sprint_chart(),
            velocity(),
            accuracy(),
            mix(),
            flow(),
            progress(),
            outlook(),
            evidence(),
            talk(),
            data(),
            items(3),
        ),
    )


def frame(name: str, title: str, kicker: str) -> Report:
    """A report without any section."""
    return Report(
        name=name,
        title=title,
        kicker=kicker,
        product="Harbour",
        author="J. Sousa",
        audience="management",
        period="2026-W47",
        period_start=datetime(2026, 11, 16, tzinfo=UTC),
        period_end=datetime(2026, 11, 23, tzinfo=UTC),
        time_zone=ZONE,
        as_of=AS_OF,
        data_as_of=AS_OF - timedelta(minutes=12),
        headline=Callout(
            tone=Tone.BAD,
            lead="At risk.",
            text=(
                points(22),
                " of 46 are done with two working days left, 14 behind the ideal line. ",
                "Three items are blocked; one needs your decision by ",
                Day(date(2026, 11, 12)),
                ".",
            ),
        ),
        subject="Harbour, week 47: at risk, one decision needed by Thursday",
        preheader="Decide on the 24-month option by Thursday, or the export leaves the sprint.",
        sections=(),
        glossary=(
            Term("SP-3", "Completion ratio", "Completed points over the commitment; may exceed 100 %."),
            Term("SP-1", "Commitment", "The points in the sprint at the moment it started."),
            Term("EST-2", "Typical factor", "Median of actual time over estimate. 1 means: as estimated."),
        ),
        how_counted=(
            ("Items: ", Link("project = PM AND sprint = 42", f"{SITE}/issues/?jql=project%20%3D%20PM"), "."),
            ("Sub-tasks are outside points and counts; 2 items without an estimate are left out of ratios.",),
        ),
        site_url=SITE,
        generator="pmreport 0.1.0",
    )
