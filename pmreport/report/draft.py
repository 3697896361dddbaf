"""What a person wrote for one report: the bottom line, asks, outcomes, the plan, risks and overrides."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pmreport.model.problem import Problem, ProblemKind
from pmreport.report.colours import Colour

_PROSE = "the prose"
KEY = re.compile(r"\b[A-Z][A-Z0-9_]+-[1-9]\d*\b")  # an issue's, as Jira writes it
SHOWN = 5  # entries under a heading: what is longer is not read
WORDS = 240  # read in sixty seconds: Brysbaert, How many words do we read per minute?, 2019, has 238


class PromiseResult(StrEnum):
    """What became of an entry of last week's plan."""

    DONE = "done"
    NOT_DONE = "not done"
    UNPLANNED = "unplanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is needed, from whom, by which day, and what waiting costs. `raised` None: in this report."""

    what: str
    from_whom: str = ""
    by: date | None = None
    cost_of_delay: str = ""
    raised: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Something that was accomplished, in the past tense."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One entry of the plan for the next period: who does it, and when it counts as done."""

    item: str
    owner: str = ""
    done_means: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """A risk: what it would do, who looks after it, what is done about it, and what leads back to green."""

    what: str
    impact: str = ""
    owner: str = ""
    mitigation: str = ""
    path_to_green: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Another colour than the measured one, for a reason, up to and including a day."""

    dimension: str
    colour: Colour
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What became of last week's entry `id`: the key of its issue, else its number in the list."""

    id: str
    result: PromiseResult
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything one draft says. An empty part is told from the numbers and the comments instead.

    `harvested` is the moment up to which comments were filled in: the draft speaks for those, and only newer
    ones are added. None: none were. `prose` is what stands below the front matter.
    """

    bottom_line: str = ""
    harvested: datetime | None = None
    asks: tuple[Ask, ...] = ()
    accomplished: tuple[Outcome, ...] = ()
    plan: tuple[Planned, ...] = ()
    dangers: tuple[Danger, ...] = ()
    overrides: tuple[Override, ...] = ()
    promises: tuple[Promise, ...] = ()
    prose: str = ""


def promised(plan: tuple[Planned, ...]) -> tuple[tuple[str, Planned], ...]:
    """The entries of a plan, each with the id it is known by: the first issue key it names, else its number.

    A key that two entries name is the id of the first.
    """
    told: dict[str, Planned] = {}
    for number, entry in enumerate(plan, start=1):
        found = KEY.search(entry.item)
        key = found[0] if found and found[0] not in told else str(number)
        told[key] = entry
    return tuple(told.items())


def problems(draft: Draft, before: Draft | None) -> tuple[Problem, ...]:
    """What to mend in a draft, beside that of the week before: nothing of it stops the report."""
    found = list(bare_keys(draft))
    for part, entries in (
        ("ask", draft.asks),
        ("accomplished", draft.accomplished),
        ("next", draft.plan),
        ("risk", draft.dangers),
    ):
        if len(entries) > SHOWN:
            found.append(Problem(ProblemKind.DRAFT_TOO_LONG, part, f"{len(entries)} entries"))
    if (said := words_read(draft)) > WORDS:
        found.append(Problem(ProblemKind.DRAFT_TOO_WORDY, "in all", f"{said} words, of {WORDS} at most"))
    if same_bottom_line(draft, before):
        found.append(Problem(ProblemKind.SAME_BOTTOM_LINE, "bottom_line"))
    ids = {key for key, _ in promised(before.plan)} if before else set()
    found += [
        Problem(ProblemKind.PROMISE_UNKNOWN, one.id)
        for one in draft.promises
        if one.result is not PromiseResult.UNPLANNED and one.id not in ids
    ]
    return tuple(found)


def same_bottom_line(draft: Draft, before: Draft | None) -> bool:
    """Whether it says word for word what the week before said, however the lines break."""
    words = [draft.bottom_line.casefold().split(), before.bottom_line.casefold().split() if before else []]
    return bool(words[0]) and words[0] == words[1]


def without(draft: Draft, keys: Collection[str], word: str) -> Draft:
    """The draft with `word` in the place of every key of `keys`."""

    def cleaned(value: Any) -> Any:
        match value:
            case StrEnum():
                return value
            case str():
                return named_without(value, keys, word)
            case tuple():
                return tuple(cleaned(one) for one in value)
            case _ if is_dataclass(value) and not isinstance(value, type):
                return replace(
                    value, **{each.name: cleaned(getattr(value, each.name)) for each in fields(value)}
                )
            case _:
                return value

    found: Draft = cleaned(draft)
    return found


def named_without(text: str, keys: Collection[str], word: str) -> str:
    """The text with `word` in the place of every key of `keys`."""
    return KEY.sub(lambda found: word if found[0] in keys else found[0], text)


def bare_keys(draft: Draft) -> tuple[Problem, ...]:
    """The entries that say nothing but an issue key: nobody outside the team knows what it means."""
    return tuple(
        Problem(ProblemKind.BARE_KEY, " ".join(words.strip("-* ").split()), f"an entry under {part}")
        for part, words in _sayings(draft)
        if KEY.search(words) and not re.search(r"\w", KEY.sub("", words))
    )


def words_read(draft: Draft) -> int:
    """How many words are read by who reads what leads each entry, and not what stands below it."""
    return sum(len(said.split()) for part, said in _sayings(draft) if part != _PROSE)


def _sayings(draft: Draft) -> Iterator[tuple[str, str]]:
    """What leads each entry, and each line of the prose, by the part it stands in."""
    yield "bottom_line", draft.bottom_line
    yield from (("ask", one.what) for one in draft.asks)
    yield from (("accomplished", one.what) for one in draft.accomplished)
    yield from (("next", one.item) for one in draft.plan)
    yield from (("risk", one.what) for one in draft.dangers)
    yield from ((_PROSE, line) for line in draft.prose.splitlines())
