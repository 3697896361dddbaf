"""Sixteen items on two projects, small enough to know by heart, as rows in a store.

A cell may hold a history: `To Do > 11-11 In Progress` was To Do from the item's creation and is In Progress
since 11 November 2026, 00:00 UTC. `-` is no value, a comma stands between several.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from pmreport.goals import names
from pmreport.goals.context import JqlContext
from pmreport.model import rows
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.store.batch import AnyRow, Batch
from pmreport.store.engine import Store
from pmreport.store.session import Reader

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
CREATED = datetime(2026, 10, 1, 8, tzinfo=UTC)
ME = "u-ana"

ITEMS = """
key    | type     | status                    | assignee      | reporter | priority | resolution        | labels                          | fix  | component        | parent | sprint         | due        | points           | severity
WEB-1  | Epic     | In Progress               | ana           | ana      | High     | -                 | -                               | -    | -                | -      | -              | -          | -                | -
WEB-2  | Story    | To Do > 10-10 Done        | ana           | ana      | High     | - > 10-10 Done    | checkout                        | 1.0  | Checkout         | WEB-1  | 71             | 2026-10-14 | 3                | -
WEB-3  | Story    | To Do > 11-11 In Progress | ana           | ana      | Medium   | -                 | checkout > 11-12 checkout,follow-up | 1.1 | Checkout,Search | WEB-1 | 72            | 2026-11-25 | - > 11-09 5      | Major
WEB-4  | Story    | To Do                     | cy > 11-13 -  | ana      | Low      | -                 | -                               | 1.1  | Search           | WEB-1  | 72             | -          | -                | -
WEB-5  | Bug      | In Review                 | bo            | ana      | High     | -                 | Follow-Up                       | -    | Checkout         | -      | 71 > 10-15 71,72 | 2026-11-18 | 1              | Critical
WEB-6  | Bug      | Done (APP)                | ana > 11-05 bo | bo      | -        | Won't Do          | regression                      | 1.0  | -                | -      | 72             | -          | 2                | Minor
WEB-7  | Task     | To Do                     | -             | bo       | Low      | -                 | action                          | -    | -                | -      | -              | 2026-11-10 | -                | -
WEB-8  | Task     | To Do                     | ana           | ana      | Medium   | -                 | action,question                 | -    | -                | -      | 72 > 11-14 73  | 2026-11-30 | 0.5              | -
WEB-9  | Sub-task | In Progress               | cy            | ana      | -        | -                 | -                               | -    | -                | WEB-3  | 72             | -          | -                | -
WEB-10 | Task     | Done                      | ana           | bo       | Low      | Done              | follow-up                       | -    | -                | -      | 71             | 2026-11-20 | -                | -
WEB-11 | Task     | To Do                     | ana           | ana      | Low      | -                 | action                          | 1.1  | Search           | -      | 72             | 2026-11-20 | 8                | Major
WEB-12 | Task     | To Do                     | ana           | ana      | Low      | -                 | action                          | 1.1  | Search           | -      | 72             | 2026-11-20 | 8                | Major
APP-1  | Story    | In Progress               | cy            | cy       | High     | -                 | change-request                  | 1.0 (APP) | -           | -      | 81             | -          | -                | Major
APP-2  | Story    | To Do                     | -             | cy       | Medium   | -                 | -                               | -    | -                | -      | 81             | -          | -                | -
APP-3  | Bug      | To Do                     | bo            | ana      | High     | -                 | regression > 11-01 -            | -    | -                | -      | 81 > 11-18 -   | -          | -                | -
APP-4  | Story    | Done (APP)                | cy            | ana      | -        | Done              | -                               | -    | -                | -      | -              | -          | -                | -
"""  # noqa: E501  a table is read across
DELETED = "WEB-11"  # in Jira no more
UNBORN = "WEB-12"  # created after the moment asked for
RESTRICTED = "APP-4"  # has a security level
ESTIMATES = {"APP-1": 8.0, "WEB-9": 1.0}  # the other field for points: "Story point estimate"

_STATUSES = {"To Do": "1", "In Progress": "2", "In Review": "3", "Done": "4", "Done (APP)": "5"}
_TYPES = {"Story": "1", "Bug": "2", "Task": "3", "Epic": "4", "Sub-task": "5"}
_PRIORITIES = {"High": "1", "Medium": "2", "Low": "3"}
_RESOLUTIONS = {"Done": "1", "Won't Do": "2"}
_COMPONENTS = {"Checkout": "1", "Search": "2"}
_VERSIONS = {"1.0": "100", "1.1": "101", "1.0 (APP)": "102"}
_SEVERITIES = {"Critical": "201", "Major": "202", "Minor": "203"}
_PROJECTS = {"WEB": "10000", "APP": "10001"}
_PEOPLE = {"ana": ("u-ana", "Ana Lima"), "bo": ("u-bo", "Bo Berg"), "cy": ("u-cy", "Cy Dahl")}
_IDS = {  # column -> field id and the ids of its values; None: the text is the id
    "type": ("issuetype", _TYPES),
    "status": ("status", _STATUSES),
    "assignee": ("assignee", {short: account for short, (account, _) in _PEOPLE.items()}),
    "reporter": ("reporter", {short: account for short, (account, _) in _PEOPLE.items()}),
    "priority": ("priority", _PRIORITIES),
    "resolution": ("resolution", _RESOLUTIONS),
    "labels": ("labels", None),
    "fix": ("fixVersions", _VERSIONS),
    "component": ("components", _COMPONENTS),
    "parent": ("parent", None),
    "sprint": ("customfield_10020", None),
    "due": ("duedate", None),
    "points": ("customfield_10026", None),
    "severity": ("customfield_10040", _SEVERITIES),
}
_RANDOM = {
    "status": tuple(_STATUSES),
    "assignee": ("-", "ana", "bo", "cy"),
    "reporter": ("ana", "bo"),
    "priority": ("-", *_PRIORITIES),
    "resolution": ("-", "Done"),
    "labels": ("-", "action", "action,follow-up", "follow-up", "regression,action"),
    "fix": ("-", "1.0", "1.0,1.1", "1.0 (APP)"),
    "component": ("-", "Checkout", "Search,Checkout"),
    "sprint": ("-", "71", "72", "71,72", "81", "73"),
    "due": ("-", "2026-11-18", "2026-11-20"),
    "points": ("-", "5", "0.5", "3"),
    "severity": ("-", "Major"),
}
_FIELDS = (
    rows.FieldRow("summary", "Summary", "summary", custom=False, role=None),
    rows.FieldRow(
        "customfield_10016", "Story point estimate", "com.pyxis:jsw-story-points", custom=True, role="points"
    ),
    rows.FieldRow("customfield_10020", "Sprint", "com.pyxis:gh-sprint", custom=True, role="sprint"),
    rows.FieldRow("customfield_10026", "Story Points", "com.atlassian:float", custom=True, role="points"),
    rows.FieldRow("customfield_10040", "Severity", "com.atlassian:select", custom=True, role=None),
    rows.FieldRow("customfield_10041", "Go live", "com.atlassian:datepicker", custom=True, role=None),
    rows.FieldRow("customfield_10042", "Notes", "com.atlassian:textarea", custom=True, role=None),
    rows.FieldRow("customfield_10043", "Effort", "com.atlassian:float", custom=True, role=None),
    rows.FieldRow("customfield_10044", "Effort", "com.atlassian:float", custom=True, role=None),
)


def day(text: str) -> int:
    """The start of a day of 2026, such as `11-09`, in epoch milliseconds."""
    month, number = text.split("-")
    return to_ms(datetime(2026, int(month), int(number), tzinfo=UTC))


def store_with_items(folder: Path) -> tuple[Store, int]:
    """A new store that holds the corpus, and the id of its site."""
    store = Store.open(f"duckdb:{folder / 'store.duckdb'}")
    url = "https://acme.example"
    site_id = store.register_site(rows.SiteRow("acme", url, url, "cloud", "Europe/Berlin", ME))
    store.apply(site_id, Batch(upserts=(*_names(), *_items())))
    return store, site_id


def add_random_items(store: Store, site_id: int, *, seed: int, count: int) -> tuple[str, ...]:
    """More items in the store, with random histories in October; their keys."""
    rolled = tuple(_random_items(Random(seed), count))  # noqa: S311  a seeded die, not a secret
    store.apply(site_id, Batch(upserts=rolled))
    return tuple(row.issue_key for row in rolled if isinstance(row, rows.IssueRow))


def context(store: Store | Reader, site_id: int, as_of: datetime = AS_OF) -> JqlContext:
    """What the words of a rule mean in the corpus, asked by Ana."""
    return names.context_from_rows(
        store.rows(names.query(site_id)),
        site_id=site_id,
        account=ME,
        zone=ZoneInfo("Europe/Berlin"),
        week_start="mon",
        as_of=as_of,
    )


def issue_id(key: str) -> int:
    """The id behind a key."""
    project, number = key.split("-")
    return (1000 if project == "WEB" else 2000) + int(number)


def _names() -> Iterator[AnyRow]:
    categories = {"1": "new", "2": "indeterminate", "3": "indeterminate", "4": "done", "5": "done"}
    for name, status_id in _STATUSES.items():
        yield rows.StatusRow(status_id, name.removesuffix(" (APP)"), categories[status_id])
    for key, project_id in _PROJECTS.items():
        yield rows.ProjectRow(int(project_id), key, f"The {key} project", simplified=key == "APP")
    for name, type_id in _TYPES.items():
        yield rows.IssueTypeRow(type_id, name, is_subtask=name == "Sub-task")
    yield from (rows.PriorityRow(value_id, name) for name, value_id in _PRIORITIES.items())
    yield from (rows.ResolutionRow(value_id, name) for name, value_id in _RESOLUTIONS.items())
    yield from (rows.ComponentRow(value_id, name) for name, value_id in _COMPONENTS.items())
    for name, version_id in _VERSIONS.items():
        project = int(_PROJECTS["APP" if "APP" in name else "WEB"])
        yield rows.VersionRow(int(version_id), project, name.removesuffix(" (APP)"), None, released=False)
    for account, name in _PEOPLE.values():
        yield rows.UserAccountRow(account, name, active=True, account_type="atlassian")
    yield from _FIELDS
    yield from _sprints()


def _sprints() -> Iterator[rows.SprintRow]:
    yield rows.SprintRow(
        71, 7, "WEB Sprint 1", "closed", None, day("10-01"), None, day("10-15"), day("10-15")
    )
    yield rows.SprintRow(72, 7, "WEB Sprint 2", "active", None, day("11-10"), None, day("11-24"), None)
    yield rows.SprintRow(
        73, 7, "WEB Sprint 3", "future", None, day("11-01"), None, None, None
    )  # planned too early
    yield rows.SprintRow(
        81, 8, "APP Sprint 1", "active", None, day("11-10"), day("11-16"), day("11-30"), None
    )


def _items() -> Iterator[AnyRow]:
    header, *lines = (tuple(cell.strip() for cell in line.split("|")) for line in ITEMS.strip().splitlines())
    for line in lines:
        yield from _item(dict(zip(header, line, strict=True)))


def _random_items(dice: Random, count: int) -> Iterator[AnyRow]:
    """Items with random histories, for those who compare two ways of reading them."""
    for number in range(count):
        cells = {"key": f"APP-{101 + number}", "type": dice.choice(list(_TYPES)), "parent": "-"}
        for column, values in _RANDOM.items():
            days = sorted(dice.sample(range(2, 31), k=dice.randrange(4)))
            states = [dice.choice(values), *(f"10-{day:02} {dice.choice(values)}" for day in days)]
            cells[column] = " > ".join(states)
        yield from _item(cells)


def _item(cells: dict[str, str]) -> Iterator[AnyRow]:
    key = cells["key"]
    number = issue_id(key)
    created = AS_OF + timedelta(days=1) if key == UNBORN else CREATED
    stays = (to_ms(created), OPEN_END_MS)
    yield _issue_row(key, cells, to_ms(created))
    yield rows.IssueValueRow(number, "project", _PROJECTS[key[:3]], *stays, key[:3], None)
    yield rows.IssueValueRow(number, "summary", f"Summary of {key}", *stays, f"Summary of {key}", None)
    if key in ESTIMATES:
        text = f"{ESTIMATES[key]:g}"
        yield rows.IssueValueRow(number, "customfield_10016", text, *stays, text, ESTIMATES[key])
    for column, (field_id, ids) in _IDS.items():
        for value, since, until in _history(cells[column], to_ms(created)):
            value_id = ids[value] if ids else str(issue_id(value)) if column == "parent" else value
            amount = float(value) if column == "points" else None
            yield rows.IssueValueRow(number, field_id, value_id, since, until, _shown(value), amount)
            if column == "status":
                yield rows.IssueStatusRow(number, value_id, since, until)
            if column == "sprint":
                yield rows.IssueSprintRow(number, int(value), since, until)


def _shown(value: str) -> str:
    return _PEOPLE[value][1] if value in _PEOPLE else value.removesuffix(" (APP)")


def _history(cell: str, created_ms: int) -> Iterator[tuple[str, int, int]]:
    """Each value of a cell, with the stretch it was there; a value that stays keeps one stretch."""
    states: list[tuple[int, tuple[str, ...]]] = []
    for index, part in enumerate(cell.split(" > ")):
        start, cell_values = (created_ms, part) if index == 0 else (day(part[:5]), part[6:])
        states.append((start, () if cell_values == "-" else tuple(cell_values.split(","))))
    for index, (since, values) in enumerate(states):
        before = states[index - 1][1] if index else ()
        for value in values:
            if value in before:
                continue
            until = next((start for start, others in states[index + 1 :] if value not in others), OPEN_END_MS)
            yield value, since, until


def _issue_row(key: str, cells: dict[str, str], created_ms: int) -> rows.IssueRow:
    last = {column: cell.split(" > ")[-1] for column, cell in cells.items()}
    status = next(name for name in reversed(_STATUSES) if last["status"].endswith(name))
    return rows.IssueRow(
        issue_id=issue_id(key),
        issue_key=key,
        project_id=int(_PROJECTS[key[:3]]),
        issue_type_id=_TYPES[cells["type"]],
        is_subtask=cells["type"] == "Sub-task",
        summary=f"Summary of {key}",
        description=None,
        status_id=_STATUSES[status],
        priority_id=None,
        resolution_id=None,
        parent_id=None,
        assignee_id=None,
        reporter_id=None,
        points=None,
        estimate_s=None,
        remaining_s=None,
        spent_s=None,
        due_date=None,
        security_level="management" if key == RESTRICTED else None,
        created_ms=created_ms,
        updated_ms=created_ms,
        resolved_ms=None,
        unseen_since_ms=None,
        deleted_ms=day("11-15") if key == DELETED else None,
        history_complete=True,
    )
