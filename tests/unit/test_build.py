"""Whole reports: what stands in them, in which order, and who may not be in them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmreport.goals.evidence import EvidenceState
from pmreport.goals.goal import Goal, Visibility
from pmreport.goals.talk import Saying
from pmreport.goals.terms import terms_of
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.improvement import Trend, Verdict
from pmreport.metrics.sprint import Unit
from pmreport.model.journal_goals import GoalTerms
from pmreport.report import build, terms
from pmreport.report.inputs import Card, Inputs
from pmreport.report.trends import trend_words
from pmreport.report.view import Bar, Bars, Chart, Facts, Figures, Link, Number, Section, Segment, Table, Tone
from tests.support.report_inputs import (
    closed_sprint,
    empty_inputs,
    estimation,
    frame_of,
    goals,
    rich_inputs,
    running_sprint,
    said,
    section_of,
    told,
    utc,
    worked_sprint,
)
from tests.support.talks import FULL


def worked() -> Inputs:
    """Inputs that hold the worked sprint alone."""
    return replace(empty_inputs(), ledgers=(worked_sprint(),), people={"acc-1": "Robin"})


def restricted() -> Inputs:
    """The sample week, with a security level on two issues, an epic among them."""
    inputs = rich_inputs()
    cards = {
        2: replace(inputs.cards[2], restricted=True, owner="Secretowner"),
        4: replace(inputs.cards[4], restricted=True),
        99: Card(key="WEB-90", summary="Search that forgives typing errors", restricted=True),
        101: Card(key="ACT-1", summary="Agree the refund text with legal", restricted=True),
        260: Card(key="WEB-60", summary="Pay without an account", restricted=True),
        31: Card(key="WEB-31", summary="", restricted=True),
    }
    return replace(inputs, cards={**inputs.cards, **cards})


def test_the_weekly_stands_in_the_order_management_reads() -> None:
    """State first, then what to decide, what was done, what comes, and only then the numbers."""
    report = build.weekly(rich_inputs())

    assert [section.id for section in report.sections] == [
        "state",
        "bottom-line",
        "decisions",
        "accomplished",
        "promises",
        "next",
        "risks",
        "metrics",
        "milestones",
        "initiatives",
        "sprints",
        "followups",
        "goals",
        "confidence",
    ]
    assert [section.id for section in report.sections if section.brief] == [
        "bottom-line",
        "decisions",
        "accomplished",
        "promises",
        "next",
        "risks",
        "metrics",
    ]


def test_the_weekly_says_its_state_everywhere_it_is_seen_first() -> None:
    """Title, headline, subject and preheader."""
    report = build.weekly(rich_inputs())

    assert report.title == "Acme Web: at risk"
    assert report.kicker == "2026-W47, 16 to 22 Nov 2026"
    assert (report.headline.tone, report.headline.lead) == (Tone.WARN, "At risk.")
    assert said(report.headline.text) == (
        "Scope: Sprint 24 grew by 14 % since its start. Schedule, budget and quality are not known."
    )
    assert report.subject == "Acme Web 2026-W47: at risk, 2 asks"
    assert report.preheader == "Asked of you: Sign the provider contract by 25 November, or one click slips."
    assert (report.name, report.audience) == ("weekly", "management")


def test_without_asks_the_preheader_is_the_reason() -> None:
    """The line beside the subject is never empty."""
    report = build.weekly(replace(rich_inputs(), notes=()))

    assert report.subject == "Acme Web 2026-W47: at risk"
    assert report.preheader == said(report.headline.text)


def test_the_dimensions_stand_with_their_numbers_and_thresholds() -> None:
    """Grey ones too, together in one sentence."""
    assert told(section_of(build.weekly(rich_inputs()), "state")) == [
        "[Amber] Scope, +14 %: Sprint 24 grew by 14 % since its start. | Amber from 10 %, red from 20 %.",
        (
            "[Green] Data, 0 working days: read on the day of this report. | "
            "Amber from 1 working day, red from 3 working days."
        ),
        (
            "Not known, so grey and never green: schedule and budget (no initiative is configured) and "
            "quality (what was reopened was not counted)."
        ),
    ]


def test_a_private_or_managers_goal_never_enters_the_weekly() -> None:
    """Not its title, not its words, not its evidence; a goal shared with management does."""
    words = repr(build.weekly(rich_inputs()))

    assert "Privatewords" not in words
    assert "voice" not in words
    assert "Estimate work ahead" not in words
    assert "estimation-rule" not in words
    assert "plans hold when estimates do" not in words
    assert "Deliver on time" in words


def test_no_goal_enters_the_sprint_report() -> None:
    """Not even one that management may see."""
    words = repr(build.sprint(rich_inputs()))

    assert all(goal.title not in words for goal in goals())


def test_the_review_holds_no_private_goal_unless_it_is_ones_own() -> None:
    """The manager's copy is made without them."""
    report = build.review(rich_inputs())

    assert "Privatewords" not in repr(report)
    assert (report.title, report.audience) == ("Goal review, Junior PM", "manager")
    assert report.subject.startswith("Goal review, Junior PM, 2026-W47: ")


