"""The worked examples and edge rules of the sprint ledger, through the real query on DuckDB and SQLite."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pmreport.metrics import sprint_totals
from pmreport.metrics.ledger import EventKind, Outcome, Unit
from pmreport.metrics.sprint import ledger_query, problems_from_rows, sprints_query
from pmreport.model.instant import to_ms
from pmreport.model.problem import ProblemKind
from pmreport.report.sprints import spoken_of
from tests.support.engines import SITE, duck, sqlite
from tests.support.ledgers import LATER, keys, ledger, ledgers, plain, remaining_after_each_event, total
from tests.support.stories import moment, tell

SPRINT = "sprint 10: 03-03 09:00 to 03-14 16:30\n"

E_SP1 = """
    sprint 10: 03-03 09:00 to 03-14 16:30
    sprint 11: 03-14 16:30:30 to 03-28 16:30
    A 5: planned, 03-06 10:00 done
    B 8: planned, 03-07 10:00 estimate 13, 03-14 16:30:02 into 11
    C 3: planned, 03-05 10:00 estimate 5, 03-10 10:00 done
    D -: planned, 03-04 10:00 estimate 2, 03-12 10:00 done
    E 5: planned, 03-05 11:00 out of 10
    F 3: 03-06 12:00 into 10, 03-13 10:00 done
    G 2: 03-07 11:00 into 10, 03-10 13:00 out of 10
    H 3: planned, 02-28 10:00 done
    I 2: planned, 03-06 11:00 done, 03-10 11:00 doing, 03-14 16:30:04 into 11
    J 1: planned, 03-06 11:30 done, 03-10 11:30 doing, 03-14 10:00 done
    K 3: planned, 03-05 12:00 out of 10, 03-07 12:00 into 10, 03-11 10:00 done
    L 1: planned, born 03-08 10:00, 03-14 16:30:06 into 11
    M 2: planned, 03-14 16:30:08 into 11, 03-14 18:00 done
