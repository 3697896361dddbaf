"""How much the rules speak about, and what an edit of a rule would change."""

from dataclasses import replace

from pmreport.goals.coverage import Together, coverage
from pmreport.goals.difference import difference
from pmreport.goals.evidence import EvidenceState
from pmreport.goals.goal import Polarity
from tests.support.goal_pieces import DECEMBER, piece

RULES = [("follow-up", name) for name in ("closed", "never", "always", "also")]


def test_coverage_counts_items_once() -> None:
    """An item under two rules is tagged once; rules that find nothing or everything are named."""
    found = [piece(1), *(piece(number, rule="always") for number in (1, 2, 3))]

    covered = coverage(found, RULES[:3], 3)

    assert (covered.tagged, covered.untagged_share) == (3, 0.0)
    assert covered.silent == (("follow-up", "never"),)
    assert covered.greedy == (("follow-up", "always"),)
    assert dict(covered.found) == {RULES[0]: 1, RULES[1]: 0, RULES[2]: 3}


def test_coverage_of_nothing_is_unknown() -> None:
    """Without items there is no share, and no rule that finds all; what is found no more does not count."""
    covered = coverage([replace(piece(), matches=False)], [("follow-up", "closed")], 0)

    assert (covered.tagged, covered.untagged_share, covered.greedy) == (0, None, ())


def test_rules_that_always_fire_together_are_named() -> None:
    """Two rules with the same items say one thing twice; a single shared item is no sign of that."""
    both = [piece(number, rule=rule) for number in (1, 2) for rule in ("closed", "always")]
    single = [piece(7, rule="also"), piece(7, rule="other", goal="on-scope")]

    covered = coverage([*both, *single], RULES, 10)

    assert covered.together == (Together(first=RULES[0], second=RULES[2], items=2),)


def test_a_rejected_piece_is_found_all_the_same() -> None:
    """Coverage is about the rules: what a person makes of a piece changes nothing."""
    covered = coverage([replace(piece(), state=EvidenceState.REJECTED)], RULES, 2)

    assert covered.tagged == 1


def test_an_edit_adds_takes_away_and_changes() -> None:
    """Pieces are compared by goal, rule and item; what stays the same is not told."""
    old = [piece(1), piece(2), piece(3)]
    stronger = replace(piece(3), strength=3, polarity=Polarity.COUNTER)
    new = [piece(1), stronger, piece(4)]

    found = difference(old, new)

    assert found.added == (piece(4),)
    assert found.gone == (piece(2),)
    assert [(one.before, one.after, one.what) for one in found.changed] == [
        (piece(3), stronger, ("strength", "side"))
    ]


def test_other_words_and_another_moment_are_changes() -> None:
    """A piece that holds by another clause, or since another moment, is told with what differs."""
    other = replace(piece(), clause="status = Closed", since=DECEMBER)

    assert [one.what for one in difference([piece()], [other]).changed] == [("clause", "moment")]


def test_a_judgement_is_no_change() -> None:
    """What a person said, and what is kept only because of it, is none of the rules' doing."""
    accepted = replace(piece(), state=EvidenceState.ACCEPTED)
    lost = replace(piece(2), matches=False)

    found = difference([accepted, lost], [piece()])

    assert (found.added, found.gone, found.changed) == ((), (), ())