def test_ones_own_review_says_private() -> None:
    """In title, subject and audience, and what was said about a private goal is in it."""
    report = build.review(rich_inputs(), mine=True)

    assert "Privatewords of the talk" in repr(report)
    assert (report.title, report.audience) == ("PRIVATE: Goal review, Junior PM", "private")
    assert report.subject.startswith("PRIVATE: Goal review, Junior PM, 2026-W47: ")


def test_ones_own_review_is_private_whatever_is_in_it() -> None:
    """Its name does not depend on which goals there are today."""
    shared = tuple(goal for goal in goals() if goal.visibility is not Visibility.PRIVATE)

    assert build.review(replace(rich_inputs(), goals=shared), mine=True).audience == "private"


def test_what_was_said_in_a_talk_stays_out_of_every_other_report() -> None:
    """Even where the goal itself is shown to management: a talk is for the two who talk."""
    shared = replace(goals()[0], visibility=Visibility.MANAGEMENT)
    inputs = replace(rich_inputs(), goals=(shared,))

    assert "Head of Product" in repr(build.review(inputs))
    for report in (build.weekly(inputs), build.sprint(inputs)):
        assert "Head of Product" not in repr(report)
        assert "anchor the team" not in repr(report)


def test_restricted_issues_are_counted_and_never_named() -> None:
    """No key, no summary, no owner, no link; the numbers stay whole."""
    for report in (
        build.weekly(restricted()),
        build.sprint(restricted()),
        build.review(restricted(), mine=True),
    ):
        words = repr(report)

        for secret in (
            "Remember the delivery",
            "Secretowner",
            "Retry a failed",
            "Search that",
            "Agree the refund",
        ):
            assert secret not in words
        for secret in ("Pay without", "WEB-2'", "WEB-2,", "WEB-4'", "ACT-1'", "WEB-31", "stays inside"):
            assert secret not in words
        assert "Restricted item" in words
    assert told(section_of(build.weekly(restricted()), "metrics")) == told(
        section_of(build.weekly(rich_inputs()), "metrics")
    )


def test_restricted_comments_are_left_out_and_counted() -> None:
    """Those on restricted issues, and those Jira restricts themselves."""
    plain = told(section_of(build.weekly(rich_inputs()), "confidence"))
    hidden = told(section_of(build.weekly(restricted()), "confidence"))

    assert "Left out: 1 restricted comment." in plain
    assert "Left out: 4 restricted comments." in hidden


def test_nothing_restricted_leaves_the_inputs_as_they_are() -> None:
    """No count of nothing."""
    notes = rich_inputs().notes[:-1]
    lines = told(section_of(build.weekly(replace(rich_inputs(), notes=notes)), "confidence"))

    assert not any("restricted" in line for line in lines)


def test_the_sprint_report_of_the_worked_sprint_adds_up() -> None:
    """The ledger worked by hand: in points and in issues."""
    report = build.sprint(worked())

    assert (report.title, report.period) == ("Sprint 10 status", "Sprint 10")
    assert report.kicker == "3 to 14 Mar 2025"
    assert report.headline.lead == "19 of 37 points completed."
    assert said(report.headline.text) == (
        "66 % completed, 41 % as committed, and scope grew 4 times and shrank twice."
    )
    assert told(section_of(report, "amounts-7-10")) == [
        "In points: 29 committed + 9 added + 9 re-estimated − 10 removed = 19 completed + 18 not completed.",
        "In issues: 9 committed + 4 added + 0 re-estimated − 3 removed = 6 completed + 4 not completed.",
        "Committed at the start | 29 | 9",
        "Added | 9 | 4",
        "Re-estimated | +9 | 0",
        "Removed | 10 | 3",
        "Completed | 19 | 6",
        "Completed of what was committed | 12 | 5",
        "Not completed | 18 | 4",
        "Completed outside this sprint | 3 | 1",
        (
            "Added, removed and re-estimated are totals of everything that happened after the start. "
            "1 committed issue had no estimate and counted as nothing. The sprint's issues in Jira"
        ),
    ]


def test_the_figures_of_a_closed_sprint_hold_both_ratios() -> None:
    """Never one alone, each with n."""
    section = section_of(build.sprint(worked()), "sprint-7-10")
    figures = next(block for block in section.blocks if isinstance(block, Figures)).figures

    assert [(figure.label, said((figure.number,)), figure.n) for figure in figures] == [
        ("Completed of the final scope", "19", 10),
        ("Completion ratio", "66 %", 9),
        ("Commitment reliability", "41 %", 9),
        ("Net scope growth", "+28 %", 9),
    ]


