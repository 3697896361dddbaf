"""The sentences of the weekly, section by section."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmreport.metrics.followups import FollowUps, unnamed
from pmreport.metrics.ledger import SprintLedger, SprintTotals, Unit
from pmreport.report import charts, sprints
from pmreport.report.inputs import Blocked, Card, Inputs, Marker, Note
from pmreport.report.restricted import withhold
from pmreport.report.sections import (
    accomplished,
    bottom_line,
    burnups,
    confidence,
    decisions,
    figures,
    followups,
    identity,
    planned,
    risks,
    shared_goals,
    sprint_lines,
    sprint_page,
    velocity,
)
from pmreport.report.view import Figure, Figures, Items, Paragraph, Section
from tests.support.report_inputs import (
    closed_sprint,
    delivered,
    empty_inputs,
    estimation,
    frame_of,
    measure,
    rich_inputs,
    running_sprint,
    said,
    told,
    utc,
    worked_sprint,
)
from tests.support.report_inputs import followups as open_followups


def note(text: str, **changes: object) -> Note:
    """An ask of the week, or what `changes` makes of it."""
    base = Note(
        marker=Marker.ASK,
        author="Kim",
        written=utc("2026-11-18 09:00"),
        text=text,
        issue_id=1,
        issue_key="WEB-1",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the changes are the test's own


def figure(section: Section, figure_id: str) -> Figure:
    """The figure of this id."""
    blocks = (block for block in section.blocks if isinstance(block, Figures))
    return next(one for block in blocks for one in block.figures if one.id == figure_id)


def test_the_bottom_line_is_the_narrators_newest_summary() -> None:
    """With author, place and day."""
    assert told(bottom_line.section(rich_inputs())) == [
        "Guests can check out. One click waits for the provider.",
        "Junior PM on WEB-2, 2026-11-20, today.",
    ]


def test_without_a_summary_the_bottom_line_is_made_from_numbers() -> None:
    """Delivery, pace, and what waits."""
    assert told(bottom_line.section(replace(rich_inputs(), notes=()))) == [
        (
            "5 items were delivered. Sprint 24 is 7.5 points behind the ideal line with 5 working days left."
            " 2 follow-ups are overdue. 1 item is blocked."
        ),
        "Nobody has written a bottom line; this one was made from the numbers.",
    ]


def test_the_bottom_line_of_an_empty_week_says_so() -> None:
    """Nothing is a sentence too."""
    assert told(bottom_line.section(empty_inputs()))[0] == "Nothing was delivered in this period."


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2026-11-27 12:00", "Sprint 24 is 24.4 points behind the ideal line on its last day."),
        ("2026-11-26 12:00", "Sprint 24 is 20.9 points behind the ideal line with 1 working day left."),
        ("2026-11-18 14:15", "Sprint 24 is on the ideal line with 7 working days left."),
        ("2026-11-16 09:00", "Sprint 24 is 7.9 points ahead of the ideal line with 9 working days left."),
    ],
)
def test_the_pace_is_told_in_points_and_working_days(as_of: str, words: str) -> None:
    """Ahead, behind, or on the line."""
    inputs = replace(rich_inputs(), notes=(), followups=None, blocked=(), as_of=utc(as_of))

    assert said(bottom_line.from_numbers(inputs)) == f"5 items were delivered. {words}"


def test_a_sprint_without_a_planned_end_has_no_pace() -> None:
    """It runs, and so much is completed."""
    ledger = replace(running_sprint(), planned_end=None)
    inputs = replace(empty_inputs(), ledgers=(ledger,), delivered=delivered()[4:5])

    assert (
        said(bottom_line.from_numbers(inputs)) == "1 item was delivered. Sprint 24 runs: 8 points completed."
    )
    assert sprints.working_days_left(rich_inputs(), ledger) is None


def test_without_a_calendar_nobody_counts_days() -> None:
    """The pace stands alone."""
    inputs = replace(empty_inputs(), ledgers=(running_sprint(),))

    assert said(bottom_line.from_numbers(inputs)).endswith("points behind the ideal line.")


def test_asks_stand_before_decisions_oldest_first_with_their_age() -> None:
    """The marker is dropped; the restricted ask of the sample would not be here in a report."""
    lines = told(decisions.section(replace(rich_inputs(), notes=rich_inputs().notes[:-1])))

    assert lines == [
        (
            "[Ask] Sign the provider contract by 25 November, or one click slips."
            " | Junior PM on WEB-4, 2026-11-11, 9 days ago."
        ),
        "[Ask] Name an owner for the status page. | Junior PM on WEB-3, 2026-11-18, 2 days ago.",
        "[Decision] We show prices with tax everywhere. | Junior PM on WEB-3, 2026-11-17, 3 days ago.",
    ]


def test_an_ask_that_nobody_answered_for_six_weeks_stands_last() -> None:
    """It is not forgotten, and does not hide what is new."""
    ancient = note("ASK: more desks", written=utc("2026-10-08 09:00"))
    waiting = note("ASK: a tester", written=utc("2026-10-09 09:00"))
    decided = note("DECISION: no faxes", marker=Marker.DECISION)
    lines = told(decisions.section(replace(empty_inputs(), notes=(ancient, decided, waiting))))

    assert [line.split(" | ")[0] for line in lines] == [
        "[Ask] A tester",
        "[Decision] No faxes",
        "[Ask] More desks",
    ]


@pytest.mark.parametrize(
    ("words", "told_as"),
    [
        ("ASK: sign it", "[Ask] Sign it | Kim"),
        ("ASK @Robin Roe by 2026-12-04: sign it", "[Ask] Sign it | Asked of Robin Roe by 4 Dec 2026. Kim"),
        ("ASK [~accountid:acc-1]: sign it", "[Ask] Sign it | Asked of Robin. Kim"),
        ("ASK [~gone] by Friday: sign it", "[Ask] Sign it | Asked of somebody by Friday. Kim"),
        ("ASK by Friday: [~accountid:acc-1] signs", "[Ask] Robin signs | Asked by Friday. Kim"),
        ("Please: sign it", "[Ask] Please: sign it | Kim"),
    ],
)
def test_a_note_says_of_whom_it_is_asked_and_by_when(words: str, told_as: str) -> None:
    """Where the comment says so; people have names and not account ids."""
    inputs = replace(empty_inputs(), people={"acc-1": "Robin"}, notes=(note(words),))

    assert told(decisions.section(inputs))[0].startswith(f"{told_as} on WEB-1")


def test_more_than_five_asks_are_counted() -> None:
    """Nothing is cut silently."""
    many = tuple(note(f"ASK: number {index}", issue_key=f"WEB-{index}") for index in range(7))

    assert told(decisions.section(replace(empty_inputs(), notes=many)))[-1] == "and 2 more"


def test_without_asks_the_section_says_where_it_looked() -> None:
    """Silence would look like an error."""
    assert told(decisions.section(empty_inputs())) == [
        "No decision is needed, and none was recorded, in the draft or in a comment."
    ]


@pytest.mark.parametrize(
    ("written", "is_done", "stands"),
    [
        ("2026-11-01 09:00", False, True),
        ("2026-11-01 09:00", True, False),
        ("2026-11-18 09:00", True, True),
        ("2026-11-21 09:00", False, False),
    ],
    ids=["old and open", "old and done", "of this week and done", "after the report's moment"],
)
def test_an_ask_stands_until_its_item_is_done(written: str, is_done: bool, stands: bool) -> None:  # noqa: FBT001 - parametrised
    """One of the period stands in any case; one from after the report's moment never."""
    cards = {1: Card(key="WEB-1", summary="Pay", is_done=is_done)}
    inputs = replace(empty_inputs(), cards=cards, notes=(note("ask: please", written=utc(written)),))

    assert bool(decisions.asks(inputs)) is stands


