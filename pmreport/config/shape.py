"""The configuration file as a whole: its sections, and what holds between them."""

import re

from pydantic import Field, field_validator

from pmreport.config.goal_tables import Goal
from pmreport.config.section import Shape, fault_of, refuse_twins
from pmreport.config.tables import (
    Board,
    Calendar,
    Done,
    Fields,
    Flow,
    FollowUps,
    Initiative,
    Investment,
    Mail,
    Me,
    Money,
    People,
    Priorities,
    Report,
    Scope,
    Site,
    Store,
    Sync,
)

MOST_ACTIVE_GOALS = 3


class File(Shape):
    """The whole file."""

    site: Site
    scope: Scope
    sync: Sync = Sync()
    store: Store = Store()
    calendar: Calendar = Calendar()
    fields: Fields = Field(default=Fields())
    board: dict[str, Board] = Field(default_factory=dict)
    flow: Flow = Flow()
    done: Done = Done()
    people: People = People()
    followups: FollowUps = FollowUps()
    investment: Investment = Investment()
    priorities: Priorities = Priorities()
    me: Me = Me()
    report: Report = Report()
    money: Money = Money()
    initiative: list[Initiative] = Field(default_factory=list)
    mail: Mail = Mail()
    goal: list[Goal] = Field(default_factory=list)

    @field_validator("board")
    @classmethod
    def _boards_go_by_number(cls, boards: dict[str, Board]) -> dict[str, Board]:
        for board in boards:
            if not re.fullmatch(r"[1-9]\d*", board):
                raise fault_of(board, 'a board goes by its number, e.g. [board."7"]')
        return boards

    @field_validator("initiative")
    @classmethod
    def _initiatives_have_ids_of_their_own(cls, initiatives: list[Initiative]) -> list[Initiative]:
        refuse_twins([initiative.id for initiative in initiatives], "initiative")
        return initiatives

    @field_validator("goal")
    @classmethod
    def _goals_have_ids_of_their_own(cls, goals: list[Goal]) -> list[Goal]:
        refuse_twins([goal.id for goal in goals], "goal")
        active = [
            index for index, goal in enumerate(goals) if goal.active is not False and not goal.beyond_three
        ]
        if len(active) > MOST_ACTIVE_GOALS:
            what = (
                "at most three goals are active at a time; give this one `active = false`, "
                'or say why it cannot wait: `beyond_three = "..."`'
            )
            raise fault_of((active[MOST_ACTIVE_GOALS], "id"), what)
        return goals
