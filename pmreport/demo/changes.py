"""How one edit of an issue shows in Jira's changelog."""

from collections.abc import Callable
from typing import Any

from pmreport.demo.catalogue import Site
from pmreport.demo.issue import Issue, Item

SPRINT = "customfield_10020"
FLAGGED = "customfield_10021"
RANK = "customfield_10019"
TEAM_POINTS = "customfield_10016"
CLASSIC_POINTS = "customfield_10026"
START_DATE = "customfield_10015"

Act = Callable[[Issue, Any, Site, int], list[Item]]


def _system(
    name: str,
    field_id: str | None,
    before: tuple[str | None, str | None],
    after: tuple[str | None, str | None],
) -> Item:
    return Item(name, "jira", field_id, before[0], before[1], after[0], after[1])


def _custom(
    issue: Issue,
    name: str,
    field_id: str,
    before: tuple[str | None, str | None],
    after: tuple[str | None, str | None],
) -> Item:
    # Jira often leaves fieldId out of custom items: here it does so on every second issue.
    return Item(name, "custom", field_id if issue.id % 2 else None, before[0], before[1], after[0], after[1])


def _named(table: dict[str, Any], key: str | None) -> tuple[str | None, str | None]:
    return (key, table[key].name) if key is not None else (None, None)


def status(issue: Issue, value: str, site: Site, at_ms: int) -> list[Item]:
    """The issue goes to another status; a done one gets its resolution, a reopened one loses it."""
    if value == issue.status:
        return []
    items = [_system("status", "status", _named(site.statuses, issue.status), _named(site.statuses, value))]
    if site.statuses[value].category == "done" and issue.resolution is None:
        items += resolution(issue, "10000", site, at_ms)
    elif site.statuses[value].category != "done" and issue.resolution is not None:
        items += resolution(issue, None, site, at_ms)
    issue.status, issue.status_changed_ms = value, at_ms
    return items


def resolution(issue: Issue, value: str | None, site: Site, at_ms: int) -> list[Item]:
    """The issue is resolved in some way, or its resolution is cleared."""
    if value == issue.resolution:
        return []
    item = _system(
        "resolution",
        "resolution",
        _named(site.resolutions, issue.resolution),
        _named(site.resolutions, value),
    )
    issue.resolution, issue.resolved_ms = value, at_ms if value else None
    return [item]


def dropped(issue: Issue, value: tuple[str, str], site: Site, at_ms: int) -> list[Item]:
    """The issue is closed without being delivered: (status, resolution)."""
    why = resolution(issue, value[1], site, at_ms)
    return status(issue, value[0], site, at_ms) + why


def assignee(issue: Issue, value: str | None, site: Site, _at: int) -> list[Item]:
    """Another owner, or none."""
    if value == issue.assignee:
        return []
    item = _system("assignee", "assignee", _named(site.users, issue.assignee), _named(site.users, value))
    issue.assignee = value
    return [item]


def priority(issue: Issue, value: str, site: Site, _at: int) -> list[Item]:
    """Another priority."""
    item = _system(
        "priority", "priority", _named(site.priorities, issue.priority), _named(site.priorities, value)
    )
    issue.priority = value
    return [item] if item.from_ != item.to else []


def issue_type(issue: Issue, value: str, site: Site, _at: int) -> list[Item]:
    """Another type."""
    item = _system("issuetype", "issuetype", _named(site.types, issue.type), _named(site.types, value))
    issue.type = value
    return [item] if item.from_ != item.to else []


def summary(issue: Issue, value: str, _site: Site, _at: int) -> list[Item]:
    """Another summary."""
    item = _system("summary", "summary", (None, issue.summary), (None, value))
    issue.summary = value
    return [item]


def description(issue: Issue, value: str, _site: Site, _at: int) -> list[Item]:
    """Another description."""
    item = _system("description", "description", (None, issue.description), (None, value))
    issue.description = value
    return [item]


def due(issue: Issue, value: str | None, _site: Site, _at: int) -> list[Item]:
    """Another due date; Jira writes the text form with a midnight."""

    def both(day: str | None) -> tuple[str | None, str | None]:
        return (day, f"{day} 00:00:00.0") if day else (None, None)

    if value == issue.due:
        return []
    item = _system("duedate", "duedate", both(issue.due), both(value))
    issue.due = value
    return [item]


def add_label(issue: Issue, value: str, _site: Site, _at: int) -> list[Item]:
    """One more label: the item holds the whole set, joined by spaces."""
    return [] if value in issue.labels else _labels(issue, tuple(sorted({*issue.labels, value})))


def remove_label(issue: Issue, value: str, _site: Site, _at: int) -> list[Item]:
    """One label less."""
    return _labels(issue, tuple(label for label in issue.labels if label != value))


def _labels(issue: Issue, after: tuple[str, ...]) -> list[Item]:
    item = _system("labels", "labels", ("", " ".join(issue.labels)), ("", " ".join(after)))
    issue.labels = after
    return [item]


def add_version(issue: Issue, value: str, site: Site, _at: int) -> list[Item]:
    """One more fix version."""
    issue.versions = (*issue.versions, value)
    return [_system("Fix Version", "fixVersions", (None, None), _named(site.versions, value))]


def remove_version(issue: Issue, value: str, site: Site, _at: int) -> list[Item]:
    """One fix version less."""
    issue.versions = tuple(v for v in issue.versions if v != value)
    return [_system("Fix Version", "fixVersions", _named(site.versions, value), (None, None))]


def add_component(issue: Issue, value: str, site: Site, _at: int) -> list[Item]:
    """One more component."""
    issue.components = (*issue.components, value)
    return [_system("Component", "components", (None, None), _named(site.components, value))]


