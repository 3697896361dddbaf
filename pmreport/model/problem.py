"""Odd data, as a value that is counted and shown instead of dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What is odd. The value is stored and printed; the code of metrics.md stands where one exists."""

    HISTORY_MISMATCH = "history-mismatch"  # H1: the last change does not lead to the current value
    HISTORY_TRUNCATED = "history-truncated"  # H3: Jira has more changes than it gave
    UNKNOWN_FIELD = "unknown-field"  # H2
    UNKNOWN_STATUS = "unknown-status"  # B2: a status deleted from Jira still stands in old changelogs
    UNREADABLE_VALUE = "unreadable-value"  # a value of a shape that Jira never promised
    UNREADABLE_STAMP = "unreadable-stamp"
    SPRINT_WITHOUT_START = "sprint-without-start"
    SPRINT_CLOSED_BEFORE_START = "sprint-closed-before-start"  # imported data; never abs()
    BOARD_UNREADABLE = "board-unreadable"
    TOTAL_MISMATCH = "total-mismatch"  # Jira counts more than it shows: hidden by a visibility limit
    TWO_ESTIMATE_FIELDS = "two-estimate-fields"  # E4
    ABSURD_ESTIMATE = "absurd-estimate"  # E5
    CENSUS_STOPPED = "census-stopped"  # P2: too much is out of sight at once, or may not be browsed
    BROKEN_IDENTITY = "broken-identity"
    JOURNAL_TORN = "journal-torn"  # a crash cut the last entry
    JOURNAL_UNREADABLE = "journal-unreadable"  # a line that was changed by hand; it is kept
    JOURNAL_NEWER = "journal-newer"  # an entry of a newer release; it is kept
    JOURNAL_REPEATED = "journal-repeated"  # the same entry twice
    BARE_KEY = "bare-key"  # an entry of a draft that is an issue key without words
    DRAFT_TOO_LONG = "draft-too-long"  # more entries than a report shows
    DRAFT_TOO_WORDY = "draft-too-wordy"  # more words than are read in sixty seconds
    SAME_BOTTOM_LINE = "same-bottom-line"  # word for word as a week before
    PROMISE_UNKNOWN = "promise-unknown"  # a result for what nobody had planned
    OVERRIDE_EXPIRED = "override-expired"
    FROZEN_UNREADABLE = "frozen-unreadable"  # a report that was sent is gone, or was changed by hand
    WATERMELON = "watermelon"  # reported green while a measure is red


@dataclass(frozen=True, slots=True)
class Problem:
    """One oddity: its kind, the thing it was found on (an issue key, a field id), and what was seen."""

    kind: ProblemKind
    subject: str
    detail: str = ""


def counts_by_kind(problems: Iterable[Problem]) -> dict[ProblemKind, int]:
    """How many problems of each kind, most frequent first."""
    counts: dict[ProblemKind, int] = {}
    for problem in problems:
        counts[problem.kind] = counts.get(problem.kind, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
