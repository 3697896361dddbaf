"""Whatever the inputs, a report is built."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics.followups import FollowUp, FollowUps
from pmreport.metrics.sprint import (
    Amounts,
    EventKind,
    LedgerEvent,
    LedgerIssue,
    Outcome,
    SprintLedger,
    Unit,
)
from pmreport.report import build
from pmreport.report.inputs import Blocked, Card, Delivered, Inputs, Marker, Note
from pmreport.report.view import Chart, Report, Table
from tests.support.report_inputs import empty_inputs, estimation, evidence, goals

words = st.text(max_size=12)
amounts = st.integers(-5000, 50_000_000).map(lambda milli: Decimal(milli) / 1000)
maybe_amounts = st.none() | amounts
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
ids = st.integers(1, 6)

events = st.builds(
    LedgerEvent,
    at=instants,
    kind=st.sampled_from(EventKind),
    issue_id=ids,
    scope_delta=amounts,
    completed_delta=amounts,
    remaining_delta=amounts,
    estimate_before=maybe_amounts,
    estimate_after=maybe_amounts,
    author_id=st.none() | words,
)
issues = st.builds(
    LedgerIssue,
    issue_id=ids,
    issue_key=words,
    summary=words,
    committed=st.booleans(),
    added=st.booleans(),
    removed=st.booleans(),
    outcome=st.sampled_from(Outcome),
    estimate_at_start=maybe_amounts,
    estimate_at_close=maybe_amounts,
)
sums = st.builds(
    Amounts,
    commitment=amounts,
    added=amounts,
    removed=amounts,
    reestimated=amounts,
    completed=amounts,
    not_completed=amounts,
    completed_outside=amounts,
    committed_completed=amounts,
)
ledgers = st.builds(
    SprintLedger,
    board_id=ids,
    board_name=words,
    is_own=st.booleans(),
    sprint_id=ids,
    name=words,
    state=st.sampled_from(["active", "closed"]),
    goal=st.none() | words,
    start=instants,
    planned_end=st.none() | instants,
    close=st.none() | instants,
    unit=st.sampled_from(Unit),
    amounts=sums,
    counts=sums,
    unestimated=st.integers(0, 9),
    events=st.lists(events, max_size=5).map(lambda found: tuple(sorted(found, key=lambda one: one.at))),
    issues=st.lists(issues, max_size=4).map(tuple),
)
notes = st.builds(
    Note,
    marker=st.sampled_from(Marker),
    author=words,
    written=instants,
    text=words,
    issue_id=ids,
    issue_key=words,
    restricted=st.booleans(),
)
cards = st.builds(
    Card,
    key=words,
    summary=words,
    is_done=st.booleans(),
    in_progress=st.booleans(),
    owner=st.none() | words,
    rank=st.none() | ids,
    restricted=st.booleans(),
)
items = st.builds(
    Delivered,
    issue_id=ids,
    key=words,
    summary=words,
    type_name=words,
    done=instants,
    points=maybe_amounts,
    epic_key=st.none() | words,
    epic=st.none() | words,
    is_epic=st.booleans(),
)
stopped = st.builds(
    Blocked, issue_id=ids, key=words, summary=words, working_days=ids, reason=st.none() | words
)
open_items = st.builds(
    FollowUp,
    issue_key=words,
    summary=words,
    owner=st.none() | words,
    raised=instants,
    due=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    age_working_days=st.integers(0, 900),
    working_days_late=st.integers(0, 900),
    named=st.booleans(),
)


@st.composite
def inputs(draw: st.DrawFn) -> Inputs:
    """Inputs of every shape, sensible or not."""
    start = draw(instants)
    return replace(
        empty_inputs(),
        period_start=start,
        period_end=start + timedelta(days=draw(st.integers(0, 90))),
        zone=draw(st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"])),
        as_of=draw(instants),
        data_as_of=draw(st.none() | instants),
        ledgers=tuple(draw(st.lists(ledgers, max_size=4))),
        ledgers_before=draw(st.none() | st.lists(ledgers, max_size=1).map(tuple)),
        estimation=draw(st.none() | st.just(estimation())),
        followups=draw(
            st.none()
            | st.builds(
                FollowUps,
                open_items=st.lists(open_items, max_size=3).map(tuple),
                promised=st.integers(0, 9),
                kept=st.integers(0, 9),
                weeks=st.integers(1, 9),
                mentions=st.integers(0, 9),
            )
        ),
        delivered=tuple(draw(st.lists(items, max_size=4))),
        blocked=tuple(draw(st.lists(stopped, max_size=2))),
        notes=tuple(draw(st.lists(notes, max_size=4))),
        goals=goals(),
        evidence=evidence(),
        working_days=tuple(draw(st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=4))),
        cards=draw(st.dictionaries(ids, cards, max_size=4)),
    )


def tables(report: Report) -> list[Table]:
    """Every table of a report, those behind pictures too."""
    blocks = [block for section in report.sections for block in section.blocks]
    return [one.table if isinstance(one, Chart) else one for one in blocks if isinstance(one, (Table, Chart))]


@settings(max_examples=60, deadline=None)
@given(inputs())
def test_a_report_is_built_from_whatever_is_known(known: Inputs) -> None:
    """No inputs make it fail, every row has a cell a column, and every report says its state."""
    for report in (build.weekly(known), build.sprint(known), build.review(known, mine=True)):
        assert report.title
        assert report.headline.lead
        assert report.preheader
        assert all(len(row.cells) == len(table.columns) for table in tables(report) for row in table.rows)


@settings(max_examples=30, deadline=None)
@given(inputs())
def test_no_goal_of_another_audience_enters_a_report(known: Inputs) -> None:
    """Private words stay private whatever else is in the week."""
    assert "Privatewords" not in repr(build.weekly(known))
    assert "Estimate work ahead" not in repr(build.weekly(known))
    assert "Privatewords" not in repr(build.sprint(known))
    assert "Privatewords" not in repr(build.review(known))