def parent(issue: Issue, value: tuple[int, str, str | None], _site: Site, _at: int) -> list[Item]:
    """Another parent: (its id, its key, the key of the one before)."""
    before = (str(issue.parent), value[2]) if issue.parent else (None, None)
    issue.parent = value[0]
    return [_system("IssueParentAssociation", None, before, (str(value[0]), value[1]))]


def enter_sprint(issue: Issue, value: int, site: Site, _at: int) -> list[Item]:
    """The issue enters a sprint; the closed sprints it was in stay in the list."""
    return [] if value in issue.sprints else _sprints(issue, (*issue.sprints, value), site)


def leave_sprint(issue: Issue, value: int, site: Site, _at: int) -> list[Item]:
    """The issue leaves a sprint."""
    if value not in issue.sprints:
        return []
    return _sprints(issue, tuple(s for s in issue.sprints if s != value), site)


def all_sprints(issue: Issue, value: tuple[int, ...] | None, site: Site, _at: int) -> list[Item]:
    """Every sprint at once, as when an item is dragged from one into another: one entry with both lists.

    None takes the issue out of all of them, and Jira writes null where it otherwise writes an empty text.
    """
    items = _sprints(issue, tuple(value or ()), site)
    return items if value is not None else [item._replace(to=None, to_string=None) for item in items]


def _sprints(issue: Issue, after: tuple[int, ...], site: Site) -> list[Item]:
    def both(ids: tuple[int, ...]) -> tuple[str, str]:
        return ", ".join(map(str, ids)), ", ".join(site.sprints[i].name for i in ids)

    item = _custom(issue, "Sprint", SPRINT, both(issue.sprints), both(after))
    issue.sprints = after
    return [item]


def points(issue: Issue, value: float | None, site: Site, _at: int) -> list[Item]:
    """Another size, in the field of the issue's project; Jira writes only the text form."""
    field_id = site.points_fields[issue.project]
    before = issue.points.get(field_id)
    if before == value:
        return []
    if value is None:
        issue.points.pop(field_id, None)
    else:
        issue.points[field_id] = value
    texts = ["" if v is None else f"{v:g}" for v in (before, value)]
    return [_custom(issue, site.fields[field_id].name, field_id, (None, texts[0]), (None, texts[1]))]


def original_estimate(issue: Issue, value: int, _site: Site, _at: int) -> list[Item]:
    """Another original estimate in seconds; the first one also sets what remains."""
    items = [_seconds("timeoriginalestimate", issue.original_s, value)]
    if issue.original_s is None and issue.spent_s is None:
        items.append(_seconds("timeestimate", issue.remaining_s, value))
        issue.remaining_s = value
    issue.original_s = value
    return items


def spend(issue: Issue, value: int, _site: Site, _at: int) -> list[Item]:
    """Logged time: what was spent grows (or shrinks), what remains shrinks."""
    before = issue.spent_s
    after = (before or 0) + value
    items = [_seconds("timespent", before, after)]
    if issue.remaining_s is not None:
        remaining = max(0, issue.remaining_s - value)
        if remaining != issue.remaining_s:
            items.insert(0, _seconds("timeestimate", issue.remaining_s, remaining))
        issue.remaining_s = remaining
    issue.spent_s = after
    return items


def _seconds(name: str, before: int | None, after: int) -> Item:
    old = None if before is None else str(before)
    return _system(name, name, (old, old), (str(after), str(after)))


def flag(issue: Issue, value: bool, _site: Site, _at: int) -> list[Item]:  # noqa: FBT001 - the value of the field
    """Flagged as blocked, or no longer."""
    if value == issue.flagged:
        return []
    raised, down = ("[10019]", "Impediment"), ("", "")
    issue.flagged = value
    return [_custom(issue, "Flagged", FLAGGED, down if value else raised, raised if value else down)]


def rank(issue: Issue, value: str, _site: Site, _at: int) -> list[Item]:
    """Ranked higher or lower: Jira tells no more than that."""
    return [_custom(issue, "Rank", RANK, ("", ""), ("", value))]


def linked(_issue: Issue, value: tuple[str, str], _site: Site, _at: int) -> list[Item]:
    """A link was made: (the other key, the sentence Jira writes)."""
    return [_system("Link", None, (None, None), (value[0], value[1]))]


def move(issue: Issue, value: tuple[str, str, str, str], site: Site, at_ms: int) -> list[Item]:
    """The issue moves to another project: (project id, new key, type, status). Its id stays."""
    project, key, type_id, status_id = value
    items = [
        _system("project", "project", _named(site.projects, issue.project), _named(site.projects, project)),
        _system("Key", None, (None, issue.key), (None, key)),
        *issue_type(issue, type_id, site, at_ms),
        *status(issue, status_id, site, at_ms),
    ]
    issue.old_keys = (*issue.old_keys, issue.key)
    issue.project, issue.key = project, key
    return items


ACTS: dict[str, Act] = {
    "status": status,
    "resolution": resolution,
    "dropped": dropped,
    "assignee": assignee,
    "priority": priority,
    "type": issue_type,
    "summary": summary,
    "description": description,
    "due": due,
    "label+": add_label,
    "label-": remove_label,
    "version+": add_version,
    "version-": remove_version,
    "component+": add_component,
    "parent": parent,
    "sprint+": enter_sprint,
    "sprint-": leave_sprint,
    "sprints": all_sprints,
    "points": points,
    "original": original_estimate,
    "flag": flag,
    "rank": rank,
    "link": linked,
    "move": move,
}
