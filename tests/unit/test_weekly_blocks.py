"""The blocks of the weekly report that rest on the draft, the initiatives and the data quality."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmreport.model.problem import ProblemKind
from pmreport.report import build, dimensions, links, narrative, rag
from pmreport.report.colours import Colour
from pmreport.report.dimensions import Dimension
from pmreport.report.draft import (
    Ask,
    Danger,
    Draft,
    Outcome,
    Override,
    Planned,
    Promise,
    PromiseResult,
    problems,
)
from pmreport.report.inputs import Initiative, Inputs, Lateness, Marker, Restatement
from pmreport.report.restricted import withhold
from pmreport.report.sections import (
    accomplished,
    bottom_line,
    confidence,
    decisions,
    initiatives,
    milestones,
    planned,
    promises,
    prose,
    risks,
    state,
)
from pmreport.report.view import Items, Link
from tests.support import pictures
from tests.support.initiatives import budget, finding, initiative, line, milestone, scope
from tests.support.report_inputs import empty_inputs, rich_inputs, said, section_of, told, utc


def holding(*held: Initiative, **facts: object) -> Inputs:
    """Inputs of 20 November, read on that day, with these initiatives."""
    inputs = replace(empty_inputs(), data_as_of=utc("2026-11-20 08:00"), initiatives=held)
    return replace(inputs, **facts)  # type: ignore[arg-type]  # any field of it


def drafted(**parts: object) -> Inputs:
    """The sample week with a draft."""
    return replace(rich_inputs(), draft=Draft(**parts))  # type: ignore[arg-type]  # any part of it


def dimension(inputs: Inputs, name: str) -> Dimension:
    """The dimension of this name as it is reported."""
    return next(one for one in rag.verdict(inputs).dimensions if one.id == name)


def override(dimension_name: str, colour: Colour, until: date = date(2026, 12, 4)) -> Override:
    """A colour set by hand."""
    return Override(dimension=dimension_name, colour=colour, reason="the plan is being redone.", until=until)


@pytest.mark.parametrize(
    ("spi", "colour", "why"),
    [
        ("1", Colour.GREEN, "Checkout keeps its plan"),
        ("1.2", Colour.GREEN, "Checkout is 20 % ahead of its plan"),
        ("55.6", Colour.GREEN, "Checkout is 56 times as far as its plan"),
        ("0.95", Colour.AMBER, "Checkout is 5 % behind its plan"),
        ("0.8", Colour.RED, "Checkout is 20 % behind its plan"),
        (None, Colour.GREY, "neither a start and a finish nor a sprint is known"),
    ],
)
def test_the_schedule_is_one_minus_spi_t(spi: str | None, colour: Colour, why: str) -> None:
    """Of the worst initiative; without a plan the reason is given."""
    found = dimension(holding(initiative("App"), initiative(budget=budget(spi=spi))), "schedule")
    alone = dimension(holding(initiative(budget=budget(spi=spi))), "schedule")

    assert (alone.colour, alone.why) == (colour, why)
    assert found.colour in {colour, Colour.GREEN}


@pytest.mark.parametrize(
    ("late", "colour", "why"),
    [
        (0, Colour.GREEN, "Checkout is 85 % likely done by 21 Dec 2026, in time"),
        (1, Colour.GREEN, "Checkout is 85 % likely done by 21 Dec 2026, 1 working day past due"),
        (6, Colour.RED, "Checkout is 85 % likely done by 21 Dec 2026, 6 working days past due"),
    ],
)
def test_without_a_plan_the_likely_finish_is_held_against_the_due_day(
    late: int, colour: Colour, why: str
) -> None:
    """Working days past due over the planned working days."""
    lateness = Lateness(finish=date(2026, 12, 21), due=date(2026, 12, 18), late_days=late, duration_days=60)
    found = dimension(holding(initiative(budget=budget(spi=None), lateness=lateness)), "schedule")

    assert (found.colour, found.why) == (colour, why)


@pytest.mark.parametrize(
    ("held", "colour", "why"),
    [
        (scope(line(100)), Colour.GREEN, "Checkout holds what its baseline did"),
        (scope(line(100, added=10)), Colour.AMBER, "Checkout grew by 10 % since its baseline"),
        (scope(line(100, removed=30)), Colour.GREEN, "Checkout shrank by 30 % since its baseline"),
        (scope(line(0), line(4, added=1)), Colour.RED, "Checkout grew by 25 % since its baseline"),
        (scope(line(0), line(0)), Colour.GREY, "no sprint with a commitment yet"),
        (None, Colour.GREY, "no sprint with a commitment yet"),
        (
            scope(replace(line(100), now=Decimal(7))),
            Colour.AMBER,
            "Checkout holds what its baseline did, and the scope of Checkout does not add up",
        ),
    ],
)
def test_scope_is_the_net_growth_of_an_initiative(held: object, colour: Colour, why: str) -> None:
    """By estimates, else by items; sums that do not hold are never green."""
    found = dimension(holding(initiative(scope=held)), "scope")

    assert (found.colour, found.why) == (colour, why)


@pytest.mark.parametrize(
    ("held", "colour", "why"),
    [
        (budget(), Colour.GREEN, "Checkout will cost its budget"),
        (budget(spent=400), Colour.GREEN, "Checkout will cost 20 % less than its budget"),
        (budget(spent=600), Colour.RED, "Checkout will cost 20 % more than its budget"),
        (budget(whole=None), Colour.GREY, "no budget is configured"),
        (budget(whole=0), Colour.GREY, "the budget is zero"),
        (budget(earned=0), Colour.GREY, "nothing is earned yet"),
        (
            budget(logged="0.5"),
            Colour.GREY,
            "no CPI: logged hours cover 50 % of those expected, below 80 %",
        ),
        (None, Colour.GREY, "nobody knows"),
    ],
)
def test_the_budget_is_the_estimate_over_it(held: object, colour: Colour, why: str) -> None:
    """EAC / BAC - 1, and grey where hours are missing: that would look good."""
    found = dimension(holding(initiative(budget=held, budget_missing="nobody knows")), "budget")

    assert (found.colour, found.why) == (colour, why)


@pytest.mark.parametrize(
    ("found", "colour", "why"),
    [
        (finding("F3", 3), Colour.GREEN, "3 of 100 items done had to be done again"),
        (finding("F3", 20), Colour.RED, "20 of 100 items done had to be done again"),
        (finding("F3", 0, 0), Colour.GREY, "nothing was done"),
        (finding("F3", 0, unknown_why="no history"), Colour.GREY, "no history"),
        (finding("F1", 0), Colour.GREY, "what was reopened was not counted"),
    ],
)
def test_quality_is_what_had_to_be_done_again(found: object, colour: Colour, why: str) -> None:
    """Reopened over done."""
    told_as = dimension(holding(findings=(found,)), "quality")

    assert (told_as.colour, told_as.why) == (colour, why)


def test_data_that_fail_a_check_make_no_green() -> None:
    """What is green becomes amber, and says which check; what is red stays red."""
    good, bad = initiative(), initiative(budget=budget(spi="0.5"))
    blocked = (finding("W1", 40),)

    assert dimension(holding(good, findings=blocked), "schedule").why == (
        "Checkout keeps its plan, but the data behind it do not pass check W1"
    )
    assert dimension(holding(good, findings=blocked), "schedule").colour is Colour.AMBER
    assert dimension(holding(bad, findings=blocked), "schedule").colour is Colour.RED
    assert dimension(holding(good, findings=(finding("W1", 1),)), "schedule").colour is Colour.GREEN


def test_an_override_is_told_with_its_reason_and_its_last_day() -> None:
    """The measure stays beside it, and decides the overall state no more."""
    inputs = holding(
        initiative(budget=budget(spi="0.8")),
        draft=Draft(overrides=(override("schedule", Colour.AMBER),)),
        as_of=utc("2026-11-20 12:00"),
    )
    verdict = rag.verdict(inputs)

    assert verdict.colour is Colour.AMBER
    assert "the plan is being redone (measured red: Checkout is 20 % behind its plan)" in verdict.why
    assert (
        "Set to amber by hand until 4 Dec 2026: the plan is being redone. Measured red. "
        "Amber from 5 %, red from 10 %."
    ) in told(state.section(verdict))[0]
    assert verdict.problems == ()


def test_a_green_over_a_red_measure_is_a_watermelon() -> None:
    """It is called out in the headline, in the state and among what is odd."""
    inputs = holding(
        initiative(budget=budget(spi="0.8")), draft=Draft(overrides=(override("schedule", Colour.GREEN),))
    )
    report = build.weekly(inputs)

    assert "Schedule is reported green while its measure is red." in said(report.headline.text)
    assert told(section_of(report, "state"))[0] == (
        "Watermelon. Schedule is reported green while its measure is red."
    )
    assert any("reported green while its measure" in row for row in told(section_of(report, "confidence")))


def test_an_expired_override_is_ignored_and_told() -> None:
    """Its last day counts still."""
    late, last = (
        holding(
            initiative(budget=budget(spi="0.8")),
            draft=Draft(overrides=(override("schedule", Colour.GREEN, day),)),
            as_of=utc("2026-11-20 12:00"),
        )
        for day in (date(2026, 11, 19), date(2026, 11, 20))
    )
    verdict = rag.verdict(late)

    assert verdict.colour is Colour.RED
    assert [one.kind for one in verdict.problems] == [ProblemKind.OVERRIDE_EXPIRED]
    assert told(state.section(verdict))[-1] == (
        "1 override expired and ignored: schedule (until 19 Nov 2026)."
    )
    assert dimension(last, "schedule").colour is Colour.GREEN


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ((Colour.RED,), "2 weeks red, → as last week."),
        ((Colour.GREEN, Colour.AMBER), "1 week red, ↓ worse than last week."),
        ((Colour.GREY,), "1 week red."),
        ((None, Colour.RED, Colour.RED), "3 weeks red, → as last week."),
    ],
)
def test_the_weeks_in_a_colour_are_counted_over_reports(
    before: tuple[Colour | None, ...], words: str
) -> None:
    """With an arrow against last week, where that was known."""
    inputs = holding(initiative(budget=budget(spi="0.8")), colours_before=before)

    assert words in told(state.section(rag.verdict(inputs)))
    assert "Not told yet" not in repr(build.weekly(inputs))


def test_a_better_week_has_an_arrow_up() -> None:
    """Green after red."""
    assert rag.verdict(holding(initiative(), colours_before=(Colour.RED,))).arrow == "better"


def test_the_draft_says_the_bottom_line() -> None:
    """With a link at every key that is known; a comment is not needed then."""
    inputs = drafted(bottom_line="WEB-4 is late, NOPE-1 is not.")
    (paragraph,) = bottom_line.section(inputs).blocks

    assert told(bottom_line.section(inputs)) == ["WEB-4 is late, NOPE-1 is not."]
    assert repr(paragraph).count("Link(") == 1


def test_a_key_alone_is_told_with_its_summary() -> None:
    """And still counted among what is odd."""
    assert said(links.words(rich_inputs(), " WEB-4 ")) == "WEB-4 Retry a failed payment"


def test_asks_of_the_draft_come_first_with_age_and_cost() -> None:
    """Then newer comments: those the draft was filled in from are the draft's to tell."""
    inputs = drafted(
        harvested=utc("2026-11-17 00:00"),
        asks=(
            Ask(
                what="sign it",
                from_whom="Board",
                by=date(2026, 11, 19),
                cost_of_delay="a day a day.",
                raised=date(2026, 11, 11),
            ),
            Ask(what="Name somebody", raised=date(2026, 11, 20)),
            Ask(what="Later", raised=date(2027, 1, 1)),
        ),
    )
    inputs = withhold(replace(inputs, as_of=utc("2026-11-20 12:00")))

    assert told(decisions.section(inputs)) == [
        "[Ask] Sign it | From Board, by 2026-11-19 [Overdue]. Waiting costs: a day a day. Asked 9 days ago.",
        "[Ask] Name somebody | [Nobody is named]. Asked today.",
        "[Ask] Later | [Nobody is named].",
        "[Ask] Name an owner for the status page. | Junior PM on WEB-3, 2026-11-18, 2 days ago.",
        "[Decision] We show prices with tax everywhere. | Junior PM on WEB-3, 2026-11-17, 3 days ago.",
    ]
    assert decisions.asks(inputs)[0] == "Sign it"


