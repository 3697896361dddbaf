"""Talks about goals, from one in which nothing was said to one that fills its page."""

from datetime import date

from pmreport.goals.talk import Action, Rating, Saying, Talk
from pmreport.model.journal_goals import ActionState

FULL = Talk(
    own=Rating(
        score=3, on=date(2026, 11, 18), text="Ranges helped; I still anchor the team with my own number."
    ),
    manager=Rating(score=2, on=date(2026, 10, 5), text="The estimates come late.", by="Head of Product"),
    help_needed=(
        Saying(text="Someone from support who may answer, by the end of the month.", on=date(2026, 11, 11)),
    ),
    words=(
        Saying(
            text="Show the team its typical factor after every sprint. Ask for ranges where nobody knows.",
            on=date(2026, 10, 5),
            by="Head of Product",
        ),
        Saying(text="A good start.", on=date(2026, 7, 6), by="Head of Product"),
    ),
    actions=(
        Action(
            text="Write ranges for the five largest items of Checkout 2",
            agreed=date(2026, 10, 5),
            due=date(2026, 12, 4),
        ),
        Action(text="Read the open list aloud on Mondays", agreed=date(2026, 10, 5), due=date(2026, 11, 19)),
        Action(
            text="Bring the three worst misses to every retrospective",
            agreed=date(2026, 10, 5),
            due=date(2026, 10, 26),
            state=ActionState.MISSED,
            closed=date(2026, 10, 26),
            reason="Two retrospectives fell to the release; it is in the invitation now.",
        ),
        Action(
            text="Estimate the returns epic with both teams before it is planned",
            agreed=date(2026, 10, 5),
            due=date(2026, 10, 19),
            state=ActionState.DONE,
            closed=date(2026, 10, 17),
            reason="Two sessions; three items were split.",
        ),
        Action(
            text="Ask finance for the history of the last three budgets",
            agreed=date(2026, 10, 5),
            state=ActionState.DROPPED,
            closed=date(2026, 10, 9),
            reason="They are in the archive.",
        ),
    ),
    earlier=2,
    last=date(2026, 11, 18),
)
"""Every part is there: both ratings, help, words of two talks, and five actions."""
