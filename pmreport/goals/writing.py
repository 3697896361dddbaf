"""What a person may write under a goal: refused with the way out where something is missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from pmreport.errors import UsageError
from pmreport.model.journal_goals import ActionState, Logged, LogKind
from pmreport.model.journal_kinds import Range

SCORES = range(1, 6)
_MOST = 1_000_000_000  # hours, points or items
_NEEDS_SUBJECT = {
    LogKind.GLOSSARY: "a glossary entry needs its term: --for TERM",
    LogKind.RESEARCH: "a research note needs whom it is about: --for NAME",
    LogKind.TOUCH_POINT: "a touch-point needs whom you met: --for NAME",
}


def checked(logged: Logged, today: date) -> Logged:
    """The entry without stray blanks. Raises UsageError with everything that keeps it from being one."""
    clean = replace(
        logged,
        text=logged.text.strip(),
        link=logged.link.strip(),
        reviewer=logged.reviewer.strip(),
        subject=logged.subject.strip(),
    )
    problems = tuple(_problems(clean, today))
    if problems:
        raise UsageError("; ".join(problems), hint=_hint(clean.what))
    return clean


def checked_range(said: Range) -> Range:
    """The forecast. Raises UsageError for one that nobody could ever score."""
    if not said.about.strip():
        raise UsageError("a forecast needs what it is about", hint="write --for KEY, or --for with a sprint")
    if said.low < 0 or said.high > _MOST:
        raise UsageError("nothing takes so much, or less than nothing", hint="write --range LOW HIGH")
    if said.low > said.high:
        raise UsageError(
            f"the range ends before it begins: {said.low} to {said.high}",
            hint="write --range LOW HIGH, the lower number first",
        )
    if not 0 < said.confidence < 1:
        raise UsageError(
            f"a confidence lies between 0 and 1, not {said.confidence}",
            hint="0.8 means: of ten such ranges, eight hold",
        )
    return replace(said, about=said.about.strip(), unit=said.unit.strip(), text=said.text.strip())


def checked_reason(state: ActionState, reason: str) -> str:
    """Why an action came to nothing. Raises UsageError where that is not said."""
    if state is not ActionState.DONE and not reason.strip():
        raise UsageError(
            f"an action is {state.value} for a reason", hint='write it: --reason "why nothing came of it"'
        )
    return reason.strip()


def _problems(logged: Logged, today: date) -> Iterator[str]:
    what = logged.what
    if not logged.text:
        yield "there is no text"
    if logged.on > today:
        yield f"{logged.on} has not come yet"
    if logged.link and not _is_link(logged.link):
        yield f"{logged.link} is no address: it begins with https:// or http://"
    if what in _NEEDS_SUBJECT and not logged.subject:
        yield _NEEDS_SUBJECT[what]
    if what is LogKind.RESEARCH and not logged.link:
        yield "a research note needs its source: --link URL"
    if what is LogKind.WORDS and not logged.reviewer:
        yield "words have a speaker: --reviewer NAME"
    yield from _problems_of_action(logged)
    yield from _problems_of_rating(logged)


def _problems_of_action(logged: Logged) -> Iterator[str]:
    if logged.what is not LogKind.ACTION:
        if logged.due is not None:
            yield f"a {logged.what.value} is never due: --due goes with --kind action"
    elif logged.due is None:
        yield "an action needs the day it is due: --due DATE"
    elif logged.due < logged.on:
        yield f"the action is due on {logged.due}, before it was agreed"


def _problems_of_rating(logged: Logged) -> Iterator[str]:
    if logged.what is not LogKind.RATING:
        if logged.score is not None:
            yield f"a {logged.what.value} has no score: --score goes with --kind rating"
    elif logged.score not in SCORES:
        yield "a rating is 1 (not yet) to 5 (a habit): --score N"


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _hint(what: LogKind) -> str:
    return f"`pmreport goals log --help` says what a {what.value} needs"
