"""The goals of one person, as they wrote them: the entries `[[goal]]`."""

from dataclasses import dataclass
from datetime import date

from pmreport.goals.goal import GoalRule, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSettings:
    """One goal, or what changes a built-in one.

    `use` names the built-in goal it starts from (`estimate-ahead`); None for a goal of one's own. Every None
    is left to the built-in goal. A rule replaces the built-in rule of the same id, others are added.
    `beyond_three` says why the goal is active although three others are.
    `where` says where the goal is written (file:line:column), and every rule where its JQL is.
    """

    id: str
    use: str | None = None
    title: str | None = None
    why: str | None = None
    behaviour_now: str | None = None
    target_behaviour: str | None = None
    indicator: str | None = None
    guard: str | None = None
    show: str | None = None
    target: float | None = None
    due: date | None = None
    active: bool = True
    beyond_three: str | None = None
    visibility: Visibility | None = None
    rules: tuple[GoalRule, ...] = ()
    where: str | None = None
