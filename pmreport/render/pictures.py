"""The pictures of pages, drawn while their numbers and words are put together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from pmreport.errors import BadDataError
from pmreport.render import charts
from pmreport.render.theme import Theme
from pmreport.report.view import Bars, Chart, Report

SpecSource = Callable[[str], tuple[charts.Json, str]]
_Key = tuple[int, bool]  # the identity of a block, and whether it is for a narrow page
_Begun = dict[_Key, charts.Begun]


class Pictures:
    """Draws charts and bars as SVG, each for a wide and for a narrow page."""

    def __init__(self, spec: SpecSource, theme: Theme, settings: Mapping[str, object]) -> None:
        self._spec = spec
        self._theme = theme
        self._settings = settings
        self._begun: dict[int, tuple[Report, _Begun]] = {}  # the report is kept: no other gets its identity

    def begin(self, report: Report) -> None:
        """Have all pictures of a report drawn; those that cannot be are told of when they are asked for."""
        self._begun[id(report)] = (report, dict(self._of(report)))

    def forget(self, report: Report) -> None:
        """Keep no picture of this report any longer; those that nobody waited for are given up."""
        _, begun = self._begun.pop(id(report), (report, {}))
        for picture in begun.values():
            picture.give_up()

    def drawn(self, report: Report, block: Chart | Bars, *, narrow: bool) -> str:
        """The picture of a block.

        Raises BadDataError where its spec is missing or cannot be drawn, PmreportError where none can.
        """
        _, begun = self._begun.get(id(report), (report, {}))
        found = begun.get((id(block), narrow))
        return (found or self._one(report, block, narrow=narrow)).svg()

    def _of(self, report: Report) -> Iterator[tuple[_Key, charts.Begun]]:
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, Chart) or (isinstance(block, Bars) and block.bars):
                    for narrow in (False, True):
                        with suppress(BadDataError):
                            yield (id(block), narrow), self._one(report, block, narrow=narrow)

    def _one(self, report: Report, block: Chart | Bars, *, narrow: bool) -> charts.Begun:
        spec, where = self._spec(charts.spec_name(block))
        pen = charts.Pen(theme=self._theme, settings=self._settings, zone=report.time_zone)
        return charts.begin(charts.picture_of(block), spec, pen, narrow=narrow, where=where)
