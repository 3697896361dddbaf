"""A site without its issues, as the documents in the store tell it: fields, lists, projects and boards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmreport.jira.fields import BoardEstimate, FieldMap, discover
from pmreport.jira.parse import boards as parse_boards
from pmreport.jira.parse import lists
from pmreport.jira.parse.issue import IssueFields
from pmreport.metrics.settings import FieldSettings
from pmreport.model.rows import (
    BoardColumnRow,
    BoardRow,
    BoardSprintRow,
    ComponentRow,
    FieldRow,
    IssueTypeRow,
    PriorityRow,
    ProjectRow,
    ResolutionRow,
    SprintRow,
    StatusRow,
    UserAccountRow,
    VersionRow,
)
from pmreport.store.batch import AnyRow
from pmreport.store.documents import RawDocument, of_query, unpacked
from pmreport.sync.notes import BOARD_NOTE, BOARD_SPRINTS, LISTING, VERSION, BoardNote
from pmreport.sync.small_lists import SMALL_LISTS
from pmreport.sync.stored import Source

Json = Mapping[str, Any]

# The tables that are made of these documents.
TABLES: tuple[type[AnyRow], ...] = (
    ProjectRow,
    FieldRow,
    StatusRow,
    PriorityRow,
    ResolutionRow,
    IssueTypeRow,
    ComponentRow,
    UserAccountRow,
    BoardRow,
    BoardColumnRow,
    BoardSprintRow,
    SprintRow,
    VersionRow,
)

# All these documents.
KINDS = (
    *SMALL_LISTS,
    "field",
    "project",
    VERSION,
    "board",
    "board_config",
    "sprint",
    BOARD_NOTE,
    BOARD_SPRINTS,
    LISTING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSite:
    """What the documents say of a site: `known` are its fields by their parts, `rows` those of `TABLES`."""

    known: FieldMap
    rows: Sequence[AnyRow]


_UNKNOWN = BoardNote(configured=True, has_sprints=False, filter_jql=None)


class _Papers:
    """The documents of the site, and which of them each list named last."""

    def __init__(self, found: Iterable[RawDocument]) -> None:
        self._of_kind: dict[str, dict[str, Any]] = {}
        for each in found:
            self._of_kind.setdefault(each.kind, {})[each.id] = each.payload

    def all(self, kind: str) -> dict[str, Any]:
        """Every document of a kind by its id; those that count no more are left out."""
        return {key: found for key, found in self._of_kind.get(kind, {}).items() if found is not None}

    def listed(self, kind: str, name: str | None = None) -> list[Any]:
        """The documents that a list named last, in its order."""
        found = self.all(kind)
        return [found[str(each)] for each in self.all(LISTING).get(name or kind, ())]

    def note(self, board: Json) -> BoardNote:
        """How a board was read; as well as can be where an earlier release read it last."""
        found = self.all(BOARD_NOTE).get(str(board["id"]))
        return BoardNote(**found) if found else _UNKNOWN

    def configuration(self, board: Json) -> Json:
        """A board's configuration, as far as it could be read last time."""
        found: Json = self.all("board_config").get(str(board["id"]), {})
        return found if self.note(board).configured else {}


def read(store: Source, site_id: int, settings: FieldSettings) -> StoredSite:
    """The site as its documents tell it, with the fields that the configuration names today."""
    papers = _Papers(map(unpacked, store.rows(of_query(site_id, KINDS))))
    known = _known(papers, settings)
    return StoredSite(known=known, rows=list(_rows(papers, known)))


def issue_fields(site: StoredSite, further: Iterable[str]) -> IssueFields:
    """The fields of an issue that get a history; of `further` those that the site has, by id or name."""
    found = (site.known.names.get(name.lower()) for name in further)
    return IssueFields(known=site.known, further=tuple(each for each in found if each))


def _known(papers: _Papers, settings: FieldSettings) -> FieldMap:
    estimates = [_estimate(papers, found) for found in papers.listed("board")]
    return discover(
        papers.listed("field"),
        [each for each in estimates if each],
        story_points=settings.story_points,
        sprint=settings.sprint,
    )


def _estimate(papers: _Papers, board: Json) -> BoardEstimate | None:
    shown = [{"key": key} for key in papers.note(board).project_keys]
    return parse_boards.board_estimate(board, papers.configuration(board), shown)


def _rows(papers: _Papers, known: FieldMap) -> Iterator[AnyRow]:
    for kind, parse in SMALL_LISTS.items():
        yield from filter(None, map(parse, papers.all(kind).values()))
    yield from filter(None, map(lists.project, papers.all("project").values()))
    yield from _field_rows(papers, known)
    yield from _version_rows(papers)
    yield from filter(None, map(parse_boards.sprint, papers.all("sprint").values()))
    for board in papers.all("board").values():
        yield from _board_rows(papers, board)


def _field_rows(papers: _Papers, known: FieldMap) -> Iterator[FieldRow]:
    """Every field that ever was; one that Jira does not list any more has no part."""
    listed = {each["id"] for each in papers.listed("field")}
    for row in filter(None, (lists.field(each, known) for each in papers.all("field").values())):
        yield row if row.field_id in listed else row._replace(role=None)


def _version_rows(papers: _Papers) -> Iterator[VersionRow]:
    for name in papers.all(LISTING):
        kind, _, project_id = name.partition(":")
        if kind == VERSION:
            found = papers.listed(kind, name)
            yield from filter(None, (lists.version(each, int(project_id)) for each in found))


def _board_rows(papers: _Papers, board: Json) -> Iterator[AnyRow]:
    """A board with what was read last of its columns and sprints."""
    note = papers.note(board)
    row = parse_boards.board(
        board, papers.configuration(board), filter_jql=note.filter_jql, has_sprints=note.has_sprints
    )
    if row is None:
        return
    yield row
    yield from parse_boards.columns(row.board_id, papers.all("board_config").get(str(row.board_id), {}))
    for sprint_id in papers.all(BOARD_SPRINTS).get(str(row.board_id), ()):
        yield BoardSprintRow(row.board_id, sprint_id)
