"""What a site consists of beside its issues: people's clock, fields, lists, projects, boards."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pmreport.jira.client import JiraClient
from pmreport.jira.fields import FieldMap, discover
from pmreport.jira.parse import lists
from pmreport.jira.parse.values import instant_ms
from pmreport.metrics.settings import FieldSettings
from pmreport.model.problem import Problem
from pmreport.model.rows import (
    BoardColumnRow,
    BoardSprintRow,
    ComponentRow,
    ProjectRow,
    RawDocumentRow,
    SiteRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SnapshotVersionRow,
    StatusRow,
    VersionRow,
)
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import document
from pmreport.store.engine import Store
from pmreport.sync import boards, known_boards, project_lists, snapshots, stored
from pmreport.sync.boards import BoardReading
from pmreport.sync.kept import kept
from pmreport.sync.notes import BOARD_SPRINTS, BoardNote, listing, of_things, versions_of
from pmreport.sync.settings import ScopeSettings
from pmreport.sync.stored import Source

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Whose eyes the site is seen with. `zone` is that user's; Jira reads dates in it. None if unknown."""

    row: SiteRow
    zone: ZoneInfo | None
    server_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the site is to be read; `full`: also what is known, with documents that are damaged by now.

    `cursors` are those that the runs before left.
    """

    scope: ScopeSettings
    fields: FieldSettings
    cursors: Mapping[str, str]
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReading:
    """The site without its issues, and the batch that brings the store up to date with it."""

    projects: tuple[ProjectRow, ...]
    fields: FieldMap
    boards: tuple[BoardReading, ...]
    batch: Batch
    problems: tuple[Problem, ...]

    @property
    def board_ids(self) -> tuple[int, ...] | None:
        """Which boards there are; None where Jira would not list them."""
        if any(each.subject == boards.EVERY_BOARD for each in self.problems):
            return None
        return tuple(each.row.board_id for each in self.boards)


def sign_in(client: JiraClient) -> SignIn:
    """The token's user and the server. Raises NotAuthorisedError before anything is touched."""
    user, server = client.sign_in()
    zone = str(user.get("timeZone") or "")
    account = user.get(client.dialect.user_id) or user.get("name")
    shown = str(server.get("baseUrl") or "")
    row = SiteRow(
        name=client.site.name,
        base_url=client.site.url,
        browse_url=shown.rstrip("/") if urlsplit(shown).scheme in ("http", "https") else client.site.url,
        deployment=client.dialect.deployment.value,
        time_zone=zone,
        account_id=str(account or ""),
    )
    return SignIn(row=row, zone=_zone(zone), server_ms=instant_ms(server.get("serverTime")))


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read(
    client: JiraClient,
    store: Store,
    site_id: int,
    wanted: Wanted,
    now_ms: int,
) -> SiteReading:
    """Everything but the issues. Raises ConfigurationError for a project that is not there."""
    scope, settings = wanted.scope, wanted.fields
    found_fields, *found_lists = client.crew.together([client.fields, *_small_lists(client)])
    listed = project_lists.read(client, scope.projects)
    parsed = zip(SMALL_LISTS.values(), found_lists, strict=True)
    small = [row for parse, found in parsed for row in map(parse, found) if row]
    found_projects = [each.found for each in listed]
    projects = tuple(filter(None, map(lists.project, found_projects)))
    problems: list[Problem] = []
    before = wanted.cursors.get(known_boards.SCOPE)
    known = known_boards.load(store, site_id, before, now_ms=now_ms, anew=wanted.full)
    keys = [each.project_key for each in projects]
    read_boards, shown = boards.read(client, keys, scope.boards, known, problems)
    fields = discover(
        found_fields,
        [each.estimate for each in read_boards if each.estimate],
        story_points=settings.story_points,
        sprint=settings.sprint,
    )
    versions = {each.project_id: one.versions for each, one in zip(projects, listed, strict=True)}
    rows = [
        *small,
        *projects,
        *filter(None, (lists.field(each, fields) for each in found_fields)),
        *filter(None, (lists.component(each) for one in listed for each in one.components)),
    ]
    version_rows = [
        row for key, found in versions.items() for row in (lists.version(each, key) for each in found) if row
    ]
    documents = [
        *_list_documents({"field": found_fields, "project": found_projects}, now_ms),
        *_list_documents(dict(zip(SMALL_LISTS, found_lists, strict=True)), now_ms),
        *(row for found in versions.values() for row in of_things("version", found, now_ms)),
        *(listing(versions_of(key), found, now_ms) for key, found in versions.items()),
        *kept((row for row in rows if isinstance(row, ComponentRow)), now_ms),
    ]
    board_batch = _board_batch(read_boards, now_ms)
    with store.reading() as reader:
        gone = _gone_statuses(reader, site_id, small)
        partless = _without_part(reader, site_id, found_fields)
        dated = _snapshots(reader, site_id, read_boards, version_rows, now_ms)
    return SiteReading(
        projects=projects,
        fields=fields,
        boards=read_boards,
        batch=Batch(
            upserts=[
                *rows,
                *documents,
                *(document("status", status_id, None, now_ms) for status_id in gone),
                *partless,
                *board_batch.upserts,
                *shown.cursor(now_ms),
                *dated,
            ],
            replacements=[
                *board_batch.replacements,
                Replacement(row_type=StatusRow, key="status_id", keys=gone, rows=()),
                Replacement(row_type=VersionRow, key="project_id", keys=list(versions), rows=version_rows),
            ],
            anew=frozenset({RawDocumentRow}) if wanted.full else frozenset(),
        ),
        problems=(*problems, *(problem for each in read_boards for problem in each.problems)),
    )


