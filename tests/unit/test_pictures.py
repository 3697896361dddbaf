"""The pictures of plans and estimates: their data, and the findings in their captions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pmreport.metrics.consistency import Bucket, Consistency
from pmreport.metrics.ledger import Unit
from pmreport.metrics.milestones import Report, trend
from pmreport.metrics.planned_value import Plan
from pmreport.metrics.scope import ScopeItem
from pmreport.metrics.sprint import SprintLedger
from pmreport.report import charts
from pmreport.report.inputs import Initiative, Measure
from pmreport.report.pictures import (
    bias,
    burndown,
    costs,
    fan,
    hours,
    progress,
    sizes,
    slips,
    values,
    waterfall,
)
from pmreport.report.sections import burnups, initiative_bars, initiative_pictures
from pmreport.report.view import Bars, Chart, Number, Paragraph
from pmreport.stats.proportion import Interval
from pmreport.stats.ranks import Agreement
from tests.support import initiatives, pictures
from tests.support.report_inputs import (
    DONE,
    Story,
    estimation,
    frame_of,
    ledger_of,
    measure,
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


def test_a_sprint_that_never_held_anything_has_no_burn_up() -> None:
    """Without an item, or without an estimate; a line along the bottom would be an even pace."""
    empty = frame_of("Sprint 1", 1, "2026-11-16 08:00", "2026-11-27 16:00", None)
    bare = replace(empty, issues=running_sprint().issues)

    told = [burnups.picture(AT, one, burnups.by_day(AT, one)) for one in (empty, bare)]

    assert [said(one.text) for one in told if isinstance(one, Paragraph)] == [
        "No burn-up of Sprint 1 is drawn: it holds no item.",
        "No burn-up of Sprint 1 is drawn: none of its items is estimated.",
    ]
    assert charts.behind(AT, empty) is None
    assert charts.finding(AT, bare).startswith("None of its items is estimated, and ")


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
    """The finding in the caption, every change in the order of the bars in its description."""
    picture = waterfall.picture(pictures.scope())

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout grew from 120 to 150 points; 12 came in unapproved"
    assert picture.description == (
        "Scope from the baseline to now, change by change: 120 points planned, 150 now; "
        "31 came in, 12 of them unapproved, 4 went, new estimates added 3."
    )


def test_without_a_label_for_changes_nothing_is_called_unapproved() -> None:
    """Nothing could have been approved."""
    scope = initiatives.scope(initiatives.line(20, 5, -2))

    assert [step.kind for step in waterfall.steps(scope)] == ["total", "more", "less", "total"]
    picture = waterfall.picture(scope)

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout grew from 20 to 23 points"
    assert picture.description.endswith("20 points planned, 23 now; 5 came in, new estimates took away 2.")


def test_approved_additions_are_told_so() -> None:
    """None of them unapproved."""
    line = replace(initiatives.line(20, 5), approved=Decimal(5), unapproved=Decimal(0))
    scope = replace(initiatives.scope(line), change_label="cr")

    picture = waterfall.picture(scope)

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout grew from 20 to 25 points"
    assert picture.description.endswith("5 came in, none of them unapproved.")


def test_a_scope_that_is_smaller_than_planned_shrank() -> None:
    """To what it is now."""
    assert waterfall.finding(initiatives.scope(initiatives.line(20, 0, -2))) == (
        "Checkout shrank from 20 to 18 points"
    )


def test_a_scope_that_did_not_change_is_told_so() -> None:
    """Its picture is two bars."""
    scope = initiatives.scope(initiatives.line(0), initiatives.line(8))
    picture = waterfall.picture(scope)

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout stands at 8 issues, as planned"
    assert picture.description.endswith("8 issues planned, 8 now; nothing came or went.")
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
    assert picture.caption == "Checkout: 67\u202f200 of 120\u202f000 EUR earned for 76\u202f800 spent"
    assert picture.description.endswith("84\u202f000 planned, 67\u202f200 earned, 76\u202f800 spent.")
    assert len(picture.table.rows) == 12


@pytest.mark.parametrize(
    ("start", "first", "said_early"),
    [
        (date(2026, 9, 15), "2026-09-13", "11\u202f200 of it before the plan began"),
        (date(2026, 8, 31), "2026-08-31", ""),
        (date(2026, 12, 7), "2026-08-31", ""),
    ],
    ids=["two weeks before", "nothing before", "not begun"],
)
def test_the_curves_begin_with_the_plan(start: date, first: str, said_early: str) -> None:
    """What was earned and spent before is where they begin, and the words say so."""
    plan = Plan(start=start, finish=date(2026, 12, 18), source="configured")
    picture = costs.picture(AT, initiatives.initiative(), replace(pictures.budget(), plan=plan))

    assert isinstance(picture, Chart)
    assert picture.data["lines"][0]["at"] == first
    assert picture.caption.partition("spent")[2].removeprefix(", ") == said_early
    assert ("before" in picture.description) is bool(said_early)


def test_before_a_plan_what_is_not_known_is_not_told() -> None:
    """Only what was spent then."""
    plan = Plan(start=date(2026, 9, 15), finish=date(2026, 12, 18), source="configured")
    weeks = tuple(replace(week, earned=None) for week in pictures.budget().weeks)
    picture = costs.picture(AT, initiatives.initiative(), replace(pictures.budget(), plan=plan, weeks=weeks))

    assert isinstance(picture, Chart)
    assert picture.caption == "Checkout: 76\u202f800 of 120\u202f000 EUR spent"
    assert picture.description.endswith("the plan began on 15 Sep 2026, with 12\u202f800 spent before.")


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


def test_a_bar_tells_what_is_done_of_what_is_in_scope() -> None:
    """The words count over all of them; one that holds nothing has no bar."""

    def holding(*done: bool) -> Initiative:
        items = tuple(
            ScopeItem(issue_id=number, issue_key=f"A-{number}", amount=None, is_done=each)
            for number, each in enumerate(done)
        )
        scope = replace(initiatives.scope(initiatives.line(3)), current=items)
        return initiatives.initiative(scope=scope)

    both = replace(AT, initiatives=(holding(True, False, True), holding(False), holding()))
    (section,) = initiative_bars.sections(both)
    bars = section.blocks[0]
    alone = (holding(True).scope,)

    assert isinstance(bars, Bars)
    assert section.brief
    assert bars.caption == "2 of 4 items of 2 initiatives are done"
    assert [[part.value for part in bar.segments] for bar in bars.bars] == [[2, 1], [0, 1]]
    assert [said(row.cells[3]) for row in bars.table.rows] == ["3", "1"]
    assert initiative_bars.finding(alone) == "1 of 1 item of Checkout is done"  # type: ignore[arg-type]
    assert initiative_bars.sections(AT) == ()


def test_a_fan_leads_from_today_to_the_day_of_each_chance() -> None:
    """From what is done to what is in scope; the band lies between the first and the last ray."""
    picture = fan.picture(pictures.forecast(), pictures.outlook())

    assert isinstance(picture, Chart)
    assert [(row["at"], row["value"], row["percent"]) for row in picture.data["rays"]] == [
        ("2026-11-20", 37, 50),
        ("2027-01-15", 67, 50),
        ("2026-11-20", 37, 85),
        ("2027-01-29", 67, 85),
        ("2026-11-20", 37, 95),
        ("2027-02-19", 67, 95),
    ]
    assert [row["low"] for row in picture.data["band"]] == [37, 55.462, 67]
    assert [row["text"] for row in picture.data["notes"]] == ["50 %: 15 Jan", "85 %: 29 Jan", "95 %: 19 Feb"]
    assert [row["text"] for row in picture.data["ends"]] == ["Scope 67", "37 done"]
    assert picture.data["due"] == ({"at": "2026-12-18", "text": "Due 18 Dec"},)
    assert [said(row.cells[0]) for row in picture.table.rows][-1] == "Due"


@pytest.mark.parametrize(
    ("tested", "words"),
    [
        ("untested", "such forecasts are untested"),
        ("too careful", "such forecasts were too careful"),
        ("nothing speaks against it", "nothing speaks against such forecasts"),
    ],
)
def test_a_fan_says_what_such_forecasts_were_worth(tested: str, words: str) -> None:
    """Nobody should believe a day without it."""
    told = fan.picture(pictures.forecast(), replace(pictures.outlook(), tested=tested, due=None))

    assert isinstance(told, Chart)
    assert told.caption.startswith("Checkout: 85 % sure by 29 Jan 2027")
    assert (words in told.caption) is ("nothing" not in words)
    assert told.description.endswith(
        "30 open items done by 15 Jan 2027 (50 %), 29 Jan 2027 (85 %) or 19 Feb 2027 (95 %); " + words + "."
    )
    assert told.data["due"] == ()


def test_a_fan_without_a_scope_begins_today() -> None:
    """What was done before is not known, so it is not called nothing."""
    picture = fan.picture(initiatives.initiative(scope=None), pictures.outlook())

    assert isinstance(picture, Chart)
    assert picture.data["done"] == ()
    assert [row["text"] for row in picture.data["ends"]] == ["30 open"]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2027, 1, 29), "the day it is due"),
        (date(2027, 1, 28), "1 day after it is due"),
        (date(2027, 2, 8), "10 days before it is due"),
    ],
)
def test_a_fan_says_how_far_it_is_from_the_day_due(due: date, words: str) -> None:
    """Of the likely day."""
    told = fan.picture(pictures.forecast(), replace(pictures.outlook(), due=due, tested="fair"))

    assert isinstance(told, Chart)
    assert told.caption == f"Checkout: 85 % sure by 29 Jan 2027, {words}"


def test_a_day_due_long_ago_does_not_squeeze_the_fan() -> None:
    """The caption names it all the same; a day in another year is told with it."""
    far = ((50, date(2026, 12, 4)), (85, date(2026, 12, 11)), (95, date(2028, 1, 7)))
    picture = fan.picture(pictures.forecast(), replace(pictures.outlook(), due=date(2024, 1, 1), days=far))

    assert isinstance(picture, Chart)
    assert picture.data["due"] == ()
    assert "1075 days after it is due" in picture.caption
    assert "due 1 Jan 2024" in picture.description
    assert picture.data["notes"][-1]["text"] == "95 %: 7 Jan 2028"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open": 0}, "nothing of it is open"),
        ({"days": (), "note": "too few to say: 3 whole weeks are known, it needs 7"}, "too few to say"),
        ({"days": ((50, date(2026, 12, 1)),)}, "it takes more than ten years"),
        ({"days": tuple((percent, date(2026, 11, 20)) for percent in fan.DRAWN)}, "ten years"),
    ],
)
def test_a_forecast_that_cannot_be_drawn_says_why(changes: dict[str, Any], reason: str) -> None:
    """A sentence stands in the place of the picture."""
    picture = fan.picture(pictures.forecast(), replace(pictures.outlook(), **changes))

    assert isinstance(picture, Paragraph)
    assert reason in said(picture.text)


def test_the_bias_is_told_without_claiming_a_trend() -> None:
    """Over all, from the least to the most, and how often longer."""
    picture = bias.picture(estimation())

    assert isinstance(picture, Chart)
    assert picture.caption == (
        "Items took 1.21× their estimate over all, longer than estimated in 5 of 6 sprints"
    )
    assert picture.description.endswith("The least is 0.95×, the most 1.6×.")
    assert picture.data["sprints"][0] == {"sprint": "Sprint 18", "index": 1, "factor": 1.6, "n": 8}
    assert len(picture.table.rows) == 6


def test_one_sprint_is_no_line() -> None:
    """A sentence stands in the place of the picture."""
    picture = bias.picture(pictures.estimation(1))

    assert isinstance(picture, Paragraph)
    assert said(picture.text) == "The bias is not drawn: only 1 sprint can be told, and a line needs 2."


@pytest.mark.parametrize(
    ("rho", "interval", "words"),
    [
        (0.5, (0.2, 0.7), "Larger sizes take longer"),
        (0.1, (0.01, 0.2), "Larger sizes take longer, if weakly"),
        (0.4, (-0.1, 0.7), "No order shown between size and days"),
        (-0.5, (-0.7, -0.2), "Larger sizes take less long"),
    ],
)
def test_an_order_of_sizes_is_claimed_only_where_its_interval_keeps_clear_of_none(
    rho: float, interval: tuple[float, float], words: str
) -> None:
    """With both ends of it."""
    told = replace(
        pictures.consistency(),
        agreement=Agreement(n=122, rho=rho, tau=rho, p=0.01, rho_interval=Interval(*interval)),
    )

    assert sizes.finding(told).startswith(f"{words}: rank correlation ")


def test_without_an_interval_no_order_of_sizes_is_claimed() -> None:
    """However high the correlation looks."""
    told = replace(pictures.consistency(), agreement=Agreement(n=122, rho=0.9, tau=0.8, p=0.01))

    assert sizes.finding(told) == "Too few to say whether larger sizes take longer, over 122 items"


def test_sizes_of_few_items_are_drawn_item_by_item() -> None:
    """Below five there is no median."""
    data = sizes.data(pictures.consistency().buckets)

    assert data["dots"] == ({"size": 8.0, "n": 2, "days": 9}, {"size": 8.0, "n": 2, "days": 21})
    assert data["sizes"][-1] == {"size": 8.0, "n": 2, "middle": None, "low": None, "high": None}


def test_the_most_frequent_sizes_are_drawn_where_there_are_many() -> None:
    """In the order of their size; the caption says so."""
    buckets = tuple(Bucket(points=float(size), n=30 - size) for size in range(1, 16))
    picture = sizes.picture(Consistency(buckets=buckets, agreement=None, n=330), pictures.TABLE)

    assert [row["size"] for row in picture.data["sizes"]] == [float(size) for size in range(1, 13)]
    assert picture.caption.endswith(", the 12 most frequent sizes")


def test_the_trend_of_milestones_names_the_one_that_moved_furthest() -> None:
    """Those that kept their date are counted and not drawn."""
    picture = slips.picture(pictures.milestones(), pictures.TABLE)

    assert isinstance(picture, Chart)
    assert picture.caption == "2 of 3 milestones moved; Beta moved twice, 35 days later"
    assert {row["name"] for row in picture.data["plans"]} == {"Beta", "Payment by invoice"}
    assert [row["text"] for row in picture.data["ends"]] == ["6 Nov Beta", "20 Nov Payment by invoice"]
    assert picture.data["today"][0] == {"at": "2026-09-04", "value": 1788480000000}


@pytest.mark.parametrize(
    ("planned", "words"),
    [((28, 20), "moved once, 8 days earlier"), ((28, 30, 28), "moved twice, and is where it was")],
)
def test_a_date_that_came_nearer_or_came_back_is_told_so(planned: tuple[int, ...], words: str) -> None:
    """No word about good or bad."""
    first = date(2026, 9, 4)
    seen = [
        Report(first + timedelta(weeks=week), first + timedelta(days=days))
        for week, days in enumerate(planned)
    ]
    one = replace(initiatives.milestone("Beta", first, first), trend=trend(seen))
    picture = slips.picture((one,), pictures.TABLE)

    assert isinstance(picture, Chart)
    assert picture.caption == f"1 of 1 milestone moved; Beta {words}"


def test_dates_that_did_not_move_are_a_sentence() -> None:
    """A flat line needs no picture."""
    picture = slips.picture(pictures.milestones()[2:], pictures.TABLE)

    assert isinstance(picture, Paragraph)
    assert said(picture.text) == "No date moved, of 1 milestone seen in two weeks or more."


def test_milestones_seen_once_are_a_sentence() -> None:
    """Nor is there a line for one that never had a date."""
    first = date(2026, 9, 4)
    once = replace(initiatives.milestone("Beta", first, first), trend=trend([Report(first, first)]))
    never = replace(initiatives.milestone("Someday", None, None), trend=None)
    picture = slips.picture((once, never), pictures.TABLE)

    assert isinstance(picture, Paragraph)
    assert "from the second weekly report on" in said(picture.text)


def test_the_progress_of_a_goal_stands_beside_its_target_and_its_first_value() -> None:
    """The number rests on six sprints: it stands after the last of them, with its interval."""
    held = replace(measure(), interval=(Decimal("1.3"), Decimal("1.52")))
    picture = progress.picture(pictures.goal(), held)

    assert picture is not None
    assert picture.caption == (
        "Typical factor of completed items: 1.41× now, 1.8× at first, target at most 1.5×"
    )
    assert picture.data["now"] == ({"index": 6, "value": 1.414, "low": 1.3, "high": 1.52},)
    assert [end["text"] for end in picture.data["ends"]] == ["1.41×", "Target at most 1.5×", "At first 1.8×"]
    assert [said(row.cells[0]) for row in picture.table.rows][:3] == ["At first", "Target", "Value 1"]


def test_a_goal_without_target_and_first_value_shows_its_values_alone() -> None:
    """The newest value is the number itself, so it has no place of its own; a gap has no row."""
    gapped = (Decimal(1), None, Decimal(2), Decimal(3))
    held = replace(measure(), value=Decimal(3), trend=gapped, baseline=None, unit="days")
    picture = progress.picture(replace(pictures.goal(), target=None, indicator=""), held)

    assert picture is not None
    assert picture.caption == "The measure: 3 days now"
    assert [row["index"] for row in picture.data["values"]] == [0, 2, 3]
    assert picture.data["now"] == ({"index": 3, "value": 3.0, "low": None, "high": None},)
    assert picture.data["lines"] == ()


@pytest.mark.parametrize(
    "held",
    [replace(measure(), value=None), replace(measure(), trend=(Decimal(1), None, Decimal(2)))],
    ids=["no number", "two values"],
)
def test_a_goal_of_few_values_has_no_picture(held: Measure) -> None:
    """Its row of facts says all there is."""
    assert progress.picture(pictures.goal(), held) is None


def test_estimates_in_hours_are_told_by_their_size() -> None:
    """The smallest and the largest size that have a factor; that they differ is not claimed."""
    picture = hours.picture(pictures.groups())

    assert picture is not None
    assert picture.caption == (
        "Items estimated at up to 2 h took 2.4× as long as said, those at over 16 to 40 h 0.9×"
    )
    assert [row["text"] for row in picture.data["groups"]][2:4] == ["1.2×, 40 items", "3 items, too few"]
    assert [said(cell) for cell in picture.table.rows[3].cells] == ["over 8 to 16 h", "3", "– x", "– x"]


def test_one_size_of_estimates_in_hours_is_no_comparison() -> None:
    """Nor are types and components sizes."""
    assert hours.picture((pictures.groups()[0], pictures.groups()[3], pictures.groups()[-1])) is None
