"""The small lists of a site as rows: statuses, priorities, types, fields, projects, versions, people."""

from collections.abc import Iterable

from pmreport.jira.fields import FieldMap
from pmreport.jira.parse.values import Json, date_text, integer, member, text, user_id
from pmreport.model.rows import (
    ComponentRow,
    FieldRow,
    IssueTypeRow,
    PriorityRow,
    ProjectRow,
    ResolutionRow,
    StatusRow,
    UserAccountRow,
    VersionRow,
)

FORMER_USER = "Former user"  # what Jira itself shows for a deleted account
_CATEGORIES = ("new", "indeterminate", "done")


def status(found: Json) -> StatusRow | None:
    """A status. Only the category's key is stable; its name is translated."""
    status_id = member(found, "id")
    if status_id is None:
        return None
    category = member(found.get("statusCategory"), "key")
    return StatusRow(status_id, _name(found), category if category in _CATEGORIES else "undefined")


def priority(found: Json) -> PriorityRow | None:
    """A priority."""
    priority_id = member(found, "id")
    return PriorityRow(priority_id, _name(found)) if priority_id else None


def resolution(found: Json) -> ResolutionRow | None:
    """A resolution."""
    resolution_id = member(found, "id")
    return ResolutionRow(resolution_id, _name(found)) if resolution_id else None


def issue_type(found: Json) -> IssueTypeRow | None:
    """An issue type."""
    type_id = member(found, "id")
    return IssueTypeRow(type_id, _name(found), bool(found.get("subtask"))) if type_id else None


def component(found: Json) -> ComponentRow | None:
    """A component."""
    component_id = member(found, "id")
    return ComponentRow(component_id, _name(found)) if component_id else None


def project(found: Json) -> ProjectRow | None:
    """A project. `simplified` is Jira's word for team-managed."""
    project_id, key = integer(found.get("id")), text(found.get("key"))
    if project_id is None or key is None:
        return None
    return ProjectRow(project_id, key, _name(found), bool(found.get("simplified")))


def version(found: Json, project_id: int) -> VersionRow | None:
    """A version of a project."""
    version_id = integer(found.get("id"))
    if version_id is None:
        return None
    released = bool(found.get("released"))
    return VersionRow(version_id, project_id, _name(found), date_text(found.get("releaseDate")), released)


def field(found: Json, fields: FieldMap) -> FieldRow | None:
    """A field, with the part that discovery gave it. Some have no schema (the key, the thumbnail)."""
    field_id = text(found.get("id"))
    if field_id is None:
        return None
    schema = found.get("schema")
    kind = member(schema, "custom") or member(schema, "system")
    name = text(found.get("untranslatedName")) or _name(found)
    role = fields.role_of(field_id)
    return FieldRow(field_id, name, kind, bool(found.get("custom")), role.value if role else None)


def user(found: object) -> UserAccountRow | None:
    """A person as payloads show them; a deleted account keeps its id and loses its name."""
    account = user_id(found)
    if account is None or not isinstance(found, dict):
        return None
    name = text(found.get("displayName")) or FORMER_USER
    kind = text(found.get("accountType")) or "unknown"
    return UserAccountRow(account, name, bool(found.get("active", True)), kind, text(found.get("name")))


def users(found: Iterable[object]) -> list[UserAccountRow]:
    """The people among some values, each once; what is no person is left out."""
    known: dict[str, UserAccountRow] = {}
    for each in found:
        account = user_id(each)
        if account is not None and account not in known and (row := user(each)):
            known[account] = row
    return list(known.values())


def _name(found: Json) -> str:
    return text(found.get("name")) or ""