def _gone_statuses(store: Source, site_id: int, small: Iterable[AnyRow]) -> list[str]:
    """The statuses that Jira does not list any more, to leave the store too.

    Otherwise the numbers would depend on whether the store is older than the deletion: a status that is
    unknown takes nothing out of a sprint, one that is known and stands in no column does.
    """
    listed = {row.status_id for row in small if isinstance(row, StatusRow)}
    gone = [status_id for status_id in stored.idle_statuses(store, site_id) if status_id not in listed]
    return gone if listed else []


def _without_part(store: Source, site_id: int, found: Iterable[Json]) -> list[AnyRow]:
    """The fields that had a part and that Jira does not list any more: they play none now."""
    listed = {each.get("id") for each in found}
    known = stored.fields_with_part(store, site_id)
    return [row._replace(role=None) for row in known if row.field_id not in listed]


# The lists of the whole site, by the kind of their documents, with the parser of one of their things.
SMALL_LISTS: Mapping[str, Callable[[Json], AnyRow | None]] = {
    "status": lists.status,
    "priority": lists.priority,
    "resolution": lists.resolution,
    "issue_type": lists.issue_type,
}


def _small_lists(client: JiraClient) -> Sequence[Callable[[], list[Json]]]:
    """The calls whose answers `SMALL_LISTS` names, in the same order."""
    return client.statuses, client.priorities, client.resolutions, client.issue_types


def _list_documents(found: Mapping[str, Sequence[Json]], now_ms: int) -> Iterator[AnyRow]:
    """The things of some lists, and which of them there are."""
    for kind, things in found.items():
        yield from of_things(kind, things, now_ms)
        yield listing(kind, things, now_ms)


def _board_batch(read_boards: Sequence[BoardReading], now_ms: int) -> Batch:
    """Boards, columns and sprints; what could not be read this time stays as it is."""
    with_columns = [each for each in read_boards if each.columns is not None]
    with_sprints = [each for each in read_boards if each.sprints is not None]
    pairs = [
        BoardSprintRow(each.row.board_id, sprint.sprint_id)
        for each in with_sprints
        for sprint in each.sprints or ()
    ]
    return Batch(
        upserts=[
            *(each.row for each in read_boards),
            *boards.own_sprints(read_boards).values(),
            *_list_documents({"board": [each.found for each in read_boards]}, now_ms),
            *(_note(each).document(each.row.board_id, now_ms) for each in read_boards),
            *(
                document("board_config", each.row.board_id, each.configuration, now_ms)
                for each in with_columns
            ),
            *of_things("sprint", (found for each in read_boards for found in each.sprint_documents), now_ms),
            *(_sprint_list(each, now_ms) for each in with_sprints),
        ],
        replacements=[
            Replacement(
                row_type=BoardColumnRow,
                key="board_id",
                keys=[each.row.board_id for each in with_columns],
                rows=[row for each in with_columns for row in each.columns or ()],
            ),
            Replacement(
                row_type=BoardSprintRow,
                key="board_id",
                keys=[each.row.board_id for each in with_sprints],
                rows=pairs,
            ),
        ],
    )


def _sprint_list(reading: BoardReading, now_ms: int) -> AnyRow:
    ids = [row.sprint_id for row in reading.sprints or ()]
    return document(BOARD_SPRINTS, reading.row.board_id, ids, now_ms)


def _note(reading: BoardReading) -> BoardNote:
    return BoardNote(
        configured=reading.columns is not None,
        has_sprints=reading.row.has_sprints,
        filter_jql=reading.row.filter_jql,
        project_keys=reading.project_keys,
    )


def _snapshots(
    store: Source,
    site_id: int,
    read_boards: Sequence[BoardReading],
    versions: Sequence[VersionRow],
    now_ms: int,
) -> list[AnyRow]:
    columns = {each.row.board_id: each.columns for each in read_boards if each.columns is not None}
    sprints = boards.own_sprints(read_boards).values()
    known_sprints = stored.snapshots(store, site_id, SnapshotSprintRow)
    known_versions = stored.snapshots(store, site_id, SnapshotVersionRow)
    known_columns = stored.snapshots(store, site_id, SnapshotBoardColumnRow)
    return [
        *snapshots.sprints(known_sprints, sprints, now_ms),
        *snapshots.versions(known_versions, versions, now_ms),
        *snapshots.board_columns(known_columns, columns, now_ms),
    ]
