"""What the product manager of the demonstration has written under their goals since the last talk."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pmreport.app import journal
from pmreport.app.wiring import Workspace
from pmreport.model.journal import Entry, new_entry
from pmreport.model.journal_goals import ActionResult, ActionState, Logged, LogKind
from pmreport.model.journal_kinds import Payload
from pmreport.store import journal as journal_file

_MANAGER = "Head of Product"
_TALK = -49  # the talk before this one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What was written, `day` counted from the last instant."""

    goal: str
    what: LogKind
    text: str
    day: int = _TALK
    score: int | None = None
    reviewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreed:
    """An action of the talk, due on a day, and what came of it: the state, the day, the reason."""

    goal: str
    text: str
    due: int
    came: tuple[ActionState, int, str] | None = None


_WRITTEN: tuple[_Said | _Agreed, ...] = (
    _Said(goal="estimation", what=LogKind.RATING, text="I estimate, but I do not look back.", score=2),
    _Said(
        goal="estimation",
        what=LogKind.RATING,
        text="The estimates come late.",
        score=2,
        reviewer=_MANAGER,
    ),
    _Said(
        goal="estimation",
        what=LogKind.WORDS,
        text="Show the team its typical factor after every sprint. Ask for ranges where nobody knows.",
        reviewer=_MANAGER,
    ),
    _Agreed(
        goal="estimation",
        text="Estimate the returns epic with both teams before it is planned",
        due=-35,
        came=(ActionState.DONE, -37, "Two sessions; three items were split."),
    ),
    _Agreed(
        goal="estimation",
        text="Bring the three worst misses to every retrospective",
        due=-28,
        came=(
            ActionState.MISSED,
            -28,
            "Two retrospectives fell to the release; it is in the invitation now.",
        ),
    ),
    _Agreed(goal="estimation", text="Write ranges for the five largest items of Checkout 2", due=11),
    _Said(goal="follow-ups", what=LogKind.RATING, text="I write them down and lose the dates.", score=2),
    _Said(
        goal="follow-ups",
        what=LogKind.RATING,
        text="Asked twice about the price test.",
        score=2,
        reviewer=_MANAGER,
    ),
    _Said(
        goal="follow-ups",
        what=LogKind.WORDS,
        text="One owner and one date, in the meeting itself. I would rather have five promises than fifteen.",
        reviewer=_MANAGER,
    ),
    _Agreed(
        goal="follow-ups",
        text="Give every follow-up without an owner one, or close it",
        due=-21,
        came=(ActionState.DONE, -24, "Eleven were closed as no longer needed."),
    ),
    _Agreed(goal="follow-ups", text="Read the open list aloud at the start of the Monday meeting", due=-3),
    _Said(
        goal="follow-ups",
        what=LogKind.HELP,
        text="Someone from support who may answer for them, by the end of the month.",
        day=-12,
    ),
    _Said(
        goal="follow-ups",
        what=LogKind.RATING,
        text="Most have a date now; four are still nobody's.",
        day=-5,
        score=3,
    ),
    _Said(
        goal="estimation",
        what=LogKind.RATING,
        text="Ranges helped; I still anchor the team.",
        day=-5,
        score=3,
    ),
    _Said(
        goal="scope",
        what=LogKind.NOTE,
        text="Asked for approval of the gift note before it was planned.",
        day=-20,
    ),
)


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
    """On which day, what was written, and what came of it where it is an action."""
    for one in _WRITTEN:
        match one:
            case _Said():
                yield one.day, _said(one, today), None
            case _Agreed():
                yield _TALK, _agreed(one, today), _result(one, today)


def _said(one: _Said, today: date) -> Logged:
    return Logged(
        goal=one.goal,
        text=one.text,
        what=one.what,
        on=_day(today, one.day),
        score=one.score,
        reviewer=one.reviewer,
    )


def _agreed(one: _Agreed, today: date) -> Logged:
    return Logged(
        goal=one.goal,
        text=one.text,
        what=LogKind.ACTION,
        on=_day(today, _TALK),
        due=_day(today, one.due),
    )


def _result(one: _Agreed, today: date) -> ActionResult | None:
    """What came of the action, the id of its entry still to be filled in."""
    if one.came is None:
        return None
    state, day, reason = one.came
    return ActionResult(entry="", state=state, on=_day(today, day), reason=reason)


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)