def test_the_outcomes_and_the_plan_of_the_draft_stand_as_written() -> None:
    """At most five of each, the rest counted."""
    inputs = drafted(
        accomplished=tuple(Outcome(what=f"Did {number}") for number in range(7)),
        plan=(Planned(item="WEB-4", owner="Robin", done_means="live."), Planned(item="Rest")),
    )

    assert told(accomplished.section(inputs)) == [*(f"Did {number}" for number in range(5)), "and 2 more"]
    assert told(planned.section(inputs)) == [
        "WEB-4 Retry a failed payment | Robin. Done means: live.",
        "Rest | [No owner].",
    ]


def test_the_risks_of_the_draft_come_first() -> None:
    """With everything that was written about them."""
    inputs = drafted(
        harvested=utc("2026-11-20 00:00"),
        dangers=(
            Danger(what="fee", impact="margin", owner="Kim", mitigation="talks.", path_to_green="a price"),
            Danger(what="rain"),
            Danger(what="snow", impact="cold"),
        ),
    )

    assert told(risks.section(inputs))[:3] == [
        "[Risk] Fee | Impact: margin. Owner: Kim. Mitigation: talks. Path to green: a price.",
        "[Risk] Rain | [No owner]",
        "[Risk] Snow | Impact: cold. [No owner]",
    ]
    assert "provider may raise" not in repr(risks.section(inputs))