def test_every_event_of_the_worked_sprint_stands_behind_its_picture() -> None:
    """With the remaining amount after it, as worked by hand, and who did it."""
    section = section_of(build.sprint(worked()), "sprint-7-10")
    chart = next(block for block in section.blocks if isinstance(block, Chart))
    rows = [" | ".join(said(cell) for cell in row.cells) for row in chart.table.rows]

    assert len(rows) == 20
    assert rows[0] == "2025-03-04T10:00:00+00:00 | WEB-4 | re-estimated | +2 | 0 | 31 | Robin"
    assert rows[-1] == "2025-03-14T10:00:00+00:00 | WEB-10 | completed | 0 | +1 | 18 | Robin"


def test_what_changed_is_told_with_when_and_who() -> None:
    """Added, removed and re-estimated by time, then what was carried over."""
    rows = told(section_of(build.sprint(worked()), "scope-7-10"))

    assert rows[0] == "WEB-4 | D | Re-estimated | 2025-03-04T10:00:00+00:00 | Robin | – | 2"
    assert sum("| Carried over |" in row for row in rows) == 4
    assert rows[-1] == "WEB-13 | M | Carried over | 2025-03-14T16:30:00+00:00 | at the close | 2 | 2"


def test_every_item_of_a_sprint_can_be_found_and_filtered() -> None:
    """How it came in, how it ended, and both estimates."""
    section = section_of(build.sprint(worked()), "all-7-10")
    (table,) = section.blocks

    assert isinstance(table, Table)
    assert (table.searchable, table.filter_column, len(table.rows)) == (True, 3, 13)
    assert told(section)[1] == "WEB-2 | B | committed | [not completed] | 8 | 13 | "
    assert told(section)[5] == "WEB-6 | F | added | [completed] | 3 | 3 | "
    assert told(section)[7] == "WEB-8 | H | already done | [completed outside] | – | 3 | "


def test_a_running_sprint_shows_its_pace_instead_of_ratios() -> None:
    """A ratio of an unfinished sprint would mislead."""
    lines = told(section_of(build.sprint(rich_inputs()), "sprint-7-24"))

    assert lines[1:5] == [
        "Completed of the scope so far: 8",
        "Against the ideal line: -7.5 points",
        "Scope since the start: +4 points",
        "Left after this day: 5 working days",
    ]


def test_a_running_sprint_without_end_says_what_is_missing() -> None:
    """No planned end, no pace."""
    ledger = replace(running_sprint(), planned_end=None)
    lines = told(section_of(build.sprint(replace(empty_inputs(), ledgers=(ledger,))), "sprint-7-24"))

    assert "Against the ideal line: no planned end" in lines
    assert "Left after this day: no planned end, or no calendar" in lines


def test_a_sprint_without_commitment_has_no_ratio() -> None:
    """Not 0 and not infinite."""
    empty = frame_of("Sprint 1", 1, "2026-11-02 08:00", "2026-11-13 16:00", "2026-11-13 16:00")
    report = build.sprint(replace(empty_inputs(), ledgers=(empty,)))

    assert "Completion ratio: no commitment" in told(section_of(report, "sprint-7-1"))
    assert told(section_of(report, "all-7-1"))[0] == "The sprint holds no item."
    assert told(section_of(report, "scope-7-1")) == [
        "Nothing was added, removed or re-estimated after the start."
    ]


def test_a_board_that_counts_issues_says_its_identity_once() -> None:
    """Points and issues are the same there."""
    ledger = replace(worked_sprint(), unit=Unit.ISSUES, amounts=worked_sprint().counts)
    lines = told(section_of(build.sprint(replace(empty_inputs(), ledgers=(ledger,))), "amounts-7-10"))

    assert [line.split(":")[0] for line in lines[:2]] == ["In issues", "Committed at the start | 9 | 9"]


def test_numbers_that_do_not_add_up_are_red_in_the_sprint_report() -> None:
    """And called out where they stand."""
    ledger = replace(worked_sprint(), amounts=replace(worked_sprint().amounts, completed=Decimal(1)))
    report = build.sprint(replace(empty_inputs(), ledgers=(ledger,)))

    assert report.headline.tone is Tone.BAD
    assert "The numbers do not add up. Read the numbers of Sprint 10 with care." in told(
        section_of(report, "amounts-7-10")
    )


def test_every_sprint_after_the_first_begins_a_page() -> None:
    """Two boards, two current sprints."""
    second = replace(running_sprint(), board_id=8, board_name="App", sprint_id=25, name="App 9")
    report = build.sprint(replace(rich_inputs(), ledgers=(running_sprint(), second)))
    breaks = {section.id: section.page_break_before for section in report.sections}

    assert (breaks["sprint-8-25"], breaks["sprint-7-24"]) == (False, True)
    assert report.title == "App 9 and Sprint 24 status"
    assert report.headline.lead == "2 sprints."
    assert said(report.headline.text).startswith("App 9: 8 of 33 points completed, 7.5 points behind")
    assert report.subject.endswith(": 8 of 33 points and 8 of 33 points completed")


