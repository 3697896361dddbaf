"""Whatever people type into Jira: it stays words in every report and every format."""

import json

import pytest

from pmreport.model.visible import ODD
from pmreport.render import data, mail, markdown, page, templates, text
from pmreport.report import build
from pmreport.report.view import Report
from tests.support import real_reports
from tests.support.hostile import LONG, WORDS, hostile
from tests.support.html_reader import read

SHIPPED = templates.load()
MARKUP = ("script", "img", "iframe", "style")


def spoiled(name: str) -> Report:
    """The report of this name from hostile inputs."""
    built: Report = getattr(build, name)(hostile(real_reports.inputs(name)))
    return built


@pytest.mark.parametrize("name", real_reports.NAMES)
def test_hostile_words_stay_words_in_every_format(name: str) -> None:
    """No element, no control code and no foreign address comes of them; long ones are there."""
    report = spoiled(name)
    html, written = page.render(report, SHIPPED), mail.render(report, SHIPPED)
    plain, marked, told = text.render(report, SHIPPED), markdown.render(report, SHIPPED), data.render(report)
    elements = [tag for tag, _ in read(html).elements]
    addresses = {attributes.get("href", "#") for _, attributes in read(html).elements}

    assert [elements.count(tag) for tag in MARKUP] == [1, 0, 0, 1]
    assert not [tag for tag, _ in read(written.html).elements if tag in {"script", "iframe"}]
    assert all(str(address).startswith(("#", "https://acme.")) for address in addresses)
    for said in (html, written.html, written.text, written.subject, plain, marked, told):
        assert not set(said) & set("\x00\x07\x1b\x7f\u202e\u2066\u2069")
        assert not ODD.search(said)
    assert "\n" not in written.subject
    assert max(map(len, plain.splitlines())) <= 78
    assert "<script" not in marked.replace("\\<script", "")
    assert json.loads(told)["name"] == name


def test_the_hostile_words_are_in_the_reports() -> None:
    """The gate is awake: each of them has come as far as a report, the ten thousand letters too."""
    said = {name: "".join(read(page.render(spoiled(name), SHIPPED)).words) for name in real_reports.NAMES}

    assert [name for name, words in said.items() if "<script>" not in words] == []
    assert not {word for word in (WORDS[-3], LONG) if not any(word in words for words in said.values())}
