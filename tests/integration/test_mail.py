"""The mail of a report: small, whole without pictures, and safe to open."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pmreport.errors import BadDataError
from pmreport.model.visible import visible
from pmreport.render import brief, mail, templates, text
from pmreport.render.illustrated import chosen, illustrated
from pmreport.report.view import Chart, Item, Items, Report, Section
from tests.support import sample_report
from tests.support.html_reader import read

SHIPPED = templates.load()
SAMPLES = (sample_report.weekly(), sample_report.sprint(), sample_report.review(), sample_report.hostile())


@pytest.mark.parametrize("report", SAMPLES, ids=["weekly", "sprint", "review", "hostile"])
def test_a_mail_asks_for_nothing_and_is_whole(report: Report) -> None:
    """No picture, script, style sheet or variable; links lead to the web alone; every style is inlined."""
    html = mail.render(report, SHIPPED).html
    elements = read(html).elements
    links = [str(attributes["href"]) for _, attributes in elements if "href" in attributes]

    assert not {tag for tag, _ in elements} & {"img", "script", "link", "svg", "object", "iframe", "form"}
    assert not [attributes for _, attributes in elements if {"src", "background", "id"} & attributes.keys()]
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert "var(" not in html
    assert "@import" not in html
    assert html.count("<style>") == 1  # what cannot be inlined: the phone and the dark
    assert 'style="' in html


def test_a_mail_keeps_what_old_programs_need() -> None:
    """A table of 600 for Word's engine, hex colours, rules for the dark, and a hidden first line."""
    html = mail.render(sample_report.weekly(), SHIPPED).html

    assert '<!--[if mso]><table role="presentation" width="600"' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'bgcolor="#00735c"' in html
    assert "Decide on the 24-month option by Thursday" in html
    assert "max-height: 0" in html


def test_a_mail_says_first_what_matters_first() -> None:
    """Subject, headline, numbers, decisions, in this order, in both parts."""
    said = mail.render(sample_report.weekly(), SHIPPED)

    assert said.subject == "Harbour, week 47: at risk, one decision needed by Thursday"
    for part in (said.html, said.text):
        places = [part.index(words) for words in ("At risk.", "done in the sprint", "Decisions and asks")]
        assert places == sorted(places)


@pytest.mark.parametrize("report", SAMPLES, ids=["weekly", "sprint", "review", "hostile"])
def test_a_text_keeps_to_78_characters(report: Report) -> None:
    """The text part and the file `--format txt` writes."""
    for written in (mail.render(report, SHIPPED).text, text.render(report, SHIPPED)):
        assert max(map(len, written.splitlines())) <= 78
        assert "\n\n\n" not in written
        assert visible(written) == written


def test_a_text_says_all_that_the_page_says() -> None:
    """Every section, the tables behind the charts, and how it was counted."""
    report = sample_report.weekly()
    written = text.render(report, SHIPPED)

    assert all(section.title in written for section in report.sections)
    assert "2026-11-11         22     46" in written
    assert "How it was counted" in written


@pytest.mark.parametrize("name", ["weekly", "sprint", "estimation", "team", "review"])
def test_a_mail_never_grows_over_what_programs_show(name: str) -> None:
    """Hundreds of long and hostile items make a mail under 90 kB that says what it left out."""
    hostile = "<img src=x onerror=alert(1)>&" * 20
    items = Items(items=tuple(Item(text=(hostile,), detail=(hostile,)) for _ in range(300)))
    sections = tuple(Section(id=f"s{n}", title=hostile, blocks=(items,), brief=True) for n in range(60))

    html = mail.render(replace(sample_report.weekly(), name=name, sections=sections), SHIPPED).html

    assert len(html.encode()) < mail.LARGEST
    assert re.search(r"\d+ more sections stand in the full report", html)
    assert "<img" not in html


def test_a_template_that_makes_too_large_a_mail_is_named(tmp_path: Path) -> None:
    """When nothing is left to cut, the template is at fault."""
    (tmp_path / "weekly").mkdir()
    (tmp_path / "weekly" / "mail.html.j2").write_text("<p>{{ 'x' * 100000 }}</p>", encoding="utf-8")

    with pytest.raises(BadDataError, match="larger than 90 kB"):
        mail.render(sample_report.weekly(), templates.load(tmp_path))


def test_the_same_report_gives_the_same_mail() -> None:
    """Subject, HTML, text and picture."""
    assert mail.render(SAMPLES[0], SHIPPED, images=True) == mail.render(SAMPLES[0], SHIPPED, images=True)


def test_a_mail_may_show_one_chart() -> None:
    """As a PNG that rides along, with its finding in words and a width; without a chart there is none."""
    report = sample_report.weekly()
    shown = mail.render(report, SHIPPED, images=True)
    (image,) = [attributes for tag, attributes in read(shown.html).elements if tag == "img"]
    (picture,) = shown.pictures
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, Chart)]

    words = f"{charts[0].caption}. {charts[0].description}"
    assert (image["src"], image["alt"], image["width"]) == ("cid:chart", words, "480")
    assert (picture.name, picture.content[:4]) == ("chart", b"\x89PNG")
    assert len(picture.content) < 200_000
    assert shown.text == mail.render(report, SHIPPED).text
    assert mail.render(replace(report, sections=()), SHIPPED, images=True).pictures == ()


def test_a_chart_outside_the_mail_comes_last() -> None:
    """Under the title of its section, with what it shows; in a section of the mail it stands below that."""
    report = sample_report.weekly()
    section, chart = chosen(report) or pytest.fail("the sample has a chart")
    other = replace(
        report, sections=tuple(replace(one, brief=one.id != section.id) for one in report.sections)
    )

    short = brief.cut(report)
    inside = illustrated(short, section, chart).sections
    lost = replace(short, sections=tuple(replace(one, blocks=one.blocks[:1]) for one in short.sections))
    outside = illustrated(brief.cut(other), section, chart).sections

    (blocks,) = [one.blocks for one in inside if one.id == section.id]
    assert blocks.index(chart) == blocks.index(brief.finding(chart)) + 1
    (left,) = [one.blocks for one in illustrated(lost, section, chart).sections if one.id == section.id]
    assert left[1:] == (chart,)
    assert outside[-1].title == section.title
    assert outside[-1].blocks[0] == brief.finding(chart)
