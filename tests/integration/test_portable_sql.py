"""Every question of the program gets the same answer from DuckDB, from PostgreSQL and from SQLite."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from pmreport.app import choice, happened, lookups, writing
from pmreport.app.doctor import configuration, fields, freshness, integrity, statuses
from pmreport.app.doctor.stored import boards_query, twins_query
from pmreport.app.numbers import days, subjects
from pmreport.goals import catalog, counting, item, names, tagging
from pmreport.goals.compile import compile_jql
from pmreport.goals.condition import Condition, RuleMetric
from pmreport.goals.context import JqlContext
from pmreport.goals.jql import parse
from pmreport.goals.membership import members_query
from pmreport.goals.plan import resolve
from pmreport.metrics import (
    acronyms,
    calibration,
    components,
    contacts,
    cost,
    dependencies,
    earned,
    estimated,
    estimation,
    flow,
    flow_query,
    held_items,
    investment,
    involvement,
    logging_coverage,
    milestones,
    ontime,
    plan_items,
    readiness,
    remaining,
    scope,
    scores,
    sprint,
    sprint_totals,
    workflow,
)
from pmreport.metrics.flow_window import window
from pmreport.metrics.followups import rows as followup_rows
from pmreport.metrics.ledger import Unit
from pmreport.metrics.quality import rows as quality_rows
from pmreport.metrics.settings import FollowUpSettings, InvestmentSettings
from pmreport.metrics.workflow import Workflow
from pmreport.model import members
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import from_ms, to_ms
from pmreport.model.journal_kinds import QualityException
from pmreport.model.members import MemberRow
from pmreport.model.query import Query
from pmreport.model.rows import (
    IssueChangeRow,
    IssueLinkRow,
    IssueValueRow,
    SnapshotBoardColumnRow,
    SnapshotSprintRow,
    SnapshotVersionRow,
    UserAccountRow,
)
from pmreport.store import migrate
from pmreport.store.batch import Batch
from pmreport.store.documents import of_query
from pmreport.store.duckdb_file import DuckDbFile
from pmreport.store.session import Reader
from pmreport.store.tables import TABLES
from pmreport.sync import out_of_sight, stored, stored_issues
from tests.support.memberships import found_at, members_at, stretches_wrongly_cut
from tests.support.simulator import Simulator
from tests.support.store_copies import HeardStore, postgres_copy, sqlite_copy
from tests.support.syncing import run, shipped_store


class SiteId(NamedTuple):
    """Which site the store holds."""

    site_id: int


ME = "712020:5f0c2a9e-8d41-4c57-9b1e-2f6d0a7c3e11"
MOMENTS = {
    "now": datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
    "then": datetime(2026, 7, 13, 10, tzinfo=UTC),
}
LOST_MS = 1_783_000_000_000  # 2 July 2026
HIDDEN = (10020, 10040, 10060)
MOVED = 10998  # to the project APP
CALENDAR = WorkCalendar(zone="Europe/Lisbon")
EVERYBODY = (
    "SELECT m.of_issue AS issue_id, m.from_ms AS valid_from_ms, m.until_ms AS valid_to_ms FROM members m"
)
SITES = Query("SELECT s.site_id AS site_id FROM site s", SiteId)
Ask = Callable[[HeardStore, JqlContext], object]


def _question(build: Callable[[JqlContext], Query[Any]]) -> Ask:
    return lambda store, at: store.rows(build(at))


def _rule(jql: str) -> Ask:
    return _question(lambda at: compile_jql(parse(jql), at))


def _members(jql: str) -> Ask:
    return _question(lambda at: members_query(resolve(parse(jql), at)))


def _looked_up(look: Callable[[Reader, JqlContext], object]) -> Ask:
    def ask(store: HeardStore, at: JqlContext) -> object:
        with store.reading() as reader:
            return look(reader, at)

    return ask


def _above(metric: RuleMetric) -> Condition:
    return Condition(metric=metric, above=0)


def _desk(at: JqlContext) -> counting.Desk:
    return counting.Desk(calendar=CALENDAR, as_of=at.as_of, robots=("nobody",))


def _number(metric: RuleMetric) -> Ask:
    """The number of the items that a rule finds."""

    def build(at: JqlContext) -> Query[Any]:
        found = compile_jql(parse("reporter = currentUser() OR labels IS EMPTY"), at)
        return counting.number_query(_above(metric), found, _desk(at))

    return _question(build)


def _finished(at: JqlContext) -> Query[Any]:
    return flow.finished_query(at.site_id, at.as_of - timedelta(weeks=6), at.as_of, as_of=at.as_of)


def _mixed(at: JqlContext) -> Query[Any]:
    return investment.query(
        _everything(at),
        at.site_id,
        at.as_of,
        since=at.as_of - timedelta(weeks=26),
        settings=InvestmentSettings(),
        dropped_resolutions=("Won't Do", "Duplicate"),
    )


def _quality(family: str) -> Ask:
    def asked(at: JqlContext) -> Query[Any]:
        accepted = QualityException(check="D1", key="SHOP-1", until=date(2027, 1, 1), reason="so")
        facts = quality_rows.Asked(
            site_id=at.site_id,
            as_of=at.as_of,
            calendar_id=CALENDAR.calendar_id,
            read=at.as_of,
            robots=[ME],
            rated=[ME],
            accepted=[accepted],
            most=20,
        )
        return quality_rows.query(facts, family)

    return _question(asked)


def _followups(at: JqlContext) -> followup_rows.Wanted:
    return followup_rows.Wanted(
        site_id=at.site_id, as_of=at.as_of, since=_before(at), settings=FollowUpSettings()
    )


def _before(at: JqlContext) -> datetime:
    return at.as_of - timedelta(weeks=13)


def _flow(ask: Callable[..., Query[Any]], way: Workflow, **more: Any) -> Ask:
    def build(at: JqlContext) -> Query[Any]:
        given = {
            "calendar_id": CALENDAR.calendar_id,
            "window": window(CALENDAR, at.as_of),
            "waiting_statuses": ["In Review"],
        }
        takes = {name: value for name, value in given.items() if name in ask.__annotations__}
        return ask(members.everything(at.site_id), way, site_id=at.site_id, as_of=at.as_of, **takes, **more)

    return _question(build)


def _of_board(at: JqlContext) -> Query[Any]:
    return members.among(subjects.matching("project = SHOP", at), EVERYBODY, MemberRow, {})


BOARD_11 = Workflow(board_id=11, name="", columns=(), start=1, done=3)


def _everything(at: JqlContext) -> Query[MemberRow]:
    return members.everything(at.site_id)


def _logged(at: JqlContext) -> Query[Any]:
    name, before = CALENDAR.calendar_id, at.as_of - timedelta(weeks=1)
    return cost.query(_everything(at), at.site_id, at.as_of, before=before, calendar_id=name)


def _checkout(at: JqlContext) -> Query[MemberRow]:
    return members_query(resolve(parse('fixVersion = "Checkout 2"'), at))


def _scope_events(at: JqlContext) -> Query[Any]:
    return scope.events_query(
        _checkout(at),
        at.as_of - timedelta(weeks=12),
        as_of=at.as_of,
        unit=Unit.POINTS,
        dropped_resolutions=("Won't Do", "Duplicate"),
        change_label="change-request",
    )


def _earned(at: JqlContext) -> Query[Any]:
    name, dropped = CALENDAR.calendar_id, ("Won't Do",)
    return earned.query(_everything(at), at.site_id, at.as_of, calendar_id=name, dropped_resolutions=dropped)


def _due(at: JqlContext) -> Query[Any]:
    window = ontime.window_of(at.as_of, 20, CALENDAR)
    name, dropped = CALENDAR.calendar_id, ("Won't Do",)
    return ontime.query(
        _everything(at), at.site_id, at.as_of, window, calendar_id=name, dropped_resolutions=dropped
    )


def _moved(at: JqlContext) -> Query[Any]:
    name, since = CALENDAR.calendar_id, at.as_of - timedelta(weeks=40)
    return ontime.moves_query(_everything(at), at.site_id, at.as_of, since=since, calendar_id=name)


def _overdue(at: JqlContext) -> Query[Any]:
    window = ontime.window_of(at.as_of, 20, CALENDAR)
    return ontime.overdue_query(_everything(at), at.site_id, at.as_of, window)


# Rules beside the built-in ones: every field, every operator, and each way of naming an issue.
OWN_RULES = (
    "key IN (SHOP-1, 10008) OR key = APP-7",
    "key != SHOP-1 AND type = Epic",
    "parent = SHOP-1",
    "parent IN (SHOP-1, 10008)",
    "parent != SHOP-1",
    'status = "In Review"',
    "status NOT IN (Done, 3)",
    'statusCategory = "In Progress"',
    "statusCategory != Done AND project != SHOP",
    "sprint = 72",
    "sprint NOT IN openSprints()",
    "sprint IN (openSprints(), 72)",
    "sprint IS EMPTY",
    '"Story Points" = 5 OR "Story point estimate" IN (0.5, 3)',
    '"Story Points" != 5',
    "labels IN (grow, EMPTY)",
    "labels NOT IN (grow, keep)",
    'fixVersion = "Checkout 1"',
    "component IS NOT EMPTY",
    "assignee = currentUser() OR assignee IS EMPTY",
    "NOT (assignee = currentUser() AND reporter = currentUser())",
    "priority = High AND resolution = Unresolved",
    'resolution = "Won\'t Do"',
    "due = 2026-11-27 OR due != 2026-11-26",
    "type IN subTaskIssueTypes()",
    "originalEstimate IS EMPTY AND summary IS NOT EMPTY",
    "originalEstimate > 1d AND timeSpent <= 12h",
    'summary ~ "pay* \\"the basket\\"" OR comment ~ "the"',
    'text ~ "INÊS" OR description !~ "checkout"',
    "created >= startOfMonth(-6M) AND created < 2026-06-15",
    "updated < 2026-03-01 OR updated >= -2w AND resolved IS EMPTY",
    "resolved >= 2026-05-01 AND NOT resolved >= endOfMonth(-4M)",
    "due < endOfWeek(-4w)",
    '"Story Points" > 5 OR "Story point estimate" <= 0.5',
    "sprint IN closedSprints() AND fixVersion NOT IN releasedVersions(SHOP)",
    "sprint IN futureSprints()",
    'status WAS "In Review" AFTER 2026-03-01 BY (currentUser(), "Aylin Kaya")',
    'status WAS NOT IN ("In Progress", "In Review") BEFORE 2026-06-01',
    "assignee WAS EMPTY DURING (2026-03-01, 2026-03-15) AND status CHANGED ON 2026-04-01",
    "resolution CHANGED FROM EMPTY TO Done BY currentUser() BEFORE -20w",
    "NOT assignee CHANGED AFTER 2026-01-01",
    "fixVersion WAS 'Checkout 1' BY currentUser() OR resolution WAS EMPTY BY currentUser()",
)

BUILT_IN_RULES = tuple(dict.fromkeys(rule.jql for goal in catalog.load().values() for rule in goal.rules))

QUESTIONS: dict[str, Ask] = {
    "sprints": _question(lambda at: sprint.sprints_query(at.site_id, at.as_of)),
    "sprints of a board": _question(lambda at: sprint.sprints_query(at.site_id, at.as_of, board_id=11)),
    "ledger": _question(lambda at: sprint.ledger_query(at.site_id, at.as_of)),
    "totals": _question(lambda at: sprint_totals.query(at.site_id, at.as_of)),
    "totals of a board": _question(lambda at: sprint_totals.query(at.site_id, at.as_of, board_id=11)),
    "ledger of a sprint": _question(lambda at: sprint.ledger_query(at.site_id, at.as_of, sprint_ids=(72,))),
    "estimation": _question(lambda at: estimation.query(at.site_id, at.as_of)),
    "estimation of a board": _question(lambda at: estimation.query(at.site_id, at.as_of, board_id=12)),
    "worked item": _question(lambda at: calibration.worked_query(at.site_id, at.as_of, "SHOP-14")),
    "estimated items": _question(lambda at: estimated.query(at.site_id, at.as_of, CALENDAR.calendar_id)),
    "follow-up issues": _question(lambda at: followup_rows.issues_query(_followups(at))),
    "follow-up turns": _question(lambda at: followup_rows.turns_query(_followups(at))),
    "follow-up comments": _question(lambda at: followup_rows.comments_query(_followups(at))),
    "follow-up deeds": _question(lambda at: followup_rows.deeds_query(_followups(at), robots=[ME])),
    "mentions": _question(
        lambda at: followup_rows.mentions_query(at.site_id, at.as_of, since=_before(at), robots=[])
    ),
    "standing still": _question(
        lambda at: followup_rows.idle_query(
            at.site_id, at.as_of, calendar_id=CALENDAR.calendar_id, robots=[ME]
        )
    ),
    "flags' reasons": _question(lambda at: followup_rows.flags_query(at.site_id, at.as_of)),
    **{f"quality of {family}": _quality(family) for family in quality_rows.FAMILIES},
    "quality of sprints": _question(lambda at: quality_rows.sprints_query(at.site_id, at.as_of)),
    "quality of the hidden": _question(lambda at: quality_rows.hidden_query(at.site_id, at.as_of)),
    "quality of the site": _question(lambda at: quality_rows.site_query(at.site_id, at.as_of)),
    "finished": _question(_finished),
    "workflow": _question(lambda at: workflow.query(at.site_id)),
    "flow counts": _flow(flow_query.counts_query, BOARD_11),
    "flow counts without a board": _flow(flow_query.counts_query, workflow.by_category()),
    "flow columns": _flow(flow_query.columns_query, BOARD_11),
    "flow columns without a board": _flow(flow_query.columns_query, workflow.by_category()),
    "ageing": _flow(flow_query.ageing_query, BOARD_11, most=5),
    "finished one by one": _flow(flow_query.finished_query, BOARD_11),
    "time in status": _flow(flow_query.statuses_query, BOARD_11),
    "waiting": _flow(flow_query.waiting_query, BOARD_11),
    "items of a board": _question(_of_board),
    "held items": _question(lambda at: held_items.query(at.site_id, at.as_of)),
    "flagged": _question(lambda at: flow.flagged_query(at.site_id, at.as_of)),
    "logged work": _question(_logged),
    "earned items": _question(_earned),
    "remaining work": _question(lambda at: remaining.query(_everything(at), at.site_id, at.as_of)),
    "planned sprints": _question(lambda at: remaining.sprints_query(_everything(at), at.site_id, at.as_of)),
    "logging people": _question(lambda at: logging_coverage.query(_everything(at), at.site_id, at.as_of)),
    "scope items": _question(
        lambda at: scope.items_query(_checkout(at), at.as_of, dropped_resolutions=("Won't Do", "Duplicate"))
    ),
    "scope events": _question(_scope_events),
    "scope splits": _question(
        lambda at: scope.splits_query(_everything(at), at.as_of - timedelta(weeks=20), as_of=at.as_of)
    ),
    "estimate units": _question(lambda at: scope.units_query(at.site_id)),
    "due items": _question(_due),
    "due moves": _question(_moved),
    "overdue items": _question(_overdue),
    "release dates": _question(lambda at: milestones.query(_everything(at), at.site_id, at.as_of)),
    "plan items": _question(lambda at: plan_items.items_query(_everything(at), at.site_id, at.as_of)),
    "size times": _question(
        lambda at: plan_items.sizes_query(at.site_id, at.as_of, since=at.as_of - timedelta(days=365))
    ),
    "plan links": _question(lambda at: dependencies.query(_everything(at), at.site_id, at.as_of)),
    "score marks": _question(
        lambda at: scores.marks_query(_everything(at), at.site_id, at.as_of, {"story points": "size"})
    ),
    "investment mix": _question(_mixed),
    "item texts": _question(lambda at: acronyms.query(at.site_id, at.as_of, most=200)),
    "component items": _question(lambda at: components.query(at.site_id, at.as_of)),
    "contacts": _question(
        lambda at: contacts.query(at.site_id, at.as_of, account=ME, since=at.as_of - timedelta(weeks=13))
    ),
    "involvement": _question(
        lambda at: involvement.query(at.site_id, at.as_of, account=ME, since=_before(at), robots=["nobody"])
    ),
    "readiness": _question(lambda at: readiness.query(at.site_id, at.as_of, account=ME, since=_before(at))),
    "names": _question(lambda at: names.query(at.site_id)),
    "item": _question(lambda at: item.query(at.site_id, "shop-14", at.as_of_ms)),
    "item's past": _question(lambda at: item.past_query(at.site_id, "shop-14", at.as_of_ms)),
    "item count": _question(tagging.item_count_query),
    "calendar's span": _question(lambda _: days.span_query(CALENDAR.calendar_id)),
    "everybody": _question(
        lambda at: members.among(members.everything(at.site_id), EVERYBODY, MemberRow, {})
    ),
    "members of an AND": _members('"Story Points" IS EMPTY AND sprint IN openSprints() AND type != Epic'),
    "members of an OR": _members("NOT (labels IN (grow, EMPTY) AND status = Done) OR component IS EMPTY"),
    "site": _looked_up(lambda reader, at: lookups.site(reader, at.site_id)),
    "boards": _looked_up(lambda reader, at: choice.check(reader, at.site_id, at.as_of, board=11)),
    "people": _looked_up(lambda reader, at: lookups.people(reader, at.site_id)),
    "cards": _looked_up(lambda reader, at: lookups.cards(reader, at.site_id, at.as_of)),
    "notes": _looked_up(lambda reader, at: lookups.notes(reader, at.site_id, at.as_of, frozenset())),
    "left out": _looked_up(lambda reader, at: lookups.left_out(reader, at.site_id, at.as_of)),
    **{f"number of a rule, {metric}": _number(metric) for metric in RuleMetric},
    "number of one item": _question(
        lambda at: counting.number_query(
            _above(RuleMetric.REOPENED), counting.one_item(at.site_id, 10001), _desk(at)
        )
    ),
    "what became of items": _question(
        lambda at: happened.query(at.site_id, ("SHOP-1", "SHOP-468"), _before(at), at.as_of)
    ),
    "sprints by name": _question(lambda at: writing.sprint_names_query(at.site_id)),
    "doctor's boards": _question(lambda at: boards_query(at.site_id)),
    "doctor's columns": _question(lambda at: configuration.columns_query(at.site_id)),
    "doctor's cursors": _question(lambda at: freshness.reach_query(at.site_id)),
    "doctor's fields": _question(lambda at: fields.known_query(at.site_id)),
    "doctor's points": _question(lambda at: fields.twice_query(at.site_id)),
    "doctor's twins": _question(lambda at: twins_query(at.site_id, TABLES[IssueValueRow])),
    "doctor's issues": _question(lambda at: integrity.names_query(at.site_id)),
    "doctor's runs": _question(lambda at: freshness.runs_query(at.site_id)),
    "doctor's statuses": _question(lambda at: statuses.standing_query(at.site_id)),
    "doctor's mapping": _question(lambda at: statuses.mapped_query(at.site_id)),
    **{rule.id: _rule(rule.jql) for goal in catalog.load().values() for rule in goal.rules},
    **{jql: _rule(jql) for jql in OWN_RULES},
}

# What the store and the sync read for themselves: whole rows, with the BOOLEAN columns that SQLite has not.
OWN_READS: dict[str, Ask] = {
    "documents": lambda store, at: [*store.documents(at.site_id, "sprint")],
    "snapshots of sprints": lambda store, at: stored.snapshots(store, at.site_id, SnapshotSprintRow),
    "snapshots of versions": lambda store, at: stored.snapshots(store, at.site_id, SnapshotVersionRow),
    "snapshots of columns": lambda store, at: stored.snapshots(store, at.site_id, SnapshotBoardColumnRow),
    "fingerprints": lambda store, at: stored.fingerprints(store, at.site_id, (10001, 10008)),
    "worklogs": lambda store, at: stored.worklogs(store, at.site_id, (10017001, 4)),
    "changes of issues": lambda store, at: stored.rows_with(
        store, at.site_id, IssueChangeRow, "issue_id", (10001, 10008)
    ),
    "worklogs of issues": lambda store, at: stored.worklogs_of(store, at.site_id, (10001, 10017)),
    "documents by age": lambda store, at: [*stored_issues.pages(store, at.site_id, 400)],
    "documents of issues": lambda store, at: store.rows(
        of_query(at.site_id, ("changelog", "issue_note"), ("10001", "10008"))
    ),
    "notes on issues": lambda store, at: stored.issue_marks(store, at.site_id, (10001, 10008)),
    "documents counted": lambda store, at: stored.documents_of(store, at.site_id, "issue"),
    "fields with a part": lambda store, at: stored.fields_with_part(store, at.site_id),
    "sets of fields": lambda store, at: stored.read_fields(store, at.site_id),
    "a whole table": lambda store, at: stored.table(store, at.site_id, UserAccountRow),
    "cursors": lambda store, at: stored.cursors(store, at.site_id),
    "known issues": lambda store, at: out_of_sight.known(store, at.site_id, 10000),
    "whole issues": lambda store, at: [*out_of_sight.issues(store, at.site_id, (10001, 10008))],
    "neighbours": lambda store, at: [*out_of_sight.neighbours(store, at.site_id, (10001, 10006, 10476))],
    "strays": lambda store, at: out_of_sight.strays(store, at.site_id, (10000, 10002)),
    "homes": lambda store, at: out_of_sight.homes(store, at.site_id, (10001, 10008)),
    "issue count": lambda store, at: stored.issue_count(store, at.site_id),
}

SILENT = {  # built-in rules that at neither moment need an item of the story to match
    "answered-by-me",
    "blocked-undated",
    "changed-late",
    "dependency-named",
    "in-work-without-hours",
    "investment-unnamed",
    "no-reason-given",
    "not-spoken-about",
    "research-used",
    "retro-action-done",
    "retro-action-open",
    "risk-in-hand",
    "risk-open",
    "spoken-about-early",
    "term-asked",
    "term-explained",
    "top-without-words",
}

Answers = list[tuple[Query[Any], list[Any]]]
Listen = Callable[[str, str], Answers]


@pytest.fixture(scope="module")
def file(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all the issues of the story, of which some are out of sight."""
    folder = tmp_path_factory.mktemp("portable")
    store = shipped_store(folder)
    run(simulator, store, projects=("SHOP", "APP", "OPS"))
    with store.reading() as reader:
        gone = [row._replace(unseen_since_ms=LOST_MS) for row in out_of_sight.issues(reader, 1, HIDDEN)]
        gone += [row._replace(deleted_ms=LOST_MS) for row in gone[:1]]
        (left,) = out_of_sight.issues(reader, 1, [MOVED])
        moved = dict(out_of_sight.strays(reader, 1, []))
    store.apply(1, Batch(upserts=[*gone, left._replace(unseen_since_ms=moved[MOVED])]))
    parted = [IssueLinkRow(1, 10001, 10006, "Issue split"), IssueLinkRow(2, 10476, 10001, "Cloners")]
    store.apply(1, Batch(upserts=parted))
    store.apply(1, Batch(upserts=CALENDAR.rows(date(2025, 1, 1), date(2027, 12, 31))))
    return folder / "store.duckdb"