"""


def test_e_sp1_amounts() -> None:
    """E-SP1: amounts are event totals, and the identity holds."""
    amounts = ledger(tell(E_SP1)).amounts

    assert amounts.commitment == 29
    assert plain(amounts.added, amounts.removed, amounts.reestimated) == (9, 10, 9)
    assert plain(amounts.completed, amounts.not_completed, amounts.completed_outside) == (19, 18, 3)
    assert amounts.committed_completed == 12
    assert amounts.final_scope == 37
    assert amounts.identity_holds


def test_a_status_that_jira_no_longer_has_takes_nothing_out_of_the_sprint() -> None:
    """An issue that passed through a status deleted since stays in, and is not done before it is done."""
    story = tell(
        SPRINT + "A 5: planned, 03-05 10:00 retired, 03-06 10:00 done\nB 3: planned, 03-05 10:00 retired"
    )

    amounts = ledger(story).amounts

    assert plain(amounts.commitment, amounts.removed, amounts.added) == (8, 0, 0)
    assert plain(amounts.completed, amounts.not_completed, amounts.completed_outside) == (5, 3, 0)


def test_e_sp1_counts() -> None:
    """E-SP1 in issues: nine committed, four additions (one of them a return), three removals."""
    counts = ledger(tell(E_SP1)).counts

    assert plain(counts.commitment, counts.added, counts.removed, counts.reestimated) == (9, 4, 3, 0)
    assert plain(counts.completed, counts.not_completed, counts.completed_outside) == (6, 4, 1)
    assert counts.committed_completed == 5
    assert counts.identity_holds


def test_e_sp1_sets() -> None:
    """E-SP1: who was committed, added, removed, and how each ended."""
    told = ledger(tell(E_SP1))

    assert keys(told, committed=True) == "A B C D E I J K M"
    assert keys(told, added=True) == "F G L"
    assert keys(told, removed=True) == "E G"
    assert keys(told, outcome=Outcome.COMPLETED) == "A C D F J K"
    assert keys(told, outcome=Outcome.NOT_COMPLETED) == "B I L M"
    assert keys(told, outcome=Outcome.REMOVED) == "E G"
    assert keys(told, outcome=Outcome.COMPLETED_OUTSIDE) == "H"
    assert told.unestimated == 1


def test_e_sp1_estimates() -> None:
    """E-SP1: each estimate at the start (or when it came in) and at the close (or when it left)."""
    told = ledger(tell(E_SP1))

    changed = {
        issue.issue_key: f"{issue.estimate_at_start} -> {issue.estimate_at_close}"
        for issue in told.issues
        if issue.estimate_at_start != issue.estimate_at_close
    }
    assert changed == {"B": "8 -> 13", "C": "3 -> 5", "D": "None -> 2"}
    assert sum(issue.estimate_at_close or 0 for issue in told.issues if issue.removed) == 7
    assert sum(issue.estimate_at_start or 0 for issue in told.issues if issue.added) == 6


def test_e_sp1_event_totals() -> None:
    """E-SP1: added +9, removed -10, re-estimated +9, completed -22, reopened +3."""
    told = ledger(tell(E_SP1))

    assert {kind.value: total(told, kind) for kind in EventKind} == {
        "start": 29,
        "added": 9,
        "removed": -10,
        "re-estimated": 9,
        "completed": -22,
        "reopened": 3,
    }


def test_e_sp1_remaining_after_each_event() -> None:
    """E-SP1: the burndown, event by event."""
    assert remaining_after_each_event(ledger(tell(E_SP1))) == (
        "29 | D 31 | C 33 | E 28 | K 25 | A 20 | I 18 | J 17 | F 20 | B 25 | G 27 | K 30 | L 31"
        " | C 26 | I 28 | J 29 | G 27 | K 24 | D 22 | F 19 | J 18"
    )


def test_e_sp1_ratios() -> None:
    """E-SP1: both ratios, scope change, growth and carry-over."""
    told = ledger(tell(E_SP1))

    assert told.completion_ratio == Decimal(19) / 29
    assert told.commitment_reliability == Decimal(12) / 29
    assert told.scope_change == Decimal(28) / 29
    assert told.net_growth == Decimal(8) / 29
    assert told.carry_over == Decimal(18) / 37


def test_e_sp1_next_sprint_begins_with_what_was_carried() -> None:
    """E-SP1: what was carried is the next commitment; what was done in between came in already done."""
    following = ledgers(tell(E_SP1))[1]

    assert keys(following, committed=True) == "B I L M"
    assert following.amounts.commitment == 18


def test_e_sp1_names_who_changed_the_sprint() -> None:
    """E-SP1: an event carries the author of the change; an issue born in the sprint has none."""
    told = ledger(tell(E_SP1))

    authors = {event.issue_id: event.author_id for event in told.events if event.kind is EventKind.ADDED}
    assert authors == {6: "author-of-F", 7: "author-of-G", 11: "author-of-K", 12: None}


def test_e_sp2_mesosphere_sprint_35() -> None:
    """E-SP2: 19 committed in six issues, 7 delivered, difference -12; two unfinished, one removed."""
    told = ledger(
        tell(
            SPRINT
            + """
            A 2: planned, 03-05 10:00 done
            B 2: planned, 03-06 10:00 done
            C 3: planned, 03-07 10:00 done
            D 5: planned
            E 5: planned
            F 2: planned, 03-06 12:00 out of 10
            """
        )
    )

    assert plain(told.amounts.commitment, told.counts.commitment) == (19, 6)
    assert plain(told.amounts.completed, told.counts.completed) == (7, 3)
    assert told.amounts.completed - told.amounts.commitment == -12
    assert plain(told.counts.not_completed, told.counts.removed) == (2, 1)


def test_e_sp4_broken_build() -> None:
    """E-SP4: 32, two stories re-estimated by 2 each, one of them (now 5) unfinished: final scope 36."""
    told = ledger(
        tell(
            SPRINT
            + """
            S1 8: planned, 03-05 10:00 done
            S2 8: planned, 03-05 11:00 done
            S3 5: planned, 03-06 10:00 done
            S4 3: planned, 03-06 12:00 estimate 5, 03-10 10:00 done
            S5 5: planned, 03-11 10:00 done
            S6 3: planned, 03-07 10:00 estimate 5
            """
        )
    )

    amounts = told.amounts
    assert plain(amounts.commitment, amounts.reestimated, amounts.added, amounts.removed) == (32, 4, 0, 0)
    assert plain(amounts.final_scope, amounts.completed, amounts.not_completed) == (36, 31, 5)


@pytest.mark.parametrize(
    ("lines", "committed", "removed", "completed", "left"),
    [
        ("A 5: planned, 03-05 10:00 out of 10\nB 7: planned", 12, 5, 0, 7),
        ("A 5: planned, 03-05 10:00 done\nB 7: planned", 12, 0, 5, 7),
        ("", 0, 0, 0, 0),
        ("A 5: planned, 03-14 16:31 done", 5, 0, 0, 5),
    ],
    ids=["one leaves", "one completes", "empty sprint", "after the close"],
)
def test_e_sp5_jirametrics(lines: str, committed: int, removed: int, completed: int, left: int) -> None:
    """E-SP5: of 5 and 7 one leaves, or one completes; what comes after the close is ignored."""
    amounts = ledger(tell(SPRINT + lines)).amounts

    assert plain(amounts.commitment, amounts.removed, amounts.completed) == (committed, removed, completed)
    assert amounts.not_completed == left


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A 5: 03-03 09:00 into 10", {"commitment": 5, "not_completed": 5}),
        ("A 5: 03-03 09:00:01 into 10", {"added": 5, "not_completed": 5}),
        ("A 5: planned, 03-03 09:00 out of 10", {}),
        ("A 5: planned, 03-03 09:00 done", {"completed_outside": 5}),
        ("A 5: planned, 03-03 09:00:01 done", {"commitment": 5, "completed": 5, "committed_completed": 5}),
        ("A 5: planned, 03-03 09:00 estimate 8", {"commitment": 8, "not_completed": 8}),
        ("A 5: planned, 03-14 16:30 done", {"commitment": 5, "completed": 5, "committed_completed": 5}),
        ("A 5: planned, 03-14 16:30:01 done", {"commitment": 5, "not_completed": 5}),
        ("A 5: 03-14 16:30 into 10", {"added": 5, "not_completed": 5}),
        ("A 5: planned, 03-14 16:30 out of 10", {"commitment": 5, "removed": 5}),
        ("A 5: planned, 03-14 16:30 estimate 8", {"commitment": 5, "reestimated": 3, "not_completed": 8}),
    ],
    ids=[
        "added at the start",
        "added just after the start",
        "removed at the start",
        "done at the start",
        "done just after the start",
        "estimated at the start",
        "done at the close",
        "done just after the close",
        "added at the close",
        "removed at the close",
        "re-estimated at the close",
    ],
)
def test_ties_belong_to_the_baseline_at_the_start_and_to_the_sprint_at_the_close(
    line: str, expected: dict[str, int]
) -> None:
    """A change at the very start belongs to the baseline, one at the very close to the sprint."""
    amounts = ledger(tell(SPRINT + line)).amounts

    names = type(amounts).__dataclass_fields__
    assert {name: int(getattr(amounts, name)) for name in names if getattr(amounts, name)} == expected
    assert amounts.identity_holds


@pytest.mark.parametrize(
    ("line", "events", "outcome"),
    [
        ("A 0: planned", ["start 0"], Outcome.NOT_COMPLETED),
        ("A -: planned, 03-05 10:00 estimate 3", ["start 0", "re-estimated 3"], Outcome.NOT_COMPLETED),
        ("A -: planned, 03-05 10:00 estimate 0", ["start 0", "re-estimated 0"], Outcome.NOT_COMPLETED),
        ("A 3: 03-05 10:00 into 10, 03-06 10:00 out of 10", ["added 3", "removed -3"], Outcome.REMOVED),
        (
            "A 3: planned, 03-05 10:00 out of 10, 03-06 10:00 into 10",
            ["start 3", "removed -3", "added 3"],
            Outcome.NOT_COMPLETED,
        ),
        (
            "A 3: planned, 03-05 10:00 out of 10, 03-06 10:00 done, 03-07 10:00 into 10",
            ["start 3", "removed -3"],
            Outcome.COMPLETED_OUTSIDE,
        ),
        (
            "A 3: planned, 03-05 10:00 parked, 03-07 10:00 doing",
            ["start 3", "removed -3", "added 3"],
            Outcome.NOT_COMPLETED,
        ),
        ("A 3: planned, 03-01 10:00 parked, 03-07 10:00 doing", ["added 3"], Outcome.NOT_COMPLETED),
        (
            "A 3: planned, 03-05 10:00 parked, 03-07 10:00 done",
            ["start 3", "removed -3"],
            Outcome.COMPLETED_OUTSIDE,
        ),
        ("A 3: planned, 03-01 10:00 done, 03-07 10:00 doing", [], Outcome.COMPLETED_OUTSIDE),
        ("A 3: planned, 03-01 10:00 done, 03-07 10:00 out of 10", [], Outcome.COMPLETED_OUTSIDE),
        (
            "A 3: planned, 03-05 10:00 done, 03-06 10:00 estimate 5",
            ["start 3", "completed 0", "re-estimated 2"],
            Outcome.COMPLETED,
        ),
        (
            "A 3: planned, 03-05 10:00 done, 03-06 10:00 out of 10",
            ["start 3", "completed 0", "removed -3"],
            Outcome.REMOVED,
        ),
        ("A 3: 03-05 10:00 into 10, 03-05 10:00 done", [], Outcome.COMPLETED_OUTSIDE),
        (
            "A 3: planned, 03-05 10:00 done, 03-05 10:00 estimate 5",
            ["start 3", "re-estimated 2", "completed 0"],
            Outcome.COMPLETED,
        ),
        (
            "A 3: planned, 03-04 10:00 done, 03-05 10:00 doing, 03-05 10:00 estimate 5",
            ["start 3", "completed 0", "reopened 0", "re-estimated 2"],
            Outcome.NOT_COMPLETED,
        ),
        ("A 3: planned, 03-05 10:00 estimate none", ["start 3", "re-estimated -3"], Outcome.NOT_COMPLETED),
    ],
    ids=[
        "estimate 0 is an estimate",
        "estimated in the sprint",
        "estimated at 0 in the sprint",
        "added and removed",
        "removed and added again",
        "came back already done",
        "parked and taken up again",
        "taken up from an unmapped status",
        "parked, then done",
        "done before, reopened",
        "done before, then taken out",
        "re-estimated after done",
        "removed after done",
        "came in and was done at one moment",
        "re-estimated and done at one moment",
        "re-estimated and reopened at one moment",
        "estimate taken back",
    ],
)
def test_edge_rules_of_the_sprint(line: str, events: list[str], outcome: Outcome) -> None:
    """The edge table: what happens to the scope line, and how the issue ends."""
    told = ledger(tell(SPRINT + line))

    assert [f"{event.kind.value} {event.scope_delta}" for event in told.events] == events
    assert [issue.outcome for issue in told.issues] == [outcome]
    assert told.identity_holds


def test_an_issue_that_never_stood_in_a_column_is_not_in_the_sprint() -> None:
    """An unmapped status keeps an issue off the board, and so out of the sprint."""
    told = ledger(tell(SPRINT + "A 3: planned, 03-01 10:00 parked"))

    assert told.issues == ()


def test_an_issue_in_two_sprints_is_judged_in_each() -> None:
    """Done is credited to the sprint in which it is at the close; the other one lost it."""
    story = tell(
        """
        sprint 10: 03-03 09:00 to 03-14 16:30
        sprint 11: 03-03 09:00 to 03-14 16:30
        A 3: planned, 03-05 10:00 out of 10, 03-05 10:00 into 11, 03-06 10:00 done
        """
    )

    first, second = ledgers(story)
    assert plain(first.amounts.removed, first.amounts.completed) == (3, 0)
    assert plain(second.amounts.added, second.amounts.completed) == (3, 3)


def test_an_active_sprint_has_no_ratios() -> None:
    """While a sprint runs everything is provisional."""
    story = tell("sprint 10: 03-03 09:00\nA 3: planned, 03-05 10:00 done\nB 2: planned")

    told = ledger(story)
    assert (told.state, told.close) == ("active", None)
    assert plain(told.amounts.completed, told.amounts.not_completed) == (3, 2)
    ratios = (
        told.completion_ratio,
        told.commitment_reliability,
        told.net_growth,
        told.carry_over,
        told.scope_change,
    )
    assert ratios == (None,) * 5


def test_as_of_a_past_moment_a_sprint_that_closed_later_is_active() -> None:
    """History after the moment asked for does not exist yet."""
    told = ledger(tell(E_SP1), as_of=moment("03-06 10:00"))

    assert (told.state, told.close) == ("active", None)
    assert told.amounts.completed == 5
    assert remaining_after_each_event(told).endswith("A 20")


def test_a_sprint_that_has_not_started_is_ignored() -> None:
    """As of a moment before its start there is no sprint, and neither is a future one."""
    story = tell(SPRINT + "A 3: planned")
    future = replace(story, sprints=(replace(story.sprints[0], state="future"),))

    assert ledgers(story, as_of=moment("03-03 08:59")) == ()
    assert ledgers(future) == ()


def test_the_click_that_started_a_sprint_outranks_its_planned_start() -> None:
    """Where Jira tells when a sprint was started, that is its start."""
    story = tell(SPRINT + "A 3: 03-03 12:00 into 10")
    clicked = replace(story, sprints=(replace(story.sprints[0], activated=moment("03-04 09:00")),))

    assert ledger(story).amounts.added == 3
    assert ledger(clicked).amounts.commitment == 3


@pytest.mark.parametrize(
    ("gone", "amounts"),
    [
        ("03-03 09:00", (3, 0, 0, 3)),
        ("03-03 09:01", (8, 5, 0, 3)),
        ("03-10 00:00", (8, 5, 0, 3)),
        ("03-14 16:30", (8, 5, 0, 3)),
        ("03-14 16:31", (8, 0, 5, 3)),
    ],
    ids=["at the start", "after it", "in between", "at the close", "after the close"],
)
def test_an_issue_that_goes_out_of_sight_leaves_the_sprint_then(gone: str, amounts: tuple[int, ...]) -> None:
    """Commitment, removed, completed, not completed: it was there until then, even if it was done."""
    story = tell(SPRINT + "A 5: planned, 03-06 10:00 done\nB 3: planned")
    for mark in ("unseen_since_ms", "deleted_ms"):
        told = ledger(story.with_issue("A", **{mark: to_ms(moment(gone))})).amounts
        assert plain(told.commitment, told.removed, told.completed, told.not_completed) == amounts
        assert told.identity_holds


def test_an_issue_out_of_sight_was_there_before() -> None:
    """As of a moment before it went, nothing is missing."""
    story = tell(SPRINT + "A 5: planned").with_issue("A", unseen_since_ms=to_ms(moment("03-10 00:00")))

    assert ledger(story, as_of=moment("03-09 23:59")).amounts.not_completed == 5
    assert ledger(story, as_of=moment("03-10 00:00")).amounts.removed == 5


def test_sub_tasks_and_deleted_issues_stand_outside() -> None:
    """Neither points nor counts know them."""
    story = tell(SPRINT + "A 3: planned\nB 5: planned\nC 8: planned")
    story = story.with_issue("B", is_subtask=True).with_issue("C", deleted_ms=1)

    told = ledger(story)
    assert plain(told.amounts.commitment, told.counts.commitment) == (3, 1)


def test_a_board_without_an_estimation_field_counts_issues() -> None:
    """Then an estimate is one issue, and nothing is ever re-estimated."""
    told = ledger(tell(SPRINT + "A 3: planned, 03-05 10:00 estimate 5\nB -: planned", estimation_field=None))

    assert told.unit is Unit.ISSUES
    assert told.amounts == told.counts
    assert plain(told.amounts.commitment, told.unestimated) == (2, 0)


def test_another_boards_sprint_is_not_own() -> None:
    """A board lists every sprint its filter can see; only the one it was made on owns it."""
    story = tell(SPRINT + "A 3: planned")
    foreign = replace(story, sprints=(replace(story.sprints[0], origin_board_id=7),))

    assert ledger(story).is_own
    assert not ledger(foreign).is_own


def test_a_sprint_closed_before_its_start_is_a_problem() -> None:
    """Imported dates that make no sense are named, never turned around."""
    story = tell("sprint 10: 03-14 16:30 to 03-03 09:00\nsprint 11: - to 03-14 16:30\nA 3: planned")
    engine = duck()
    engine.hold(story.rows())
    sprints, rows = engine.answer(sprints_query(SITE, LATER)), engine.answer(ledger_query(SITE, LATER))

    problems = problems_from_rows(sprints, rows)
    assert ledgers(story) == ()
    assert [problem.kind for problem in problems] == [
        ProblemKind.SPRINT_CLOSED_BEFORE_START,
        ProblemKind.SPRINT_WITHOUT_START,
    ]


def test_an_estimate_below_zero_is_a_problem_and_no_estimate() -> None:
    """A negative estimate counts as unestimated and is named, so that sums stay sums of work."""
    story = tell(SPRINT + "A -5: planned\nB 3: planned")
    engine = duck()
    engine.hold(story.rows())
    sprints, rows = engine.answer(sprints_query(SITE, LATER)), engine.answer(ledger_query(SITE, LATER))

    told = ledger(story)
    assert plain(told.amounts.commitment, told.unestimated) == (3, 1)
    assert [(problem.kind, problem.subject) for problem in problems_from_rows(sprints, rows)] == [
        (ProblemKind.ABSURD_ESTIMATE, "A")
    ]
    assert [row.below_zero_issues for row in engine.answer(sprint_totals.query(SITE, LATER))] == [1]


def test_a_report_speaks_of_what_runs_and_of_what_is_asked_for() -> None:
    """Of the other sprints the amounts stay; their items are nobody's to name."""
    first = ledger(tell(SPRINT + "A 3: planned"))
    closed = tuple(
        replace(first, sprint_id=number, close=first.start + timedelta(days=number))
        for number in range(20, 30)
    )

    assert [one.sprint_id for one in spoken_of(closed, None, ())[:1]] == [29]
    assert {one.sprint_id for one in spoken_of(closed, None, (20,))} == {20, *range(24, 30)}


