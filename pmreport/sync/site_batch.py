"""What brings the store up to date with a site that was read, its issues apart."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmreport.jira.parse import lists
from pmreport.model.rows import (
    RawDocumentRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SnapshotVersionRow,
    StatusRow,
    VersionRow,
)
from pmreport.store.batch import AnyRow, Batch, Replacement
from pmreport.store.documents import document
from pmreport.store.engine import Store
from pmreport.sync import board_batch, boards, small_lists, snapshots, stored
from pmreport.sync.boards import BoardReading
from pmreport.sync.kept import kept
from pmreport.sync.notes import VERSION, listing, of_lists, of_things, versions_of
from pmreport.sync.site_answers import SiteAnswers
from pmreport.sync.stored import Source

Json = dict[str, Any]


def build(answers: SiteAnswers, store: Store, site_id: int, now_ms: int, *, anew: bool) -> Batch:
    """The rows and documents of the answers, beside what the store holds already.

    `anew`: every document is written, also one that is as it was.
    """
    small = small_lists.rows(answers.lists)
    components = [*filter(None, (lists.component(each) for one in answers.listed for each in one.components))]
    versions = _version_rows(answers)
    of_boards = board_batch.build(answers.boards, now_ms)
    with store.reading() as reader:
        gone = _gone_statuses(reader, site_id, small)
        partless = _without_part(reader, site_id, answers.fields)
        dated = _snapshots(reader, site_id, answers.boards, versions, now_ms)
    return Batch(
        upserts=[
            *small,
            *answers.projects,
            *filter(None, (lists.field(each, answers.known) for each in answers.fields)),
            *components,
            *_documents(answers, now_ms),
            *kept(components, now_ms),
            *(document("status", status_id, None, now_ms) for status_id in gone),
            *partless,
            *of_boards.upserts,
            *answers.shown.cursor(now_ms),
            *dated,
        ],
        replacements=[
            *of_boards.replacements,
            Replacement(row_type=StatusRow, key="status_id", keys=gone, rows=()),
            Replacement(row_type=VersionRow, key="project_id", keys=list(answers.versions), rows=versions),
        ],
        anew=frozenset({RawDocumentRow}) if anew else frozenset(),
    )


def _version_rows(answers: SiteAnswers) -> list[VersionRow]:
    found = (
        lists.version(each, project_id)
        for project_id, each_of in answers.versions.items()
        for each in each_of
    )
    return [row for row in found if row]


def _documents(answers: SiteAnswers, now_ms: int) -> Iterator[AnyRow]:
    """The fields, projects, lists and versions as Jira gave them."""
    projects = [each.found for each in answers.listed]
    yield from of_lists({"field": answers.fields, "project": projects, **answers.lists}, now_ms)
    for found in answers.versions.values():
        yield from of_things(VERSION, found, now_ms)
    for project_id, found in answers.versions.items():
        yield listing(versions_of(project_id), found, now_ms)


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