def test_a_decision_is_news_once() -> None:
    """One of an earlier period is not told again, though its item is open."""
    old = note("DECISION: no faxes", marker=Marker.DECISION, written=utc("2026-11-11 09:00"))

    assert len(told(decisions.section(replace(empty_inputs(), notes=(old, note("ASK: sign")))))) == 1


def test_a_note_without_its_marker_is_told_as_it_is_on_one_line() -> None:
    """Line breaks become spaces."""
    inputs = replace(empty_inputs(), notes=(note("please\n\n  sign"),))

    assert told(decisions.section(inputs))[0].startswith("[Ask] Please sign | Kim on WEB-1")


def test_accomplished_tells_outcomes_and_not_tickets() -> None:
    """Finished epics, epics moved forward, single items; what was dropped is not there."""
    assert told(accomplished.section(rich_inputs())) == [
        "Finished Checkout as a guest | 1 item of it was delivered now.",
        (
            "Delivered 2 items of Search that forgives typing errors, 11 points"
            " | Rank by what was bought and Suggest the nearest word."
        ),
        "Delivered Update the cookie text, 1 point",
    ]


def test_many_items_of_an_epic_are_named_in_part_and_counted() -> None:
    """Three names, then how many more."""
    item = delivered()[2]
    many = tuple(
        replace(item, key=f"WEB-{index}", points=None, summary=f"Part {index}") for index in range(5)
    )

    assert told(accomplished.section(replace(empty_inputs(), delivered=many))) == [
        "Delivered 5 items of Search that forgives typing errors | Part 0, Part 1, Part 2 and 2 more."
    ]


