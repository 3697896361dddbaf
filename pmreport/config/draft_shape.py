"""The keys that the front matter of a draft may hold."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, StringConstraints

from pmreport.config.kinds import Text, choice_of, fault, one_of, plain
from pmreport.config.section import Shape
from pmreport.report.colours import DIMENSIONS, Colour
from pmreport.report.draft import PromiseResult

_REPORTED = {colour.value: colour for colour in (Colour.GREEN, Colour.AMBER, Colour.RED)}
_LONGEST = 2000  # letters: a paragraph, not a paper


def _short(value: str) -> str:
    if len(value) > _LONGEST:
        raise fault(f"this is longer than {_LONGEST} letters; what is longer goes below the front matter")
    return value


def _dimension(value: str) -> str:
    one_of(dict.fromkeys(DIMENSIONS, Colour.GREY))(value)
    return value


Words = Annotated[Text, AfterValidator(_short)]
Maybe = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(plain), AfterValidator(_short)
]  # may be empty: the form that is filled in has room for it


class Ask(Shape):
    """`[[ask]]`."""

    what: Words
    from_whom: Maybe = ""
    by: date | None = None
    cost_of_delay: Maybe = ""
    raised: date | None = None


class Accomplished(Shape):
    """`[[accomplished]]`."""

    what: Words


class Next(Shape):
    """`[[next]]`."""

    item: Words
    owner: Maybe = ""
    done_means: Maybe = ""


class Risk(Shape):
    """`[[risk]]`."""

    what: Words
    impact: Maybe = ""
    owner: Maybe = ""
    mitigation: Maybe = ""
    path_to_green: Maybe = ""


class Override(Shape):
    """`[[override]]`."""

    dimension: Annotated[str, AfterValidator(_dimension)]
    colour: Annotated[Colour, BeforeValidator(one_of(_REPORTED))]
    reason: Words
    until: date


class Promise(Shape):
    """`[[promise]]`."""

    id: Words
    result: Annotated[PromiseResult, BeforeValidator(choice_of(PromiseResult))]
    reason: Maybe = ""


class File(Shape):
    """The whole front matter."""

    bottom_line: Maybe = ""
    harvested: AwareDatetime | None = None
    ask: list[Ask] | None = None
    accomplished: list[Accomplished] | None = None
    next: list[Next] | None = None
    risk: list[Risk] | None = None
    override: list[Override] | None = None
    promise: list[Promise] | None = None