@pytest.mark.parametrize(
    ("sprint_id", "board_id", "expected"),
    [
        (None, None, "Sprint 24"),
        (21, None, "Sprint 21"),
        (None, 7, "Sprint 24"),
        (None, 8, "Sprint 24"),
        (24, 8, "Sprint 24"),
        (99, None, "2026-W47"),
    ],
    ids=["current", "by id", "by board", "by a board that only lists it", "both", "unknown"],
)
def test_the_sprint_asked_for_is_shown(sprint_id: int | None, board_id: int | None, expected: str) -> None:
    """By id or by board; a sprint is told once, by its own board where that is possible."""
    listed = replace(running_sprint(), board_id=8, board_name="Also", is_own=False)
    own = replace(running_sprint(), board_id=8, board_name="Also")
    others = (own,) if (sprint_id, board_id) == (None, 8) else (listed,)
    inputs = replace(rich_inputs(), ledgers=(*rich_inputs().ledgers, *others))
    asked = () if sprint_id is None else (sprint_id,)
    report = build.sprint(replace(inputs, sprint_ids=asked, board_id=board_id))

    assert report.period == expected


def test_without_sprints_the_sprint_report_says_so() -> None:
    """Nothing crashes, nothing is invented."""
    report = build.sprint(empty_inputs())

    assert report.title == "Acme Web: no sprint"
    assert (report.headline.tone, report.headline.lead) == (Tone.UNKNOWN, "No sprint to show.")
    assert told(section_of(report, "velocity")) == ["No sprint has started yet."]


def test_an_event_of_an_issue_the_ledger_does_not_list_is_still_told() -> None:
    """By a deleted account, perhaps."""
    ledger = running_sprint()
    ledger = replace(
        ledger, issues=(), events=tuple(replace(event, author_id=None) for event in ledger.events)
    )
    rows = told(section_of(build.sprint(replace(empty_inputs(), ledgers=(ledger,))), "scope-7-24"))

    assert rows[0] == "An item not listed |  | Re-estimated | 2026-11-17T09:30:00+00:00 | somebody | 5 | 8"


def test_estimates_are_told_with_what_was_left_out() -> None:
    """Items against hours, sprints against commitments, and no trend without statistics."""
    lines = told(section_of(build.sprint(rich_inputs()), "estimates"))

    assert lines[:3] == [
        (
            "In the last 6 sprints completed items were usually off by a factor of 1.47 x (48 items). "
            "Over the whole time completed items took 1.21 x what was estimated, and were off by 1.41 x "
            "(48 items). Too few to say whether it changed: 0 sprints of the 8 that a claim needs. "
            "Left out: 11 (no logged work) and 4 (no estimate)."
        ),
        (
            "Sprints completed 0.77 x their commitment, and were usually off by a factor of 1.3 x "
            "(6 sprints). Too few sprints for a trend."
        ),
        "Estimates were off by factors from 1.15× to 1.8× over 6 sprints",
    ]


def test_without_hours_commitments_are_compared() -> None:
    """And without both, the section says so."""
    known = estimation()
    nothing = replace(known.items, n=0, bias_factor=None, typical_factor=None, excluded=())
    by_commitment = replace(rich_inputs(), estimation=replace(known, items=nothing))
    by_nothing = replace(rich_inputs(), estimation=replace(known, items=nothing, commitments=nothing))
    lines = told(section_of(build.sprint(by_commitment), "estimates"))

    assert lines[0] == "No completed item has both a time estimate and logged work."
    assert lines[2] == "Commitments were off by factors from 1.22× to 1.22× over 6 sprints"
    assert told(section_of(build.sprint(by_nothing), "estimates")) == [
        "Nothing is known yet about how good the estimates were."
    ]


def test_without_commitments_items_are_compared() -> None:
    """And without a sprint that was measured there is no picture."""
    known = estimation()
    nothing = replace(known.commitments, n=0, bias_factor=None, typical_factor=None)
    inputs = replace(rich_inputs(), estimation=replace(known, commitments=nothing, sprints=()))

    assert told(section_of(build.sprint(inputs), "estimates"))[1:] == [
        "No sprint has both a commitment and something completed."
    ]


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (
            Trend(verdict=Verdict.TOO_FEW, n=7),
            "Too few to say whether it changed: 7 sprints of the 8 that a claim needs.",
        ),
        (
            Trend(verdict=Verdict.NO_TREND, n=9, p_adjusted=0.2144),
            "No trend shown over 9 sprints (p = 0.214).",
        ),
        (
            Trend(verdict=Verdict.IMPROVING, n=8, p_adjusted=0.0004, first=1.8, last=1.29),
            (
                "It came nearer: the median factor went from 1.8× to 1.29× over 8 sprints (p below 0.001; "
                "carried work ties neighbouring sprints together, so this is on the hopeful side)."
            ),
        ),
        (
            Trend(verdict=Verdict.WORSENING, n=8, p_adjusted=0.03),
            (
                "It came further off: the typical factor moved over 8 sprints (p = 0.03; "
                "carried work ties neighbouring sprints together, so this is on the hopeful side)."
            ),
        ),
    ],
    ids=["too few", "no trend", "improving", "worsening"],
)
def test_a_trend_is_claimed_only_as_far_as_the_statistics_go(trend: Trend, words: str) -> None:
    """With n and p, and the reservation."""
    assert trend_words(trend) == words