@pytest.fixture(scope="module")
def on_postgres(file: Path, postgres: str) -> Iterator[Reader]:
    """The same rows in PostgreSQL."""
    with postgres_copy(file, postgres) as reader:
        yield reader


@pytest.fixture(scope="module")
def on_sqlite(file: Path) -> Iterator[Reader]:
    """The same rows in SQLite."""
    with sqlite_copy(file) as reader:
        yield reader


@pytest.fixture(scope="module")
def here(file: Path) -> JqlContext:
    """What the words of a rule mean in the store."""
    with DuckDbFile(file, wait_seconds=10).reading() as session:
        reader = Reader(session)
        (site_id,) = (row.site_id for row in reader.rows(SITES))
        named = reader.rows(names.query(site_id))
    return names.context_from_rows(
        named,
        site_id=site_id,
        account=ME,
        zone=ZoneInfo("Europe/Lisbon"),
        week_start="mon",
        as_of=MOMENTS["now"],
    )


@pytest.fixture(scope="module")
def heard(file: Path, here: JqlContext) -> Iterator[Listen]:
    """Every query that a case puts to the store at a moment, with the answer of DuckDB."""
    store = HeardStore(DuckDbFile(file, wait_seconds=10))

    @cache
    def listen(case: str, moment: str) -> Answers:
        at = replace(here, as_of=MOMENTS[moment])
        store.heard.clear()
        (QUESTIONS | OWN_READS)[case](store, at)
        return [*store.heard]

    with store.reading():  # an open file is opened again in no time
        yield listen


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("case", QUESTIONS | OWN_READS)
def test_postgresql_answers_as_duckdb_does(
    case: str, moment: str, heard: Listen, on_postgres: Reader
) -> None:
    """The same rows to the letter and of the same types, whatever their order."""
    for query, rows in heard(case, moment):
        assert difference(rows, on_postgres.rows(query)) == ""


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("case", QUESTIONS)
def test_sqlite_answers_as_duckdb_does(case: str, moment: str, heard: Listen, on_sqlite: Reader) -> None:
    """The same rows to the letter and of the same types, whatever their order."""
    for query, rows in heard(case, moment):
        assert difference(rows, on_sqlite.rows(query)) == ""


