"""How issues, boards and lists were read: what their documents alone do not tell, kept beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pmreport.model.rows import RawDocumentRow
from pmreport.store.documents import document

ISSUE_NOTE, BOARD_NOTE, BOARD_SPRINTS, LISTING = "issue_note", "board_note", "board_sprints", "listing"
VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNote:
    """How an issue was read.

    `apart` are the kinds of its documents beside its own; one of another kind is of an earlier time, and what
    the issue itself holds counts. `epic_id` is the epic behind the key in the epic link (Data Center).
    `sprint_names` are the names, by id, of sprints of which the issue tells nothing but the id for certain.
    """

    apart: tuple[str, ...]
    history_complete: bool
    epic_id: int | None = None
    sprint_names: Mapping[str, str | None] = field(default_factory=dict)

    def document(self, issue_id: int, now_ms: int) -> RawDocumentRow:
        """As it is kept."""
        told = {name: getattr(self, name) for name in self.__slots__}  # `asdict` copies, for an issue each
        return document(ISSUE_NOTE, issue_id, told, now_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNote:
    """How a board was read: whether it let its configuration and its sprints be read, and its filter.

    `project_keys` are the projects that it shows, where it does not say itself whose it is (Data Center).
    """

    configured: bool
    has_sprints: bool
    filter_jql: str | None
    project_keys: tuple[str | None, ...] = ()

    def document(self, board_id: int, now_ms: int) -> RawDocumentRow:
        """As it is kept."""
        return document(BOARD_NOTE, board_id, asdict(self), now_ms)


def listing(name: str, found: Iterable[Mapping[str, Any]], now_ms: int) -> RawDocumentRow:
    """Which things of a list Jira named last, by their ids and in its order."""
    return document(LISTING, name, [each["id"] for each in found if each.get("id") is not None], now_ms)


def versions_of(project_id: int) -> str:
    """The name of the list of a project's versions."""
    return f"{VERSION}:{project_id}"


def of_things(kind: str, found: Iterable[Mapping[str, Any]], now_ms: int) -> Iterator[RawDocumentRow]:
    """A document for each thing that has an id."""
    return (document(kind, each["id"], each, now_ms) for each in found if each.get("id") is not None)


def of_lists(found: Mapping[str, Sequence[Mapping[str, Any]]], now_ms: int) -> Iterator[RawDocumentRow]:
    """The things of some lists, by the kind of their documents, and which of them there are."""
    for kind, things in found.items():
        yield from of_things(kind, things, now_ms)
        yield listing(kind, things, now_ms)