@pytest.mark.parametrize(
    ("trend", "card", "caption"),
    [
        (
            Trend(verdict=Verdict.IMPROVING, n=8, p_adjusted=0.0004, first=1.8, last=1.29),
            "better over 8 sprints: median 1.8× in the first half, 1.29× since",
            "Estimates came nearer: the median factor went from 1.8× to 1.29×",
        ),
        (
            Trend(verdict=Verdict.WORSENING, n=8, p_adjusted=0.03, first=1.3, last=1.6),
            "worse over 8 sprints: median 1.3× in the first half, 1.6× since",
            "Estimates drifted further off: the median factor went from 1.3× to 1.6×",
        ),
        (
            Trend(verdict=Verdict.NO_TREND, n=9, p_adjusted=0.2),
            "no trend shown over 9 sprints",
            "Estimates were off by factors from 1.15× to 1.8× over 6 sprints",
        ),
    ],
    ids=["improving", "worsening", "no trend"],
)
def test_the_card_and_the_picture_say_what_the_statistics_allow(
    trend: Trend, card: str, caption: str
) -> None:
    """Better or worse with both medians, or nothing of the kind."""
    inputs = replace(rich_inputs(), estimation=replace(estimation(), item_trend=trend))
    cards = next(
        block for block in section_of(build.weekly(inputs), "metrics").blocks if isinstance(block, Figures)
    )

    assert [one.note for one in cards.figures if one.note] == [card]
    assert caption in told(section_of(build.sprint(inputs), "estimates"))


def test_the_review_holds_a_page_for_each_active_goal() -> None:
    """The nine parts: why, level, measure, evidence, counter-evidence, ratings, help, actions, words."""
    report = build.review(rich_inputs())
    page = section_of(report, "goal-estimation")

    assert [section.id for section in report.sections] == [
        "overview",
        "goal-estimation",
        "goal-on-time",
        "items",
        "confidence",
    ]
    assert page.page_break_before
    assert told(page) == [
        "Shown to [Manager], last entry 2026-11-18. 5 items tagged.",
        "Why it matters. Why estimation: plans hold when estimates do.",
        "[Now]",
        "Now estimation: half the items start without an estimate.",
        "[Aimed at]",
        "Then estimation: every item has an estimate before it starts.",
        "Typical factor of completed items: 1.41 x",
        "Target: at most 1.5 x by 2027-03-31",
        "At first: 1.8 x",
        "Last values: 1.8 x, 1.7 x, 1.5 x, 1.45 x, 1.3 x, 1.15 x",
        "Rests on: n = 48, 11 left out: no logged work",
        "Guard: Share of items estimated again after the start",
        "Too few sprints for a trend: 6 of the 8 that a claim needs.",
        "Typical factor of completed items: 1.41× now, 1.8× at first, target at most 1.5×",
        "At first | 1.8 x",
        "Target | 1.5 x",
        *(f"Value {number} | {value} x" for number, value in enumerate((1.8, 1.7, 1.5, 1.45, 1.3, 1.15), 1)),
        "[Speaks for it: the strongest 3 of 4 items]",
        f"WEB-3 Show the tax before checkout | {piece(19, 3)}",
        f"WEB-6 Explain a declined card | {piece(22, 2)}",
        f"WEB-4 Retry a failed payment | {piece(20, 2)}",
        "[Speaks against it: 1 item]",
        f"WEB-5 | {piece(21, 1)}",
        "To show in the talk. The three worst misses with their causes",
        "[Own rating]",
        "3 of 5 on 2026-11-18: Ranges helped; I still anchor the team with my own number.",
        "Own, today (1 not yet, 5 a habit): (scale)",
        "Because (): (line)",
        "[Manager's rating]",
        "2 of 5 on 2026-10-05 by Head of Product: The estimates come late.",
        "Manager's, today (1 not yet, 5 a habit): (scale)",
        "Because (): (line)",
        "[Help needed]",
        "11 Nov 2026: Someone from support who may answer, by the end of the month.",
        "Today (from whom, by when): (lines)",
        "[The manager's words]",
        (
            "5 Oct 2026, Head of Product: Show the team its typical factor after every sprint. "
            "Ask for ranges where nobody knows. 1 earlier entry in the journal."
        ),
        "Today (with the date): (lines)",
        "Write ranges for the five largest items of Checkout 2 | 2026-10-05 | 2026-12-04 | [Open] | ",
        "Read the open list aloud on Mondays | 2026-10-05 | 2026-11-19 | [Late] | ",
        (
            "Bring the three worst misses to every retrospective | 2026-10-05 | 2026-10-26 | [Not done] | "
            "Two retrospectives fell to the release; it is in the invitation now."
        ),
        (
            "Estimate the returns epic with both teams before it is planned | 2026-10-05 | 2026-10-19 | "
            "[Done] | Two sessions; three items were split."
        ),
        (
            "Ask finance for the history of the last three budgets | 2026-10-05 |  | [Dropped] | "
            "They are in the archive."
        ),
        " |  |  |  | ",
    ]


