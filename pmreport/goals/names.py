"""The names of one site as the rules use them, read by one question to the store."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmreport.goals.context import FieldKind, JqlContext, JqlField, Named, SprintSpan, VersionState
from pmreport.model.query import Query, sql_text

_KINDS = {  # by the end of schema.custom; any other field can only be asked whether it is EMPTY
    "float": FieldKind.NUMBER,
    "jsw-story-points": FieldKind.NUMBER,
    "datepicker": FieldKind.DATE,
    "userpicker": FieldKind.USER,
    "multiuserpicker": FieldKind.USER,
    "select": FieldKind.OPTION,
    "multiselect": FieldKind.OPTION,
    "radiobuttons": FieldKind.OPTION,
    "multicheckboxes": FieldKind.OPTION,
    "labels": FieldKind.OPTION,
    "version": FieldKind.OPTION,
    "multiversion": FieldKind.OPTION,
    "project": FieldKind.OPTION,
}
_SPRINT, _EPIC_LINK = "gh-sprint", "gh-epic-link"  # told by their own histories: `sprint` and `parent`


class NameRow(NamedTuple):
    """A thing and one of its names; `owner` says what kind of thing it is."""

    owner: str
    value_id: str
    value_name: str
    detail: str
    began_ms: int | None
    ended_ms: int | None


def query(site_id: int) -> Query[NameRow]:
    """Every name that a rule could use on the site."""
    return Query(sql_text("pmreport.goals", "sql/names.sql"), NameRow, {"site_id": site_id})


def context_from_rows(
    rows: Iterable[NameRow],
    *,
    site_id: int,
    account: str | None,
    zone: ZoneInfo,
    week_start: str,
    as_of: datetime,
) -> JqlContext:
    """The context of a run: the names of the site, who asks, and for which moment.

    A custom field whose name another one bears too is one field with both ids.
    """
    by_owner: defaultdict[str, list[NameRow]] = defaultdict(list)
    for row in rows:
        by_owner[row.owner].append(row)
    choices = {owner: _named(found) for owner, found in by_owner.items()}
    choices["versions"] = choices.get("fixVersions", ())  # the same ones, for the affected versions
    return JqlContext(
        site_id=site_id,
        account=account,
        zone=zone,
        week_start=week_start,
        as_of=as_of,
        custom_fields=tuple(_custom_field(row) for row in by_owner["field"]),
        choices=choices,
        users=choices.get("user", ()),
        sprints=tuple(
            SprintSpan(id=row.value_id, name=row.value_name, began_ms=row.began_ms, ended_ms=row.ended_ms)
            for row in by_owner["sprint"]
        ),
        categories={row.value_id: row.detail for row in by_owner["status"]},
        subtask_types=frozenset(row.value_id for row in by_owner["issuetype"] if row.detail == "subtask"),
        versions={row.value_id: _version(row.detail) for row in by_owner["fixVersions"]},
        stored=frozenset(row.value_id for row in by_owner["stored"]),
        points=tuple(row.value_id for row in by_owner["role"] if row.detail == "points"),
    )


def _named(rows: Sequence[NameRow]) -> tuple[Named, ...]:
    return tuple(Named(row.value_id, row.value_name) for row in rows)


def _version(detail: str) -> VersionState:
    state, _, project_id = detail.partition(" ")
    return VersionState(project_id, released=state == "released")


def _custom_field(row: NameRow) -> JqlField:
    schema = row.detail.rpartition(":")[2]
    kind = _KINDS.get(schema, FieldKind.TEXT)
    return JqlField(name=row.value_name, ids=(row.value_id,), kind=kind)
