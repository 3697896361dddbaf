"""How an item is worked on: statuses, hours, pauses, remarks."""

from datetime import date

from pmreport.demo.dice import Dice
from pmreport.demo.life import Life
from pmreport.demo.stamps import local_date
from pmreport.demo.story import cast
from pmreport.demo.story.diary import OFFICE, Span, moment
from pmreport.demo.story.team import Entry, Team
from pmreport.demo.story.words import sentence

_CHUNK_S = 6 * 3600
_HOUR_MS = 3_600_000
_FRIDAY = 4
_TESTED_UNTIL = 6


def finish(team: Team, span: Span, entry: Entry, dice: Dice, owner: str) -> None:
    """The item is done within the sprint."""
    first, last = _two_days(span, entry, dice)
    began = _begin(team, span, entry, (dice, first), owner)
    done_ms = max(moment(dice, last), began + 2 * _HOUR_MS)
    _close_path(team, span, entry.life, (began, done_ms), owner)
    log(entry, dice, owner, (began, done_ms), entry.actual_s - entry.logged_s)
    for sub in entry.subtasks:
        sub.at(done_ms - dice.between(5, 50) * 60_000, owner, "status", team.done)
    if dice.chance(0.05):
        _reopened(team, span, entry.life, (done_ms, owner), dice)


def leave_open(team: Team, span: Span, entry: Entry, dice: Dice, owner: str) -> None:
    """The item is begun, or not even that, when the sprint closes."""
    if dice.chance(0.3):
        return
    began = _begin(team, span, entry, (dice, dice.one(span.days[len(span.days) // 2 : -1])), owner)
    close = span.close_ms or began + 30 * _HOUR_MS
    part = int((entry.actual_s - entry.logged_s) * 0.4) // 900 * 900
    log(entry, dice, owner, (began, max(began + _HOUR_MS, close - _HOUR_MS)), part)
    if dice.chance(0.15):
        entry.life.at(began + _HOUR_MS, owner, "flag", True)
        entry.life.at(began + _HOUR_MS + 60_000, owner, "comment", (sentence(dice, "note"), None))


def log(entry: Entry, dice: Dice, owner: str, between: tuple[int, int], seconds: int) -> None:
    """Log so many seconds, in parts of at most six hours, each noted soon after."""
    parts = -(-seconds // _CHUNK_S)
    for n in range(parts):
        amount = min(_CHUNK_S, seconds - n * _CHUNK_S)
        noted = between[0] + (between[1] - between[0]) * (n + 1) // parts
        day = local_date(noted, OFFICE)
        if day.weekday() > _FRIDAY:
            noted -= (day.weekday() - _FRIDAY) * 86_400_000
        noted = max(noted, entry.life.issue.created_ms)
        entry.life.at(
            noted,
            owner,
            "work",
            (noted - amount * 1000 // 2, amount, sentence(dice, "note") if n == 0 else ""),
        )
    entry.logged_s += max(0, seconds)


def _two_days(span: Span, entry: Entry, dice: Dice) -> tuple[date, date]:
    born = local_date(max(entry.life.issue.created_ms, _entered(entry.life)), OFFICE)
    days = [day for day in span.days[:-1] if day >= born] or [span.days[-2]]
    days = days[1:] or days
    picks = sorted((dice.one(days), dice.one(days)))
    return picks[0], picks[1]


def _entered(life: Life) -> int:
    """When it was there to be worked on: written down, sized, and in a sprint."""
    known = (at for at, _n, _who, act, _v in life.steps if act in {"sprint+", "points"})
    return max(known, default=life.issue.created_ms)


def _begin(team: Team, span: Span, entry: Entry, when: tuple[Dice, date], owner: str) -> int:
    dice, day = when
    began = max(moment(dice, day) - 3 * _HOUR_MS, _entered(entry.life) + 600_000, span.start_ms + 900_000)
    entry.life.at(began, owner, "assignee", owner)
    entry.life.at(began, owner, "status", team.doing)  # a second history with the same instant
    if team.kind == "shop" and dice.chance(0.03):
        entry.life.at(began + _HOUR_MS // 2, owner, "status", cast.ON_HOLD)
        entry.life.at(began + _HOUR_MS, owner, "status", team.doing)
    for sub in entry.subtasks:
        at_ms = max(began, sub.issue.created_ms) + 60_000
        sub.at(at_ms, owner, "assignee", owner)
        sub.at(at_ms, owner, "status", team.doing)
    if dice.chance(0.35):
        entry.life.at(began + _HOUR_MS, dice.one(team.people), "comment", (sentence(dice, "note"), None))
    return began


def _close_path(team: Team, span: Span, life: Life, between: tuple[int, int], owner: str) -> None:
    began, done_ms = between
    gap = done_ms - began
    life.at(began + gap // 2, owner, "status", team.review)
    if team.kind == "shop" and span.index < _TESTED_UNTIL:
        life.at(began + gap * 3 // 4, owner, "status", cast.TESTING)
    life.at(done_ms, owner, "status", team.done)


def _reopened(team: Team, span: Span, life: Life, done: tuple[int, str], dice: Dice) -> None:
    done_ms, owner = done
    again = done_ms + dice.between(3, 9) * _HOUR_MS
    life.at(again, cast.PM, "status", team.doing)
    inside = dice.chance(0.7) and (span.close_ms is None or again + 4 * _HOUR_MS < span.close_ms)
    life.at(again + (3 if inside else 96) * _HOUR_MS, owner, "status", team.done)
