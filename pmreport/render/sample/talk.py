"""What is filled in, and what stands beside each other, in the sample."""

from datetime import date
from decimal import Decimal

from pmreport.render.sample.words import AS_OF, plain
from pmreport.report.view import (
    Day,
    Fact,
    Facts,
    Field,
    FieldKind,
    Form,
    Item,
    Items,
    Moment,
    Number,
    Panel,
    Panels,
    Paragraph,
    Section,
    Trend,
)


def talk() -> Section:
    """Facts, panels, and fields of every kind, off paper."""
    return Section(id="talk", title="The talk", blocks=(_facts(), _panels(), _form()), off_paper=True)


def _facts() -> Facts:
    return Facts(
        id="level",
        facts=(
            Fact(
                label="Level", text=("from ", plain("1.6", "x", 1), " to ", plain("1.35", "x", 2)), main=True
            ),
            Fact(label="Since", text=(Day(date(2026, 10, 1)),), definition="EST-2"),
            Fact(label="Sprint by sprint", text=(Trend(tuple(map(_factor, (19, 17, 16, 14)))),)),
        ),
        note=("Counted at ", Moment(AS_OF), "."),
    )


def _factor(tenths: int) -> Number:
    return Number(value=Decimal(tenths) / 10, unit="x", decimals=1)


def _panels() -> Panels:
    spoken = Items(items=(Item(text=("Estimates came closer",)),))
    asked = Form((Field(id="next-step", label="Next step"),))
    return Panels(
        (
            Panel(title="What speaks for it", blocks=(spoken,)),
            Panel(title="What to do", blocks=(Paragraph(("One thing.",), quiet=True), asked)),
        )
    )


def _form() -> Form:
    return Form(
        (
            Field(id="rating", label="Rating", kind=FieldKind.SCALE, hint="5 is best"),
            Field(id="seen-by", label="Seen by"),
            Field(id="words", label="In your words", kind=FieldKind.LINES),
        )
    )
