"""The page of the goal review as a reader and a program meet it."""

import re
from dataclasses import replace

from pmreport.render import page, templates
from pmreport.report import build
from pmreport.report.inputs import Inputs
from tests.support.html_reader import Reader, read
from tests.support.report_inputs import rich_inputs
from tests.support.sample_report import HOSTILE
from tests.support.talks import FULL

SHIPPED = templates.load()


def opened(inputs: Inputs, *, mine: bool = False) -> tuple[str, Reader]:
    """The page and what stands in it."""
    html = page.render(build.review(inputs, mine=mine), SHIPPED)
    return html, read(html)


def words_of(reader: Reader) -> str:
    """Everything that is read, with single spaces."""
    return re.sub(r"\s+", " ", " ".join(reader.words))


def test_every_part_of_a_goal_is_on_its_page_in_order() -> None:
    """Why, level, measure with guard, both sides of the evidence, ratings, help, words, actions."""
    html, _ = opened(rich_inputs())
    goal = html[html.index('id="goal-estimation"') : html.index('id="goal-on-time"')]
    said = words_of(read(f"<{goal}"))
    order = (
        "Estimate work ahead", "Why it matters.", "Now", "Aimed at", "1.41×", "Target", "at most 1.5× by",
        "At first", "1.8×", "n = 48", "Guard", "Share of items estimated again after the start",
        "Speaks for it: the strongest 3 of 4 items", "WEB-3", "Speaks against it: 1 item", "WEB-5",
        "Own rating", "3 of 5", "Manager's rating", "2 of 5", "Help needed", "The manager's words",
        "5 Oct 2026", "Actions: 1 done, 1 not done, 1 dropped and 2 open", "Not done", "Dropped",
    )  # fmt: skip

    places: list[int] = []
    for part in order:
        places.append(said.index(part, places[-1] if places else 0))
    assert places == sorted(places)


def test_evidence_links_to_its_item_and_the_goal_to_everything_found() -> None:
    """A key leads to Jira; "5 items" to the table at the end, which is there."""
    _, reader = opened(rich_inputs())
    links = {attributes.get("href") for tag, attributes in reader.elements if tag == "a"}
    places = {attributes.get("id") for _, attributes in reader.elements}

    assert any(str(link).endswith("/browse/WEB-3") for link in links)
    assert "#items-estimation" in links
    assert {str(link)[1:] for link in links if str(link).startswith("#")} <= places


def test_every_field_has_a_name_and_none_is_named_twice() -> None:
    """Five numbers a rating, apart for both; labels lead to fields; nothing can be sent anywhere."""
    _, reader = opened(rich_inputs())
    fields = [attributes for tag, attributes in reader.elements if tag in {"input", "textarea"}]
    labels = {attributes.get("for") for tag, attributes in reader.elements if tag == "label"}
    radios = [one["name"] for one in fields if one.get("type") == "radio"]
    ids = [one["id"] for one in fields if "id" in one]

    assert {name: radios.count(name) for name in set(radios)} == {
        "own-estimation-scale": 5,
        "manager-estimation-scale": 5,
        "own-on-time-scale": 5,
        "manager-on-time-scale": 5,
    }
    named = [one for one in fields if one.get("type") != "radio"]
    assert all(one.get("aria-label") or one.get("id") in labels for one in named)
    assert len(ids) == len(set(ids))
    assert not [tag for tag, _ in reader.elements if tag in {"form", "button"}]


def test_a_word_processor_begins_each_goal_on_a_page_and_shows_lines_to_write_on() -> None:
    """It knows no fields and only breaks before headings; what it shows for a field, a browser hides."""
    html, reader = opened(rich_inputs())
    tops = [one["id"] for tag, one in reader.elements if tag == "h2" and one.get("class") == "page-top"]
    lines = [one for tag, one in reader.elements if tag == "span" and one.get("class") == "in-a-document"]

    assert tops[:2] == ["goal-estimation-title", "goal-on-time-title"]
    assert html.index(".page-top { page-break-before: always }") < html.index("box-sizing")
    assert ".in-a-document { display: none }" in html
    assert all(one["aria-hidden"] == "true" for one in lines)
    assert len([words for words in reader.words if words.endswith("_" * 7)]) >= len(tops) * 4


def test_a_private_copy_says_so_in_title_heading_and_on_paper() -> None:
    """The title of the window, the heading, and a class that prints the word on every sheet."""
    html, reader = opened(rich_inputs(), mine=True)

    assert "<title>PRIVATE: Goal review" in html
    assert ("body", {"class": "review private"}) in reader.elements
    assert "Only you" in words_of(reader)
    assert "PRIVATE: for nobody else" in html
    assert 'class="review private"' not in opened(rich_inputs())[0]


def test_hostile_words_in_goals_evidence_and_talks_do_nothing() -> None:
    """They are read as they were written, wherever they stand: no element, no address, no second script."""
    inputs = rich_inputs()
    evil = "".join(HOSTILE)
    goals = tuple(
        replace(goal, title=evil, why=evil, guard=evil, indicator=evil, show=evil) for goal in inputs.goals
    )
    actions = tuple(replace(one, text=evil, reason=evil) for one in FULL.actions)
    words = tuple(replace(one, text=evil, by=evil) for one in FULL.words)
    talk = replace(FULL, actions=actions, words=words, help_needed=words)
    known = replace(
        inputs,
        goals=goals,
        talks={"estimation": talk},
        evidence=tuple(replace(one, clause=evil, note=evil, rule_id=evil) for one in inputs.evidence),
    )
    _, reader = opened(known, mine=True)

    assert [tag for tag, _ in reader.elements].count("script") == 1
    assert not [attributes for _, attributes in reader.elements if "onerror" in attributes]
    assert "img" not in [tag for tag, _ in reader.elements]
    assert "document.title='broken'" in words_of(reader)
