"""What the doctor reads from the store, in one look."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pmreport.app.calendar import calendar_of
from pmreport.app.doctor import configuration, fields, freshness, statuses
from pmreport.app.doctor.configuration import ColumnRow
from pmreport.app.doctor.fields import BoardUnit, KnownField, TwiceRow
from pmreport.app.doctor.freshness import ReachRow, Reading, RunRow
from pmreport.app.doctor.statuses import MappedRow, StandingRow
from pmreport.app.wiring import Workspace
from pmreport.config import Config
from pmreport.errors import BadDataError
from pmreport.jira.parse.values import integer, member
from pmreport.model.instant import from_ms
from pmreport.model.query import Query, sql_text
from pmreport.store.documents import of_query, unpacked
from pmreport.store.session import Reader
from pmreport.store.tables import TABLES, WITHOUT_INDEX, Table
from pmreport.sync import kept, stored_site

_DAY = timedelta(days=1)
_KINDS = (*stored_site.KINDS, kept.USER, kept.COMPONENT, kept.WORKLOG)


class BoardRow(NamedTuple):
    """A board: `unit` is the field it estimates in; None where it counts issues."""

    board_id: int
    name: str
    unit: str | None
    has_sprints: int


class Twins(NamedTuple):
    """The keys that more than one row has, and all rows that have them; None where there is none."""

    keys: int
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The facts, as rows.

    `homes` are the projects that boards say they belong to, by board. `damaged` are the names of documents
    that nobody can read, those of issues aside. `twins` are the numbers of rows with the key of another one,
    by table; tables without such rows are left out.
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
    damaged: list[str]
    twins: dict[str, int]

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


def twins_query(site_id: int, table: Table) -> Query[Twins]:
    """How many rows of a table have the key of another one."""
    key = ", ".join(table.key)
    text = (
        "SELECT COUNT(*) AS keys, SUM(k.amount) AS amount FROM"  # noqa: S608 - own names only
        f" (SELECT COUNT(*) AS amount FROM {table.name} WHERE site_id = $site_id GROUP BY {key}"
        " HAVING COUNT(*) > 1) k"
    )
    return Query(text, Twins, {"site_id": site_id})


def load(workspace: Workspace) -> Stored:
    """All of it. Raises BadDataError before the first sync, and for a store that cannot be read."""
    store, site_id = workspace.store, workspace.site_id()
    with store.reading() as reader:
        homes, damaged = _documents(reader, site_id)
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
            homes=homes,
            damaged=damaged,
            twins=_twins(reader, site_id),
        )


def _documents(reader: Reader, site_id: int) -> tuple[dict[int, str], list[str]]:
    """The homes of the boards, and the names of damaged documents."""
    homes: dict[int, str] = {}
    damaged: list[str] = []
    for row in reader.rows(of_query(site_id, _KINDS)):
        try:
            said = unpacked(row).payload
        except BadDataError:
            damaged.append(f"{row.kind} {row.id}")
            continue
        if row.kind == "board" and (key := member(said.get("location"), "projectKey")):
            homes[integer(row.id) or 0] = key
    return homes, sorted(damaged)


def _twins(reader: Reader, site_id: int) -> dict[str, int]:
    tables = [TABLES[row_type] for row_type in WITHOUT_INDEX]
    found = {table.name: reader.rows(twins_query(site_id, table))[0] for table in tables}
    return {name: int(row.amount or 0) - row.keys for name, row in found.items() if row.keys}
