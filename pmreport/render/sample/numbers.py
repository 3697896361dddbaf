"""The headline numbers of the sample."""

from decimal import Decimal

from pmreport.render.sample.words import SITE, plain, points
from pmreport.report.view import Figure, Figures, Link, Number, Paragraph, Section, Tone


def numbers() -> Section:
    """Headline numbers: with a trend, a gap, a target, a plus, and one that is not known."""
    return Section(
        id="numbers",
        title="In numbers",
        brief=True,
        blocks=(Figures((_done(), _blocked(), _scope(), _factor(), _budget())),),
    )


def _done() -> Figure:
    """With a trend, a number before, a whole, and what was left out."""
    return Figure(
        id="done",
        label="done in the sprint",
        number=plain(22),
        of=points(46),
        was=points(33),
        trend=tuple(Decimal(n) for n in (31, 36, 40, 39, 33, 22)),
        n=18,
        excluded=(("no estimate", 2),),
        definition="SP-3",
        tone=Tone.BAD,
        items=Link("18 items", "#items"),
    )


def _blocked() -> Figure:
    """With a gap in its trend."""
    return Figure(
        id="blocked",
        label="items blocked",
        number=plain(3),
        was=plain(1),
        tone=Tone.WARN,
        trend=(Decimal(0), Decimal(1), None, Decimal(1), Decimal(1), Decimal(3)),
        n=70,
        items=Link("PM-131 and 2 more", f"{SITE}/browse/PM-131"),
    )


def _scope() -> Figure:
    """With a target and a sign."""
    return Figure(
        id="scope",
        label="added since the start",
        number=points(6, signed=True),
        target=points(0),
        definition="SP-1",
        n=46,
    )


def _factor() -> Figure:
    """With fixed decimals."""
    return Figure(
        id="factor",
        label="typical factor of estimates",
        number=Number(value=Decimal("1.345"), unit="x", decimals=2, fixed=True),
        was=Number(value=Decimal("1.6"), unit="x", decimals=2),
        n=41,
        definition="EST-2",
        tone=Tone.GOOD,
        trend=tuple(Decimal(n) / 10 for n in (19, 17, 16, 14, 16, 13)),
    )


def _budget() -> Figure:
    """Not known."""
    return Figure(
        id="budget",
        label="cost at completion",
        number=Number(value=None, unit="EUR"),
        missing="no budget is set for the initiative",
        tone=Tone.UNKNOWN,
    )


def data() -> Section:
    """A sentence with a number in it."""
    return Section(
        id="data",
        title="How sure these numbers are",
        blocks=(
            Paragraph(
                (
                    "2 of 70 items have no estimate. The last complete sync was ",
                    plain(0, "working days"),
                    " ago.",
                )
            ),
        ),
    )
