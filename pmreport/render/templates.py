"""Where templates lie, what they may do, and what is said when one is broken.

A template sees one variable, `report`, and formats it: it can load nothing but its neighbours, reads no clock
and decides nothing. The user's folder is searched before the shipped one: one copied file changes one part.
"""

import difflib
import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
    runtime,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pmreport.errors import BadDataError, PmreportError
from pmreport.model.visible import visible
from pmreport.render import charts, theme, vocabulary
from pmreport.render.theme import Theme
from pmreport.report.view import Report

_FIELD = re.compile(r"has no attribute '(?P<name>\w+)'")
_MOST_TURNS = 5_000_000  # some seconds; the longest report takes some ten thousand
_LONGEST = 1_000_000  # letters by *
_HINT = "mend the line, or delete your copy to use the shipped template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates of a user: their own folder, then the shipped one."""

    environment: "_Sandbox"
    theme: Theme
    chart_settings: Mapping[str, object]

    def has(self, name: str) -> bool:
        """Whether a template of this name exists in either folder."""
        return _source(self.environment, name) is not None

    def render(self, name: str, report: Report) -> str:
        """The text a template makes of a report.

        Raises:
            BadDataError: the template is missing or broken; names its file and line.
        """
        try:
            template = self.environment.get_template(name)
            self.environment.turns_left = _MOST_TURNS
            text = template.render(report=report)
        except TemplateNotFound as error:
            raise self._missing(str(error.name or name), _line_of_template(error)) from error
        except TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise BadDataError(f"the template is broken: {error.message}", where=where, hint=_HINT) from error
        except PmreportError:
            raise
        except Exception as error:
            line = _line_of_template(error)
            if line is None:  # our own fault, and none of the template's
                raise
            reason = visible(str(error))
            raise BadDataError(f"the template is broken: {reason}", where=line, hint=_hint(error)) from error
        if not text.strip() and name.endswith(".html.j2"):
            raise BadDataError("the template writes nothing", where=template.filename, hint=_HINT)
        return text

    def spec(self, name: str) -> tuple[charts.Json, str]:
        """The Vega-Lite spec of a chart, and the place it was read from.

        Raises:
            BadDataError: there is none, or it cannot be used.
        """
        found = _source(self.environment, f"charts/{name}.vl.json")
        if found is None:
            raise self._missing(f"charts/{name}.vl.json")
        return charts.parse_spec(*found), found[1]

    def _missing(self, name: str, where: str | None = None) -> BadDataError:
        return BadDataError(
            f"there is no template {visible(name)}",
            where=where,
            hint="the shipped templates lie in report_templates; compare the name with those",
        )


def load(user_folder: Path | None = None) -> Templates:
    """The templates of a user, `user_folder` first where there is one.

    Raises:
        BadDataError: the theme or the chart settings cannot be used.
    """
    folders = [shipped_folder()] if user_folder is None else [user_folder, shipped_folder()]
    environment = _environment(_Folders([str(folder) for folder in folders]))
    text, where = _required(environment, "theme.json")
    try:
        colours = theme.parse(json.loads(text))
    except ValueError as error:
        raise BadDataError(f"the theme cannot be used: {error}", where=where, hint=_HINT) from error
    settings = charts.parse_spec(*_required(environment, "charts/config.json"))
    templates = Templates(environment=environment, theme=colours, chart_settings=settings)
    environment.filters.update(vocabulary.styling(lambda name: _required(environment, name)[0], colours))
    environment.filters.update(vocabulary.drawing(templates.spec, colours, settings))
    return templates


def shipped_folder() -> Path:
    """The folder of the shipped templates: in the wheel, or beside the package in a checkout."""
    package = Path(str(files("pmreport")))
    inside = package / "report_templates"
    return inside if inside.is_dir() else package.parent / "report_templates"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not search the parts of a report: they are frozen and have fields alone.

    What a template does in loops is counted, so that a mistake in one ends with a sentence.
    """

    intercepted_binops = frozenset({"*", "**"})
    turns_left = 0

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read this. Jinja's own rules took half the time of a long table."""
        if type(obj) in vocabulary.VIEWS:
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call(self, context: runtime.Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or a function; every call is a turn, so that macros calling each other end too."""
        self.turn()
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply, but make no text of a billion letters and no number of a billion digits."""
        size = len(left) * right if isinstance(left, str | list | tuple) else 0
        if operator == "**" or (isinstance(size, int) and size > _LONGEST):
            raise SecurityError(f"{operator} makes too much here")
        return super().call_binop(context, operator, left, right)

    def turn(self) -> None:
        """One turn of a loop. Raises SecurityError where there were too many."""
        self.turns_left -= 1
        if self.turns_left < 0:
            raise SecurityError(f"its loops turn more than {_MOST_TURNS:,} times")

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """The code of a template, in which every loop counts its turns."""
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return super()._generate(source, *args, **kwargs)


@pass_context
def _counted(context: runtime.Context, values: Iterable[Any]) -> Iterator[Any]:
    environment = context.environment
    assert isinstance(environment, _Sandbox)  # noqa: S101 - no other environment has this filter
    for value in values:
        environment.turn()
        yield value


class _Folders(FileSystemLoader):
    """The folders of the templates; a file that is not UTF-8 is named."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, where it lies, and whether it is still the same."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            paths = (Path(folder) / template for folder in self.searchpath)
            where = next(str(path) for path in paths if path.is_file())
            hint = "save it again as UTF-8"
            raise BadDataError("the template is not UTF-8 text", where=where, hint=hint) from error


def _environment(loader: BaseLoader) -> _Sandbox:
    environment = _Sandbox(
        loader=loader,
        autoescape=lambda name: name is None or ".html" in name,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.pop("lipsum", None)
    environment.filters.update(vocabulary.WORDS)
    environment.filters["counted"] = _counted
    environment.tests.update(vocabulary.KINDS)
    return environment


def _finalize(value: object) -> object:
    """What is printed of a value: nothing from outside can steer a reader or a terminal; None is a dash."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return "–"
    return visible(value) if isinstance(value, str) else value


def _source(environment: Environment, name: str) -> tuple[str, str] | None:
    """The text of a file in the template folders, and where it lies."""
    loader = environment.loader
    if loader is None:
        return None
    try:
        text, where, _ = loader.get_source(environment, name)
    except TemplateNotFound:
        return None
    return text, where or name


def _required(environment: Environment, name: str) -> tuple[str, str]:
    found = _source(environment, name)
    if found is None:
        raise BadDataError(f"the file {name} is missing from the templates", hint="install pmreport again")
    return found


def _line_of_template(error: Exception) -> str | None:
    """The file and line of the template that failed; None when the fault lies in our own code.

    Jinja rewrites tracebacks so that a template's lines are frames of their own.
    """
    frames = traceback.extract_tb(error.__traceback__)
    in_templates = [frame for frame in frames if frame.filename.endswith(".j2")]
    if not in_templates:
        return None
    place = in_templates[-1]
    is_own_fault = isinstance(error, TemplateError) or frames[-1] is place
    is_shipped = Path(place.filename).is_relative_to(shipped_folder())
    return f"{place.filename}:{place.lineno}" if is_own_fault or not is_shipped else None


def _hint(error: Exception) -> str:
    """What to do next, with the field that was probably meant."""
    match = _FIELD.search(str(error))
    if isinstance(error, UndefinedError) and match is not None:
        close = difflib.get_close_matches(match["name"], vocabulary.FIELDS, n=1)
        if close:
            return f'did you mean "{close[0]}"? Otherwise {_HINT}'
    return _HINT
