"""Goals, pieces of evidence and matches, small ones that differ only in what matters."""

from datetime import UTC, datetime

from pmreport.goals.evidence import Evidence, Match
from pmreport.goals.goal import Goal, GoalRule, Polarity, Visibility

OCTOBER, NOVEMBER, DECEMBER = (datetime(2026, month, 1, tzinfo=UTC) for month in (10, 11, 12))
RULE = GoalRule(id="closed", jql="status = Done", strength=2)


def goal(
    id_: str = "follow-up",
    *,
    active: bool = True,
    visibility: Visibility = Visibility.MANAGER,
    target: float | None = None,
    rules: tuple[GoalRule, ...] = (RULE,),
) -> Goal:
    """A goal without words."""
    return Goal(
        id=id_,
        title=f"The goal {id_}",
        why="",
        behaviour_now="",
        target_behaviour="",
        indicator="",
        guard="",
        show="",
        active=active,
        visibility=visibility,
        target=target,
        rules=rules,
    )


def match(
    number: int = 1, *, rule: GoalRule = RULE, goal: str = "follow-up", since: datetime = NOVEMBER
) -> Match:
    """A rule that has found item WEB-<number>."""
    return Match(
        goal_id=goal,
        rule=rule,
        issue_id=number,
        issue_key=f"WEB-{number}",
        clause="status = Done",
        since=since,
    )


def piece(
    number: int = 1,
    *,
    rule: str = "closed",
    goal: str = "follow-up",
    polarity: Polarity = Polarity.EVIDENCE,
    clause: str = "status = Done",
) -> Evidence:
    """Item WEB-<number> under a rule, as it was found."""
    return Evidence(
        goal_id=goal,
        issue_id=number,
        issue_key=f"WEB-{number}",
        rule_id=rule,
        clause=clause,
        since=NOVEMBER,
        polarity=polarity,
        strength=2,
    )
