"""The words a template may use: its filters and its tests."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import partial

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from pmreport.render import filters, layout, listing, markup, spark
from pmreport.render.pictures import Pictures
from pmreport.render.theme import Theme
from pmreport.report import view
from pmreport.report.view import Bars, Chart

Filter = Callable[..., object]
Test = Callable[[object], bool]

VIEWS: frozenset[type] = frozenset((
    view.Link, view.Mark, view.Strong, view.Number, view.Day, view.Moment, view.Trend,
    view.Paragraph, view.Callout, view.Figure, view.Figures, view.Item, view.Items, view.Column, view.Row,
    view.Table, view.Chart, view.Bars, view.Bar, view.Segment, view.Fact, view.Facts, view.Field, view.Form,
    view.Panel, view.Panels, view.Section, view.Term, view.Report,
))  # fmt: skip

KINDS: Mapping[str, Test] = {
    kind.__name__.lower(): partial(lambda kind, value: isinstance(value, kind), kind) for kind in VIEWS
}

WORDS: Mapping[str, Filter] = {
    "glued": filters.glued,
    "figures": filters.figures,
    "unit": filters.unit,
    "amount": filters.amount,
    "prose_day": filters.prose_day,
    "iso_day": filters.iso_day,
    "prose_moment": filters.prose_moment,
    "iso_moment": filters.iso_moment,
    "instant": filters.instant,
    "slug": filters.slug,
    "safe_href": filters.safe_href,
    "outside_href": filters.outside_href,
    "plain": filters.plain,
    "markdown": markup.inline,
    "markdown_cell": markup.cell,
    "markdown_line": markup.line,
    "sort_value": filters.sort_value,
    "term": filters.term,
    "before": filters.before,
    "beyond_caption": filters.beyond_caption,
    "plus_more": filters.plus_more,
    "spark": spark.lines,
    "known_values": spark.known_values,
    "shares": layout.shares,
    "longest_word": listing.longest_word,
    "in_rows_of": layout.in_rows_of,
    "wrapped": layout.wrapped,
    "text_table": layout.text_table,
    "underlined": layout.underlined,
}


def styling(source: Callable[[str], str], theme: Theme) -> Mapping[str, Filter]:
    """The filters that bring in the style: a file as it lies, a colour, a hash for the page's own policy."""

    def stylesheet(name: str) -> Markup:
        font = f":root{{--font:{theme.font}}}"
        return Markup(f"{theme.variables()}\n{font}\n{source(name).strip()}")  # noqa: S704 - a file of the theme

    def script(name: str) -> Markup:
        return Markup(source(name).strip())  # noqa: S704 - a file of the theme

    def colour(name: str, ground: str = "light") -> str:
        return (theme.dark if ground == "dark" else theme.light)[name]

    return {"stylesheet": stylesheet, "script": script, "colour": colour, "csp_hash": csp_hash}


def drawing(pictures: Pictures) -> Mapping[str, Filter]:
    """The filters that draw: a chart, or bars, as SVG for a wide or a narrow page."""

    @pass_context
    def drawn(context: Context, block: Chart | Bars, narrow: bool = False) -> Markup:  # noqa: FBT001, FBT002 - a filter
        return Markup(pictures.drawn(context["report"], block, narrow=narrow))  # noqa: S704 - an XML serializer's

    return {"drawn_chart": drawn, "drawn_bars": drawn}


def csp_hash(text: str) -> Markup:
    """The source expression that allows exactly this style or script in a content security policy."""
    digest = base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode("ascii")
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - base64 letters between our own quotes
