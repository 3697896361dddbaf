"""The report cut down for a mail, and the places of a page."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from pmreport.render import brief, places
from pmreport.report.view import (
    Block,
    Chart,
    Column,
    Field,
    Figure,
    Figures,
    Form,
    Item,
    Items,
    Link,
    Mark,
    Number,
    Panel,
    Panels,
    Paragraph,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Tone,
)
from tests.support import sample_report
from tests.support.report_strategies import reports


def mail_of(*blocks: Block, **changes: int) -> Report:
    """A weekly of one brief section with these blocks, cut for a mail."""
    section = Section(id="s", title="S", blocks=blocks, brief=True)
    return brief.cut(replace(sample_report.weekly(), sections=(section,)), **changes)


def test_a_mail_holds_brief_sections_only() -> None:
    """What a report does not call brief stays in the page."""
    report = sample_report.weekly()

    assert [section.id for section in brief.cut(report).sections] == [
        section.id for section in report.sections if section.brief
    ]


def test_a_list_is_cut_at_ten_and_says_so() -> None:
    """Thirteen entries and two left out before make ten and five more."""
    items = Items(items=tuple(Item(text=(str(number),)) for number in range(13)), more=2)

    block = mail_of(items).sections[0].blocks[0]

    assert isinstance(block, Items)
    assert (len(block.items), block.more) == (10, 5)


def test_a_table_is_cut_at_ten_and_says_so() -> None:
    """A table of thirteen rows has ten in the mail."""
    table = Table(id="t", caption="", columns=(), rows=tuple(Row(cells=()) for _ in range(13)))

    block = mail_of(table).sections[0].blocks[0]

    assert isinstance(block, Table)
    assert (len(block.rows), block.more) == (10, 3)


def test_a_chart_becomes_its_finding() -> None:
    """A mail says in words what the picture shows, and says it once."""
    chart = next(
        block
        for section in sample_report.weekly().sections
        for block in section.blocks
        if isinstance(block, Chart)
    )

    other = replace(chart, description="Drawn as a line.")
    again = replace(chart, description=f"Burn-up: {chart.caption.lower()}.")

    blocks = mail_of(other, again).sections[0].blocks

    assert blocks == (
        Paragraph((Strong(chart.caption), ". ", "Drawn as a line.")),
        Paragraph((Strong(chart.caption), ".")),
    )


def test_a_text_is_cut_where_it_is_endless() -> None:
    """The ellipsis says that there is more; what is not words takes its room too."""
    text: Text = ("a" * 1_000, *(Number(value=Decimal(1)) for _ in range(100)))

    items = Items(items=(Item(text=text), Item(text=text[1:])))
    paragraph, block = mail_of(Paragraph(text), items).sections[0].blocks

    assert paragraph == Paragraph(("a" * 799 + "…",))
    assert isinstance(block, Items)
    assert block.items[0].text == ("a" * 399 + "…",)
    assert block.items[1].text == (*text[1:41], "…")


def test_a_long_link_keeps_its_address() -> None:
    """Its words are cut, and it still leads where it led."""
    address = "https://jira.example/browse/A-1"

    block = mail_of(Paragraph((Link("a" * 1_000, address),))).sections[0].blocks[0]

    assert block == Paragraph((Link("a" * 799 + "…", address),))


def test_a_section_that_is_cut_says_so() -> None:
    """Forty parts become thirty, the last of which counts the others."""
    blocks = mail_of(*(Paragraph((str(number),)) for number in range(40))).sections[0].blocks

    assert len(blocks) == 30
    assert blocks[-1] == Paragraph(("and 11 more in the full report",), quiet=True)


def test_numbers_come_first_and_the_four_that_matter_most() -> None:
    """In their order: what is amiss stays, what is not known goes first."""

    def figure(name: str, value: int | None, tone: Tone = Tone.NEUTRAL) -> Figure:
        number = Number(value=None if value is None else Decimal(value))
        return Figure(id=name, label=name, number=number, tone=tone)

    numbers = Figures(
        (figure("a", None), figure("b", 1), figure("c", 1), figure("d", 1), figure("e", 1, Tone.WARN))
    )
    words = Section(id="words", title="W", blocks=(Paragraph(("x",)), numbers), brief=True)
    alone = Section(id="numbers", title="N", blocks=(numbers,), brief=True)

    first, second = brief.cut(replace(sample_report.weekly(), sections=(words, alone))).sections

    assert (first.id, second.id) == ("numbers", "words")
    (four,), (_, five) = first.blocks, second.blocks
    assert isinstance(four, Figures)
    assert isinstance(five, Figures)
    assert [one.label for one in four.figures] == ["b", "c", "d", "e"]
    assert len(five.figures) == 5


def test_a_table_too_wide_for_a_telephone_becomes_a_list() -> None:
    """Its first column leads, the others stand below it by name; what is empty is not told."""
    titles = ("Item", "Stands in column", "Why it waits", "Whose it is")
    cells = (("A-1 Refund to the wallet",), ("In Progress",), (), (Mark("nobody's at all"),))
    wide = Table(
        id="t",
        caption="Ageing",
        columns=tuple(Column(title=title) for title in titles),
        rows=(Row(cells=cells), Row(cells=())),
        note=("In days.",),
        more=2,
    )
    narrow = replace(wide, columns=wide.columns[:2], rows=(Row(cells=cells[:2]),), more=0)

    caption, items, note, table = mail_of(wide, narrow).sections[0].blocks

    assert caption == Paragraph((Strong("Ageing"),))
    assert items == Items(
        items=(
            Item(
                text=("A-1 Refund to the wallet",),
                detail=("Stands in column: ", "In Progress", "; ", "Whose it is: ", Mark("nobody's at all")),
            ),
            Item(text=()),
        ),
        more=2,
        empty="Nothing to show.",
    )
    assert note == Paragraph(("In days.",), quiet=True)
    assert table == narrow
    assert mail_of(replace(narrow, rows=(), note=())).sections[0].blocks == (
        caption,
        Items(items=(), empty="Nothing to show."),
    )


def test_nothing_is_to_be_filled_in() -> None:
    """Neither a field, nor a row that is empty."""
    form = Form((Field(id="f", label="Today"),))
    panels = Panels((Panel(title="Own rating", blocks=(Paragraph(("3 of 5",)), form)),))
    table = Table(
        id="t",
        caption="",
        columns=(Column(title="What"),),
        rows=(Row(cells=(("Call",),)), Row(cells=((),))),
        to_fill=True,
    )

    *said, left = mail_of(panels, form, table).sections[0].blocks

    assert said == [Paragraph((Strong("Own rating"),)), Paragraph(("3 of 5",))]
    assert isinstance(left, Table)
    assert left.rows == (Row(cells=(("Call",),)),)


def test_sections_left_out_are_counted() -> None:
    """A mail that must be shorter still says how many sections it lacks."""
    report = brief.cut(sample_report.weekly(), sections=2)

    assert [section.id for section in report.sections] == ["numbers", "decisions", "more"]
    assert report.sections[-1].blocks == (Paragraph(("3 more sections stand in the full report.",)),)


def test_every_place_has_a_name_of_its_own() -> None:
    """The first keeps the name, the next is numbered, and names of the page itself are taken."""
    table = Table(
        id="state",
        caption="",
        columns=(),
        rows=(Row(cells=(), anchor="WEB-1"), Row(cells=(), anchor="WEB-1")),
    )
    report = replace(
        sample_report.weekly(),
        sections=(
            Section(id="state", title="", blocks=(table,)),
            Section(id="glossary", title="", blocks=(Figures(()),)),
        ),
    )

    first, second = places.named(report).sections
    named = first.blocks[0]

    assert isinstance(named, Table)
    assert (first.id, named.id, second.id) == ("state", "state-2", "glossary-2")
    assert [row.anchor for row in named.rows] == ["WEB-1", "WEB-1-2"]


@settings(max_examples=40)
@given(reports())
def test_a_cut_report_is_never_longer(report: Report) -> None:
    """Cutting twice is cutting once."""
    once = brief.cut(report)

    assert brief.cut(once).sections == once.sections
