"""The overall state: every dimension that is known with the number that fired, and what is not known."""

from itertools import groupby

from pmreport.report.colours import TONES, Colour
from pmreport.report.rag import Dimension, Verdict
from pmreport.report.view import Inline, Item, Items, Mark, Paragraph, Section, Strong
from pmreport.report.words import capital, listed


def section(verdict: Verdict) -> Section:
    """The known dimensions, a line each; those that are grey together in one sentence that names them."""
    known = tuple(one for one in verdict.dimensions if one.colour is not Colour.GREY)
    grey = tuple(one for one in verdict.dimensions if one.colour is Colour.GREY)
    block = Items(items=tuple(map(_entry, known)), empty="No dimension could be measured.")
    rest = (Paragraph((_not_known(grey),), quiet=True),) if grey else ()
    return Section(id="state", title="Overall state", blocks=(block, *rest))


def _entry(one: Dimension) -> Item:
    text: tuple[Inline, ...] = (
        Mark(capital(one.colour.value), TONES[one.colour]),
        " ",
        Strong(capital(one.name)),
        ", ",
        one.number,
        f": {one.why}.",
    )
    return Item(text=text, detail=(f"{capital(one.rule)}.",))


def _not_known(grey: tuple[Dimension, ...]) -> str:
    reasons = [
        f"{listed([one.name for one in group])} ({why})" for why, group in groupby(_by_reason(grey), _reason)
    ]
    return f"Not known, so grey and never green: {listed(reasons)}."


def _by_reason(grey: tuple[Dimension, ...]) -> list[Dimension]:
    first = {one.why: place for place, one in reversed(list(enumerate(grey)))}
    return sorted(grey, key=lambda one: first[one.why])


def _reason(one: Dimension) -> str:
    return one.why
