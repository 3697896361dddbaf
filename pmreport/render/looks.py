"""How the cells of a report's workbook look: one format for each use, in the colours of the theme."""

from typing import Any

from pmreport.render.theme import Theme
from pmreport.report.view import Tone

YELLOW = "#fff6d5"  # what is the reader's; black on it has a contrast of 19 to 1
_EDGE = {"border": 1, "border_color": "#d4d9e0"}
_TYPE = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


class Looks:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Any, theme: Theme) -> None:
        self._book = book
        self._colours = theme.light
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def cell(
        self, *, number: str = "", link: bool = False, tone: Tone | None = None, yours: bool = False
    ) -> Any:
        """A cell of a table: `number` is a number format; a link is underlined; bad and warning are bold."""
        wanted: dict[str, Any] = {**_TYPE, **_EDGE, "text_wrap": not number}
        if number:
            place = {"align": "center"} if number in {DAY, MOMENT} else {"align": "right", "indent": 1}
            wanted |= {"num_format": number, **place}
        if link:
            wanted |= {"font_color": self._colours["link"], "underline": 1}
        if tone in {Tone.BAD, Tone.WARN, Tone.GOOD}:
            wanted |= {"font_color": self._colours[f"{tone}-text"], "bold": tone is not Tone.GOOD}
        if yours:
            wanted |= {"bg_color": YELLOW}
        return self._format(wanted)

    def heading(self, *, yours: bool = False) -> Any:
        """The cell above a column; drawn here, since not every program draws the style of a table."""
        ground = (
            {"bg_color": "#f2d675"} if yours else {"bg_color": self._colours["ink"], "font_color": "#ffffff"}
        )
        more = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2}
        return self._format({**_TYPE, **_EDGE, **ground, **more})

    def alert(self, tone: Tone) -> Any:
        """What a rule lays over a cell: bold in the colour of the tone, or grey for what is over."""
        if tone is Tone.UNKNOWN:
            return self._format({"font_color": "#6b7788"})
        ground, ink = self._colours[f"{tone}-tint"], self._colours[f"{tone}-text"]
        return self._format({"bold": True, "font_color": ink, "bg_color": ground})

    def plain(self, *, bold: bool = False, link: bool = False, large: bool = False) -> Any:
        """A cell outside of a table."""
        wanted: dict[str, Any] = {**_TYPE, "text_wrap": not large, "bold": bold}
        if large:
            wanted |= {"font_size": 15}
        if link:
            wanted |= {"font_color": self._colours["link"], "underline": 1}
        return self._format(wanted)

    def _format(self, wanted: dict[str, Any]) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]
