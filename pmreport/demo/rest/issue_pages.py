"""Many issues in one answer: what is wanted of each, and the bytes of those that were written before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from pmreport.demo.catalogue import Site
from pmreport.demo.issue import Issue
from pmreport.demo.rest.access import state_of
from pmreport.demo.rest.answers import dumps, encoded
from pmreport.demo.rest.history_shape import embedded
from pmreport.demo.rest.issue_shape import chosen, issue_json
from pmreport.demo.rest.shapes import field_schema
from pmreport.demo.rest.transition_shape import transitions
from pmreport.demo.state import State

_BARE = {"id", "key", "issuekey", "self"}
_WIDE = {"comment", "worklog", "description"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a request wants to see of each issue: fields, expansions, and whatever is said of all."""

    fields: tuple[str, ...]
    version: str
    changelog: bool
    transitions: bool = False
    tail: str = ""

    @property
    def narrow(self) -> bool:
        """Whether the written form is small enough to be kept for every issue."""
        return not self.changelog and not self.transitions and _WIDE.isdisjoint(self.fields)

    @property
    def name(self) -> str:
        """What the written form is kept under."""
        return f"{self.version}{self.tail}|{','.join(self.fields)}"


def is_bare(names: list[str]) -> bool:
    """Whether nothing is asked for but what every issue says of itself."""
    return all(name in _BARE for name in names)


def wanted(
    site: Site, names: list[str], expand: list[str], version: str, *, default: str, tail: str = ""
) -> Wanted:
    """What names of fields and expansions ask for."""
    fields = () if names and is_bare(names) else tuple(chosen(site, names, default))
    return Wanted(
        fields=fields,
        version=version,
        changelog="changelog" in expand,
        transitions="transitions" in expand,
        tail=tail,
    )


def joined(state: State, issue_ids: Iterable[int], what: Wanted) -> bytes:
    """The issues as members of a JSON array; one that was deleted meanwhile is left out."""
    kept = state.corpus.written(what.name) if what.narrow else {}
    parts = []
    for issue_id in issue_ids:
        part = kept.get(issue_id)
        if part is None:
            issue = state.corpus.issue(issue_id)
            if issue is None:
                continue
            part = kept[issue_id] = one(state, issue, what)
        parts.append(part)
    return b",".join(parts)


def one(state: State, issue: Issue, what: Wanted) -> bytes:
    """One issue as bytes."""
    extra = what.tail
    if what.changelog:
        extra += f',"changelog":{embedded(state, issue, what.version)}'
    if what.transitions:
        extra += f',"transitions":{transitions(state, issue, what.version)}'
    return encoded(issue_json(state, issue, what.fields, what.version, extra))


def with_issues(issues: bytes, members: dict[str, Any]) -> bytes:
    """The whole answer: the array of issues, and the other members."""
    return b'{"issues":[' + issues + b"]," + encoded(dumps(members))[1:]


def english(request: Request) -> bool:
    """Whether the request forces English instead of the language of the user."""
    forced = request.headers.get("x-force-accept-language", "").lower() == "true"
    return forced and request.headers.get("accept-language", "").lower().startswith("en")


def described(request: Request, expand: list[str], fields: tuple[str, ...]) -> dict[str, Any]:
    """The members that expand=names,schema adds."""
    infos = [info for name, info in state_of(request).corpus.site.fields.items() if name in fields]
    found: dict[str, Any] = {}
    if "names" in expand:
        found["names"] = {i.id: i.name if english(request) else i.local_name for i in infos}
    if "schema" in expand:
        found["schema"] = {i.id: schema for i in infos if (schema := field_schema(i))}
    return found