def test_last_weeks_plan_is_scored_entry_by_entry() -> None:
    """By the draft, else by Jira; what came unplanned stands behind."""
    before = Draft(
        plan=(
            Planned(item="WEB-4 Retry a failed payment"),
            Planned(item="Talk to sales"),
            Planned(item="WEB-3 Show the tax"),
            Planned(item="WEB-2 Remember the address"),
        )
    )
    inputs = drafted(
        promises=(
            Promise(id="2", result=PromiseResult.NOT_DONE, reason="they were away."),
            Promise(id="WEB-2", result=PromiseResult.DONE),
            Promise(id="WEB-6", result=PromiseResult.UNPLANNED, reason="a customer called"),
            Promise(id="7", result=PromiseResult.UNPLANNED, reason="the office moved"),
        )
    )
    cards = {**inputs.cards, 4: replace(inputs.cards[4], is_done=True)}

    assert told(promises.section(replace(inputs, draft_before=before, cards=cards))) == [
        "2 of 4 planned entries are done; 2 things came unplanned. By the plan in last week's draft.",
        "[Done] WEB-4 Retry a failed payment",
        "[Not done] Talk to sales | They were away.",
        "[Not done] WEB-3 Show the tax | In Jira: In Review.",
        "[Done] WEB-2 Remember the address",
        "[Unplanned] WEB-6 Explain a declined card | A customer called.",
        "and 1 more",
    ]