def piece(day: int, strength: int) -> str:
    """The line below a piece of evidence: rule, day, strength, clause."""
    return f'Estimation rule, since 2026-11-{day}, strength {strength} of 3: "Story Points" IS NOT EMPTY'


def test_the_overview_of_a_review_holds_no_score() -> None:
    """Who sees it, ratings, measure, target, counts, last entry; missing is a dash and never zero."""
    lines = told(section_of(build.review(rich_inputs()), "overview"))

    assert lines == [
        (
            "Estimate work ahead | [Manager] | own 3, manager 2 | 1.41 x | at most 1.5 x | 4 | 1 | "
            "2026-11-18 | Too few sprints for a trend: 6 of the 8 that a claim needs."
        ),
        (
            "Deliver on time | [Management] | not rated | – | at most 1.5 | 1 | 0 | "
            "nothing noted | Not measured yet: no number was read for this goal."
        ),
        "Evidence as of 2026-11-20, and so are the measures.",
    ]


def test_the_overview_gives_the_verdict_alone() -> None:
    """What it rests on stands on the goal's own page."""
    inputs = rich_inputs()
    measure = replace(inputs.measures["estimation"], verdict="Met. It came nearer: from 1.8 to 1.3.")
    report = build.review(replace(inputs, measures={"estimation": measure}))

    assert told(section_of(report, "overview"))[0].endswith("| 4 | 1 | 2026-11-18 | Met.")
    assert "Met. It came nearer: from 1.8 to 1.3." in told(section_of(report, "goal-estimation"))


def test_goals_on_the_shelf_are_named_and_nothing_more() -> None:
    """At most a few are worked on at a time."""
    shelf = tuple(replace(goal, active=False) for goal in goals())
    report = build.review(replace(rich_inputs(), goals=shelf))

    assert told(section_of(report, "overview")) == [
        "No goal is active for this audience.",
        "On the shelf are Estimate work ahead and Deliver on time.",
        "Evidence as of 2026-11-20, and so are the measures.",
    ]
    assert (report.headline.tone, report.headline.lead) == (Tone.UNKNOWN, "No active goal.")


def test_a_goal_without_target_measure_or_evidence_says_so() -> None:
    """Each gap has its own words, and nothing that was not read pretends to be a number."""
    goal = replace(goals()[0], target=None, due=None)
    report = build.review(replace(empty_inputs(), goals=(goal,)))
    lines = told(section_of(report, "goal-estimation"))

    assert lines[0] == "Shown to [Manager], nothing was noted yet."
    assert lines[6:14] == [
        "Typical factor of completed items: [No data]",
        "Target: none set",
        "Guard: Share of items estimated again after the start",
        "Not measured yet: no number was read for this goal.",
        "[Speaks for it]",
        "No item speaks for this goal yet.",
        "[Speaks against it]",
        "No item speaks against it.",
    ]
    assert lines.count("Not rated yet.") == lines.count("Nothing was noted.") == 2
    assert told(section_of(report, "overview")) == [
        (
            "Estimate work ahead | [Manager] | not rated | – |  | 0 | 0 | nothing noted | "
            "Not measured yet: no number was read for this goal."
        ),
        "Nothing was tagged yet. Measures as of 2026-11-20.",
    ]
    assert [section.id for section in report.sections] == ["overview", "goal-estimation", "confidence"]


def test_a_goal_of_ones_own_may_say_very_little() -> None:
    """A title alone makes a page; what was not described says so, and leaves no heading without words."""
    goal = Goal(
        id="own", title="Own", why="", behaviour_now="", target_behaviour="", indicator="", guard="", show=""
    )
    lines = told(section_of(build.review(replace(empty_inputs(), goals=(goal,))), "goal-own"))

    assert lines[:7] == [
        "Shown to [Manager], nothing was noted yet.",
        "[Now]",
        "Not described.",
        "[Aimed at]",
        "Not described.",
        "Measure: [No data]",
        "Target: none set",
    ]
    assert "Guard: none set" in lines
    assert not [line for line in lines if line.startswith(("Why it", "To show"))]


def test_a_measure_says_how_sure_it_is_and_what_its_guard_shows() -> None:
    """The interval stands beside n, the guard as it was read; one value makes no line."""
    inputs = rich_inputs()
    measure = replace(
        inputs.measures["estimation"],
        interval=(Decimal("1.2"), Decimal("1.7")),
        guarded="4 of 48.",
        trend=(Decimal("1.8"), None),
        baseline=None,
    )
    lines = told(
        section_of(build.review(replace(inputs, measures={"estimation": measure})), "goal-estimation")
    )

    assert "Rests on: n = 48, 95 % sure: 1.2 x to 1.7 x, 11 left out: no logged work" in lines
    assert "Guard: 4 of 48." in lines
    assert not [line for line in lines if line.startswith("Last values")]
    assert "At first: not known" in lines

    unknown = replace(measure, n=None)
    page = section_of(build.review(replace(inputs, measures={"estimation": unknown})), "goal-estimation")
    assert "Rests on: not known" in told(page)