@pytest.mark.parametrize("jql", [*OWN_RULES, *BUILT_IN_RULES])
def test_who_belongs_to_a_rule_is_who_it_finds(jql: str, file: Path, here: JqlContext) -> None:
    """The stretches of every rule hold a moment for exactly the issues that the rule finds as of it."""
    dice = Random(jql)  # noqa: S311 - a seeded die, not a secret
    with DuckDbFile(file, wait_seconds=10).reading() as session:
        reader = Reader(session)
        members = reader.rows(members_query(resolve(parse(jql), here)))
        moments = [from_ms(dice.randrange(LOST_MS - 10**10, here.as_of_ms)) for _ in range(2)]

        assert stretches_wrongly_cut(members) == []
        for moment in (*moments, from_ms(LOST_MS)):
            assert members_at(members, to_ms(moment)) == found_at(reader, here, jql, moment)


def test_postgresql_shows_the_views_as_duckdb_does(file: Path, on_postgres: Reader) -> None:
    """Each view of the migrations gives the same rows, with the same instants to read."""
    views = re.findall(r"CREATE VIEW (\w+)", "".join(step.sql for step in migrate.known()))
    assert len(views) >= 10

    with DuckDbFile(file, wait_seconds=10).reading() as here:
        there = on_postgres._session
        for name in views:
            text = f"SELECT * FROM {name}"  # noqa: S608 - own names only
            assert (name, difference(here.execute(text), there.execute(text))) == (name, "")
            assert (name, here.columns()) == (name, there.columns())


