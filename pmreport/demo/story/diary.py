"""The calendar of the story: two rows of sprints, working days, and the moment it is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pmreport.demo.catalogue import Sprint, SprintState
from pmreport.demo.dice import Dice
from pmreport.demo.stamps import local_date, local_ms

OFFICE = ZoneInfo("Europe/Berlin")
NOW_MS = local_ms(date(2026, 11, 23), "08:30", OFFICE)
"""Monday morning, 2026-11-23T07:30Z: week 47 is the last complete one."""
SPRINTS = 27
ACTIVE = 25
"""The index of the active sprint; 25 closed ones lie before it and a future one after it."""
SHOP_BOARD, APP_BOARD, OPS_BOARD, WEB_BOARD = 11, 12, 13, 14
_FIRST = {SHOP_BOARD: date(2025, 12, 1), APP_BOARD: date(2025, 11, 26)}
_LENGTH = {SHOP_BOARD: 11, APP_BOARD: 13}
_FRIDAY = 4
_GOALS = {
    SHOP_BOARD: (
        "Guests pay without an account",
        "Refunds leave the back office in one day",
        "Search finds a product by its nickname",
        "Half of the support calls about vouchers are gone",
        "Wallet payment works for the first hundred customers",
    ),
    APP_BOARD: (
        "Every push message can be switched off",
        "Sign-in takes ten seconds",
        "The basket survives a change of device",
        "A return needs no printer",
    ),
}
_WRITTEN_GOALS = {
    (SHOP_BOARD, 24): "Saved cards and wallets on one page",
    (SHOP_BOARD, 25): "Every guest checks out on one page",
    (APP_BOARD, 24): "Pay in the app with a saved card",
    (APP_BOARD, 25): "Orders at a glance for everybody",
    (APP_BOARD, 8): "Sign-in = ten seconds, [no] code by letter, state=calm",
}
_PLANNED_STARTS = {
    (SHOP_BOARD, 10): (date(2026, 4, 17), "09:00"),
    (APP_BOARD, 10): (date(2026, 4, 14), "09:00"),
    (SHOP_BOARD, 24): (date(2026, 10, 30), "09:00"),
    (APP_BOARD, 24): (date(2026, 10, 28), "14:00"),
}
"""The sprints that were not started when it was planned: three late, the last one early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One sprint as the story needs it. `close_ms` is None while it is not closed."""

    id: int
    index: int
    start_ms: int
    close_ms: int | None
    days: tuple[date, ...]

    @property
    def skill(self) -> float:
        """How far the product manager has come: 0 in the first sprint, 1 in the last closed one."""
        return min(1.0, self.index / (ACTIVE - 1))


def sprint_rows(seed: int) -> dict[int, Sprint]:
    """Every sprint of both teams, by id, numbered in the order they were started."""
    drafts = [
        (_FIRST[board] + timedelta(days=14 * index), board, index)
        for board in _FIRST
        for index in range(SPRINTS)
    ]
    rows = (_sprint(seed, 71 + n, board, index) for n, (_day, board, index) in enumerate(sorted(drafts)))
    return {row.id: row for row in rows}


def _sprint(seed: int, sprint_id: int, board: int, index: int) -> Sprint:
    dice = Dice(seed, f"sprint/{board}/{index}")
    first = _FIRST[board] + timedelta(days=14 * index)
    last = first + timedelta(days=_LENGTH[board])
    start = local_ms(first, "09:40", OFFICE) + dice.between(0, 1_500_000)
    end = local_ms(last, "17:00", OFFICE)
    state = state_of(index)
    team = "SHOP" if board == SHOP_BOARD else "APP"
    name = f"{team} Sprint {index + 1}"
    return Sprint(
        id=sprint_id,
        board_id=board,
        name=f"{name}, polish & [fixes] = 4.0" if name == "APP Sprint 9" else name,
        state=state,
        created_ms=start - dice.between(15, 20) * 86_400_000,
        start_ms=start if state != "future" else None,
        planned_start_ms=_planned_start(board, index),
        end_ms=end if state != "future" else None,
        complete_ms=end + dice.between(-5_400_000, 5_400_000) if state == "closed" else None,
        goal=_goal(dice, board, index),
    )


def _planned_start(board: int, index: int) -> int | None:
    planned = _PLANNED_STARTS.get((board, index))
    return local_ms(*planned, OFFICE) if planned else None


def _goal(dice: Dice, board: int, index: int) -> str:
    """The goal; in the first months there often is none."""
    written = _WRITTEN_GOALS.get((board, index))
    if written is not None or state_of(index) == "future":
        return written or ""
    return "" if dice.chance(0.35 * (1 - index / ACTIVE)) else dice.one(_GOALS[board])


def state_of(index: int) -> SprintState:
    """The state of the n-th sprint of a team this morning."""
    return "closed" if index < ACTIVE else "active" if index == ACTIVE else "future"


def spans(rows: dict[int, Sprint], board: int) -> list[Span]:
    """The started sprints of a board, oldest first."""
    own = [row for row in rows.values() if row.board_id == board]
    return [
        Span(id=row.id, index=index, start_ms=row.start_ms, close_ms=row.complete_ms, days=_workdays(row))
        for index, row in enumerate(own)
        if row.start_ms is not None
    ]


def _workdays(row: Sprint) -> tuple[date, ...]:
    first = local_date(row.start_ms or 0, OFFICE)
    last = local_date(row.end_ms or 0, OFFICE)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        day for day in days if day.weekday() <= _FRIDAY and (day.month, day.day) not in {(12, 25), (1, 1)}
    )


def moment(dice: Dice, day: date) -> int:
    """Some instant within the working hours of a day."""
    return local_ms(day, "08:45", OFFICE) + dice.between(0, 8 * 3_600_000)


def workday_after(day: date, days: int) -> date:
    """The working day so many working days later (earlier when negative)."""
    step = 1 if days >= 0 else -1
    while days:
        day += timedelta(days=step)
        if day.weekday() <= _FRIDAY:
            days -= step
    return day
