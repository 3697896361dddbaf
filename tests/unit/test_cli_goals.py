"""What the rules of the goals found, as a person and as a program read it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pmreport.app.goals import TagSummary
from pmreport.cli.coverage_shapes import coverage_json, coverage_tables
from pmreport.cli.explain_shapes import explanation_json, explanation_tables
from pmreport.cli.goal_shapes import MOST_TOLD, tag_json, tag_tables
from pmreport.cli.grid import plain
from pmreport.goals.coverage import Coverage, Together
from pmreport.goals.difference import Changed, Difference
from pmreport.goals.evidence import Evidence, EvidenceState
from pmreport.goals.explain import ClauseExplanation, Explanation, RuleExplanation
from pmreport.goals.goal import Goal, Polarity, Visibility
from tests.support.schema import faults

WHEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
GOAL = Goal(
    id="estimation",
    title="Estimate work ahead",
    why="",
    behaviour_now="",
    target_behaviour="",
    indicator="",
    guard="",
    show="",
    visibility=Visibility.PRIVATE,
)
PIECE = Evidence(
    goal_id="estimation",
    issue_id=1,
    issue_key="WEB-1",
    rule_id="ahead",
    clause="labels = ready",
    since=WHEN,
    polarity=Polarity.EVIDENCE,
    strength=2,
)
SUMMARY = TagSummary(
    goals=(GOAL, replace(GOAL, id="shelf", active=False)),
    evidence=(
        PIECE,
        replace(PIECE, rule_id="other"),
        replace(PIECE, issue_id=2, issue_key="WEB-2", state=EvidenceState.REJECTED),
        replace(PIECE, issue_id=3, issue_key="WEB-3", polarity=Polarity.COUNTER),
    ),
    coverage=Coverage(
        items=10,
        tagged=3,
        found=((("estimation", "ahead"), 2), (("estimation", "mute"), 0), (("estimation", "all"), 10)),
        together=(),
    ),
    difference=Difference(
        added=(PIECE, replace(PIECE, issue_id=4, issue_key="WEB-4"), replace(PIECE, rule_id="other")),
        gone=(replace(PIECE, issue_id=5, issue_key="WEB-5"),),
        changed=(Changed(PIECE, replace(PIECE, strength=3)),),
    ),
    terms=(),
    remarks=("goal estimation has a rule that does not fit this site",),
    path=Path("/home/pm/evidence.json"),
)
EXPLANATION = Explanation(
    issue_key="WEB-1",
    as_of=WHEN,
    account=None,
    zone="Europe/Berlin",
    week_start="mon",
    rules=(
        RuleExplanation(
            goal_id="estimation",
            goal_title="Estimate work ahead",
            rule_id="ahead",
            jql="labels = ready AND assignee = currentUser()",
            polarity=Polarity.EVIDENCE,
            strength=2,
            matches=False,
            clauses=(
                ClauseExplanation("labels = ready", holds=True, seen="ready, web"),
                ClauseExplanation("assignee = currentUser()", holds=False, seen="EMPTY"),
            ),
        ),
    ),
)


def test_each_active_goal_says_what_speaks_for_and_against_it() -> None:
    """An item counts once however many rules find it, and rejected evidence speaks no more."""
    text = "\n".join(plain(grid) for grid in tag_tables(SUMMARY))

    assert text == (
        "Evidence for the active goals\n"
        "Goal                             For  Against  Judged\n"
        "-------------------------------  ---  -------  ------\n"
        "estimation: Estimate work ahead    1        1       1\n"
        "3 pieces are new, 1 gone, 1 changed. Kept in /home/pm/evidence.json.\n"
        "The rules speak about 3 of 10 items.\n"
        "Rule mute of goal estimation found nothing.\n"
        "Rule all of goal estimation found every item.\n"
        "Goal estimation has a rule that does not fit this site."
    )


def test_a_dry_run_says_that_nothing_was_kept() -> None:
    """Nobody looks for a file that was never written; without a goal the way on is named."""
    text = "\n".join(plain(grid) for grid in tag_tables(replace(SUMMARY, path=None, goals=())))

    assert "A dry run: nothing was kept." in text
    assert "No goal is active: see [[goal]] in config.example.toml." in text


def test_a_dry_run_shows_what_it_would_change() -> None:
    """Every piece that comes, goes or changes, with what differs; a long list is cut and says so."""
    many = tuple(replace(PIECE, issue_id=100 + number, issue_key=f"APP-{number}") for number in range(25))
    dry = replace(SUMMARY, path=None, difference=replace(SUMMARY.difference, gone=many))
    _, table = tag_tables(dry)

    assert ("new", "estimation", "ahead", "WEB-4", "labels = ready") in table.rows
    assert ("changed: strength", "estimation", "ahead", "WEB-1", "labels = ready") in table.rows
    assert sum(row[0] == "gone" for row in table.rows) == MOST_TOLD + 1
    assert ("gone", "", "", "and 5 more", "") in table.rows


def test_what_was_judged_and_is_gone_is_said() -> None:
    """A person who judged a piece is told that no rule finds it any more, and why."""
    lost = (
        replace(PIECE, matches=False, state=EvidenceState.ACCEPTED),
        replace(PIECE, rule_id="old", matches=False, state=EvidenceState.REJECTED, rule_gone=True),
    )
    (table,) = tag_tables(replace(SUMMARY, evidence=lost))

    assert (
        "2 judged pieces are not found any more, 1 because their rule is gone; they stay as they were judged."
        in table.notes
    )
    (table,) = tag_tables(replace(SUMMARY, evidence=lost[:1]))
    assert "1 judged pieces are not found any more; they stay as they were judged." in table.notes


def test_coverage_is_told_rule_by_rule() -> None:
    """What every rule finds, which say nothing, which say the same, and what is left."""
    first, mute, every, twin = (("estimation", name) for name in ("ahead", "mute", "all", "twin"))
    known = Coverage(
        items=10,
        tagged=10,
        found=((first, 2), (mute, 0), (every, 10), (twin, 2)),
        together=(Together(first=first, second=twin, items=2),),
    )
    summary = replace(SUMMARY, coverage=known)
    (table,) = coverage_tables(summary)

    assert table.rows == (
        ("estimation", "ahead", "2", "20 %", "the same items as estimation/twin"),
        ("estimation", "mute", "0", "0 %", "found nothing"),
        ("estimation", "all", "10", "100 %", "found every item"),
        ("estimation", "twin", "2", "20 %", "the same items as estimation/ahead"),
    )
    assert table.notes[0] == "0 of 10 items (0 %) are spoken about by no rule."
    assert faults(coverage_json(summary), "tag-coverage") == []


def test_coverage_of_an_empty_store_is_no_number() -> None:
    """No share is made up where there is no item."""
    known = replace(SUMMARY.coverage, items=0, tagged=0)
    (table,) = coverage_tables(replace(SUMMARY, coverage=known))

    assert table.notes[0] == "There is no item yet, so there is no share."
    assert coverage_json(replace(SUMMARY, coverage=known))["untagged_share"] is None


def test_what_tagging_found_is_printed_as_promised() -> None:
    """Every piece with its rule, its clause and since when."""
    shape = tag_json(SUMMARY)

    assert shape["goals"] == [
        {
            "id": "estimation",
            "title": "Estimate work ahead",
            "visibility": "private",
            "for": ["WEB-1"],
            "against": ["WEB-3"],
        }
    ]
    assert faults(shape, "tag") == []
    assert tag_json(replace(SUMMARY, path=None))["path"] is None


def test_an_item_is_explained_clause_by_clause() -> None:
    """Matched or not, with what the item has, and what now and me were taken for."""
    text = "\n".join(plain(grid) for grid in explanation_tables(EXPLANATION))

    assert text == (
        "WEB-1: every rule of the active goals\n"
        "Word            Taken for\n"
        "--------------  ------------------------------------\n"
        "now()           2026-11-20T09:00:00Z\n"
        "currentUser()   not known: set [me] account, or sync\n"
        "days            Europe/Berlin\n"
        "weeks begin on  mon\n"
        "estimation / ahead (evidence): does not match\n"
        "Holds  Clause                    The item has\n"
        "-----  ------------------------  ------------\n"
        "yes    labels = ready            ready, web\n"
        "no     assignee = currentUser()  EMPTY\n"
        "labels = ready AND assignee = currentUser()"
    )
    assert faults(explanation_json(EXPLANATION), "tag-explain") == []


def test_without_an_active_goal_nothing_can_be_explained() -> None:
    """The reader is told why there is no rule."""
    text = "\n".join(plain(grid) for grid in explanation_tables(replace(EXPLANATION, rules=())))

    assert "No goal is active, so there is no rule." in text
