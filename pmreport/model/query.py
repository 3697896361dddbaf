"""A question to the store: portable SQL, bound parameters, and the shape of the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Generic, TypeVar

Scalar = str | int | float | bool | None

LIST_MARK = "\n"  # stands in no name


Row = TypeVar("Row", bound=tuple[Any, ...])  # a NamedTuple class


@dataclass(frozen=True, slots=True)
class Query(Generic[Row]):
    """One SQL text with `$name` parameters, answered as a list of `row`.

    `row` is a NamedTuple class whose fields are the columns of the text, in order; the store refuses
    to run a text whose columns differ, so that a renamed column is found at once and not in a report.
    The text follows the portable rules of CONTRIBUTING.md, so every engine gives the same answer.
    """

    sql: str
    row: type[Row]
    parameters: Mapping[str, Scalar] = field(default_factory=dict)


def sql_text(package: str, name: str) -> str:
    """The SQL text `name` that lies beside the modules of `package`."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def marked_list(names: Iterable[str]) -> str:
    """Names as one parameter, in small letters, with `LIST_MARK` around and between them.

    Engines differ about lists, and a list of placeholders would make a text for each length. A text asks for
    membership with REPLACE, or with LIKE, of a name between two marks.
    """
    return LIST_MARK + "".join(f"{name.lower()}{LIST_MARK}" for name in names)
