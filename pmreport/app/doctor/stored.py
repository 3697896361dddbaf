"""What the doctor reads from the store, in one look."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pmreport.app.calendar import calendar_of
from pmreport.app.doctor import configuration, fields, freshness, statuses
from pmreport.app.doctor.configuration import ColumnRow
from pmreport.app.doctor.fields import BoardUnit, KnownField, TwiceRow
from pmreport.app.doctor.freshness import ReachRow, Reading, RunRow
from pmreport.app.doctor.statuses import MappedRow, StandingRow
from pmreport.app.wiring import Workspace
from pmreport.config import Config
from pmreport.jira.parse.values import integer, member
from pmreport.model.instant import from_ms
from pmreport.model.query import Query, sql_text
from pmreport.sync import kept_issues

_DAY = timedelta(days=1)


class BoardRow(NamedTuple):
    """A board: `unit` is the field it estimates in; None where it counts issues."""

    board_id: int
    name: str
    unit: str | None
    has_sprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The facts, as rows.

    `homes` are the projects that boards say they belong to, by board. `field_documents` are the fields as
    Jira described them, and `damaged` the names of documents of boards and fields that nobody can read.
    """

    site_id: int
    runs: list[RunRow]
    reach: list[ReachRow]
    fields: list[KnownField]
    twice: list[TwiceRow]
    standing: list[StandingRow]
    mapped: list[MappedRow]
    columns: list[ColumnRow]
    boards: list[BoardRow]
    homes: dict[int, str]
    field_documents: list[dict[str, Any]]
    damaged: list[str]

    @property
    def whole_ms(self) -> int | None:
        """When the newest run began that came to its end; None before the first."""
        return freshness.last_whole(self.runs)

    @property
    def points(self) -> dict[str, str]:
        """The names of the fields that hold points, by id."""
        return {each.field_id: each.name for each in self.fields if each.role == "points"}

    @property
    def units(self) -> list[BoardUnit]:
        """What the boards with points estimate in; times are no field that one could mix up."""
        return [
            BoardUnit(row.name, self.homes.get(row.board_id), row.unit)
            for row in self.boards
            if row.unit and row.unit.startswith("customfield_")
        ]

    def age(self, config: Config, now: datetime) -> Reading:
        """How old the last complete sync is."""
        calendar = calendar_of(config, now)
        whole_ms = self.whole_ms or 0
        read, today = calendar.local_day(from_ms(whole_ms)), calendar.local_day(now)
        # the day of the sync itself does not count, today does: as in the weekly report
        days = calendar.working_days_between(read + _DAY, today + _DAY)
        return Reading(started_ms=whole_ms, age_days=days, threshold=config.report.thresholds.data_age_days)


def boards_query(site_id: int) -> Query[BoardRow]:
    """Every board."""
    return Query(sql_text("pmreport.app.doctor", "texts/boards.sql"), BoardRow, {"site_id": site_id})


def load(workspace: Workspace) -> Stored:
    """All of it. Raises BadDataError before the first sync, and for a store that cannot be read."""
    store, site_id = workspace.store, workspace.site_id()
    with store.reading() as reader:
        documents = {kind: kept_issues.documents(reader, site_id, kind) for kind in ("board", "field")}
        return Stored(
            site_id=site_id,
            runs=reader.rows(freshness.runs_query(site_id)),
            reach=reader.rows(freshness.reach_query(site_id)),
            fields=reader.rows(fields.known_query(site_id)),
            twice=reader.rows(fields.twice_query(site_id)),
            standing=reader.rows(statuses.standing_query(site_id)),
            mapped=reader.rows(statuses.mapped_query(site_id)),
            columns=reader.rows(configuration.columns_query(site_id)),
            boards=reader.rows(boards_query(site_id)),
            homes={
                integer(number) or 0: key
                for number, found in documents["board"].items()
                if (key := member((found or {}).get("location"), "projectKey"))
            },
            field_documents=[found for found in documents["field"].values() if found is not None],
            damaged=[
                f"{kind} {name}"
                for kind, found in documents.items()
                for name, content in found.items()
                if content is None
            ],
        )