def test_a_promise_without_a_reason_is_told() -> None:
    """Not done is not enough; a number that names nothing gives its reason alone."""
    before = Draft(plan=(Planned(item="Talk to sales"),))
    inputs = drafted(promises=(Promise(id="9", result=PromiseResult.UNPLANNED, reason="the office moved"),))

    assert told(promises.section(replace(inputs, draft_before=before))) == [
        "The one planned entry is not done; 1 thing came unplanned. By the plan in last week's draft.",
        "[Not done] Talk to sales | [No reason is given]",
        "[Unplanned] The office moved.",
    ]


def test_without_a_plan_there_is_no_promise() -> None:
    """It says so; a result of it is odd."""
    assert told(promises.section(rich_inputs())) == [
        "Last week's report held no plan, so there is no promise to check."
    ]


def test_what_to_mend_in_a_draft_stops_nothing() -> None:
    """Too long, too wordy, the same words as last week, a result of what was not planned."""
    draft = Draft(
        bottom_line="All well.",
        dangers=tuple(Danger(what=f"{number}") for number in range(6)),
        promises=(
            Promise(id="X", result=PromiseResult.DONE),
            Promise(id="y", result=PromiseResult.UNPLANNED),
        ),
    )

    assert [one.kind for one in problems(draft, Draft(bottom_line="All well."))] == [
        ProblemKind.DRAFT_TOO_LONG,
        ProblemKind.SAME_BOTTOM_LINE,
        ProblemKind.PROMISE_UNKNOWN,
    ]
    wordy = Draft(
        bottom_line="word " * 240, asks=(Ask(what="more", cost_of_delay="not " * 99),), prose="x " * 99
    )
    assert [(one.kind, one.detail) for one in problems(wordy, None)] == [
        (ProblemKind.DRAFT_TOO_WORDY, "241 words, of 240 at most")
    ]
    assert problems(replace(wordy, asks=()), None) == ()
    assert [one.kind for one in problems(replace(draft, dangers=()), None)] == [ProblemKind.PROMISE_UNKNOWN]


