"""How people, statuses, types, projects, versions and the like look in JSON."""

from typing import Any

from pmreport.demo.catalogue import (
    Component,
    FieldInfo,
    IssueType,
    Named,
    Project,
    Site,
    Status,
    User,
    Version,
)

_CATEGORIES: dict[str, dict[str, Any]] = {
    "new": {"id": 2, "key": "new", "colorName": "blue-gray", "name": "To Do"},
    "indeterminate": {"id": 4, "key": "indeterminate", "colorName": "yellow", "name": "In Progress"},
    "done": {"id": 3, "key": "done", "colorName": "green", "name": "Done"},
}


def api(site: Site, version: str) -> str:
    """Where self links begin: the address a person browses, not the one that was asked."""
    return f"{site.base_url}/rest/api/{version}"


def agile(site: Site) -> str:
    """Where the self links of boards and sprints begin."""
    return f"{site.base_url}/rest/agile/1.0"


def spoken(site: Site, kind: str, shape: dict[str, Any]) -> dict[str, Any]:
    """A shape without the members that the site's product does not write for this kind of thing."""
    silent = site.product.left_out.get(kind)
    return {name: shape[name] for name in shape if name not in silent} if silent else shape


def avatars(site: Site, name: str) -> dict[str, str]:
    """Four sizes of a picture that is not there."""
    return {f"{n}x{n}": f"{site.base_url}/avatar/{name}?size={n}" for n in (48, 24, 16, 32)}


def user(site: Site, who: User, version: str) -> dict[str, Any]:
    """A person as the product shows them."""
    return _account(site, who, version) if who.key is None else _named_user(site, who, version)


def _named_user(site: Site, who: User, version: str) -> dict[str, Any]:
    """A person as Data Center shows them: a key that stays, a name that can change, no account."""
    return {
        "self": f"{api(site, version)}/user?username={who.username}",
        "name": who.username,
        "key": who.key,
        "emailAddress": who.email,
        "avatarUrls": avatars(site, "user"),
        "displayName": who.name,
        "active": who.active,
        "timeZone": site.zones.user if who.account_id == site.me else site.zones.site,
    }


def _account(site: Site, who: User, version: str) -> dict[str, Any]:
    """A person as Cloud shows them: no name, no key, an address only where privacy allows."""
    shape = {
        "self": f"{api(site, version)}/user?accountId={who.account_id}",
        "accountId": who.account_id,
        "avatarUrls": avatars(site, "user"),
        "displayName": who.name,
        "active": who.active,
        "timeZone": site.zones.user if who.account_id == site.me else site.zones.site,
        "accountType": who.account_type,
    }
    return {**shape, "emailAddress": who.email} if who.email else shape


def person(site: Site, account_id: str | None, version: str) -> dict[str, Any] | None:
    """A person by account id; None for nobody."""
    return user(site, site.users[account_id], version) if account_id else None


def category(key: str, site: Site, version: str) -> dict[str, Any]:
    """A status category."""
    shape = _CATEGORIES[key]
    return {"self": f"{api(site, version)}/statuscategory/{shape['id']}", **shape}


def status(site: Site, row: Status, version: str) -> dict[str, Any]:
    """A status; the ones of a team-managed project have a scope."""
    shape = {
        "self": f"{api(site, version)}/status/{row.id}",
        "description": "",
        "iconUrl": f"{site.base_url}/images/icons/statuses/generic.png",
        "name": row.name,
        "id": row.id,
        "statusCategory": category(row.category, site, version),
    }
    return spoken(site, "status", shape | _scope(row.project_id))


def scope(project_id: str) -> dict[str, Any]:
    """What belongs to one team-managed project alone."""
    return {"type": "PROJECT", "project": {"id": project_id}}


def _scope(project_id: str | None) -> dict[str, Any]:
    return {"scope": scope(project_id)} if project_id else {}


def issue_type(site: Site, row: IssueType, version: str) -> dict[str, Any]:
    """A kind of issue."""
    shape = {
        "self": f"{api(site, version)}/issuetype/{row.id}",
        "id": row.id,
        "description": "",
        "iconUrl": f"{site.base_url}/images/icons/issuetypes/{row.id}.png",
        "name": row.name,
        "subtask": row.level < 0,
        "avatarId": 10300,
        "hierarchyLevel": row.level,
    }
    return spoken(site, "issue type", shape | _scope(row.project_id))


def named(site: Site, row: Named, kind: str, version: str) -> dict[str, Any]:
    """A priority or a resolution within an issue."""
    shape = {"self": f"{api(site, version)}/{kind}/{row.id}", "name": row.name, "id": row.id}
    icon = {"iconUrl": f"{site.base_url}/images/icons/priorities/{row.id}.svg"}
    return {**shape, **icon} if kind == "priority" else {**shape, "description": ""}


def project(site: Site, row: Project, version: str) -> dict[str, Any]:
    """A project within an issue."""
    shape = {
        "self": f"{api(site, version)}/project/{row.id}",
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "projectTypeKey": "software",
        "simplified": row.team_managed,
        "avatarUrls": avatars(site, row.key),
    }
    return spoken(site, "project", shape)


def version_within(site: Site, row: Version, version: str) -> dict[str, Any]:
    """A version within an issue: less than its own resource tells."""
    shape = {
        "self": f"{api(site, version)}/version/{row.id}",
        "id": row.id,
        "name": row.name,
        "archived": row.archived,
        "released": row.released,
    }
    more = {"description": row.description, "releaseDate": row.release}
    return shape | {key: value for key, value in more.items() if value}


def version_full(site: Site, row: Version, version: str, today: str) -> dict[str, Any]:
    """A version of a project."""
    shape = {**version_within(site, row, version), "projectId": int(row.project)}
    if row.start:
        shape |= {"startDate": row.start, "userStartDate": _written_date(row.start)}
    if row.release:
        shape |= {
            "userReleaseDate": _written_date(row.release),
            "overdue": not row.released and row.release < today,
        }
    return shape


def _written_date(day: str) -> str:
    year, month, date = day.split("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{date}/{names[int(month) - 1]}/{year[2:]}"


def component(site: Site, row: Component, version: str) -> dict[str, Any]:
    """A component within an issue."""
    link = f"{api(site, version)}/component/{row.id}"
    return {"self": link, "id": row.id, "name": row.name, "description": row.description}


def field_info(site: Site, row: FieldInfo, *, english: bool) -> dict[str, Any]:
    """A field in the user's language, unless English was forced."""
    shape: dict[str, Any] = {
        "id": row.id,
        "key": row.id,
        "name": row.name if english else row.local_name,
        "untranslatedName": row.name,
        "custom": row.custom is not None,
        "orderable": row.type is not None,
        "navigable": row.id not in {"comment", "worklog", "timetracking"},
        "searchable": row.searchable,
        "clauseNames": list(row.clauses),
        **_scope(row.project_id),
    }
    schema = field_schema(row)
    return spoken(site, "field", shape | ({"schema": schema} if schema else {}))


def field_schema(row: FieldInfo) -> dict[str, Any] | None:
    """The schema of a field; some have none."""
    if row.type is None:
        return None
    schema: dict[str, Any] = {"type": row.type}
    if row.items:
        schema["items"] = row.items
    if row.custom:
        return schema | {"custom": row.custom, "customId": int(row.id.rpartition("_")[2])}
    return schema | {"system": row.id}
