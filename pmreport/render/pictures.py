"""The pictures of a page: all are begun when the first is asked for, and drawn while the page is written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from pmreport.errors import BadDataError
from pmreport.render import charts
from pmreport.render.theme import Theme
from pmreport.report.view import Bars, Chart, Report

SpecSource = Callable[[str], tuple[charts.Json, str]]
_Key = tuple[int, bool]  # of a block of a report that is kept, and whether it is for a narrow page
_Begun = dict[_Key, Callable[[], str]]


class Pictures:
    """Draws the charts and bars of one report after another, as SVG for a wide and for a narrow page."""

    def __init__(self, spec: SpecSource, theme: Theme, settings: Mapping[str, object]) -> None:
        self._spec = spec
        self._theme = theme
        self._settings = settings
        self._of: tuple[Report | None, _Begun] = (None, {})

    def drawn(self, report: Report, block: Chart | Bars, *, narrow: bool) -> str:
        """The picture of a block. Raises BadDataError where its spec is missing or cannot be drawn."""
        if self._of[0] is not report:
            self._of = (report, dict(self._all_begun(report)))
        found = self._of[1].get((id(block), narrow))
        return (found or self._begun(report, block, narrow=narrow))()

    def _all_begun(self, report: Report) -> Iterator[tuple[_Key, Callable[[], str]]]:
        """Every picture that can be begun; a template that shows the others hears why they cannot be."""
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, Chart) or (isinstance(block, Bars) and block.bars):
                    for narrow in (False, True):
                        with suppress(BadDataError):
                            yield (id(block), narrow), self._begun(report, block, narrow=narrow)

    def _begun(self, report: Report, block: Chart | Bars, *, narrow: bool) -> Callable[[], str]:
        spec, where = self._spec(charts.spec_name(block))
        pen = charts.Pen(theme=self._theme, settings=self._settings, zone=report.time_zone)
        return charts.begin(charts.picture_of(block), spec, pen, narrow=narrow, where=where)
