"""A year of sprints of one team: too much promised at first, then less and less."""

from pmreport.demo.dice import Dice
from pmreport.demo.story import births, cast, work
from pmreport.demo.story.desk import Desk
from pmreport.demo.story.diary import Span, moment
from pmreport.demo.story.team import Entry, Team

CAPACITY = 31.0
_HOLIDAYS_DAYS = 8
_MOST_CARRIES = 3
_LEARNED = 0.6


def tell(desk: Desk, team: Team, span: Span, following: int, carried: list[Entry], seed: int) -> list[Entry]:
    """One sprint. Returns what is carried into the following one (its id is given)."""
    dice = Dice(seed, f"{team.kind}/{span.index}")
    capacity = CAPACITY * (0.6 if len(span.days) <= _HOLIDAYS_DAYS else 1.0)
    entries = list(carried)
    while sum(e.weight for e in entries) < capacity * (1.02 + 1.0 * (1 - span.skill)):
        entries.append(births.planned(desk, team, span, dice))
    late = [
        births.added(desk, team, span, dice)
        for _ in range(round(2.4 * (1 - span.skill) + dice.spread(0.4, 1.4)))
    ]
    done, left = _split(span, entries, late, capacity * dice.spread(0.96, 1.06))
    for entry in done:
        work.finish(team, span, entry, dice, dice.one(team.people))
    for entry in left:
        work.leave_open(team, span, entry, dice, dice.one(team.people))
    _resized(span, [e for e in entries if e.size], dice)
    left = _removed(team, span, left, dice)
    _put_back(span, done, dice)
    return _closed(team, span, left, following, dice)


def _split(
    span: Span, entries: list[Entry], late: list[Entry], room: float
) -> tuple[list[Entry], list[Entry]]:
    """What gets done, what does not: late additions push planned items out, until the team has learned."""
    pushed = 2 if span.skill < _LEARNED else 0
    done: list[Entry] = []
    left: list[Entry] = []
    for entry in (*entries[:3], *late[:pushed], *entries[3:], *late[pushed:]):
        if entry.weight <= room:
            room -= entry.weight
            done.append(entry)
        else:
            left.append(entry)
    return done, left


def _resized(span: Span, entries: list[Entry], dice: Dice) -> None:
    for entry in dice.shuffled(entries)[: round(2.3 * (1 - span.skill) + dice.spread(0, 0.8))]:
        bigger = {1.0: 2.0, 2.0: 3.0, 3.0: 5.0, 5.0: 8.0, 8.0: 13.0}.get(entry.weight)
        if bigger is None:
            continue
        entry.size = bigger
        entry.life.at(moment(dice, dice.one(span.days[4:7])), cast.PM, "points", bigger)


def _removed(team: Team, span: Span, left: list[Entry], dice: Dice) -> list[Entry]:
    """Some of what will not be done leaves the sprint before its end."""
    gone = round(1.8 * (1 - span.skill) + dice.spread(0, 0.7))
    for entry in left[:gone]:
        out = moment(dice, dice.one(span.days[5:-1]))
        entry.life.at(out, cast.PM, "sprint-", span.id)
        for sub in entry.subtasks:
            sub.at(out, cast.PM, "sprint-", span.id)
        if dice.chance(0.5):
            entry.life.at(
                out + 30_000, cast.PM, "dropped", (team.done, dice.one((cast.WONT_DO, cast.DUPLICATE)))
            )
    return left[gone:]


def _put_back(span: Span, done: list[Entry], dice: Dice) -> None:
    """Now and then an item is taken out and, two days later, put back."""
    if done and dice.chance(0.25):
        entry = done[-1]
        out = moment(dice, span.days[1])
        entry.life.at(out, cast.PM, "sprint-", span.id)
        entry.life.at(out + 2 * 86_400_000, cast.PM, "sprint+", span.id)


def _closed(team: Team, span: Span, left: list[Entry], following: int, dice: Dice) -> list[Entry]:
    if span.close_ms is None:
        return []
    carried = []
    seconds = 3_000
    for entry in left:
        entry.carries += 1
        if entry.carries > _MOST_CARRIES or dice.chance(0.12):
            _abandoned(team, span.close_ms, entry, dice)
            continue  # back to the backlog: the closed sprint stays in its list, nothing is written
        seconds += dice.between(300, 900)
        for life in (entry.life, *entry.subtasks):
            life.at(span.close_ms + seconds, cast.PM, "sprint+", following)
        if dice.chance(0.06):
            entry.life.at(
                span.close_ms + dice.between(1, 3) * 3_600_000, dice.one(team.people), "status", team.done
            )
            continue  # done after the close: the next sprint finds it done
        carried.append(entry)
    return carried


def _abandoned(team: Team, close_ms: int, entry: Entry, dice: Dice) -> None:
    """Some days later most of what went back to the backlog is closed; the rest loses its due date."""
    later = close_ms + dice.between(20, 90) * 3_600_000
    for life in (entry.life, *entry.subtasks):
        if dice.chance(0.6):
            life.at(later, cast.PM, "dropped", (team.done, cast.WONT_DO))
        life.at(later + 60_000, cast.PM, "due", None)