def test_an_epic_that_is_finished_alone_has_no_second_line() -> None:
    """And a single part of an epic names the epic."""
    epic, _, part, *_ = delivered()

    assert told(accomplished.section(replace(empty_inputs(), delivered=(epic, part)))) == [
        "Finished Checkout as a guest",
        "Delivered Suggest the nearest word, 3 points | Part of Search that forgives typing errors.",
    ]


def test_more_than_five_outcomes_are_counted() -> None:
    """The largest first."""
    one = delivered()[4]
    many = tuple(replace(one, key=f"WEB-{size}", points=Decimal(size)) for size in range(1, 11))
    lines = told(accomplished.section(replace(empty_inputs(), delivered=many)))

    assert (lines[0], lines[-1]) == ("Delivered Update the cookie text, 10 points", "and 5 more")


def test_planned_next_is_the_top_of_the_sprint_with_owners() -> None:
    """Work that was begun first, then by rank."""
    assert told(planned.section(rich_inputs())) == [
        "Retry a failed payment | Robin, In Progress, 8 points, Sprint 24.",
        "Show the tax before checkout | Kim, In Review, 8 points, Sprint 24.",
        "Remember the delivery address | [No owner], To Do, 5 points, Sprint 24.",
        "Explain a declined card | Kim, To Do, 4 points, Sprint 24.",
    ]


def test_planned_next_names_items_of_which_little_is_known() -> None:
    """No card, no estimate: the sprint and the missing owner still stand."""
    ledger = running_sprint()
    bare = replace(ledger, issues=tuple(replace(issue, estimate_at_close=None) for issue in ledger.issues))

    assert told(planned.section(replace(empty_inputs(), ledgers=(bare,))))[0] == (
        "Remember the delivery address | [No owner], Sprint 24."
    )


@pytest.mark.parametrize(
    ("ledgers", "words"),
    [
        ((), "No sprint is active, so none is planned."),
        ((worked_sprint(),), "No sprint is active, so none is planned."),
        (
            (replace(running_sprint(), issues=running_sprint().issues[:1]),),
            "Everything in the active sprint is completed.",
        ),
        ((replace(running_sprint(), issues=()),), "The active sprint holds no item."),
    ],
    ids=["no sprint", "only closed", "all done", "empty"],
)
def test_nothing_planned_is_said(ledgers: tuple[SprintLedger, ...], words: str) -> None:
    """Each emptiness has its own sentence."""
    assert told(planned.section(replace(empty_inputs(), ledgers=ledgers))) == [words]


def test_risks_are_written_ones_then_blocked_items() -> None:
    """The longest blocked first."""
    fresh = Blocked(issue_id=9, key="WEB-9", summary="New", working_days=0)
    inputs = rich_inputs()

    assert told(risks.section(replace(inputs, blocked=(fresh, *inputs.blocked)))) == [
        (
            "[Risk] The provider may raise the fee. Impact: margin."
            " | Junior PM on WEB-4, 2026-11-16, 4 days ago."
        ),
        (
            "Retry a failed payment [Blocked 3 working days]"
            " | Owner: Robin. Waiting for: the contract with the payment provider"
        ),
        "New [Blocked today] | It has no owner.",
    ]