def test_a_restricted_issue_is_not_named_by_a_draft() -> None:
    """Its key is taken out of what a person typed; everything else stays."""
    inputs = drafted(
        bottom_line="WEB-4 and WEB-3 are late.",
        overrides=(override("data", Colour.AMBER),),
        promises=(Promise(id="WEB-4", result=PromiseResult.DONE),),
    )
    cards = {**inputs.cards, 4: replace(inputs.cards[4], restricted=True)}
    report = build.weekly(replace(inputs, cards=cards, draft_before=Draft(plan=(Planned(item="WEB-4"),))))

    assert told(section_of(report, "bottom-line")) == ["Restricted item and WEB-3 are late."]
    assert "WEB-4" not in repr([section_of(report, name) for name in ("bottom-line", "promises")])


def test_milestones_stand_against_a_date_that_never_moves() -> None:
    """Those to come and those just reached; the last column says how far each slid."""
    inputs = replace(
        rich_inputs(),
        as_of=utc("2026-11-20 12:00"),
        milestones=(
            milestone("Old", date(2026, 4, 24), date(2026, 4, 24), date(2026, 4, 24)),
            milestone("Just", date(2026, 11, 9), date(2026, 11, 9), date(2026, 11, 10)),
            milestone("Early", date(2026, 11, 19), date(2026, 11, 9), date(2026, 11, 18)),
            milestone("Surprise", None, None, date(2026, 11, 12)),
            milestone("Late", date(2026, 11, 2), date(2026, 11, 16)),
            milestone("Next", date(2026, 12, 18), date(2026, 12, 18)),
            milestone("Some day", None, None),
        ),
    )

    assert told(milestones.section(inputs)) == [
        "Just | [Released] | 2026-11-09 | 2026-11-10 | +1 day",
        "Early | [Released] | 2026-11-19 | 2026-11-18 | -1 day",
        "Surprise | [Released] | – | 2026-11-12 | it never had a date",
        "Late | [Overdue] | 2026-11-02 | 2026-11-16 | +14 days",
        "Next | [To come] | 2026-12-18 | 2026-12-18 | 0 days",
        "Some day | [No date] | – | – | –",
        "The first date is the one that was seen first, and never moves.",
        "How far they move is shown from the second weekly report on.",
    ]
    assert "no milestone to hold" in told(milestones.section(rich_inputs()))[0]


def test_milestones_that_moved_are_drawn_over_a_table_of_their_moves() -> None:
    """Also those that kept their date stand in the table."""
    section = milestones.section(replace(rich_inputs(), milestones=pictures.milestones()))

    assert told(section)[-3:] == [
        "Beta | 2026-09-04 | 2026-10-02 | 2026-11-06 | 2 | +35 days",
        "Payment by invoice | 2026-09-04 | 2026-11-13 | 2026-11-20 | 2 | +7 days",
        "Launch | 2026-09-04 | 2026-12-04 | 2026-12-04 | 0 | 0 days",
    ]


