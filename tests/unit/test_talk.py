"""What the journal leaves for the next talk about a goal."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from pmreport.goals.register import written
from pmreport.goals.talk import NOTHING, Rating, Saying, Talk, talk
from pmreport.model.journal import Entry, new_entry
from pmreport.model.journal_goals import ActionResult, ActionState, Logged, LogKind
from pmreport.model.journal_kinds import Payload

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
QUARTER = date(2026, 10, 1)


def entry(number: int, payload: Payload) -> Entry:
    """An entry, so many minutes after the first."""
    return new_entry(payload, at=NOW + timedelta(minutes=number), by="me", randomness=number)


def logged(what: LogKind, text: str, on: date, **more: Any) -> Logged:
    """Something written under the goal."""
    return Logged(goal="g", text=text, what=what, on=on, **more)


def told(*payloads: Payload) -> Talk:
    """The talk of a journal with these entries, for the last quarter of the year."""
    entries = [entry(number, payload) for number, payload in enumerate(payloads)]
    return talk(written(entries, NOW + timedelta(days=1), "g"), QUARTER)


def test_without_entries_there_is_no_talk() -> None:
    """Nobody rated, said or agreed anything, and there is no last day."""
    assert told() == NOTHING


def test_ratings_of_both_stand_apart_and_the_newest_counts() -> None:
    """A rating that somebody else stands behind is theirs; a later day wins over a later line."""
    known = told(
        logged(LogKind.RATING, "better", date(2026, 11, 18), score=3),
        logged(LogKind.RATING, "early", date(2026, 10, 1), score=1),
        logged(LogKind.RATING, "late", date(2026, 10, 5), score=2, reviewer="Boss"),
    )

    assert known.own == Rating(score=3, on=date(2026, 11, 18), text="better")
    assert known.manager == Rating(score=2, on=date(2026, 10, 5), text="late", by="Boss")
    assert known.last == date(2026, 11, 18)


def test_a_rating_that_is_none_rates_nothing() -> None:
    """A journal edited by hand may hold any number: outside 1 to 5, and none at all, are not shown."""
    known = told(*(logged(LogKind.RATING, "?", QUARTER, score=score) for score in (0, 6, None)))

    assert (known.own, known.manager, known.last) == (None, None, QUARTER)


def test_help_is_of_this_period_and_words_are_kept() -> None:
    """A call for help of an earlier quarter is over; what the manager said stays, newest first."""
    known = told(
        logged(LogKind.HELP, "old", date(2026, 9, 30)),
        logged(LogKind.HELP, "new", QUARTER),
        logged(LogKind.WORDS, "first", date(2026, 7, 1), reviewer="Boss"),
        logged(LogKind.WORDS, "second", date(2026, 10, 5), reviewer="Boss"),
        logged(LogKind.NOTE, "a note", date(2026, 10, 6)),
    )

    assert known.help_needed == (Saying(text="new", on=QUARTER),)
    assert [(one.text, one.by) for one in known.words] == [("second", "Boss"), ("first", "Boss")]


def test_actions_are_told_open_ones_first_and_scored() -> None:
    """By the day they are due, those without one last; then what came to something, newest first."""
    agreed = date(2026, 9, 1)
    actions = [
        entry(number, logged(LogKind.ACTION, text, agreed, due=due))
        for number, (text, due) in enumerate(
            (
                ("no day", None),
                ("done", date(2026, 10, 9)),
                ("soon", date(2026, 12, 1)),
                ("long ago", date(2026, 9, 9)),
                ("missed", date(2026, 11, 1)),
            )
        )
    ]
    results = [
        entry(9, ActionResult(entry=actions[1].id, state=ActionState.DONE, on=date(2026, 10, 8))),
        entry(10, ActionResult(entry=actions[3].id, state=ActionState.DONE, on=date(2026, 9, 8))),
        entry(
            11,
            ActionResult(
                entry=actions[4].id, state=ActionState.MISSED, on=date(2026, 11, 2), reason="the release"
            ),
        ),
    ]
    known = talk(written([*actions, *results], NOW + timedelta(days=1), "g"), QUARTER)

    assert [(one.text, one.state, one.reason) for one in known.actions] == [
        ("soon", None, ""),
        ("no day", None, ""),
        ("missed", ActionState.MISSED, "the release"),
        ("done", ActionState.DONE, ""),
    ]
    assert known.earlier == 1


def test_what_is_written_later_is_not_known_yet() -> None:
    """As of a past moment the talk is what it was then."""
    entries = [entry(0, logged(LogKind.RATING, "first", QUARTER, score=1))]
    entries += [entry(5, logged(LogKind.RATING, "second", QUARTER, score=5))]

    known = talk(written(entries, NOW + timedelta(minutes=1), "g"), QUARTER)

    assert known.own is not None
    assert known.own.score == 1
