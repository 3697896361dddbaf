"""Sprints whose numbers were published, told as stories and counted by the real query."""

from math import ceil

import pytest

from pmreport.metrics.ledger import Outcome
from tests.support.ledgers import keys, ledger, plain
from tests.support.stories import tell

SPRINT = "sprint 10: 03-03 09:00 to 03-14 16:30\n"


def test_e_sp2_committed_nineteen_and_delivered_seven() -> None:
    """E-SP2, Choetkiertikul et al., TSE 2017: a sprint of six issues; two unfinished, one removed: -12.

    The paper gives the points of the three delivered; those of the other three are made up to its 19.
    """
    told = ledger(
        tell(
            SPRINT
            + """
            A 2: planned, 03-06 10:00 done
            B 2: planned, 03-07 10:00 done
            C 3: planned, 03-10 10:00 done
            D 5: planned
            E 5: planned
            F 2: planned, 03-05 10:00 out of 10
            """
        )
    )

    assert plain(told.amounts.commitment, told.amounts.completed) == (19, 7)
    assert told.amounts.completed - told.amounts.commitment == -12
    assert plain(told.counts.commitment, told.counts.not_completed, told.counts.removed) == (6, 2, 1)
    assert keys(told, outcome=Outcome.COMPLETED) == "A B C"


def test_e_sp4_two_stories_estimated_anew() -> None:
    """E-SP4, Broken Build: 32 at first, +2 on two stories, so 36 in the end, of which 5 were not done."""
    told = ledger(
        tell(
            SPRINT
            + """
            S1 8: planned, 03-05 10:00 done
            S2 8: planned, 03-06 10:00 done
            S3 5: planned, 03-07 10:00 done
            S4 3: planned, 03-05 11:00 estimate 5, 03-10 10:00 done
            S5 5: planned, 03-11 10:00 done
            S6 3: planned, 03-06 11:00 estimate 5
            """
        )
    ).amounts

    assert plain(told.commitment, told.added, told.removed, told.reestimated) == (32, 0, 0, 4)
    assert plain(told.final_scope, told.not_completed, told.completed) == (36, 5, 31)
    assert told.identity_holds


@pytest.mark.parametrize(
    ("lines", "committed", "removed", "completed", "left"),
    [
        ("A 5: planned, 03-05 10:00 out of 10\nB 7: planned", 12, 5, 0, 7),
        ("A 5: planned, 03-05 10:00 done\nB 7: planned", 12, 0, 5, 7),
        ("A 5: 03-20 10:00 into 10", 0, 0, 0, 0),
        ("A 5: planned, 03-20 10:00 estimate 8", 5, 0, 0, 5),
    ],
    ids=["one leaves", "one completes", "empty", "an event after the close"],
)
def test_e_sp5_small_sprints(
    lines: str, committed: float, removed: float, completed: float, left: float
) -> None:
    """E-SP5, the specification of jirametrics: 5 and 7 come in before the start."""
    told = ledger(tell(SPRINT + lines)).amounts

    assert plain(told.commitment, told.removed, told.completed, told.not_completed) == (
        committed,
        removed,
        completed,
        left,
    )


def test_e_sp6_rounding_a_velocity_changes_the_forecast() -> None:
    """E-SP6, Atlassian's epic burndown: 7 points in three sprints, 12 left.

    Jira rounds the velocity of 7/3 to 2 and needs 6 more sprints; unrounded it is 5.14, and 6 as well.
    """
    done = (
        "sprint 9: 02-10 09:00 to 02-21 16:30\nA 2: planned, 02-12 10:00 done\nB 1: planned, 02-13 10:00 done"
    )
    velocities = [
        float(ledger(tell(text)).amounts.completed)
        for text in (
            done,
            SPRINT + "A 2: planned, 03-05 10:00 done",
            SPRINT + "A 2: planned, 03-06 10:00 done",
        )
    ]

    assert sum(velocities) == 7
    assert ceil(12 / round(sum(velocities) / 3)) == 6
    assert 12 / (sum(velocities) / 3) == pytest.approx(5.14, abs=5e-3)
    assert ceil(12 / (sum(velocities) / 3)) == 6