def test_what_blocks_the_running_sprint_stands_first() -> None:
    """An old item outside of it can wait; of the risks the newest is told first."""
    old = Blocked(issue_id=99, key="WEB-99", summary="Old", working_days=240)
    inputs = rich_inputs()
    older = note("RISK: rain", marker=Marker.RISK, written=utc("2026-11-01 09:00"))
    lines = told(risks.section(replace(inputs, blocked=(old, *inputs.blocked), notes=(older, *inputs.notes))))

    assert [line.split(" | ")[0] for line in lines] == [
        "[Risk] The provider may raise the fee. Impact: margin.",
        "[Risk] Rain",
        "Retry a failed payment [Blocked 3 working days]",
        "Old [Blocked 240 working days]",
    ]


def test_no_risk_is_said() -> None:
    """Nothing recorded is not nothing risky."""
    assert told(risks.section(empty_inputs())) == ["No risk was recorded, and nothing is blocked."]


def test_every_number_has_what_it_rests_on() -> None:
    """Value, last week, trend, n, what was left out, and a definition."""
    section = figures.section(rich_inputs())
    ratio = figure(section, "completion-ratio")
    typical = figure(section, "typical-factor")

    assert told(section) == [
        "Completion ratio, last 6 sprints: 81 %",
        "Commitment reliability, last 6 sprints: 74 %",
        "How far off estimates usually are, last 6 sprints: 1.47 x",
        "Items delivered: 5",
        "Follow-ups overdue: 2",
        "Follow-ups without an owner: 2",
    ]
    assert ratio.was is not None
    assert said((ratio.was,)) == "78 %"
    assert (ratio.n, len(ratio.trend)) == (6, 6)
    assert (typical.n, typical.note) == (48, "too few sprints for a trend")


def test_an_unknown_number_says_why() -> None:
    """Missing data is never zero."""
    assert told(figures.section(empty_inputs())) == [
        "Completion ratio: no closed sprint with a commitment",
        "Commitment reliability: no closed sprint with a commitment",
        "How far off estimates usually are: nothing completed has both an estimate and an actual",
        "Items delivered: 0",
        "Follow-ups overdue: follow-ups were not read",
        "Follow-ups without an owner: follow-ups were not read",
    ]


def test_boards_of_different_units_are_added_in_issues() -> None:
    """Points and hours have no sum."""
    hours = replace(closed_sprint(18, 30, 18), unit=Unit.SECONDS, board_id=8)
    ratio = figure(
        figures.section(replace(empty_inputs(), ledgers=(closed_sprint(18, 30, 18), hours))),
        "completion-ratio",
    )

    assert ratio.number.value == Decimal(100)


def test_where_no_hours_are_logged_commitments_stand_in() -> None:
    """The label says what is compared."""
    known = estimation()
    nothing = replace(known.items, n=0, typical_factor=None, bias_factor=None)
    by_sprint = (replace(known.sprints[0], log_ratio=None), *known.sprints[1:])
    inputs = replace(
        empty_inputs(),
        estimation=replace(known, items=nothing, sprints=by_sprint),
        estimation_before=replace(known, items=nothing),
    )
    typical = figure(figures.section(inputs), "typical-factor")

    assert typical.label == "How far off commitments usually are, last 5 sprints"
    assert (said((typical.number,)), typical.n, typical.trend[0]) == ("1.22 x", 5, None)
    assert typical.was is not None
    assert typical.trend[1] == Decimal("1.22140276")


def test_estimation_of_last_week_stands_beside_this_week() -> None:
    """By items where there are any."""
    inputs = replace(rich_inputs(), estimation_before=estimation())

    assert (
        figure(figures.section(inputs), "typical-factor").was
        == figure(figures.section(inputs), "typical-factor").number
    )


def test_sprints_too_short_or_without_commitment_are_left_out_and_counted() -> None:
    """A sprint closed on its first day says nothing."""
    good = closed_sprint(18, 30, 18)
    short = replace(good, sprint_id=1, close=good.start + timedelta(minutes=5))
    empty = frame_of("Sprint 2", 2, "2026-09-01 08:00", "2026-09-14 08:00", "2026-09-14 08:00")
    kept, excluded = sprints.comparable((good, short, empty))

    assert kept == (good,)
    assert excluded == (("closed within three days of its start", 1), ("no commitment", 1))


