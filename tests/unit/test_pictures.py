"""The pictures of plans and estimates: their data, and the findings in their captions."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pmreport.metrics.ledger import Unit
from pmreport.metrics.sprint import SprintLedger
from pmreport.report.pictures import burndown, costs, values, waterfall
from pmreport.report.sections import initiative_pictures
from pmreport.report.view import Chart, Number, Paragraph
from tests.support import initiatives, pictures
from tests.support.report_inputs import (
    DONE,
    Story,
    frame_of,
    ledger_of,
    running_sprint,
    said,
    told,
    utc,
    worked_sprint,
)

AT = pictures.inputs()


def half_way(*events: tuple[str, object, int, int]) -> SprintLedger:
    """Ten points over four days, at the middle of which five should be left."""
    story = Story(name="a", committed=10, events=events)  # type: ignore[arg-type]  # as a story has them
    frame = frame_of("Sprint 1", 1, "2026-11-16 08:00", "2026-11-20 08:00", None)
    return ledger_of((story,), base=frame)


HALF = replace(AT, as_of=utc("2026-11-18 08:00"))


def test_a_burn_down_says_how_much_more_is_left_than_an_even_pace_leaves() -> None:
    """Of 29 committed 15.4 should be left after most of five working days of ten."""
    caption = burndown.finding(AT, running_sprint())

    assert caption.startswith("25 points left, ")
    assert caption.endswith(" more than an even pace would leave")
    assert burndown.data(AT, running_sprint())["remaining"][-1] == {
        "at": "2026-11-20T17:00:00Z",
        "value": 25.0,
    }


@pytest.mark.parametrize(
    ("done", "finding", "label"),
    [
        (0, "10 points left, 5 more than an even pace would leave", "10 left, 5 above"),
        (8, "2 points left, 3 less than an even pace would leave", "2 left, 3 below"),
    ],
    ids=["above", "below"],
)
def test_above_and_below_the_even_pace_are_told_apart(done: int, finding: str, label: str) -> None:
    """Half of the time is half of the way."""
    stories = [
        Story(name="a", committed=10 - done or 10),
        *([Story(name="b", committed=done)] if done else []),
    ]
    if done:
        stories[1] = replace(stories[1], events=(("2026-11-17 10:00", DONE, done, done),))
    ledger = ledger_of(stories, base=half_way())

    assert burndown.finding(HALF, ledger) == finding
    assert burndown.data(HALF, ledger)["ends"][1]["text"] == label


def test_on_the_even_pace_there_is_no_gap_to_name() -> None:
    """Five of ten at half time."""
    five = Story(name="b", committed=5, events=(("2026-11-17 10:00", DONE, 5, 5),))
    ledger = ledger_of((Story(name="a", committed=5), five), base=half_way())

    assert burndown.finding(HALF, ledger) == "5 points left, as an even pace would leave"
    assert burndown.data(HALF, ledger)["ends"][1]["text"] == "5 left"


def test_the_even_pace_leads_from_the_commitment_to_nothing() -> None:
    """What came in later is not in it, and its label stands at the end."""
    data = burndown.data(AT, running_sprint())

    assert (data["ideal"][0]["value"], data["ideal"][-1]["value"]) == (29.0, 0.0)
    assert [(end["series"], end["value"]) for end in data["ends"]] == [
        ("scope", 33.0),
        ("remaining", 25.0),
        ("ideal", 0.0),
    ]


def test_without_a_planned_end_only_what_is_left_is_told() -> None:
    """There is no pace to hold it against, neither in the caption nor in the table."""
    ledger = replace(running_sprint(), planned_end=None)
    picture = burndown.picture(AT, ledger)

    assert isinstance(picture, Chart)
    assert picture.caption == "25 points left of 33 in scope"
    assert picture.data["ideal"] == ()
    assert picture.table.rows[-1].cells[-1] == (Number(value=None, decimals=1),)


def test_a_closed_sprint_burned_down_to_what_was_left() -> None:
    """Its pace is history."""
    assert burndown.finding(AT, worked_sprint()) == "18 points left at the close, after a commitment of 29"


def test_a_burn_down_has_a_row_for_every_day() -> None:
    """Scope, remaining and what the even pace leaves, at the end of the day."""
    picture = burndown.picture(AT, running_sprint())

    assert isinstance(picture, Chart)
    assert [said(cell) for cell in picture.table.rows[0].cells][:3] == ["2026-11-16", "29", "29"]
    assert len(picture.table.rows) == 5


def test_an_empty_sprint_has_nothing_to_burn_down() -> None:
    """A sentence stands in the place of the picture."""
    picture = burndown.picture(AT, frame_of("Sprint 1", 1, "2026-11-16 08:00", "2026-11-27 16:00", None))

    assert isinstance(picture, Paragraph)
    assert said(picture.text) == "Sprint 1 never held any points: nothing to burn down."


def test_a_waterfall_leads_from_the_baseline_to_now() -> None:
    """Each bar begins where the one before it ended."""
    bars = waterfall.steps(pictures.scope())

    assert [(step.label, int(step.begin), int(step.end)) for step in bars] == [
        ("Baseline", 0, 120),
        ("Added, approved", 120, 137),
        ("Added, not approved", 137, 149),
        ("Split or came back", 149, 151),
        ("Re-estimated", 151, 154),
        ("Removed", 154, 150),
        ("Now", 0, 150),
    ]


def test_a_waterfall_says_what_changed() -> None:
    """In the order of the bars."""
    assert waterfall.finding(pictures.scope()) == (
        "Checkout: 120 points planned, 150 now; "
        "31 came in, 12 of them unapproved, 4 went, new estimates added 3"
    )


def test_without_a_label_for_changes_nothing_is_called_unapproved() -> None:
    """Nothing could have been approved."""
    scope = initiatives.scope(initiatives.line(20, 5, -2))

    assert [step.kind for step in waterfall.steps(scope)] == ["total", "more", "less", "total"]
    assert waterfall.finding(scope) == (
        "Checkout: 20 points planned, 23 now; 5 came in, new estimates took away 2"
    )


def test_approved_additions_are_told_so() -> None:
    """None of them unapproved."""
    line = replace(initiatives.line(20, 5), approved=Decimal(5), unapproved=Decimal(0))
    scope = replace(initiatives.scope(line), change_label="cr")

    assert waterfall.finding(scope).endswith("5 came in, none of them unapproved")


def test_a_scope_that_did_not_change_is_told_so() -> None:
    """Its picture is two bars."""
    scope = initiatives.scope(initiatives.line(0), initiatives.line(8))
    picture = waterfall.picture(scope)

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout: 8 issues planned, 8 now; nothing came or went"
    assert [row["text"] for row in picture.data["steps"]] == ["8", "8"]


def test_a_removal_reads_with_a_minus_and_an_hour_as_an_hour() -> None:
    """The bar lies from the lower to the higher end."""
    scope = replace(initiatives.scope(initiatives.line(7200, removed=3600)), unit=Unit.SECONDS)
    picture = waterfall.picture(scope)

    assert isinstance(picture, Chart)
    row = picture.data["steps"][1]
    assert (row["text"], row["low"], row["high"]) == ("\u22121", 1.0, 2.0)
    assert [said(cell) for cell in picture.table.rows[1].cells] == ["Removed", "-1", "1"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (replace(initiatives.line(5), now=Decimal(9)), "its scope does not add up"),
        (initiatives.line(0), "nothing was ever in scope"),
    ],
)
def test_a_scope_that_cannot_be_drawn_says_why(line: object, reason: str) -> None:
    """A sentence stands in the place of the picture."""
    picture = waterfall.picture(initiatives.scope(line, line))  # type: ignore[arg-type]  # a line

    assert isinstance(picture, Paragraph)
    assert reason in said(picture.text)


def test_cost_curves_begin_at_nothing_and_end_where_the_week_stands() -> None:
    """The last week ends on the day of the report, not on its Sunday."""
    data = costs.data(AT, pictures.budget(), Decimal(120000))
    spent = [row for row in data["lines"] if row["series"] == "spent"]

    assert (spent[0]["at"], spent[0]["value"]) == ("2026-08-31", 0.0)
    assert (spent[-1]["at"], spent[-1]["value"]) == ("2026-11-20", 76800.0)
    assert [end["text"] for end in data["ends"]] == [
        "Budget 120\u202f000",
        "Planned 84\u202f000",
        "Earned 67\u202f200",
        "Spent 76\u202f800",
    ]


def test_the_caption_of_the_costs_names_the_amounts_and_calls_nothing_good() -> None:
    """With the unit once."""
    picture = costs.picture(AT, initiatives.initiative(), pictures.budget())

    assert isinstance(picture, Chart)
    assert picture.caption == (
        "Checkout: 76\u202f800 EUR spent, 67\u202f200 earned, 84\u202f000 planned of 120\u202f000"
    )
    assert len(picture.table.rows) == 12


def test_a_line_that_is_not_known_is_not_drawn() -> None:
    """Without a plan nothing is planned; the caption leaves it out too."""
    weeks = tuple(replace(week, planned=None) for week in pictures.budget().weeks)
    held = replace(pictures.budget(), weeks=weeks)

    assert {row["series"] for row in costs.data(AT, held, Decimal(120000))["lines"]} == {"earned", "spent"}
    assert "planned" not in costs.finding("Checkout", held, Decimal(120000))


def test_costs_that_are_known_in_part_are_told_so() -> None:
    """Else a line that lies low would look good."""
    held = replace(initiatives.budget(logged="0.5"), weeks=pictures.budget().weeks)

    assert costs.finding("Checkout", held, Decimal(1000)).endswith("; what was spent is known in part only")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (initiatives.budget(whole=None), "no budget is configured"),
        (pictures.budget(1), "fewer than two weeks are known"),
    ],
)
def test_costs_that_cannot_be_drawn_say_why(held: object, reason: str) -> None:
    """A sentence stands in the place of the picture."""
    picture = costs.picture(AT, initiatives.initiative(), held)  # type: ignore[arg-type]  # a budget

    assert isinstance(picture, Paragraph)
    assert reason in said(picture.text)


def test_a_name_in_a_caption_is_cut_where_it_is_endless() -> None:
    """Jira's longest name has 255 letters."""
    assert len(values.name("n" * 255)) == 48
    assert values.number(Decimal("0.33333")) == 0.333


def test_the_first_initiatives_are_drawn_and_the_others_are_named_as_not() -> None:
    """In the order of the configuration."""
    held = replace(AT, initiatives=tuple(initiatives.initiative(name) for name in ("One", "Two", "Three")))
    (section,) = initiative_pictures.sections(held)

    assert [block.id for block in section.blocks if isinstance(block, Chart)] == ["scope-checkout"] * 2
    assert told(section)[-1] == "The first 2 of 3 initiatives are drawn, in the order of the configuration."


def test_without_scope_and_budget_no_initiative_is_drawn() -> None:
    """What is missing is said beside the others."""
    nothing = initiatives.initiative(scope=None, budget=None)

    assert initiative_pictures.sections(replace(AT, initiatives=(nothing,))) == ()


def test_a_single_initiative_is_drawn_without_a_word_about_others() -> None:
    """Its costs are none yet, for it has no weeks."""
    (section,) = initiative_pictures.sections(replace(AT, initiatives=(initiatives.initiative(),)))

    assert told(section)[-1] == "Checkout: costs are not drawn, for fewer than two weeks are known."
