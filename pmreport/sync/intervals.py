"""The intervals of stored issues, built once more from Jira's words, and compared with the stored ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from pmreport.jira.fields import FieldMap, Role, discover
from pmreport.jira.parse import changelog
from pmreport.jira.parse.issue import HISTORY_FIELDS, IssueFields, epic_key, parse
from pmreport.metrics.settings import FieldSettings
from pmreport.model.problem import Problem
from pmreport.model.rows import IssueEstimateRow, IssueSprintRow, IssueStatusRow, IssueValueRow
from pmreport.model.timeline import Timeline, build

Json = dict[str, Any]
IntervalRow = IssueValueRow | IssueSprintRow | IssueStatusRow | IssueEstimateRow

TABLES: Mapping[type[IntervalRow], str] = {
    IssueStatusRow: "issue_status",
    IssueSprintRow: "issue_sprint",
    IssueEstimateRow: "issue_estimate",
    IssueValueRow: "issue_value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A table that does not say what Jira's documents say about an issue.

    `wrong` rows are stored and should not be, `lacking` ones should be and are not; a changed row is both.
    """

    table: str
    wrong: int
    lacking: int


def stored_fields(
    documents: Sequence[Json],
    roles: Iterable[tuple[str, str | None]],
    settings: FieldSettings,
    further: Collection[str],
) -> IssueFields:
    """The fields as the last sync read them.

    `documents` are the fields as Jira described them, `roles` (field id, role) what was chosen then, when
    boards had a say in it. `further` are the custom fields that rules speak of, by id or name.
    """
    found = discover(documents, story_points=settings.story_points, sprint=settings.sprint)
    chosen = [(field_id, Role(role)) for field_id, role in roles if role]
    points = [field_id for field_id, role in chosen if role is Role.POINTS]
    if settings.story_points:
        points.insert(0, settings.story_points)
    single = {role: field_id for field_id, role in chosen}
    known = replace(
        found,
        sprint=settings.sprint or single.get(Role.SPRINT),
        points=tuple(dict.fromkeys(points)),
        epic_link=single.get(Role.EPIC_LINK),
        flagged=single.get(Role.FLAGGED),
    )
    named = (known.names.get(name.lower()) for name in further)
    return IssueFields(known=known, further=tuple(each for each in named if each))


def epic_of(document: Json, known: FieldMap) -> str | None:
    """The key of the epic that must be looked up before `timeline_of`; None where there is none."""
    return epic_key(document, known)


def timeline_of(
    document: Json, histories: Sequence[Json], fields: IssueFields, epics: Mapping[str, int]
) -> Timeline | None:
    """The history of an issue, from its document and its histories; None where the document is none."""
    found = parse(document, fields, epics=epics)
    if isinstance(found, Problem):
        return None
    changes, _ = changelog.changes(histories, found.row.issue_id, fields.known)
    return build(found.state, changes, kinds=fields.kinds)


def differences(
    built: Timeline, stored: Iterable[IntervalRow], compared: AbstractSet[str]
) -> tuple[Difference, ...]:
    """The tables whose rows of one issue are not those that were built, for the `compared` fields alone.

    Texts are left out: names of sprints and people change, and nobody reads the issue again for that.
    """
    kept = list(stored)
    rows: dict[type[IntervalRow], Sequence[IntervalRow]] = {
        IssueStatusRow: built.statuses,
        IssueSprintRow: built.sprints,
        IssueEstimateRow: built.estimates,
        IssueValueRow: built.values,
    }
    found = []
    for row_type, wanted in rows.items():
        here = {_told(row) for row in kept if isinstance(row, row_type) and _is_compared(row, compared)}
        there = {_told(row) for row in wanted if _is_compared(row, compared)}
        if here != there:
            table = TABLES[row_type]
            found.append(Difference(table=table, wrong=len(here - there), lacking=len(there - here)))
    return tuple(found)


def system_fields() -> frozenset[str]:
    """The fields with a history on every site, whatever the configuration says."""
    return frozenset(HISTORY_FIELDS)


def all_fields(fields: IssueFields) -> frozenset[str]:
    """Those and the custom ones that were read."""
    return frozenset((*HISTORY_FIELDS, *fields.custom))


def _is_compared(row: IntervalRow, compared: AbstractSet[str]) -> bool:
    match row:
        case IssueStatusRow():
            return True
        case IssueSprintRow():
            return not compared <= system_fields()
        case IssueValueRow() | IssueEstimateRow():
            return row.field_id in compared


def _told(row: IntervalRow) -> tuple[Any, ...]:
    return row._replace(value_text=None) if isinstance(row, IssueValueRow) else row