def test_every_text_of_the_program_is_asked(heard: Listen) -> None:
    """A text in any folder that no case above contains would never have met another engine."""
    asked = {query.sql for case in QUESTIONS for moment in MOMENTS for query, _ in heard(case, moment)}
    texts = dict(_texts(files("pmreport")))
    assert len(texts) >= 28

    assert unasked(texts, asked) == []


def test_a_new_text_without_a_case_is_found() -> None:
    """A template counts as asked where a query is made of it, whatever stands in its holes."""
    texts = {"old.sql": "SELECT {column} FROM a WHERE b", "new.sql": "SELECT {column} FROM b WHERE c"}

    assert unasked(texts, {"SELECT one,\ntwo FROM a WHERE b", "SELECT x FROM c"}) == ["new.sql"]


def test_hardly_a_question_is_answered_by_nothing(heard: Listen) -> None:
    """Two engines that both find nothing agree on nothing: each case has rows at one moment at least."""
    silent = {
        case
        for case in QUESTIONS | OWN_READS
        if not any(rows for moment in MOMENTS for _, rows in heard(case, moment))
    }

    assert silent <= SILENT


def test_rows_that_differ_are_told() -> None:
    """Order says nothing; a row more, another value and another type do."""
    assert difference([(1, "a"), (2, None)], [(2, None), (1, "a")]) == ""
    assert difference([(1,), (1,)], [(1,)]).endswith("expected only: ['(1,)']; found only: []")
    assert difference([(1,)], [(True,)]).endswith("expected only: ['(1,)']; found only: ['(True,)']")


