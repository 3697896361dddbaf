"""What a goal is held against: seen when it changes, and fixed for a period by what stood at its start."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from pmreport.goals import catalog
from pmreport.goals.goal import Aim, Goal, Visibility
from pmreport.goals.indicator import Indicator
from pmreport.goals.register import KnownTerms, terms, terms_of_period
from pmreport.goals.talk import Saying
from pmreport.model.journal import Entry
from pmreport.model.journal_goals import GoalTerms

Word = TypeVar("Word", bound=StrEnum)

_EVER = datetime.max.replace(tzinfo=UTC)
_WIDENING = tuple(Visibility)  # from the person alone to management


def terms_of(goal: Goal) -> GoalTerms:
    """What the configuration says now."""
    return GoalTerms(
        goal=goal.id,
        active=goal.active,
        target=None if goal.target is None else Decimal(repr(goal.target)),
        aim=goal.aim.value,
        metric=goal.metric or "",
        due=goal.due,
        visibility=goal.visibility.value,
        beyond_three=goal.beyond_three,
    )


def to_log(goals: Iterable[Goal], entries: Iterable[Entry], now: datetime) -> tuple[GoalTerms, ...]:
    """The terms that differ from those last written down: of new goals, of changed ones, of removed ones."""
    last = {goal: history[-1].terms for goal, history in terms(entries, now).items()}
    current = {goal.id: terms_of(goal) for goal in goals}
    changed = [said for goal, said in current.items() if last.get(goal) != said]
    return (*changed, *_removed(last.values(), current.keys()))


def changes(history: Iterable[KnownTerms]) -> Iterator[tuple[KnownTerms, str]]:
    """What was changed about a goal, oldest first, each with a sentence; being seen first is no change."""
    before: GoalTerms | None = None
    for known in history:
        if before is not None:
            yield known, _in_words(before, known.terms)
        before = known.terms


def held_against(
    history: Iterable[KnownTerms], start: datetime, zone: ZoneInfo
) -> tuple[GoalTerms | None, tuple[Saying, ...]]:
    """What a goal is held against in a period that began at `start`, and what was changed about it since.

    Days are those of the zone. None for a goal that was never seen.
    """
    known = tuple(history)
    fixed = terms_of_period(known, start)
    if fixed is None:
        return None, ()
    since = ((one.at.astimezone(zone).date(), words) for one, words in changes(known) if one.at > fixed.at)
    return fixed.terms, tuple(Saying(text=words, on=day) for day, words in since)


def as_they_stood(goals: Iterable[Goal], entries: Iterable[Entry], at: datetime) -> tuple[Goal, ...]:
    """The goals with the measure, target and state of a moment: what was changed later is taken back.

    Of a goal that was first seen later, what was seen first. Who may see one is who might then and may now.
    """
    seen = terms(entries, _EVER)
    return tuple(_as_it_stood(goal, seen.get(goal.id, ()), at) for goal in goals)


def is_moved(goal: Goal, fixed: GoalTerms) -> bool:
    """Whether the target, the way it is read, or its day is another one now."""
    now = terms_of(goal)
    return any(getattr(now, name) != getattr(fixed, name) for name in ("target", "aim", "metric", "due"))


def _as_it_stood(goal: Goal, history: tuple[KnownTerms, ...], at: datetime) -> Goal:
    then = terms_of_period(history, at)
    if then is None or history[-1].at <= at:
        return goal
    was = then.terms
    target = None if was.target is None else float(was.target)
    aim = _named(Aim, was.aim, goal.aim)
    measured = goal.indicators if was.metric == (goal.metric or "") else _measured_by(was.metric)
    first = tuple(replace(one, target=target, aim=aim) for one in measured[:1])
    seen_by = _named(Visibility, was.visibility or goal.visibility, Visibility.PRIVATE)
    return replace(
        goal,
        active=was.active,
        target=target,
        aim=aim,
        metric=was.metric or None,
        due=was.due,
        visibility=min(goal.visibility, seen_by, key=_WIDENING.index),
        beyond_three=was.beyond_three,
        indicators=(*first, *measured[1:]),
    )


def _measured_by(metric: str) -> tuple[Indicator, ...]:
    """What a goal that is known by this number is measured by; a target of then says nothing of another."""
    return next((one.indicators for one in catalog.load().values() if one.metric == metric), ())


def _named(kind: type[Word], word: str, otherwise: Word) -> Word:
    """The word of a journal that may be of a newer release, or of a hand."""
    return kind(word) if word in set(kind) else otherwise


def _removed(last: Iterable[GoalTerms], current: Iterable[str]) -> Iterator[GoalTerms]:
    known = set(current)
    for said in last:
        if said.goal not in known and not said.is_removed:
            yield GoalTerms(goal=said.goal, active=False, is_removed=True)


def _in_words(before: GoalTerms, after: GoalTerms) -> str:
    if after.is_removed:
        return "removed from the configuration"
    if before.is_removed:
        return "back in the configuration"
    told = [
        f"{word} {_word(getattr(before, name))} to {_word(getattr(after, name))}"
        for word, name in (
            ("target from", "target"),
            ("read as", "aim"),
            ("measured by", "metric"),
            ("due from", "due"),
            ("seen by", "visibility"),
        )
        if getattr(before, name) != getattr(after, name)
    ]
    if before.active is not after.active:
        told.append("taken up" if after.active else "put on the shelf")
    if after.beyond_three and before.beyond_three != after.beyond_three:
        told.append(f"active beside three others: {after.beyond_three}")
    elif before.beyond_three != after.beyond_three:
        told.append("one of the three again")
    return ", ".join(told)


def _word(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "none" if value in {None, ""} else str(value)