def test_more_actions_than_a_page_holds_are_counted() -> None:
    """Five are shown, all are scored, and the rest is said to be more."""
    full = replace(FULL, actions=FULL.actions[:1] * 7, earlier=0)
    page = section_of(build.review(replace(rich_inputs(), talks={"estimation": full})), "goal-estimation")
    table = next(block for block in page.blocks if isinstance(block, Table))

    assert (table.caption, len(table.rows), table.more, table.note) == ("Actions: 7 open", 6, 2, ())


def test_a_target_that_was_moved_in_the_period_is_told_beside_the_one_that_counts() -> None:
    """The one at the start counts, with its day; where nothing was moved there is not a word of it."""
    inputs = rich_inputs()
    goal = next(one for one in inputs.goals if one.id == "estimation")
    kept = terms_of(goal)
    moved = replace(kept, target=Decimal("1.2"), due=date(2026, 12, 31))
    none = replace(kept, target=None, aim="", due=None)

    def paragraph(fixed: GoalTerms) -> str | None:
        said = replace(
            FULL, fixed=fixed, moved=(Saying(text="target from 1.2 to 1.5", on=date(2026, 11, 4)),)
        )
        page = section_of(build.review(replace(inputs, talks={"estimation": said})), "goal-estimation")
        return next((line for line in told(page) if line.startswith("Target of this period")), None)

    since = ". What was changed since counts from the next one on. On 4 Nov 2026: target from 1.2 to 1.5."
    assert paragraph(kept) is None
    assert paragraph(moved) == f"Target of this period: at most 1.2 x by 2026-12-31{since}"
    assert paragraph(none) == f"Target of this period: none{since}"


def test_long_words_of_a_talk_are_cut_so_that_the_page_holds() -> None:
    """The end becomes three dots; the journal keeps all of it."""
    long = replace(FULL, words=(Saying(text="word " * 200, on=FULL.words[0].on),))
    lines = told(
        section_of(build.review(replace(rich_inputs(), talks={"estimation": long})), "goal-estimation")
    )
    said_words = next(line for line in lines if line.startswith("5 Oct 2026: word"))

    assert said_words.endswith("…")
    assert len(said_words) < 260


def test_evidence_of_an_older_run_says_so() -> None:
    """The period of a review is past, its evidence is of the day the rules ran."""
    old = replace(rich_inputs(), evidence_as_of=utc("2026-11-02 08:00"))

    last = told(section_of(build.review(old), "overview"))[-1]
    assert last == "Evidence as of 2026-11-02, measures as of 2026-11-20."


def test_a_measure_that_is_missing_says_why() -> None:
    """In the words of whoever could not measure it."""
    inputs = rich_inputs()
    measure = replace(inputs.measures["estimation"], value=None, missing="no logged work", verdict="")
    goal = replace(goals()[0], due=None)
    report = build.review(replace(inputs, goals=(goal,), measures={"estimation": measure}))
    lines = told(section_of(report, "goal-estimation"))

    assert "Typical factor of completed items: [No data]" in lines
    assert "Target: at most 1.5 x" in lines
    assert "Not measured yet: no logged work." in lines


def test_rejected_evidence_is_listed_but_does_not_count() -> None:
    """And accepted evidence stands first, with the note of whoever judged it."""
    inputs = rich_inputs()
    judged = {3: EvidenceState.REJECTED, 2: EvidenceState.ACCEPTED}
    evidence = tuple(
        replace(
            found,
            state=judged.get(found.issue_id, found.state),
            note="Well prepared.",
        )
        for found in inputs.evidence
    )
    report = build.review(replace(inputs, evidence=evidence))
    lines = told(section_of(report, "goal-estimation"))
    strongest = lines[lines.index("[Speaks for it: 3 items]") + 1 :]

    assert strongest[0].startswith("WEB-2 Remember the delivery address")
    assert strongest[0].endswith('strength 1 of 3: "Story Points" IS NOT EMPTY (Well prepared.)')
    assert not any("Show the tax" in line for line in lines)
    assert any("Show the tax" in line and "[rejected]" in line for line in told(section_of(report, "items")))


@pytest.mark.parametrize("name", ["weekly", "sprint", "review"])
def test_every_definition_used_stands_in_the_glossary(name: str) -> None:
    """And nothing else does."""
    report = getattr(build, name)(rich_inputs())
    used = {definition for section in report.sections for definition in _definitions(section)}
    marks = {terms.RAG, terms.NET_GROWTH, terms.DATA_AGE} if name == "weekly" else set()

    assert {term.id for term in report.glossary} == used | marks


def _definitions(section: Section) -> set[str]:
    found: set[str] = set()
    for block in section.blocks:
        if isinstance(block, Figures):
            found |= {figure.definition for figure in block.figures}
        if isinstance(block, Facts):
            found |= {fact.definition for fact in block.facts}
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            found |= {column.definition for column in table.columns}
    return found - {""}


