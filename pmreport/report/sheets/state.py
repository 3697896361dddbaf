"""The words of an action log: where an entry stands, what it is known by, and the columns of its reader."""

from hashlib import sha256

from pmreport.metrics.followups.item import Item
from pmreport.report.inputs import Card

ID = "ID"
TYPE = "Type"
STATUS = "Status"
DAYS_LATE = "Days late"
YOURS = ("Next step (yours)", "Comment (yours)")
OPEN, IN_PROGRESS, BLOCKED, DONE, NOT_DONE = "Open", "In progress", "Blocked", "Done", "Not done"
STATES = (OPEN, IN_PROGRESS, BLOCKED, DONE, NOT_DONE)
OVER = frozenset({DONE, NOT_DONE})
PRIORITY = {"Priority": ("Highest", "High", "Medium", "Low", "Lowest")}
_LETTERS = 6


def of(item: Item, card: Card | None, *, is_blocked: bool) -> str:
    """Where a follow-up stands, in the same few words for every status of Jira."""
    if not item.is_open:
        return NOT_DONE if item.dropped else DONE
    if is_blocked:
        return BLOCKED
    return IN_PROGRESS if card is not None and card.key == item.id and card.in_progress else OPEN


def name_of(kind: str, text: str) -> str:
    """What an entry without a key is known by: the same for the same words, however they are spaced."""
    heard = " ".join(text.split()).casefold()
    return f"{kind}-{sha256(heard.encode()).hexdigest()[:_LETTERS]}"
