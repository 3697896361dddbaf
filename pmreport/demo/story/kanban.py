"""The operations team: a kanban board, no sprints, tickets as they come."""

from datetime import date
from math import exp

from pmreport.demo.dice import Dice
from pmreport.demo.story import cast
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import NOW_MS, moment, workday_after
from pmreport.demo.story.words import sentence

_PEOPLE = (cast.MAREK, cast.OSKAR, cast.JONAS)
_START = date(2025, 11, 24)


def tell(desk: Desk, seed: int) -> None:
    """A year of tickets: a little under one each working day, most of them done within a week."""
    day, number = _START, 0
    while day < date(2026, 11, 20):
        number += 1
        dice = Dice(seed, f"ops/{number}")
        _ticket(desk, dice, day)
        day = workday_after(day, 1 if dice.chance(0.85) else 2)


def _ticket(desk: Desk, dice: Dice, day: date) -> None:
    created = moment(dice, day)
    owner = dice.one(_PEOPLE)
    life = desk.open(
        cast.OPS,
        dice.one((cast.BUG, cast.TASK, cast.TASK)),
        sentence(dice, "ops"),
        created,
        reporter=dice.one((owner, cast.TOMAS, cast.NADIA, cast.AUTOMATION)),
        priority=dice.one(("1", "2", "3", "3", "4")),
        labels=("keep",) if dice.chance(0.7) else (),
    )
    began = moment(dice, workday_after(day, dice.between(0, 3)))
    began = max(began, created + 600_000)
    hours = max(1.0, 20 * exp(dice.bell(0.0, 0.8)))
    done = began + int(hours * 3_600_000)
    life.at(began, owner, "assignee", owner)
    life.at(began, owner, "status", cast.DOING)
    if dice.chance(0.25):
        life.at(began + (done - began) // 3, owner, "status", cast.ON_HOLD)
        life.at(began + (done - began) * 2 // 3, None, "status", cast.DOING)  # by automation without a name
    if dice.chance(0.4):
        life.at(done - 60_000, owner, "work", (began, dice.between(2, 16) * 900, ""))
    life.at(done, owner, "status", cast.DONE)


def backlog(desk: Desk, seed: int, until: int) -> None:
    """Ideas of the last months that nobody has planned yet: as many as make the story `until` issues long."""
    first = date(2026, 5, 4)
    number = 0
    while len(desk.lives) < until:
        number += 1
        dice = Dice(seed, f"idea/{number}")
        app = dice.chance(0.4)
        project, type_id = (cast.APP, cast.APP_STORY) if app else (cast.SHOP, cast.STORY)
        created = moment(dice, workday_after(first, dice.between(0, 140)))
        life = desk.open(
            project,
            type_id,
            sentence(dice, "app" if app else "shop"),
            created,
            reporter=dice.one((cast.PM, cast.PM, cast.HEAD, *cast.SHOP_TEAM)),
            labels=(dice.one(("grow", "enhance", "keep", "debt")),) if dice.chance(0.8) else (),
        )
        if dice.chance(0.3):
            life.at(
                created + dice.between(1, 20) * 86_400_000,
                cast.PM,
                "points",
                dice.one((1.0, 2.0, 3.0, 5.0, 8.0)),
            )
        if dice.chance(0.1):
            later = created + dice.between(2, 30) * 86_400_000
            life.at(min(later, NOW_MS - 86_400_000), cast.PM, "rank", "Ranked higher")