def test_the_identity_is_written_out() -> None:
    """The worked sprint, in points and in issues."""
    assert said(identity.line(worked_sprint())) == (
        "In points: 29 committed + 9 added + 9 re-estimated − 10 removed = 19 completed + 18 not completed."
    )
    assert said(identity.in_issues(worked_sprint())) == (
        "In issues: 9 committed + 4 added + 0 re-estimated − 3 removed = 6 completed + 4 not completed."
    )


def test_estimates_that_shrank_are_subtracted() -> None:
    """The sign stands before the amount, once."""
    ledger = worked_sprint()
    smaller = replace(ledger, amounts=replace(ledger.amounts, reestimated=Decimal(-2)))

    assert " added − 2 re-estimated − 10 removed" in said(identity.line(smaller))


def test_numbers_that_do_not_add_up_are_called_out() -> None:
    """With the items to look at first, as far as they are known."""
    ledger = worked_sprint()
    broken = replace(ledger, amounts=replace(ledger.amounts, completed=Decimal(1)), events=ledger.events[1:])
    unexplained = replace(ledger, amounts=replace(ledger.amounts, completed=Decimal(1)))

    assert [callout.lead for callout in identity.warning(broken)] == ["The numbers do not add up."]
    assert (
        said(identity.warning(broken)[0].text)
        == "Read the numbers of Sprint 10 with care. Look at WEB-1 first."
    )
    assert said(identity.warning(unexplained)[0].text) == "Read the numbers of Sprint 10 with care."
    assert identity.warning(ledger) == ()


def test_the_sprints_section_tells_pace_identity_and_the_past() -> None:
    """The same values stand in the table behind the picture."""
    lines = told(sprint_lines.section(rich_inputs()))

    assert lines[0] == (
        "Sprint 24 on Web, from 2026-11-16 to 2026-11-27, active. Goal: Customers can pay with one click. | "
        "In points: 29 committed + 4 added + 3 re-estimated − 3 removed = 8 completed + 25 not completed. "
        "Its items in Jira"
    )
    assert lines[1] == "Sprint 24: 7.5 points behind the ideal line, and scope grew twice and shrank once"
    assert lines[6] == "2026-11-20 | 33 | 8 | 25 | 15.5"
    assert lines[7] == "Web: 152 completed for 188 points committed, over 6 sprints"
    assert lines[-1] == "Sprint 23 | 2026-11-13 | 33 | 31 | 94 % | 88 %"


def test_a_site_without_sprints_is_told_by_flow() -> None:
    """A board without sprints is no error."""
    inputs = replace(rich_inputs(), ledgers=())

    assert told(sprint_lines.section(inputs)) == [
        (
            "No sprint has started yet, so this report is made from flow numbers: "
            "5 items were delivered and 1 item is blocked."
        )
    ]


def test_a_board_that_has_closed_nothing_has_no_velocity() -> None:
    """It says so instead of showing an empty picture."""
    assert told(sprint_lines.section(replace(empty_inputs(), ledgers=(running_sprint(),))))[-1] == (
        "Web has closed no sprint with a commitment yet, so there is no velocity to show."
    )


def test_a_sprint_whose_issues_were_not_read_is_not_one_without_issues() -> None:
    """Its amounts are enough for the velocity and name nobody; to ask for its issues is a bug."""
    closed = closed_sprint(22, 40, 30)
    amounts = SprintTotals(**{each.name: getattr(closed, each.name) for each in fields(SprintTotals)})
    unread = replace(rich_inputs(), ledgers=(amounts,))

    assert velocity.blocks(unread, (amounts,)) == velocity.blocks(unread, (closed,))
    assert withhold(unread).ledgers == (amounts,)
    with pytest.raises(TypeError, match="were not read"):
        sprints.chosen(unread)


def test_sprints_left_out_of_velocity_are_counted_below_it() -> None:
    """With the reason."""
    good = closed_sprint(18, 30, 18)
    short = replace(good, sprint_id=1, close=good.start + timedelta(minutes=5))
    (chart,) = velocity.blocks(empty_inputs(), (good, short))

    assert (
        told(Section(id="v", title="v", blocks=(chart,)))[-1]
        == "1 left out: closed within three days of its start."
    )


