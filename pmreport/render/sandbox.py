"""What a template may do: format one report, and nothing else.

It runs no code, reads no file beside its neighbours, and cannot leave a word of a report unescaped in a page.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
    runtime,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pmreport.errors import BadDataError
from pmreport.model.visible import visible
from pmreport.render import vocabulary
from pmreport.render.unknown import Unknown

_MOST_TURNS = 5_000_000  # some seconds; the longest report takes some ten thousand
_LONGEST = 1_000_000  # letters made by * and +, by ~ and by a filter
_PER_TURN = 10  # letters or elements that a filter makes in the time of a turn
_PLAIN = (".txt.j2", ".md.j2")  # texts in which nothing is escaped for HTML


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not search the parts of a report: they are frozen and have fields alone.

    What a template does in loops is counted, so that a mistake in one ends with a sentence.
    """

    intercepted_binops = frozenset({"*", "**", "+"})
    turns_left = 0

    def begin(self) -> None:
        """Give a template all its turns."""
        self.turns_left = _MOST_TURNS

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
        if operator == "**" or (operator == "*" and max(_size(left, right), _size(right, left)) > _LONGEST):
            raise SecurityError(f"{operator} makes too much here")
        return self.measured(super().call_binop(context, operator, left, right))

    def join_path(self, template: str, parent: str) -> str:
        """The name of a template that another one brings in: no plain text in a page, it is unescaped."""
        if template.endswith(_PLAIN) and not parent.endswith(_PLAIN):
            raise TemplateRuntimeError(f"{template} is plain text, which a page would not escape")
        return template

    def measured(self, made: Any) -> Any:
        """What was made, which takes turns as it is long. Raises SecurityError where it is too long."""
        if isinstance(made, str | list | tuple):
            if len(made) > _LONGEST:
                raise SecurityError(f"it makes a text or a list of more than {_LONGEST:,}")
            self.turn(len(made) // _PER_TURN)
        return made

    def turn(self, turns: int = 1) -> None:
        """One turn of a loop, or several. Raises SecurityError where there were too many."""
        self.turns_left -= turns
        if self.turns_left < 0:
            raise SecurityError(f"its loops turn more than {_MOST_TURNS:,} times")

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """The code of a template, in which every loop counts its turns, and escaping stays on."""
        for switch in source.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateSyntaxError("escaping is always on", switch.lineno)
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        for joined in list(source.find_all(nodes.Concat)):
            whole = nodes.Concat(joined.nodes, lineno=joined.lineno)
            joined.nodes = [nodes.Filter(whole, "string", [], [], None, None, lineno=joined.lineno)]
        return super()._generate(source, *args, **kwargs)


class Folders(FileSystemLoader):
    """The folders of the templates; a file that is not UTF-8, or that lies elsewhere, is named."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, where it lies, and whether it is still the same."""
        try:
            text, where, is_same = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            paths = (Path(folder) / template for folder in self.searchpath)
            where = next(str(path) for path in paths if path.is_file())
            hint = "save it again as UTF-8"
            raise BadDataError("the template is not UTF-8 text", where=where, hint=hint) from error
        if not any(lies_in(Path(where), Path(folder)) for folder in self.searchpath):
            hint = "put the file itself there: what a link leads to would stand in a report"
            raise BadDataError("the template is a link out of its folder", where=where, hint=hint)
        return text, where, is_same


def _size(text: Any, times: Any) -> int:
    """How long a text or a list gets that is taken so many times; 0 for anything else."""
    return len(text) * times if isinstance(text, str | list | tuple) and isinstance(times, int) else 0


def lies_in(path: Path, folder: Path) -> bool:
    """Whether the file, links followed, lies in the folder."""
    return path.resolve().is_relative_to(folder.resolve())


def environment(folders: Iterable[Path], undefined: type[Undefined] = Unknown) -> Sandbox:
    """The sandbox for templates in these folders, the first searched first."""
    made = Sandbox(
        loader=Folders([str(folder) for folder in folders]),
        autoescape=lambda name: name is None or not name.endswith(_PLAIN),
        undefined=undefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals.pop("lipsum", None)
    made.filters.pop("safe")
    made.filters = {name: _measuring(made, each) for name, each in made.filters.items()}
    made.filters.update(vocabulary.WORDS)
    made.filters["counted"] = _counted
    made.tests.update(vocabulary.KINDS)
    return made


def _measuring(sandbox: Sandbox, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, whose result is measured."""

    @wraps(filter_)  # also keeps the mark by which Jinja knows what the filter wants to be given
    def measured(*values: Any, **named: Any) -> Any:
        return sandbox.measured(filter_(*values, **named))

    return measured


@pass_context
def _counted(context: runtime.Context, values: Iterable[Any]) -> Iterator[Any]:
    sandbox = context.environment
    assert isinstance(sandbox, Sandbox)  # noqa: S101 - no other environment has this filter
    for value in values:
        sandbox.turn()
        yield value


def _finalize(value: object) -> object:
    """What is printed of a value: nothing from outside can steer a reader or a terminal; None is a dash."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return "–"
    return visible(value) if isinstance(value, str) else value
