"""Where templates lie, how they are rendered, and what is said when one is broken.

A template sees one variable, `report`, and formats it: it can load nothing but its neighbours, reads no clock
and decides nothing. The user's folder is searched before the shipped one: one copied file changes one part.
"""

import difflib
import json
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, Template, TemplateError, TemplateNotFound, TemplateSyntaxError

from pmreport.errors import BadDataError, PmreportError
from pmreport.model.visible import visible
from pmreport.render import charts, sandbox, theme, vocabulary
from pmreport.render.pictures import Pictures
from pmreport.render.sandbox import Sandbox
from pmreport.render.theme import Theme
from pmreport.report.view import Report

HINT = "mend the line, or delete the file: a shipped one of its name is then used again"
_OF_A_TEMPLATE = (RecursionError, MemoryError, SyntaxError)  # it is too deep, too big, or nests too much


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates of a user: their own folder, then the shipped one.

    `dress` names a report of the user's own: its folder is asked first for the page, the mail and the texts
    of the report that it is made from.
    """

    environment: Sandbox
    theme: Theme
    chart_settings: Mapping[str, object]
    pictures: Pictures
    dress: str = ""

    def has(self, name: str) -> bool:
        """Whether a template of this name exists in either folder."""
        return _source(self.environment, name) is not None

    def render(self, name: str, report: Report) -> str:
        """The text a template makes of a report.

        Raises:
            BadDataError: the template is missing or broken; names its file and line.
        """
        template = self.compiled(self._dressed(name))
        with self._faults_told(name):
            self.environment.begin()
            text = template.render(report=report)
        if not text.strip() and name.endswith(".html.j2"):
            raise BadDataError("the template writes nothing", where=template.filename, hint=HINT)
        return text

    def compiled(self, name: str) -> Template:
        """A template, ready to be rendered. Raises BadDataError as `render`, for what can be seen before."""
        with self._faults_told(name):
            return self.environment.get_template(name)

    @contextmanager
    def _faults_told(self, name: str) -> Iterator[None]:
        """Tell the fault of a template in words, with its place; a fault of our own stays what it is."""
        try:
            yield
        except TemplateNotFound as error:
            raise _missing(str(error.name or name), _line_of_template(error)) from error
        except TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            reason = f"{error.message}{self._meant(error.message or '')}"
            raise BadDataError(f"the template is broken: {reason}", where=where, hint=HINT) from error
        except PmreportError:
            raise
        except Exception as error:
            line = _line_of_template(error)
            if line is None and isinstance(error, _OF_A_TEMPLATE):
                line = self._place(name)
            if line is None:  # our own fault, and none of the template's
                raise
            reason = visible(str(error)) or f"it ends with {type(error).__name__}"
            raise BadDataError(f"the template is broken: {reason}", where=line, hint=HINT) from error

    def _place(self, name: str) -> str:
        """Where a template lies."""
        found = _source(self.environment, name)
        return name if found is None else found[1]

    def spec(self, name: str) -> tuple[charts.Json, str]:
        """The Vega-Lite spec of a chart, and the place it was read from.

        Raises:
            BadDataError: there is none, or it cannot be used.
        """
        return _spec(self.environment, name)

    def _dressed(self, name: str) -> str:
        """The template of the user's own report where that has one, else that of its base."""
        own = f"{self.dress}/{name.rpartition('/')[2]}"
        return own if self.dress and self.has(own) else name

    def _meant(self, message: str) -> str:
        """The filter or the test that was probably meant, where one is none."""
        named = re.match(r"No (filter|test) named '(\w+)'", message)
        if named is None:
            return ""
        known = self.environment.filters if named[1] == "filter" else self.environment.tests
        near = difflib.get_close_matches(named[2], sorted(known), n=1)
        return f' Did you mean "{near[0]}"?' if near else ""


def load(user_folder: Path | None = None, dress: str = "") -> Templates:
    """The templates of a user, `user_folder` first where there is one; `dress` as in `Templates`.

    Raises:
        BadDataError: the theme or the chart settings cannot be used.
    """
    environment = sandbox.environment(searched(user_folder))
    return furnished(environment, colours(environment), chart_settings(environment), dress)


def searched(user_folder: Path | None) -> tuple[Path, ...]:
    """The folders of templates, in the order in which they are searched."""
    return (shipped_folder(),) if user_folder is None else (user_folder, shipped_folder())


def colours(environment: Sandbox) -> Theme:
    """The theme. Raises BadDataError where it cannot be used."""
    text, where = _required(environment, "theme.json")
    try:
        return theme.parse(json.loads(text))
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}"
        raise BadDataError(f"the theme is not valid JSON: {error}", where=place, hint=HINT) from error
    except ValueError as error:
        raise BadDataError(f"the theme cannot be used: {error}", where=where, hint=HINT) from error


def chart_settings(environment: Sandbox) -> charts.Json:
    """What every chart shares. Raises BadDataError where it cannot be used."""
    return charts.parse_spec(*_required(environment, "charts/config.json"))


def furnished(environment: Sandbox, colours: Theme, settings: charts.Json, dress: str = "") -> Templates:
    """The templates with the filters that bring in style and pictures."""
    pictures = Pictures(lambda name: _spec(environment, name), colours, settings)
    environment.filters.update(vocabulary.styling(lambda name: _required(environment, name)[0], colours))
    environment.filters.update(vocabulary.drawing(pictures))
    return Templates(
        environment=environment, theme=colours, chart_settings=settings, pictures=pictures, dress=dress
    )


def shipped_folder() -> Path:
    """The folder of the shipped templates: in the wheel, or beside the package in a checkout."""
    package = Path(str(files("pmreport")))
    inside = package / "report_templates"
    return inside if inside.is_dir() else package.parent / "report_templates"


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


def _spec(environment: Environment, name: str) -> tuple[charts.Json, str]:
    found = _source(environment, f"charts/{name}.vl.json")
    if found is None:
        raise _missing(f"charts/{name}.vl.json")
    return charts.parse_spec(*found), found[1]


def _missing(name: str, where: str | None = None) -> BadDataError:
    return BadDataError(
        f"there is no template {visible(name)}",
        where=where,
        hint="the shipped templates lie in report_templates; compare the name with those",
    )


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
