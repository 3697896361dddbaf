"""The one picture of a mail: which chart it is, where it stands, and its drawing.

It repeats what the mail says in words, so that nothing is lost where pictures are not shown.
"""

from dataclasses import dataclass, replace

from pmreport.render import charts
from pmreport.render.brief import finding
from pmreport.render.shortening import shortened
from pmreport.render.templates import Templates
from pmreport.report.view import Chart, Report, Section

NAME = "chart"  # what the mail calls it: `cid:chart`


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG on an opaque ground, named by `cid:name` in the HTML of the mail."""

    name: str
    content: bytes


def chosen(report: Report) -> tuple[Section, Chart] | None:
    """The first chart of what belongs in a mail, else of all the report, with its section; None: none."""
    found = [
        (section, block)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Chart)
    ]
    return next(iter(sorted(found, key=lambda each: not each[0].brief)), None)


def illustrated(mail: Report, section: Section, chart: Chart) -> Report:
    """The report of a mail with the chart below what it shows; one whose section is not in it comes last."""
    shown = replace(chart, caption=shortened(chart.caption), description=shortened(chart.description))
    if any(one.id == section.id for one in mail.sections):
        sections = tuple(_with(one, shown) if one.id == section.id else one for one in mail.sections)
    else:
        added = replace(section, title=shortened(section.title), blocks=(finding(chart), shown), brief=True)
        sections = (*mail.sections, added)
    return replace(mail, sections=sections)


def _with(section: Section, chart: Chart) -> Section:
    """The section with the chart below its finding, else at its end."""
    said = finding(chart)
    place = section.blocks.index(said) + 1 if said in section.blocks else len(section.blocks)
    return replace(section, blocks=(*section.blocks[:place], chart, *section.blocks[place:]))


def drawn(report: Report, chart: Chart, templates: Templates) -> Picture:
    """The chart as a PNG, drawn for a narrow page: the words of a wide one are too small on a telephone.

    Raises BadDataError where its spec is missing or cannot be drawn.
    """
    spec, where = templates.spec(chart.spec)
    pen = charts.Pen(theme=templates.theme, settings=templates.chart_settings, zone=report.time_zone)
    content = charts.png(charts.picture_of(chart), spec, pen, where=where, narrow=True)
    return Picture(name=NAME, content=content)
