"""Private goals, and talks, never enter what is made for others: by construction, and held here."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.errors import BadDataError
from pmreport.goals.evidence import Evidence
from pmreport.goals.goal import Goal, Polarity, Visibility
from pmreport.goals.talk import Action, Rating, Saying, Talk
from pmreport.render import data, mail, markdown, page, templates, text
from pmreport.report import build
from pmreport.report.inputs import Inputs, Measure
from tests.support.report_inputs import rich_inputs

SHIPPED = templates.load()
DAY = date(2026, 11, 2)


def marked(number: int, visibility: Visibility, active: bool) -> Goal:  # noqa: FBT001 - drawn by hypothesis
    """A goal with a marker in every text it has."""
    texts: dict[str, Any] = {
        field.name: f"MARK-{visibility}-{number}" for field in fields(Goal) if field.type in (str, "str")
    }
    return Goal(**texts, visibility=visibility, active=active)


def talk_of(goal: Goal) -> Talk:
    """A talk with a marker of its own in every text."""
    said = f"TALK-{goal.id}"
    return Talk(
        own=Rating(score=1, on=DAY, text=said),
        manager=Rating(score=5, on=DAY, text=said, by=said),
        help_needed=(Saying(text=said, on=DAY),),
        words=(Saying(text=said, on=DAY, by=said),),
        actions=(Action(text=said, agreed=DAY, reason=said),),
        last=DAY,
    )


def inputs_of(goals: tuple[Goal, ...]) -> Inputs:
    """Inputs in which everything about each goal carries its marker."""
    found = tuple(
        Evidence(
            goal_id=goal.id,
            issue_id=2,
            issue_key="WEB-2",
            rule_id=goal.id,
            clause=goal.id,
            since=datetime(2026, 11, 16, tzinfo=UTC),
            polarity=polarity,
            strength=1,
            note=goal.id,
        )
        for goal in goals
        for polarity in Polarity
    )
    return replace(
        rich_inputs(),
        goals=goals,
        evidence=found,
        measures={goal.id: Measure(value=Decimal(1), verdict=goal.id, guarded=goal.id) for goal in goals},
        talks={goal.id: talk_of(goal) for goal in goals},
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Visibility), st.booleans()), max_size=5))
def test_no_word_about_a_private_goal_leaves_the_persons_own_review(
    drawn: list[tuple[Visibility, bool]],
) -> None:
    """Whatever goals there are, active or on the shelf: not its texts, evidence, measure or talk."""
    known = inputs_of(tuple(marked(number, *one) for number, one in enumerate(drawn)))

    assert "MARK-private" not in repr(build.review(known))
    for report in (build.weekly(known), build.sprint(known)):
        assert "MARK-private" not in repr(report)
        assert "MARK-manager" not in repr(report)
        assert "TALK-" not in repr(report)


def test_the_markers_would_be_seen() -> None:
    """In the person's own review every marker is there, so their absence elsewhere says something."""
    words = repr(build.review(inputs_of((marked(0, Visibility.PRIVATE, active=True),)), mine=True))

    assert "MARK-private-0" in words
    assert words.count("TALK-MARK-private-0") == 8


def test_a_private_review_is_never_made_into_a_mail() -> None:
    """There is no message to send, whoever asks; it can be read as a page, Markdown, text and JSON."""
    report = build.review(rich_inputs(), mine=True)

    with pytest.raises(BadDataError, match="never made into a mail") as refused:
        mail.render(report, SHIPPED)

    assert "without private goals" in str(refused.value.hint)
    for written in (render(report, SHIPPED) for render in (page.render, markdown.render, text.render)):
        assert "PRIVATE: Goal review" in written
    assert "PRIVATE: Goal review" in data.render(report)
    assert mail.render(build.review(rich_inputs()), SHIPPED).subject.startswith(
        "Goal review, Junior PM, 2026-W47: "
    )
