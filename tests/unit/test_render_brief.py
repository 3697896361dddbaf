"""The report cut down for a mail, and the places of a page."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from pmreport.render import brief, places
from pmreport.report.view import (
    Bars,
    Chart,
    Figures,
    Item,
    Items,
    Link,
    Number,
    Paragraph,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from tests.support import sample_report
from tests.support.report_strategies import reports


def mail_of(*blocks: Items | Table | Chart | Paragraph | Bars, **changes: int) -> Report:
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
    """A mail says in words what the picture shows."""
    chart = next(
        block
        for section in sample_report.weekly().sections
        for block in section.blocks
        if isinstance(block, Chart)
    )

    block = mail_of(chart).sections[0].blocks[0]

    assert block == Paragraph((Strong(chart.caption), ". ", chart.description))


def test_a_text_is_cut_where_it_is_endless() -> None:
    """The ellipsis says that there is more; what is not words takes its room too."""
    text: Text = ("a" * 1_000, *(Number(value=Decimal(1)) for _ in range(100)))

    block = mail_of(Paragraph(text)).sections[0].blocks[0]

    assert block == Paragraph(("a" * 399 + "…", "…"))


def test_a_long_link_keeps_its_address() -> None:
    """Its words are cut, and it still leads where it led."""
    address = "https://jira.example/browse/A-1"

    block = mail_of(Paragraph((Link("a" * 1_000, address),))).sections[0].blocks[0]

    assert block == Paragraph((Link("a" * 399 + "…", address),))


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
