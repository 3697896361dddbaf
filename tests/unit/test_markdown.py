"""Words from Jira in Markdown: they say what they said, and do nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.render import flat, markdown, markup, templates
from pmreport.report.view import (
    Column,
    Fact,
    Facts,
    Field,
    FieldKind,
    Form,
    Item,
    Items,
    Link,
    Mark,
    Number,
    Panel,
    Panels,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Trend,
)
from tests.support import sample_report
from tests.support.sample_report import HOSTILE, plain

SHIPPED = templates.load()


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("plain words, 2026-11-20: 1.4", "plain words, 2026-11-20: 1.4"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("[click](javascript:alert(1))", r"\[click\](javascript:alert(1))"),
        ("*bold* _soft_ `code` ~~gone~~ $x$", r"\*bold\* \_soft\_ \`code\` \~\~gone\~\~ \$x\$"),
        ("a | b", r"a \| b"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("see https://evil.example and www.evil.example", r"see https:/\/evil.example and www\.evil.example"),
        ("@everybody &amp; \\", r"\@everybody \&amp; \\"),
        ("two\n\nlines", "two lines"),
    ],
)
def test_no_sign_becomes_markup(words: str, written: str) -> None:
    """Every sign that begins something is escaped, and no other, so that the source stays readable."""
    assert markup.line(words) == written


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    """Http and https alone; an address cannot end its brackets, and a place in the page is words."""
    text = (
        Link("WEB-1", "https://jira.example/browse/WEB-1?a=<b>|"),
        " and ",
        Link("bad", "javascript:alert(1)"),
        Link(" here", "#goal"),
    )

    assert markup.inline(text, "UTC") == (
        "[WEB-1](<https://jira.example/browse/WEB-1?a=%3Cb%3E%7C>) and bad here"
    )


def test_emphasis_holds_no_space_at_its_ends() -> None:
    """Markdown would print the stars: the space goes outside; nothing emphasised is nothing."""
    assert markup.inline((Strong("Why. "), "Because", Strong(" "), Mark("Late")), "UTC") == (
        r"**Why.** Because \[Late\]"
    )


def test_a_cell_is_never_quite_empty() -> None:
    """Some programs drop a column whose cells are."""
    assert markup.cell((), "UTC") == "\u00a0"


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=4))
def test_hostile_words_stay_on_one_line_without_html(parts: list[str]) -> None:
    """No line break, no angle bracket and no bar that is not escaped."""
    written = markup.inline(tuple(parts), "UTC")
    bare = written.replace("\\\\", "").replace("\\<", "").replace("\\>", "").replace("\\|", "")

    assert not set(bare) & set("\n\r<>|")


def test_side_by_side_becomes_one_below_the_other_with_blanks() -> None:
    """What a page shows in a row or as a field is a list with dots to write on."""
    section = Section(
        id="s",
        title="S",
        blocks=(
            Facts(
                id="f",
                facts=(Fact(label="Since then", text=(Trend((plain(1), Number(value=None), plain(3))),)),),
                note=("Too few.",),
            ),
            Facts(id="g", facts=()),
            Form((Field(id="a", label="Because"),)),
            Panels(
                (
                    Panel(title="Own", blocks=(Items(items=(Item(text=("one",)),)),)),
                    Panel(
                        title="Manager",
                        blocks=(Form((Field(id="b", label="Today", kind=FieldKind.SCALE, hint="1 to 5"),)),),
                    ),
                )
            ),
        ),
    )
    made = flat.flat(replace(sample_report.review(), sections=(section,)))

    assert all(isinstance(block, Items | Paragraph) for block in made.sections[0].blocks)
    assert markdown.render(made, SHIPPED).split("## S\n\n")[1].split("\n\n## ")[0].split("\n---")[
        0
    ].strip() == (
        "- Since then: 1, –, 3\n\nToo few.\n\nNone.\n\n"
        f"- Because: {'.' * 30}\n\n**Own**\n\n- one\n\n**Manager**\n\n- Today (1 to 5): 1 / 2 / 3 / 4 / 5"
    )


def test_a_table_is_a_table_with_its_note() -> None:
    """Numbers to the right, what is left out counted, and a row that is too short filled up."""
    table = Table(
        id="t",
        caption="A | B",
        columns=(Column(title="Name"), Column(title="n", numeric=True)),
        rows=(Row(cells=(("a|b",), (plain(3),))), Row(cells=(("short",),))),
        more=2,
        note=("Noted.",),
    )
    written = markdown.render(
        replace(sample_report.review(), sections=(Section(id="s", title="S", blocks=(table,)),)), SHIPPED
    )

    assert "**A \\| B**\n\n| Name | n |\n| --- | ---: |\n| a\\|b | 3 |\n| short |  |\n" in written
    assert "and 2 more\n\nNoted." in written


@pytest.mark.parametrize("name", ["weekly", "sprint", "review", "hostile"])
def test_every_report_can_be_written_as_markdown(name: str) -> None:
    """Its title, every section, and no HTML in it."""
    report = getattr(sample_report, name)()
    written = markdown.render(report, SHIPPED)

    assert written.startswith("# ")
    assert written.count("\n## ") >= len(report.sections)
    assert "<script" not in written.replace("\\<script", "")
    assert "\x1b" not in written
