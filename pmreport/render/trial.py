"""A person's own templates tried on the sample, so that a fault is found before a report needs them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from pmreport.render import brief, charts, flat, own_reports, places, sandbox, shelf
from pmreport.render import templates as folders
from pmreport.render.fault import Fault, Faults
from pmreport.render.noted import noting, patient
from pmreport.render.own_reports import OwnReport
from pmreport.render.sample.reports import everything
from pmreport.render.shelf import Entry, Kind
from pmreport.render.survey import survey
from pmreport.render.templates import Templates
from pmreport.report.view import Bars, Chart, Report

_CUT: dict[Kind, Callable[[Report], Report]] = {
    Kind.PAGE: places.named,
    Kind.MAIL: brief.cut,
    Kind.TEXT: flat.flat,
    Kind.SUBJECT: brief.cut,
    Kind.MARKDOWN: flat.flat,
}
_OF_EVERY_CHART = ("theme.json", "charts/config.json")


def faults(folder: Path) -> tuple[Fault, ...]:
    """Everything that is wrong with the templates in a folder, by file and line; none where all is well.

    Rendered is every report, with a sample that has every block; drawn is each chart that may differ.
    """
    found = Faults()
    known = shelf.entries(folder)
    templates = _templates(folder, found)
    for entry in known:
        if entry.own is not None and entry.name.endswith(".j2"):
            with found.kept():
                templates.compiled(entry.name)
    own = tuple(_own(folder, found))
    touches_all = any(entry.own is not None and entry.name in _OF_EVERY_CHART for entry in known)
    for entry in known:
        _render(templates, entry, {one.name: one.base for one in own}, found)
        if touches_all or entry.own is not None:
            _draw(templates, entry, found)
    survey(templates.environment, known, found)
    return found.in_order()


def _templates(folder: Path, found: Faults) -> Templates:
    """The templates of the folder; with the shipped theme where its own cannot be used."""
    shipped = folders.load()
    environment = sandbox.environment(folders.searched(folder), noting(found.add))
    colours, settings = shipped.theme, dict(shipped.chart_settings)
    with found.kept():
        colours = folders.colours(environment)
    with found.kept():
        settings = folders.chart_settings(environment)
    made = folders.furnished(environment, colours, settings)
    filters = {name: patient(name, each) for name, each in environment.filters.items()}
    environment.filters = filters | {"drawn_chart": _undrawn, "drawn_bars": _undrawn}
    return made


def _undrawn(*_words: object) -> Markup:
    """No picture: each chart is drawn once, beside the reports."""
    return Markup()


def _own(folder: Path, found: Faults) -> Iterable[OwnReport]:
    for name in own_reports.names(folder):
        with found.kept():
            one = own_reports.find(folder, name)
            if one is not None:
                yield one


def _render(templates: Templates, entry: Entry, bases: dict[str, str], found: Faults) -> None:
    """Render one face of one report; an own report is named as the one that it is made from."""
    if entry.report is None:
        return
    base = bases.get(entry.report, entry.report)
    dressed = replace(templates, dress=entry.report if entry.report in bases else "")
    face = entry.name.rpartition("/")[2]
    with found.kept():
        dressed.render(f"{base}/{face}", _CUT[entry.kind](everything(base)))


def _draw(templates: Templates, entry: Entry, found: Faults) -> None:
    name = shelf.chart_name(entry.name)
    if name is None:
        return
    with found.kept():
        spec, where = templates.spec(name)
        zone = everything("weekly").time_zone
        pen = charts.Pen(theme=templates.theme, settings=templates.chart_settings, zone=zone)
        for narrow in (False, True):
            charts.draw(_picture(name), spec, pen, narrow=narrow, where=where)


def _picture(name: str) -> charts.Picture:
    """What the sample draws with a chart; no data for a chart that it does not have."""
    for section in everything("weekly").sections:
        for block in section.blocks:
            if isinstance(block, Chart | Bars) and charts.spec_name(block) == name:
                return charts.picture_of(block)
    return charts.Picture(id=name, caption=name, description="", data={})