def test_the_scope_of_an_initiative_adds_up_in_a_line() -> None:
    """By estimates, else by items; its budget beside it."""
    inputs = holding(
        initiative(scope=scope(line(166, 108, 42, 1), is_kept=True)),
        initiative("App", scope=scope(line(0), line(4, 1, -2)), budget=budget(spi=None, logged="0.5")),
        initiative(
            "Web", scope=None, scope_missing="it has no baseline", budget=None, budget_missing="no rates"
        ),
        initiative("Odd", scope=scope(replace(line(5), now=Decimal(9))), budget=budget(whole=None)),
        initiative("Empty", scope=scope(line(0), line(0))),
    )

    assert told(initiatives.section(inputs)) == [
        (
            "Checkout, in points: 166 baseline + 108 added + 42 re-estimated − 1 removed = 315 now. | "
            "Baseline kept for 2026-09-01, net growth +90 %; 0 of 0 planned items delivered, "
            "0 items in scope now."
        ),
        (
            "App, in issues: 4 baseline + 1 added − 2 re-estimated − 0 removed = 3 now. | "
            "Held against 2026-09-01, net growth -25 %; 0 of 0 planned items delivered, "
            "0 items in scope now."
        ),
        "Web: it has no baseline.",
        (
            "Odd, in points: 5 baseline + 0 added + 0 re-estimated − 0 removed = 9 now. | "
            "Held against 2026-09-01, net growth 0 %; 0 of 0 planned items delivered, "
            "0 items in scope now."
        ),
        (
            "Empty, in issues: 0 baseline + 0 added + 0 re-estimated − 0 removed = 0 now. | "
            "Held against 2026-09-01; 0 of 0 planned items delivered, "
            "0 items in scope now."
        ),
        "The numbers do not add up. Read the scope of Odd with care.",
        "Checkout | 1000 | 500 | 500 | 1 | 1000 | 0 % | 1 | 2026-12-18",
        "App | 1000 | 500 | 500 | – | – | – % | – | –",
        "Odd | – | 500 | 500 | 1 | – | – % | 1 | 2026-12-18",
        "Empty | 1000 | 500 | 500 | 1 | 1000 | 0 % | 1 | 2026-12-18",
        "App: no CPI: logged hours cover 50 % of those expected, below 80 %.",
        "Web: no rates.",
    ]


def test_without_an_initiative_the_section_says_so() -> None:
    """It is not left out in silence; without a budget no table is empty."""
    assert "No initiative is configured" in told(initiatives.section(empty_inputs()))[0]
    assert len(initiatives.section(holding(initiative(budget=None, budget_missing="x"))).blocks) == 2
    nothing = initiative(budget=budget(whole=None, spent=0, spi=None))
    assert told(initiatives.section(holding(nothing)))[-1] == (
        "Checkout: no budget is configured, and nothing was spent."
    )


def test_failed_checks_name_the_numbers_that_no_green_rests_on() -> None:
    """Up to four by name; checks that could not be made do not count."""
    inputs = replace(
        rich_inputs(),
        findings=(
            finding("W1", 40),
            finding("P4", 60),
            finding("S2", 30),
            finding("S1", 10),
            finding("F1", 0),
            finding("B3", 0, unknown_why="x"),
        ),
    )
    lines = told(confidence.section(inputs))

    assert "5 checks of the data: 3 failed, 1 with a remark." in lines
    assert any(line.startswith("[W1] Done without logged work: 40 of 100 items done;") for line in lines)
    assert any("No green rests on: Bias factor" in line and line.endswith("more.") for line in lines)


def test_a_failed_check_leads_to_what_it_found() -> None:
    """To the issues that may be named; what is restricted is counted and not in the address."""
    known = rich_inputs()
    keys = tuple(card.key for card in known.cards.values())
    hidden = keys[-1]
    cards = {each: replace(card, restricted=card.key == hidden) for each, card in known.cards.items()}
    found = replace(finding("W1", 40), subjects=(*keys, "Sprint 9"))
    (block, *_) = confidence.section(replace(withhold(replace(known, cards=cards)), findings=(found,))).blocks

    assert isinstance(block, Items)
    (link,) = (part for item in block.items for part in item.detail if isinstance(part, Link))
    assert link.text == "3 of them in Jira"
    assert hidden not in link.href
    assert next(key for key in keys if key != hidden) in link.href


def test_prose_of_a_draft_stands_in_paragraphs() -> None:
    """A heading in bold, keys linked, at most twenty; nothing without prose."""
    inputs = drafted(prose="# Why\n\nWEB-4 waits\nfor them.\n\n" + "\n\n".join("x" for _ in range(19)))
    (section,) = prose.sections(inputs)

    assert told(section)[:2] == ["Why", "WEB-4 waits for them."]
    assert told(section)[-1] == "1 more in the draft."
    assert prose.sections(drafted()) == prose.sections(rich_inputs()) == ()


