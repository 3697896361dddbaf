"""The overall state: every dimension that is known with the number that fired, and what is not known."""

from itertools import groupby

from pmreport.report.colours import TONES, Colour
from pmreport.report.dimensions import Dimension
from pmreport.report.rag import Verdict, said_otherwise, watermelon
from pmreport.report.view import Block, Callout, Inline, Item, Items, Mark, Paragraph, Section, Strong, Tone
from pmreport.report.words import capital, day_in_words, in_words, listed

_MOVED = {
    "better": "\u2191 better than last week",
    "worse": "\u2193 worse than last week",
    "the same": "\u2192 as last week",
}


def section(verdict: Verdict) -> Section:
    """The known dimensions, a line each; those that are grey together in one sentence that names them."""
    known = tuple(one for one in verdict.dimensions if one.colour is not Colour.GREY)
    grey = tuple(one for one in verdict.dimensions if one.colour is Colour.GREY)
    blocks: list[Block] = [
        Callout(tone=Tone.BAD, lead="Watermelon.", text=(watermelon(one),)) for one in verdict.watermelons
    ]
    blocks.append(Items(items=tuple(map(_entry, known)), empty="No dimension could be measured."))
    quiet = (_standing(verdict), _not_known(grey), _expired(verdict))
    blocks += [Paragraph((words,), quiet=True) for words in quiet if words]
    return Section(id="state", title="Overall state", blocks=tuple(blocks))


def _entry(one: Dimension) -> Item:
    text: tuple[Inline, ...] = (
        Mark(capital(one.colour.value), TONES[one.colour]),
        " ",
        Strong(capital(one.name)),
        *((", ", one.number) if one.number.value is not None else ()),
        f": {one.why}.",
    )
    said = said_otherwise(one)
    return Item(text=text, detail=(f"{said} {capital(one.rule)}." if said else f"{capital(one.rule)}.",))


def _standing(verdict: Verdict) -> str:
    if verdict.weeks is None:
        return ""
    moved = _MOVED.get(verdict.arrow)
    weeks = f"{in_words(verdict.weeks, 'week')} {verdict.colour.value}"
    return f"{capital(weeks)}, {moved}." if moved else f"{capital(weeks)}."


def _expired(verdict: Verdict) -> str:
    if not verdict.expired:
        return ""
    names = [f"{one.dimension} (until {day_in_words(one.until)})" for one in verdict.expired]
    return f"{capital(in_words(len(names), 'override'))} expired and ignored: {listed(names)}."


def _not_known(grey: tuple[Dimension, ...]) -> str:
    if not grey:
        return ""
    reasons = [
        f"{listed([one.name for one in group])} ({why})" for why, group in groupby(_by_reason(grey), _reason)
    ]
    return f"Not known, so grey and never green: {listed(reasons)}."


def _by_reason(grey: tuple[Dimension, ...]) -> list[Dimension]:
    first = {one.why: place for place, one in reversed(list(enumerate(grey)))}
    return sorted(grey, key=lambda one: first[one.why])


def _reason(one: Dimension) -> str:
    return one.why
