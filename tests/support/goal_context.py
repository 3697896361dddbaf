"""A small site as the rules see it, without a store, and items on it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pmreport.goals.context import JqlContext
from pmreport.goals.item import Item, ItemRow, PastRow, from_rows
from pmreport.goals.names import NameRow, context_from_rows

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
_BEGAN, _ENDED = 1_760_000_000_000, 1_761_000_000_000  # October 2025

NAMES = (
    NameRow("status", "1", "To Do", "new", None, None),
    NameRow("status", "2", "In Progress", "indeterminate", None, None),
    NameRow("status", "4", "Done", "done", None, None),
    NameRow("status", "5", "Done", "done", None, None),
    NameRow("project", "10000", "WEB", "", None, None),
    NameRow("project", "10000", "Web Shop", "", None, None),
    NameRow("issuetype", "1", "Story", "", None, None),
    NameRow("issuetype", "5", "Sub-task", "subtask", None, None),
    NameRow("priority", "1", "High", "", None, None),
    NameRow("priority", "7", "1", "", None, None),  # a name that looks like an id
    NameRow("resolution", "1", "Done", "", None, None),
    NameRow("fixVersions", "100", "1.0", "", None, None),
    NameRow("fixVersions", "102", "1.0", "", None, None),
    NameRow("components", "1", "Checkout", "", None, None),
    NameRow("user", "u-ana", "Ana Lima", "", None, None),
    NameRow("user", "u-bo", "Bo Berg", "", None, None),
    NameRow("sprint", "71", "Sprint 1", "closed", _BEGAN, _ENDED),
    NameRow("sprint", "72", "Sprint 2", "active", _BEGAN, None),
    NameRow("sprint", "73", "Sprint 3", "future", None, None),
    NameRow("labels", "Follow-Up", "Follow-Up", "option", None, None),
    NameRow("field", "customfield_10016", "Story point estimate", "x:jsw-story-points", None, None),
    NameRow("role", "customfield_10016", "Story point estimate", "points", None, None),
    NameRow("stored", "customfield_10016", "customfield_10016", "", None, None),
    NameRow("stored", "customfield_10044", "customfield_10044", "", None, None),
    NameRow("field", "customfield_10020", "Sprint", "x:gh-sprint", None, None),
    NameRow("field", "customfield_10040", "Severity", "x:select", None, None),
    NameRow("customfield_10040", "202", "Major", "option", None, None),
    NameRow("field", "customfield_10041", "Go live", "x:datepicker", None, None),
    NameRow("field", "customfield_10042", "Notes", "x:textarea", None, None),
    NameRow("field", "customfield_10043", "Effort", "x:float", None, None),
    NameRow("field", "customfield_10044", "Effort", "x:float", None, None),
)


def site(*, account: str | None = "u-ana", names: tuple[NameRow, ...] = NAMES) -> JqlContext:
    """The site on 20 November 2026, asked by Ana."""
    zone = ZoneInfo("Europe/Berlin")
    return context_from_rows(names, site_id=1, account=account, zone=zone, week_start="mon", as_of=AS_OF)


def item(
    *values: tuple[str, str, str],
    key: str = "WEB-3",
    numbers: tuple[tuple[str, float], ...] = (),
    past: tuple[PastRow, ...] = (),
) -> Item:
    """An item with these values, each a field id, a value id and a text; numbers by field id."""
    histories = dict.fromkeys(("summary", "comment"), "prose")
    histories |= {name: name for name in ("status", "sprint", "created")}
    rows = [ItemRow(1003, key, "issue", "key", "1003", key, None)]
    rows += [
        ItemRow(1003, key, histories.get(field, "value"), field, value_id, text, None)
        for field, value_id, text in values
    ]
    rows += [ItemRow(1003, key, "value", field, f"{number:g}", None, number) for field, number in numbers]
    built = from_rows(rows, past)
    if built is None:
        raise ValueError(values)
    return built
