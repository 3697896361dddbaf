"""Charts: Vega-Lite specs filled with the data of a report and drawn.

Each chart is drawn twice, for a wide and for a narrow page, because one drawing made smaller has words too
small to read. Nothing is fetched: a spec that names an address is refused.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pmreport.errors import BadDataError, PmreportError
from pmreport.model.visible import one_line
from pmreport.render import drawing, labels
from pmreport.render.chart_drawer import DRAWER, UndrawnError, UnstartedError
from pmreport.render.filters import MINUS, THIN_SPACE, slug
from pmreport.render.theme import Theme
from pmreport.report.view import Bars, Chart, ChartValue

Json = dict[str, object]
Data = Mapping[str, Sequence[Mapping[str, ChartValue]]]

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_COLOUR = "theme:"
_NUMBERS = {"decimal": ".", "thousands": THIN_SPACE, "grouping": [3], "currency": ["", ""], "minus": MINUS}
_TWOFOLD = re.compile("[\U00010000-\U0010ffff]")
_MOST_LETTERS = 300  # Jira's longest name has 255; a drawing cuts far shorter, after measuring every letter
_BESIDE_THE_PLANE = (130.0, 60.0)  # about what axes and labels take away from width and height


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be drawn: a chart, or bars that became one."""

    id: str
    caption: str
    description: str
    data: Data


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What every drawing of a report shares. `settings` is Vega-Lite's config; `zone` that of the report."""

    theme: Theme
    settings: Mapping[str, object]
    zone: str


def spec_name(block: Chart | Bars) -> str:
    """What the spec is called that draws the block."""
    return block.spec if isinstance(block, Chart) else "bars"


def picture_of(block: Chart | Bars) -> Picture:
    """The block as something to be drawn; of stacked bars one row for each part of a bar."""
    if isinstance(block, Chart):
        return Picture(id=block.id, caption=block.caption, description=block.description, data=block.data)
    rows = tuple(
        {"row": row, "bar": bar.label, "part": part, "tone": segment.tone.value, "value": segment.value}
        for row, bar in enumerate(block.bars)
        for part, segment in enumerate(bar.segments)
    )
    return Picture(id=block.id, caption=block.caption, description=block.description, data={"bars": rows})


def parse_spec(text: str, where: str) -> Json:
    """A Vega-Lite spec from its text.

    Raises:
        BadDataError: it is no JSON object, or it names an address, which nothing here will ever fetch.
    """
    try:
        spec = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise BadDataError(
            f"the chart is not valid JSON: {error}",
            where=f"{where}:{line}",
            hint="mend the file, or delete your copy",
        ) from error
    if not isinstance(spec, dict):
        raise BadDataError(
            "the chart is not a JSON object", where=where, hint="mend the file, or delete your copy"
        )
    if "url" in _keys(spec):
        raise BadDataError(
            'the chart has a key "url", and a report fetches nothing',
            where=where,
            hint='name a data set instead, such as "data": {"name": "scope"}',
        )
    return spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A picture that is being drawn. `svg` waits for it, and gives it ready to stand in a page.

    It raises BadDataError where Vega-Lite cannot draw the spec, PmreportError where nothing can be drawn.
    """

    svg: Callable[[], str]
    give_up: Callable[[], object]


def begin(picture: Picture, spec: Json, pen: Pen, *, narrow: bool, where: str) -> Begun:
    """Have the picture drawn."""

    def asked(data: Data) -> Future[bytes]:
        return DRAWER.begin("svg", fill(data, spec, pen, narrow=narrow), _options(_settings(pen)))

    begun = asked(picture.data)

    def svg() -> str:
        return drawing.clean(
            _made(begun, picture.data, asked, where).decode(),
            identifier=f"{slug(picture.id)}-{'narrow' if narrow else 'wide'}",
            title=one_line(picture.caption),
            description=one_line(picture.description),
            theme=pen.theme,
        )

    return Begun(svg=svg, give_up=begun.cancel)


def draw(picture: Picture, spec: Json, pen: Pen, *, narrow: bool, where: str) -> str:
    """The picture as SVG, ready to stand in a page.

    Raises:
        BadDataError: Vega-Lite cannot draw the spec.
        PmreportError: nothing can be drawn on this machine.
    """
    return begin(picture, spec, pen, narrow=narrow, where=where).svg()


def png(
    picture: Picture, spec: Json, pen: Pen, *, where: str, narrow: bool = False, scale: float = 2
) -> bytes:
    """The picture as PNG for mails, on an opaque ground: see-through fills came out grey without one.

    Raises:
        BadDataError: Vega-Lite cannot draw the spec.
        PmreportError: nothing can be drawn on this machine.
    """
    options = _options(_settings(pen) | {"background": pen.theme.light["ground"]}) | {"scale": scale}

    def asked(data: Data) -> Future[bytes]:
        return DRAWER.begin("png", fill(data, spec, pen, narrow=narrow), options)

    return _made(asked(picture.data), picture.data, asked, where)


def _made(begun: Future[bytes], data: Data, asked: Callable[[Data], Future[bytes]], where: str) -> bytes:
    """The drawing; without its emoji where Vega, shortening a text, cut one in half and then failed."""
    try:
        return begun.result()
    except ValueError as error:
        calm = _without_emoji(data)
        if calm == data:
            raise _undrawable(error, where) from error
    except (UndrawnError, UnstartedError) as error:
        raise _undrawable(error, where) from error
    try:
        return asked(calm).result()
    except (ValueError, UndrawnError, UnstartedError) as error:
        raise _undrawable(error, where) from error


def _without_emoji(data: Data) -> Data:
    """The data with every character that takes two of JavaScript's replaced by a small square."""
    return {
        name: [
            {key: _TWOFOLD.sub("▫", value) if isinstance(value, str) else value for key, value in row.items()}
            for row in rows
        ]
        for name, rows in data.items()
    }