def difference(expected: Sequence[Any], found: Sequence[Any]) -> str:
    """The first rows that only one side has, behind the digests of both; nothing where they are the same."""
    left, right = (sorted(map(repr, rows)) for rows in (expected, found))
    if _digest(left) == _digest(right):
        return ""
    counts = f"{len(left)} rows {_digest(left)[:12]}, not {len(right)} rows {_digest(right)[:12]}"
    only = [
        sorted((Counter(one) - Counter(other)).elements())[:3]
        for one, other in ((left, right), (right, left))
    ]
    return f"{counts}; expected only: {only[0]}; found only: {only[1]}"


def unasked(texts: dict[str, str], asked: Iterable[str]) -> list[str]:
    """The names of the texts that are part of no query; what stands in {brackets} may be anything."""
    everything = [*asked]
    return [name for name, text in texts.items() if not any(_is_part(text, sql) for sql in everything)]


def _is_part(text: str, sql: str) -> bool:
    """Whether what stands between the brackets of the text stands in the query, piece by piece."""
    place = 0
    for piece in re.split(r"\{\w+\}", text.strip()):
        found = sql.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    """Every SQL text below a folder, but for the steps of the migrations, which are run whole."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in {"migrations", "steps"}:
            yield from ((f"{entry.name}/{name}", text) for name, text in _texts(entry))
        elif entry.name.endswith(".sql"):
            yield entry.name, entry.read_text(encoding="utf-8")


def _digest(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