def test_a_sprint_that_closed_as_it_started_is_empty_of_events() -> None:
    """A window of no length holds its baseline and nothing else."""
    told = ledger(tell("sprint 10: 03-03 09:00 to 03-03 09:00\nA 3: planned, 03-03 09:01 done"))

    assert plain(told.amounts.commitment, told.amounts.not_completed) == (3, 3)


def test_one_board_or_one_sprint_can_be_asked_for() -> None:
    """An id narrows the answer; another board's id empties it."""
    engine = duck()
    engine.hold(tell(E_SP1).rows())

    narrowed = engine.answer(sprints_query(SITE, LATER, sprint_ids=(11,)))
    assert [sprint.sprint_id for sprint in narrowed] == [11]
    assert {
        row.sprint_id for row in engine.answer(ledger_query(SITE, LATER, board_id=1, sprint_ids=(11,)))
    } == {11}
    assert engine.answer(ledger_query(SITE, LATER, board_id=2)) == []


@pytest.mark.parametrize("days", [0, 7, 30])
def test_sqlite_gives_the_same_answer(days: int) -> None:
    """One text, two engines, one answer, row by row."""
    as_of = moment("03-05 00:00") + timedelta(days=days)
    for engine in (duck(), sqlite()):
        engine.hold(tell(E_SP1).rows())

    assert sqlite().answer(ledger_query(SITE, as_of)) == duck().answer(ledger_query(SITE, as_of))
    assert sqlite().answer(sprints_query(SITE, as_of)) == duck().answer(sprints_query(SITE, as_of))
