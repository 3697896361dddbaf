"""The weekly updates of a person: sent each week, short, whole, honest, and not last week's again."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pmreport.metrics.share_value import share_value
from pmreport.metrics.value import Value

FEWEST = 3  # drafts, before a middle length is told
_ALIKE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The update of one week. `words` None: no draft was written, so nothing is known of its text.

    `is_whole`: it has a bottom line, an ask and a plan. `is_green_over_red`: it was sent although a colour in
    it is better than the measure. `bottom_line` is what it begins with.
    """

    period: str
    is_sent: bool
    is_green_over_red: bool = False
    words: int | None = None
    is_whole: bool = False
    bottom_line: str = ""


def is_alike(text: str, before: str) -> bool:
    """Whether a text says what another says: nine tenths of the words of both stand in both."""
    these, those = set(text.casefold().split()), set(before.casefold().split())
    return bool(these and those) and len(these & those) >= _ALIKE * len(these | those)


def values(updates: Iterable[Update]) -> tuple[Value, ...]:
    """updates-sent, update-length, updates-whole, updates-honest, updates-copied; updates in their order."""
    weeks = tuple(updates)
    sent = [one for one in weeks if one.is_sent]
    drafts = [one for one in weeks if one.words is not None]
    pairs = [(one, before) for before, one in pairwise(weeks) if one.bottom_line and before.bottom_line]
    copied = sum(is_alike(one.bottom_line, before.bottom_line) for one, before in pairs)
    return (
        share_value(
            "updates-sent", "Weeks with an update", (len(sent), len(weeks)), nothing="no update was ever sent"
        ),
        _length([one.words for one in drafts if one.words is not None]),
        share_value(
            "updates-whole",
            "Updates with a bottom line, an ask and what is next",
            (sum(one.is_whole for one in drafts), len(drafts)),
            nothing="no draft of an update is known",
        ),
        share_value(
            "updates-honest",
            "Updates whose colours agree with the data",
            (sum(not one.is_green_over_red for one in sent), len(sent)),
            nothing="no update was ever sent",
        ),
        share_value(
            "updates-copied",
            "Updates that say what the week before said",
            (copied, len(pairs)),
            nothing="no two weeks in a row have a bottom line",
        ),
    )


def _length(words: list[int]) -> Value:
    enough = len(words) >= FEWEST
    return Value(
        id="update-length",
        definition="update-length",
        label="Words of an update, in the middle",
        value=float(median(words)) if enough else None,
        unit="words",
        n=len(words),
        note="" if enough else f"fewer than {FEWEST} drafts are known",
    )
