"""What the product manager of the demonstration has written under their goals since the last talk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.model.journal import Entry, new_entry
from pmreport.model.journal_goals import ActionResult, ActionState, Logged, LogKind
from pmreport.model.journal_kinds import Payload
from pmreport.store import journal as journal_file

_MANAGER = "Head of Product"
_TALK = -49  # days before the last instant: the talk before this one


def write(workspace: Workspace, now: datetime) -> None:
    """Write the entries into the journal of the demo; the same ones each time, down to their ids."""
    me = workspace.config.me
    by = me.account or me.name or "me"
    made: list[Entry] = []
    for days, payload, result in _entries(now.date()):
        entry = _entry(payload, now + timedelta(days=days), by, len(made))
        made.append(entry)
        if result is not None:
            at = datetime.combine(result.on, now.timetz())
            made.append(_entry(replace(result, entry=entry.id), min(at, now), by, len(made)))
    journal_file.append(journal.path(workspace), *sorted(made, key=lambda entry: entry.at))


def _entry(payload: Payload, at: datetime, by: str, number: int) -> Entry:
    return new_entry(payload, at=at, by=by, randomness=number)


def _entries(today: date) -> Iterator[tuple[int, Logged, ActionResult | None]]:
    """How many days ago, what was written, and what came of it where it is an action."""

    def said(days: int, goal: str, what: LogKind, text: str, **more: object) -> tuple[int, Logged, None]:
        return days, Logged(goal=goal, text=text, what=what, on=_day(today, days), **more), None  # type: ignore[arg-type]

    def agreed(
        goal: str, text: str, due: int, came: tuple[ActionState, int, str] | None = None
    ) -> tuple[int, Logged, ActionResult | None]:
        action = Logged(
            goal=goal, text=text, what=LogKind.ACTION, on=_day(today, _TALK), due=_day(today, due)
        )
        if came is None:
            return _TALK, action, None
        state, days, reason = came
        return _TALK, action, ActionResult(entry="", state=state, on=_day(today, days), reason=reason)

    yield said(_TALK, "estimation", LogKind.RATING, "I estimate, but I do not look back.", score=2)
    yield said(_TALK, "estimation", LogKind.RATING, "The estimates come late.", score=2, reviewer=_MANAGER)
    yield said(
        _TALK,
        "estimation",
        LogKind.WORDS,
        "Show the team its typical factor after every sprint. Ask for ranges where nobody knows.",
        reviewer=_MANAGER,
    )
    yield agreed(
        "estimation",
        "Estimate the returns epic with both teams before it is planned",
        -35,
        (ActionState.DONE, -37, "Two sessions; three items were split."),
    )
    yield agreed(
        "estimation",
        "Bring the three worst misses to every retrospective",
        -28,
        (ActionState.MISSED, -28, "Two retrospectives fell to the release; it is in the invitation now."),
    )
    yield agreed("estimation", "Write ranges for the five largest items of Checkout 2", 11)
    yield said(_TALK, "follow-ups", LogKind.RATING, "I write them down and lose the dates.", score=2)
    yield said(
        _TALK, "follow-ups", LogKind.RATING, "Asked twice about the price test.", score=2, reviewer=_MANAGER
    )
    yield said(
        _TALK,
        "follow-ups",
        LogKind.WORDS,
        "One owner and one date, in the meeting itself. I would rather have five promises than fifteen.",
        reviewer=_MANAGER,
    )
    yield agreed(
        "follow-ups",
        "Give every follow-up without an owner one, or close it",
        -21,
        (ActionState.DONE, -24, "Eleven were closed as no longer needed."),
    )
    yield agreed("follow-ups", "Read the open list aloud at the start of the Monday meeting", -3)
    yield said(
        -12,
        "follow-ups",
        LogKind.HELP,
        "Someone from support who may answer for them, by the end of the month.",
    )
    yield said(-5, "follow-ups", LogKind.RATING, "Most have a date now; four are still nobody's.", score=3)
    yield said(-5, "estimation", LogKind.RATING, "Ranges helped; I still anchor the team.", score=3)
    yield said(-20, "scope", LogKind.NOTE, "Asked for approval of the gift note before it was planned.")


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)