def test_a_colour_is_judged_by_its_threshold() -> None:
    """At the threshold is already amber."""
    assert dimensions.colour_of(Decimal("0.05"), rich_inputs().thresholds.budget) is Colour.AMBER


def test_a_summary_after_the_draft_was_begun_is_not_lost() -> None:
    """Newer comments are added by themselves."""
    inputs = drafted(harvested=utc("2026-11-19 00:00"))

    assert told(bottom_line.section(inputs))[0].startswith("Guests can check out")
    assert any(one.marker is Marker.SUMMARY for one in inputs.notes)


def test_a_draft_plan_needs_no_more_than_words() -> None:
    """Without an owner, and without what done means."""
    assert told(planned.section(drafted(plan=(Planned(item="Rest"),)))) == ["Rest | [No owner]."]


def test_an_old_colour_that_was_green_leaves_no_arrow_to_grey() -> None:
    """Nothing known is neither better nor worse."""
    verdict = rag.verdict(replace(empty_inputs(), colours_before=(Colour.GREEN,)))

    assert (verdict.arrow, verdict.weeks) == ("", 1)


def test_checks_without_a_number_behind_them_have_no_second_line() -> None:
    """Context blocks nothing."""
    inputs = replace(rich_inputs(), findings=(finding("P4", 60), finding("W6", 60)))

    assert any("[W6]" in line for line in told(confidence.section(inputs)))


def test_what_a_draft_leaves_out_is_not_told() -> None:
    """An ask without a day and an age, prose of one paragraph, and an override for an unknown measure."""
    assert told(decisions.section(drafted(asks=(Ask(what="sign"),))))[0] == "[Ask] Sign | [Nobody is named]."
    to_come = Ask(what="sign", by=date(2027, 1, 4))
    assert "Overdue" not in told(decisions.section(drafted(asks=(to_come,))))[0]
    (section,) = prose.sections(drafted(prose="One."))
    assert told(section) == ["One."]
    all_known = holding(initiative(), findings=(finding("F3", 0),))
    assert not any("Not known" in line for line in told(state.section(rag.verdict(all_known))))


def test_an_address_without_a_marker_is_of_nobody() -> None:
    """Words alone ask nobody by name."""
    (note, *_) = rich_inputs().notes

    assert narrative.asked_of(rich_inputs(), replace(note, text="just words")) == ("", "")


def test_a_number_of_last_week_that_changed_is_restated() -> None:
    """A line each with its cause, the item linked; what has no cause says so, and the rest is counted."""
    one = Restatement(
        period="2026-W46", label="Items delivered", was="12", now="11", why="WEB-7 was reopened"
    )
    inputs = replace(rich_inputs(), restatements=(one, *[replace(one, label="Spent", why="")] * 6))
    lines = [line for line in told(confidence.section(inputs)) if "estate" in line or "more number" in line]

    assert lines[0] == "Restatement: items delivered in 2026-W46 was 12, is 11: WEB-7 was reopened."
    assert lines[1].endswith("spent in 2026-W46 was 12, is 11: nothing that Jira keeps says why.")
    assert lines[-1] == "2 more numbers of that report changed."


def test_a_restatement_names_no_restricted_item() -> None:
    """Nor does the report that tells it."""
    inputs = rich_inputs()
    card = next(iter(inputs.cards.values()))
    one = Restatement(
        period="2026-W46", label="Items", was="2", now="1", why=f"{card.key} was deleted in Jira"
    )
    closed = {key: replace(held, restricted=held is card) for key, held in inputs.cards.items()}

    (found,) = withhold(replace(inputs, cards=closed, restatements=(one,))).restatements

    assert found.why == "Restricted item was deleted in Jira"


def test_a_plan_that_was_sent_is_scored_as_sent() -> None:
    """And the check says which plan it was."""
    inputs = drafted()
    before = Draft(plan=(Planned(item="Talk to sales"),))
    found = told(promises.section(replace(inputs, draft_before=before, plan_sent=utc("2026-11-16 09:00"))))

    assert found[0] == "The one planned entry is not done. By the plan sent on 2026-11-16."
