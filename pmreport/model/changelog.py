"""How the two sides of a changelog item are read: which values were there before it, and which after."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pmreport.model.rows import IssueChangeRow

STATUS = "status"

# Jira writes one item for every version or component that comes or goes, and not the whole set.
ONE_ITEM_PER_ELEMENT = frozenset({"fixVersions", "versions", "components"})

# Fields whose items may come without a field id, by the name in the item, in lower case.
_ALIASES: Mapping[str, str] = {
    "fix version": "fixVersions",
    "version": "versions",
    "affects version/s": "versions",
    "component": "components",
    "issueparentassociation": "parent",
    "epic link": "parent",
    "key": "issuekey",
    "issue type": "issuetype",
}
_LARGEST = Decimal(10) ** 12  # beyond it no unit makes sense, and sums of thousandths would not fit

Elements = dict[str, str | None]  # what was there: the id behind each value, and its text where one is known
Reading = Callable[[str | None, str | None], Elements]  # from the value and the text of one side of an item


class Value(NamedTuple):
    """One value: `value_id` is the id behind it, or its text where there is none; `text` is for people.

    `number` is what a parser saw; the timeline reads the exact amount from `value_id`, as from the changelog.
    """

    value_id: str
    text: str | None = None
    number: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKinds:
    """How the values of fields are read; all are field ids, and a field may be of several kinds.

    `sprint` holds lists of sprint ids. `estimates` are numbers that get exact amounts, `numbers` the others.
    `multi_valued` are sets; labels, versions and components are known to be. `names` leads from the name of a
    field in the changelog, in lower case, to its id, for items without an id.
    """

    sprint: str | None = None
    estimates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    multi_valued: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def is_number(self, field_id: str) -> bool:
        """Whether the values of the field are numbers."""
        return field_id in self.estimates or field_id in self.numbers

    def field_id(self, name: str) -> str:
        """The field behind a name or an id in the changelog; the name itself where nobody knows it."""
        lower = name.lower()
        if lower == "sprint" and self.sprint:
            return self.sprint
        return self.names.get(lower) or _ALIASES.get(lower, lower)

    def reading(self, field_id: str) -> Reading:
        """How a side of an item of this field is read."""
        if self.is_number(field_id):
            return _number
        if field_id == "labels":
            return _words
        if field_id == self.sprint or field_id in self.multi_valued:
            return _ids
        return _one


def before(change: IssueChangeRow, reading: Reading) -> Elements:
    """What was there before the change."""
    return reading(change.from_value, change.from_text)


def after(change: IssueChangeRow, reading: Reading) -> Elements:
    """What was there after the change."""
    return reading(change.to_value, change.to_text)


def current(values: Iterable[Value], *, numeric: bool) -> Elements:
    """What is there now, with numbers written as the changelog's are read."""
    return {
        canonical(value.value_id) if numeric else value.value_id: value.text
        for value in values
        if value.value_id
    }


def canonical(text: str) -> str:
    """One spelling for equal numbers: `3.0` and `3.00` are `3`. A text that is no number stays as it is."""
    number = decimal(text)
    if number is None:
        return text
    return format(number.normalize(), "f") if number else "0"


def decimal(text: str) -> Decimal | None:
    """The exact number a text stands for; None for what no field of Jira can mean (`NaN`, `abc`, `1e400`)."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= _LARGEST else None


def _one(value: str | None, text: str | None) -> Elements:
    """A user or a status has an id; a summary or a custom field has its text alone."""
    if value:
        return {value: text}
    return {text: text} if text else {}


def _number(value: str | None, text: str | None) -> Elements:
    typed = value or text
    return {canonical(typed): text or typed} if typed else {}


def _words(value: str | None, text: str | None) -> Elements:
    """Labels: the whole set in one text, separated by spaces, which no label holds."""
    return {word: word for word in (text or value or "").split()}


def _ids(value: str | None, text: str | None) -> Elements:
    """`38, 40` or `[10019]`. The names beside them may hold commas: they help with a single id only."""
    ids = [one for part in (value or "").strip("[]").split(",") if (one := part.strip())]
    if not ids:
        return _words(None, text)
    return dict.fromkeys(ids, text if len(ids) == 1 else None)
