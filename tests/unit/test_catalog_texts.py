"""The SQL texts of the numbers: bound parameters, and nothing that one engine alone understands."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

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
)
from pmreport.metrics.flow_window import window
from pmreport.metrics.followups import rows
from pmreport.metrics.ledger import Unit
from pmreport.metrics.quality import rows as quality
from pmreport.metrics.settings import FollowUpSettings, InvestmentSettings
from pmreport.metrics.workflow import by_category
from pmreport.model.calendar import WorkCalendar
from pmreport.model.members import everything
from pmreport.model.query import Query

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WANTED = rows.Wanted(site_id=1, as_of=NOW, since=NOW, settings=FollowUpSettings())
ASKED = quality.Asked(site_id=1, as_of=NOW, calendar_id="x", read=NOW)
ITEMS, WAY, WEEKS = everything(1), by_category(), window(WorkCalendar(), NOW)
ALL = everything(1)
WINDOW = ontime.window_of(NOW, 13, WorkCalendar())
QUERIES: dict[str, Query[Any]] = {
    "sprints": sprint.sprints_query(1, NOW),
    "ledger": sprint.ledger_query(1, NOW, board_id=1, sprint_ids=(10,)),
    "estimation": estimation.query(1, NOW),
    "worked item": calibration.worked_query(1, NOW, "WEB-1"),
    "estimated items": estimated.query(1, NOW, "berlin"),
    "follow-up issues": rows.issues_query(WANTED),
    "follow-up turns": rows.turns_query(WANTED),
    "follow-up comments": rows.comments_query(WANTED),
    "follow-up deeds": rows.deeds_query(WANTED, robots=["a"]),
    "mentions": rows.mentions_query(1, NOW, since=NOW, robots=[]),
    "idle": rows.idle_query(1, NOW, calendar_id="x", robots=[]),
    **{f"quality of {family}": quality.query(ASKED, family) for family in quality.FAMILIES},
    "quality of the site": quality.site_query(1, NOW),
    "flag reasons": rows.flags_query(1, NOW),
    "finished": flow.finished_query(1, NOW, NOW, as_of=NOW),
    "flow counts": flow_query.counts_query(ITEMS, WAY, site_id=1, as_of=NOW, calendar_id="c", window=WEEKS),
    "flow columns": flow_query.columns_query(ITEMS, WAY, site_id=1, as_of=NOW, calendar_id="c", window=WEEKS),
    "ageing": flow_query.ageing_query(ITEMS, WAY, site_id=1, as_of=NOW, calendar_id="c"),
    "time in status": flow_query.statuses_query(ITEMS, WAY, site_id=1, as_of=NOW, window=WEEKS),
    "waiting": flow_query.waiting_query(
        ITEMS, WAY, site_id=1, as_of=NOW, window=WEEKS, waiting_statuses=["In Review"]
    ),
    "held items": held_items.query(1, NOW),
    "flagged": flow.flagged_query(1, NOW),
    "logged work": cost.query(ALL, 1, NOW, before=NOW, calendar_id="c"),
    "earned items": earned.query(ALL, 1, NOW, calendar_id="c", dropped_resolutions=()),
    "remaining work": remaining.query(ALL, 1, NOW),
    "planned sprints": remaining.sprints_query(ALL, 1, NOW),
    "logging people": logging_coverage.query(ALL, 1, NOW),
    "scope items": scope.items_query(ALL, NOW, dropped_resolutions=("Won't Do",)),
    "scope events": scope.events_query(
        ALL, NOW, as_of=NOW, unit=Unit.POINTS, dropped_resolutions=("Won't Do",), change_label="change"
    ),
    "scope splits": scope.splits_query(ALL, NOW, as_of=NOW),
    "estimate units": scope.units_query(1),
    "due items": ontime.query(ALL, 1, NOW, WINDOW, calendar_id="c", dropped_resolutions=()),
    "due moves": ontime.moves_query(ALL, 1, NOW, since=NOW, calendar_id="c"),
    "overdue items": ontime.overdue_query(ALL, 1, NOW, WINDOW),
    "release dates": milestones.query(ALL, 1, NOW),
    "plan items": plan_items.items_query(ALL, 1, NOW),
    "size times": plan_items.sizes_query(1, NOW, since=NOW),
    "plan links": dependencies.query(ALL, 1, NOW),
    "score marks": scores.marks_query(ALL, 1, NOW, {"job size": "size"}),
    "investment mix": investment.query(
        ALL, 1, NOW, since=NOW, settings=InvestmentSettings(), dropped_resolutions=("Won't Do",)
    ),
    "item texts": acronyms.query(1, NOW),
    "component items": components.query(1, NOW),
    "involvement": involvement.query(1, NOW, account="a", since=NOW, robots=["b"]),
    "readiness": readiness.query(1, NOW, account="a", since=NOW),
    "contacts": contacts.query(1, NOW, account="a", since=NOW),
}
DIALECT = re.compile(
    r"percentile|\bnow\(|current_|datediff|date_|strftime|extract|::|\bilike\b|\bqualify\b|\bfilter\b|any_value"
    r"|\barg_|\blist\(|\bifnull|\bnvl|\bgreatest|\bleast|split|regexp|interval",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """The text without its comments."""
    return re.sub(r"--.*", "", text)


@pytest.mark.parametrize("name", QUERIES)
def test_a_text_uses_exactly_the_parameters_it_is_given(name: str) -> None:
    """Values are bound, never written into the text; a spare parameter is a mistake to one engine."""
    query = QUERIES[name]

    assert set(re.findall(r"\$(\w+)", bare(query.sql))) == set(query.parameters)
    assert query.parameters["site_id"] == 1


@pytest.mark.parametrize("name", QUERIES)
def test_a_text_keeps_to_what_every_engine_understands(name: str) -> None:
    """No function of one dialect, no decimal literal, no reserved word for a name."""
    text = bare(QUERIES[name].sql)

    assert DIALECT.findall(text) == []
    assert re.findall(r"\d\.\d", text) == []
    assert re.findall(r"\bAS (?:at|end|order|from|to|offset)\b", text, re.IGNORECASE) == []


@pytest.mark.parametrize("name", QUERIES)
def test_a_text_looks_at_one_site_and_at_issues_that_exist(name: str) -> None:
    """What was out of sight by then is not there, and no site sees another's."""
    text = bare(QUERIES[name].sql)

    assert "$site_id" in text
    assert (
        name in {"sprints", "estimate units"}
        or "COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) >" in text
    )


@pytest.mark.parametrize("name", QUERIES)
def test_the_last_columns_are_the_fields_of_the_row(name: str) -> None:
    """What the text selects last is what the row class reads, in its order."""
    query = QUERIES[name]
    last = bare(query.sql).rsplit("\nSELECT\n", 1)[1].split("\nFROM ", 1)[0]
    columns = tuple(re.findall(r"AS (\w+)\s*(?:,|$)", last))

    assert columns == query.row._fields