def test_a_sprint_without_goal_or_end_is_introduced_as_far_as_known() -> None:
    """No invented dates."""
    ledger = replace(running_sprint(), goal=" ", planned_end=None)

    assert said(burnups.heading(empty_inputs(), ledger).text) == (
        "Sprint 24 on Web, from 2026-11-16, active. It has no goal text."
    )


def test_a_sprint_that_nobody_closed_does_not_fill_the_page() -> None:
    """The last sixty days are shown, the others counted; without a planned end there is no ideal."""
    inputs = replace(empty_inputs(), as_of=utc("2027-11-20 12:00"))
    table = burnups.by_day(inputs, replace(running_sprint(), planned_end=None))

    assert (len(table.rows), table.more) == (60, 310)
    assert said(table.rows[0].cells[4]) == "–"


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ((0, 1, 2, 3), "2 follow-ups are overdue and 2 have no owner, of 4 open."),
        ((0, 3), "1 follow-up is overdue, of 2 open."),
        ((2, 3), "1 follow-up has no owner, of 2 open."),
        ((3,), "None is overdue and every one has an owner, of 1 open."),
        ((), "No follow-up is open."),
        ((0, 2), "1 follow-up is overdue and 1 has no owner, of 2 open."),
    ],
)
def test_follow_ups_are_summed_up_in_one_sentence(kept: tuple[int, ...], sentence: str) -> None:
    """Late, alone, both or neither."""
    items = open_followups().open_items
    inputs = replace(empty_inputs(), followups=FollowUps(open_items=tuple(items[index] for index in kept)))

    assert told(followups.section(inputs))[0] == sentence


def test_late_and_unowned_follow_ups_are_listed() -> None:
    """What is on time and owned is not."""
    assert told(followups.section(rich_inputs()))[1:] == [
        "Agree the refund text with legal | Kim | 2026-11-12 | [Late 6 working days] | 2026-11-03 | 13",
        "Ask finance for the fee table | [No owner] | 2026-11-18 | [Late 2 working days] | 2026-11-04 | 12",
        "Who owns the status page? | [No owner] | No date agreed | [Not late] | 2026-11-05 | 11",
        "All of them in Jira",
    ]


def test_follow_ups_that_were_not_read_are_not_none() -> None:
    """Unknown is not zero."""
    assert told(followups.section(empty_inputs())) == ["Follow-ups were not read for this report."]


def test_a_follow_up_that_is_not_named_is_counted() -> None:
    """Restricted, or typed by the person for themselves: no word of it, and no link."""
    late, alone, _, _ = map(unnamed, open_followups().open_items)
    inputs = replace(empty_inputs(), followups=FollowUps(open_items=(late, alone)))

    assert told(followups.section(inputs)) == [
        "2 follow-ups are overdue and 1 has no owner, of 2 open.",
        (
            "2 more are counted and not named: not everybody may read where it stands, or the product "
            "manager noted it for themselves."
        ),
    ]
    assert alone.is_unowned


def test_promises_and_mentions_are_told_with_the_follow_ups() -> None:
    """Where there were any."""
    known = FollowUps(open_items=(), promised=12, kept=9, weeks=4, mentions=1)

    assert told(followups.section(replace(empty_inputs(), followups=known))) == [
        (
            "No follow-up is open. Of 12 promises that fell due in the last 4 weeks, 9 were kept by the "
            "first day. 1 mention in comments waits for an answer."
        )
    ]


def test_more_than_ten_follow_ups_are_counted() -> None:
    """The mail stays short."""
    many = tuple(replace(open_followups().open_items[0], issue_key=f"ACT-{index}") for index in range(12))
    section = followups.section(replace(empty_inputs(), followups=FollowUps(open_items=many)))

    assert getattr(section.blocks[1], "more", 0) == 2


def test_shared_goals_are_one_line_each() -> None:
    """Items for it and against it; goals on the shelf are not told."""
    shared = rich_inputs().goals[2]
    inputs = replace(rich_inputs(), goals=(shared,))

    assert [line for section in shared_goals.sections(inputs) for line in told(section)] == [
        (
            "Deliver on time. Then on-time: every item has an estimate before it starts."
            " | 1 item speaks for it, none against it."
        )
    ]