def test_every_mark_of_the_reports_is_defined() -> None:
    """In the catalogue of the metrics, or among the marks that only a report has."""
    names = [value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)]

    assert all(terms.term_of(name) is not None for name in names)
    assert not set(terms.MARKS) & set(DEFINITIONS)


def test_a_definition_nobody_wrote_is_left_out_of_the_glossary() -> None:
    """A goal may name a measure that has no entry yet; bars lead to their table."""
    table = Table(id="t", caption="t", columns=(), rows=())
    bars = Bars(
        id="b",
        caption="b",
        description="b",
        bars=(Bar(label="a", segments=(Segment(label="done", value=1, tone=Tone.GOOD),)),),
        table=table,
    )

    assert terms.term_of("unheard-of") is None
    assert terms.glossary([Section(id="s", title="s", blocks=(bars,))], ["unheard-of"]) == ()


@pytest.mark.parametrize("name", ["weekly", "sprint", "review"])
def test_every_anchor_that_is_linked_exists(name: str) -> None:
    """A number leads to its items in the page."""
    report = getattr(build, name)(rich_inputs())
    words = repr(report)
    ids = {section.id for section in report.sections}
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Table(id=anchor) | Chart(id=anchor):
                    ids.add(anchor)
                case _:
                    pass
    linked = {part.split("'")[0] for part in words.split("href='#")[1:]}

    assert linked
    assert linked <= ids


def test_no_place_in_a_page_has_two_owners() -> None:
    """Ids of sections, tables, charts and rows are told apart."""
    report = build.sprint(rich_inputs())
    ids = [section.id for section in report.sections]
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, (Table, Chart)):
                ids.append(block.id)
            if isinstance(block, Chart):
                ids.append(block.table.id)
            if isinstance(block, Table):
                ids += [row.anchor for row in block.rows if row.anchor]

    assert len(ids) == len(set(ids))


def test_links_lead_to_jira_with_the_query_encoded() -> None:
    """Also on a site with a context path."""
    inputs = replace(rich_inputs(), site_url="https://acme.example/jira/")
    words = repr(build.weekly(inputs))

    assert Link("WEB-4", "https://acme.example/jira/browse/WEB-4").href in words
    assert "https://acme.example/jira/issues/?jql=key%20in%20%28ACT-1%2C%20ACT-2%2C%20ACT-3%29" in words


def test_the_footer_says_how_it_was_counted() -> None:
    """Moment, zone, source and version."""
    lines = [said(text) for text in build.weekly(rich_inputs()).how_counted]

    assert lines[0] == "Told as it stood at 2026-11-20T17:00:00+00:00, in the time zone Europe/Berlin."
    assert lines[1] == "Read from Jira up to 2026-11-20T16:30:00+00:00."
    assert lines[-1] == "Made by pmreport 0.1.0."
    assert said(build.weekly(empty_inputs()).how_counted[1]) == "No complete sync yet."


def test_a_period_of_an_instant_is_one_day() -> None:
    """A sprint that closed as it started."""
    moment = utc("2026-11-20 12:00")
    report = build.weekly(replace(empty_inputs(), period_start=moment, period_end=moment))

    assert report.kicker == "2026-W47, 20 Nov 2026"


def test_the_same_inputs_give_the_same_report() -> None:
    """Nothing asks a clock or a die."""
    assert build.weekly(rich_inputs()) == build.weekly(rich_inputs())


def test_a_sprint_of_five_thousand_items_is_told_whole() -> None:
    """The items table holds them all; the weekly stays short."""
    ledger = worked_sprint()
    many = tuple(
        replace(ledger.issues[0], issue_id=number, issue_key=f"WEB-{number}") for number in range(1, 5001)
    )
    inputs = replace(empty_inputs(), ledgers=(replace(ledger, issues=many),))
    (table,) = section_of(build.sprint(inputs), "all-7-10").blocks

    assert isinstance(table, Table)
    assert len(table.rows) == 5000
    assert len(repr(build.weekly(inputs))) < 60_000


def test_a_closed_sprint_in_the_future_of_its_plan_is_still_drawn() -> None:
    """It closed long after its planned end."""
    ledger = closed_sprint(18, 30, 18)
    late = replace(ledger, planned_end=ledger.start + timedelta(days=4))

    assert (
        build.sprint(replace(empty_inputs(), ledgers=(late,))).headline.lead == "20 of 32 points completed."
    )


def test_unknown_numbers_are_none_and_never_zero() -> None:
    """In an empty report no figure pretends to know."""
    section = section_of(build.weekly(empty_inputs()), "metrics")
    (figures,) = section.blocks

    assert isinstance(figures, Figures)
    unknown = [figure.number for figure in figures.figures if figure.missing]
    assert all(number == replace(number, value=None) for number in unknown)
    assert Number(value=Decimal(0)) not in unknown
