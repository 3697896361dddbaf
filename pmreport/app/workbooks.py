"""The workbook of a report, with what its reader has typed into the one before."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from pmreport.app import previous
from pmreport.goals.review import Audience
from pmreport.render import book as rendering
from pmreport.render.book import Made
from pmreport.render.templates import Templates
from pmreport.report.inputs import Inputs
from pmreport.report.sheets import book as sheets
from pmreport.report.sheets import carry
from pmreport.report.sheets.carry import Before
from pmreport.report.view import Report
from pmreport.report.words import local_day

REPORTS = "reports"  # the folder beside the configuration, with a folder for each period


def render(report: Report, inputs: Inputs, templates: Templates, path: Path, folder: Path) -> bytes:
    """The bytes of the workbook that is to lie at `path`; the newest one before it is read, not touched.

    Raises BadDataError where there is one that cannot be read.
    """
    mine = report.audience == Audience.PRIVATE
    made = sheets.book(inputs, report.name, mine=mine)
    last = previous.find(path, sorted((folder / REPORTS).glob("*/")))
    today = local_day(report.as_of - timedelta(microseconds=1), report.time_zone)
    kept = {
        sheet.name: carry.kept(sheet, previous.read(last, sheet) if last else Before(), today)
        for sheet in made.sheets
        if sheet.yours
    }
    by = Made(
        title=f"{report.title}, {report.kicker}", at=report.as_of, by=report.generator, zone=report.time_zone
    )
    return rendering.render(made, kept, templates.theme, by)


def saved_versions(paths: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """The workbooks at these places that a person has saved since, each under a free name beside it."""
    for path in paths:
        if path.suffix == ".xlsx" and path.exists() and previous.saved_by_a_person(path):
            yield previous.spare(path), path.read_bytes()
