"""The projects that are read, with their versions and components: one request a project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from pmreport.errors import ConfigurationError, NotAuthorisedError
from pmreport.jira.answers import ForbiddenError, RefusedError
from pmreport.jira.client import JiraClient
from pmreport.jira.paging import objects

Json = dict[str, Any]

_SHOWN = 10  # keys in a message: a line's worth
_OWN_LISTS = ("versions", "components")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectListing:
    """One project as Jira gives it, without its versions and components, which stand beside it."""

    found: Json
    versions: Sequence[Json]
    components: Sequence[Json]


def read(client: JiraClient, keys: Sequence[str]) -> list[ProjectListing]:
    """The projects with these keys, in this order; all that can be seen where no key is given.

    Raises:
        ConfigurationError: a project that is not there, or may not be seen.
        NotAuthorisedError: no project at all may be seen.
    """
    wanted = keys or _visible(client)
    found = client.crew.together([partial(_listing, client, key) for key in wanted])
    missing = [key for key, each in zip(wanted, found, strict=True) if each is None]
    if missing:
        raise _missing(missing, sorted(_visible(client)))
    return [each for each in found if each is not None]


def _listing(client: JiraClient, key: str) -> ProjectListing | None:
    try:
        found = client.project(key)
    except (RefusedError, ForbiddenError):
        return None
    return ProjectListing(
        found={name: each for name, each in found.items() if name not in _OWN_LISTS},
        versions=objects(found["versions"]) if "versions" in found else client.versions(key),
        components=objects(found["components"]) if "components" in found else _components(client, key),
    )


def _components(client: JiraClient, key: str) -> list[Json]:
    """The project's components. They also come with the issues, so a refusal costs nothing."""
    try:
        return client.components(key)
    except RefusedError:
        return []


def _visible(client: JiraClient) -> Sequence[str]:
    """The keys of all projects that the user can see; an empty list is too few rights, and no empty site."""
    visible: Mapping[str, None] = {str(each.get("key")): None for page in client.projects() for each in page}
    if not visible:
        raise NotAuthorisedError(
            "The token's user can see no project at all.",
            where=client.site.url,
            hint="Ask for the permission to browse the projects; a token with scopes needs read:jira-work.",
        )
    return list(visible)


def _missing(missing: Sequence[str], visible: Sequence[str]) -> ConfigurationError:
    close = [name for key in missing for name in get_close_matches(key.upper(), visible, n=1)]
    wish = f"Did you mean {', '.join(close)}? " if close else ""
    named = "project " + missing[0] if len(missing) == 1 else "projects " + ", ".join(missing)
    return ConfigurationError(
        f"There is no {named}, or this token may not see it.",
        where="[scope] projects",
        hint=f"{wish}It can see {', '.join(visible[:_SHOWN])}{' and more' if len(visible) > _SHOWN else ''}.",
    )