def test_a_shared_goal_that_is_measured_shows_its_number() -> None:
    """Beside its target, where one is set."""
    shared = rich_inputs().goals[2]
    inputs = replace(rich_inputs(), goals=(shared,), measures={shared.id: measure()})
    (with_target,) = (told(section)[0] for section in shared_goals.sections(inputs))
    without = replace(inputs, goals=(replace(shared, target=None),))

    assert f"| {shared.indicator}: 1.41 x, target at most 1.5 x. 1 item speaks" in with_target
    assert f"{shared.indicator}: 1.41 x. 1 item" in told(shared_goals.sections(without)[0])[0]
    assert shared_goals.sections(replace(inputs, goals=(replace(shared, active=False),))) == ()


def test_confidence_says_what_is_known_odd_and_missing() -> None:
    """Before any number is believed."""
    assert told(confidence.section(rich_inputs(), "milestones", "the budget")) == [
        "The last complete sync was at 2026-11-20T16:30:00+00:00.",
        "1500 issues with their histories are known.",
        "3 oddities were found in the data; many are no mistake.",
        "Left out: 2 deleted issues.",
        "Not told yet: milestones and the budget.",
        "The last change of a field does not lead to its value today | 2 | WEB-12 and WEB-31",
        "A sprint has no start | 1 | Sprint 3",
    ]


@pytest.mark.parametrize(
    ("inputs", "line"),
    [
        (empty_inputs(), "No sync has completed yet: the numbers may be incomplete."),
        (replace(empty_inputs(), issues_known=0), "No issue is known, so there is nothing to count."),
        (replace(empty_inputs(), issues_known=1), "1 issue with their histories are known."),
        (empty_inputs(), "Nothing odd was found in the data."),
        (
            replace(empty_inputs(), left_out=(("issue moved to another project", 2),)),
            "Left out: 2 issues moved to another project.",
        ),
        (
            replace(
                empty_inputs(),
                data_as_of=utc("2026-11-18 09:00"),
                working_days=(date(2026, 11, 19), date(2026, 11, 20)),
            ),
            "The last complete sync was at 2026-11-18T09:00:00+00:00, 2 working days before this report.",
        ),
    ],
    ids=["never synced", "zero issues", "one issue", "nothing odd", "left out", "old data"],
)
def test_confidence_has_a_sentence_for_every_emptiness(inputs: Inputs, line: str) -> None:
    """Never a blank."""
    assert line in told(confidence.section(inputs))


def test_a_list_with_nothing_left_out_says_nothing_of_more() -> None:
    """`more` is zero unless something was cut."""
    (block,) = decisions.section(rich_inputs()).blocks

    assert isinstance(block, Items)
    assert block.more == 0


def test_an_incomplete_sprint_enters_no_ratio_and_says_why() -> None:
    """The velocity counts it as left out, its own page carries a warning in place of its ratios."""
    partly = replace(closed_sprint(23, 30, 20), is_incomplete=True)
    inputs = replace(rich_inputs(), ledgers=(partly,))
    (only,) = velocity.blocks(inputs, (partly,))
    page = told(sprint_page.sections(inputs, (partly,))[0])
    line = told(sprint_lines.section(inputs))

    assert sprints.comparable((partly,)) == ((), (("began before the history that was read", 1),))
    assert isinstance(only, Paragraph)
    assert said(only.text) == (
        "Web has no closed sprint to show the velocity of; "
        "1 left out: began before the history that was read."
    )
    assert any("The numbers are incomplete." in text for text in page)
    assert any("Completion ratio: began before the history that was read" in text for text in page)
    assert any("The numbers are incomplete." in text for text in line)
    assert charts.ratio_words(partly) == "numbers incomplete"


def test_words_of_a_day_that_are_not_known_are_said_to_be_so() -> None:
    """Nobody can say what the draft held then; an empty sprint has no pace to tell of."""
    lost = replace(empty_inputs(), draft_is_lost=True)
    empty = replace(
        running_sprint(),
        issues=(),
        amounts=frame_of("A", 1, "2026-11-16 08:00", "2026-11-27 16:00", None).amounts,
    )

    assert told(bottom_line.section(lost))[-1].startswith("What was written by then is not known")
    assert any(
        line.startswith("The draft of that day is not known") for line in told(confidence.section(lost))
    )
    assert (
        "Sprint 24 runs: it holds no item." in told(bottom_line.section(replace(lost, ledgers=(empty,))))[0]
    )