def fill(data: Data, spec: Json, pen: Pen, *, narrow: bool) -> Json:
    """The spec with data, colours and size. Data sets the picture does not have are empty."""
    sized = _merged(spec, _usermeta(spec)) if narrow else spec
    parameters = [
        {**parameter, "value": narrow} if parameter.get("name") == "narrow" else parameter
        for parameter in _objects(sized.get("params"))
    ]
    declared = sized.get("datasets")
    names = declared if isinstance(declared, dict) else {}
    local = {name: [_local_row(row, pen.zone) for row in rows] for name, rows in data.items()}
    placed = _placed(local, sized)
    filled = {key: value for key, value in sized.items() if key != "usermeta"} | {
        "params": parameters,
        "datasets": {name: list(placed.get(name, ())) for name in {**names, **placed}},
    }
    return {key: value if key == "datasets" else _coloured(value, pen.theme) for key, value in filled.items()}


def _settings(pen: Pen) -> Json:
    """Vega-Lite's config: the shipped one, without a label on every shape, for the title says it once."""
    settings = {**pen.settings, "font": "sans-serif", "aria": False}
    return {key: _coloured(value, pen.theme) for key, value in settings.items()}


def _options(settings: Json) -> Json:
    """What vl-convert is told besides the spec."""
    return {"config": settings, "format_locale": _NUMBERS}


def _placed(data: Mapping[str, Sequence[Mapping[str, ChartValue]]], spec: Json) -> Data:
    """The data with room made for the labels of line ends and notes."""
    width, height = (spec.get(side) for side in ("width", "height"))
    if not isinstance(width, int | float) or not isinstance(height, int | float):
        return data
    area = labels.plane(
        data,
        width=width - _BESIDE_THE_PLANE[0],
        height=height - _BESIDE_THE_PLANE[1],
        from_zero=not _begins_at_lowest(spec),
    )
    if area is None:
        return data
    arranged = dict(data)
    for name, arrange in (("ends", labels.shifted), ("notes", labels.levelled)):
        rows = [row for row in data.get(name, ()) if labels.is_placed(row)]
        if name in data:
            arranged[name] = arrange(rows, area)
    return arranged


def _begins_at_lowest(spec: Json) -> bool:
    """Whether the values of a spec are not drawn from zero on, as it says of itself."""
    meta = spec.get("usermeta")
    return isinstance(meta, dict) and meta.get("zero") is False


def _local_row(row: Mapping[str, ChartValue], zone: str) -> Mapping[str, ChartValue]:
    return {key: _local_value(key, value, zone) for key, value in row.items()}


def _local_value(key: str, value: ChartValue, zone: str) -> ChartValue:
    """Instants as the report's zone has them, written as if they were UTC, which the specs draw in."""
    if not isinstance(value, str):
        return value
    if key == "at" and _INSTANT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return one_line(value)[:_MOST_LETTERS]


def _coloured(value: object, theme: Theme) -> object:
    """The value with every `theme:name` in it replaced by the colour of that name."""
    match value:
        case str() if value.startswith(_COLOUR):
            return theme.light.get(value.removeprefix(_COLOUR), value)
        case dict():
            return {key: _coloured(inner, theme) for key, inner in value.items()}
        case list():
            return [_coloured(inner, theme) for inner in value]
        case _:
            return value


def _merged(target: Json, patch: Mapping[str, object]) -> Json:
    """The target with the patch laid over it, object into object; a null takes a key away or sets it so."""
    merged = dict(target)
    for key, value in patch.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _usermeta(spec: Json) -> Json:
    meta = spec.get("usermeta")
    narrow = meta.get("narrow") if isinstance(meta, dict) else None
    return narrow if isinstance(narrow, dict) else {}


def _objects(value: object) -> Iterator[Json]:
    yield from (entry for entry in value if isinstance(entry, dict)) if isinstance(value, list) else ()


def _keys(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield key
                yield from _keys(inner)
        case list():
            for inner in value:
                yield from _keys(inner)


def _undrawable(error: Exception, where: str) -> PmreportError:
    if isinstance(error, UnstartedError):
        return PmreportError(
            f"no chart can be drawn, as the process that draws does not start: {one_line(str(error))[:200]}",
            hint="end other programs, or raise the limits set for this one, then run the same command again",
        )
    reason = next((line for line in str(error).splitlines() if "rror" in line), str(error))
    return BadDataError(
        f"the chart cannot be drawn: {one_line(reason)[:200]}",
        where=where,
        hint="compare it with the shipped chart of the same name, or delete your copy",
    )
