"""What the rules of the goals found, as a person and as a program read it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pmreport.app.goals import TagSummary
from pmreport.cli.goal_shapes import explanation_json, explanation_tables, tag_json, tag_tables
from pmreport.cli.grid import plain
from pmreport.goals.evidence import Coverage, Evidence, EvidenceState
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
    coverage=Coverage(items=10, tagged=3, silent=(("estimation", "mute"),), greedy=(("estimation", "all"),)),
    added=3,
    gone=1,
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
        "Goal                             For  Against\n"
        "-------------------------------  ---  -------\n"
        "estimation: Estimate work ahead    1        1\n"
        "3 pieces are new, 1 gone. Kept in /home/pm/evidence.json.\n"
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
