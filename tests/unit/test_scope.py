"""The lines of a scope and its numbers, from facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope import (
    Cause,
    EstimateUnitRow,
    ScopeEvent,
    ScopeEventRow,
    ScopeItem,
    ScopeItemRow,
    SplitRow,
    events_from_rows,
    items_from_rows,
    items_recorded,
    recorded,
    unit_from_rows,
)
from pmreport.metrics.scope_summary import Basis, Scope, Told, scope
from pmreport.metrics.scope_values import values
from pmreport.metrics.settings import InitiativeSettings
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

START = datetime(2026, 9, 1, tzinfo=UTC)
WEB = InitiativeSettings(id="web", name="Web", jql="", change_label="change-request")


def item(number: int, amount: int | None = 1, *, is_done: bool = False) -> ScopeItem:
    """An item of so much."""
    held = None if amount is None else Decimal(amount)
    return ScopeItem(issue_id=number, issue_key=f"W-{number}", amount=held, seconds=held, is_done=is_done)


def event(
    number: int, kind: str, cause: str, before: int | None, after: int | None, **more: object
) -> ScopeEvent:
    """An event a day after the start."""
    row = ScopeEventRow(
        issue_id=number,
        issue_key=f"W-{number}",
        summary="",
        at_ms=to_ms(START + timedelta(days=1)),
        kind=kind,
        cause=cause,
        before_milli=None if before is None else before * 1000,
        after_milli=None if after is None else after * 1000,
        was_done=0,
        now_done=0,
        author_id=None,
        version_name=None,
        is_approved=0,
        is_restricted=0,
    )
    return events_from_rows([row._replace(**more)])[0]  # type: ignore[arg-type] # any field of the row


def added(number: int, amount: int | None = 1, *, cause: str = "new", approved: int = 0) -> ScopeEvent:
    """An item that came in."""
    return event(number, "added", cause, amount, amount, is_approved=approved)


def removed(number: int, amount: int | None = 1) -> ScopeEvent:
    """An item that was taken out."""
    return event(number, "removed", "taken out", amount, amount)


def told(
    history: Sequence[ScopeItem],
    events: Sequence[ScopeEvent] = (),
    current: Sequence[ScopeItem] = (),
    *,
    kept: Sequence[ScopeItem] | None = None,
    splits: Sequence[SplitRow] = (),
    initiative: InitiativeSettings = WEB,
    unit: Unit = Unit.POINTS,
    days: int = 2,
) -> Scope:
    """The scope of these facts."""
    facts = Told(
        history=tuple(history),
        kept=None if kept is None else tuple(kept),
        current=tuple(current),
        events=tuple(events),
        splits=tuple(splits),
    )
    return scope(
        facts,
        initiative,
        unit=unit,
        basis=Basis(at=START, is_kept=kept is not None),
        calendar=WorkCalendar(),
        as_of=START + timedelta(days=days),
    )


def exact(*numbers: int) -> tuple[Decimal, ...]:
    """Whole amounts."""
    return tuple(map(Decimal, numbers))


def by_id(found: Scope) -> dict[str, Value]:
    """The numbers by id, without the initiative's."""
    return {value.id.removeprefix("web-"): value for value in values(found)}


def test_e_sc1() -> None:
    """100 in the baseline, 20 added, 10 deleted: volatility 30 %, net growth 10 %."""
    baseline = [item(number) for number in range(100)]
    events = [*(added(200 + number) for number in range(20)), *(removed(number) for number in range(10))]

    found = told(baseline, events, [*baseline[10:], *(item(200 + number) for number in range(20))])

    numbers = by_id(found)
    for measure in ("items", "estimates"):
        assert numbers[f"requirements-volatility-{measure}"].value == 30
        assert numbers[f"scope-growth-{measure}"].value == 10
        assert numbers[f"scope-creep-{measure}"].value == 20
    assert found.identity_holds


def test_e_sc2() -> None:
    """120 in the baseline, 10 added, 8 changed, 4 deleted: 22 of 120 are 18.33 %."""
    baseline = [item(number) for number in range(120)]
    events = [
        *(added(200 + number) for number in range(10)),
        *(event(number, "re-estimated", "re-estimated", 1, 2) for number in range(8)),
        *(removed(100 + number) for number in range(4)),
    ]
    current = [*(item(number, 2) for number in range(8)), *baseline[8:100], *baseline[104:]]

    found = told(baseline, events, [*current, *(item(200 + number) for number in range(10))])

    volatility = by_id(found)["requirements-volatility-items"].value
    assert isinstance(volatility, Decimal)
    assert round(volatility, 2) == Decimal("18.33")
    assert len(found.changed) == 8
    assert found.identity_holds


def test_a_kept_baseline_never_follows_a_history_that_is_retold() -> None:
    """What Jira tells otherwise by now stands apart, adds up, and is no volatility."""
    kept = [item(1, 5), item(2, 3), item(3, 2)]
    history = [item(1, 8), item(3, 2, is_done=True), item(4, 1)]

    found = told(history, current=history, kept=kept)

    assert [(each.issue_key, each.cause, each.amount, each.count) for each in found.events] == [
        ("W-1", Cause.RETOLD, Decimal(3), 0),
        ("W-2", Cause.RETOLD, Decimal(-3), -1),
        ("W-4", Cause.RETOLD, Decimal(1), 1),
    ]
    assert found.identity_holds
    assert (found.amounts.baseline, found.amounts.now) == exact(10, 11)
    assert (found.counts.churn, found.amounts.churn) == exact(0, 0)
    assert found.additions == ()
    assert found.changed == ()
    assert (found.burn_up[-1].done_count, int(found.burn_up[-1].done)) == (1, 2)


def test_a_line_that_does_not_add_up_is_told() -> None:
    """An item is in scope that no event brought there."""
    found = told([item(1)], current=[item(1), item(2)])

    assert not found.identity_holds
    assert by_id(found)["scope-now-items"].note == "the lines above do not add up to this"


def test_a_parent_that_left_for_its_children_is_no_change() -> None:
    """8 out, 3 and 5 in: divided, not changed, whether the link was a split or a clone."""
    splits = [SplitRow(2, 1, 0), SplitRow(3, 1, 1)]

    found = told(
        [item(1, 8)], [added(2, 3), added(3, 5), removed(1, 8)], [item(2, 3), item(3, 5)], splits=splits
    )

    assert (found.counts.churn, found.counts.growth, found.amounts.churn) == exact(0, 0, 0)
    assert found.additions == ()
    assert found.identity_holds


def test_a_clone_of_an_item_that_lost_nothing_is_new_work() -> None:
    """The same again for another platform."""
    found = told([item(1, 8)], [added(2, 8)], [item(1, 8), item(2, 8)], splits=[SplitRow(2, 1, 1)])

    assert [each.issue_key for each in found.additions] == ["W-2"]
    assert found.counts.creep == 1


def test_links_in_a_circle_have_one_parent_at_most() -> None:
    """Two items that came in after the baseline and name each other, and one that names nobody in scope."""
    splits = [SplitRow(2, 3, 0), SplitRow(3, 2, 0), SplitRow(2, 9, 0), SplitRow(1, 2, 0)]

    found = told(
        [item(1, 8)], [added(2, 3), added(3, 3)], [item(1, 8), item(2, 3), item(3, 3)], splits=splits
    )

    assert [(each.issue_key, each.split_from) for each in found.events] == [("W-2", None), ("W-3", 2)]


def test_an_item_that_only_came_back_is_no_split() -> None:
    """It was there before its parent was divided."""
    back = added(2, 3, cause="returned")

    found = told([item(1, 8)], [back], [item(1, 8), item(2, 3)], splits=[SplitRow(2, 1, 0)])

    assert found.events[0].cause is Cause.RETURNED


def test_additions_are_approved_or_not() -> None:
    """One of two; the other one is named."""
    found = told([item(1)], [added(2, approved=1), added(3)], [item(1), item(2), item(3)])

    share = by_id(found)["approved-additions"]
    assert (share.value, share.n, share.items) == (50, 2, ("W-3",))
    assert (found.amounts.approved, found.amounts.unapproved) == exact(1, 1)


@pytest.mark.parametrize(
    ("label", "events", "why"),
    [("change-request", (), "nothing was added"), (None, (added(2),), "no change_label is set")],
)
def test_a_share_that_cannot_be_said_says_why(
    label: str | None, events: Sequence[ScopeEvent], why: str
) -> None:
    """Without additions, or without a label that could approve one."""
    found = told([], events, [item(2)] if events else [], initiative=replace(WEB, change_label=label))

    share = by_id(found)["approved-additions"]
    assert (share.value, share.note) == (None, why)


def test_an_empty_baseline_has_no_ratios() -> None:
    """No division by nothing, no infinite growth."""
    numbers = by_id(told([], [added(1)], [item(1)]))

    shares = [
        value for value in numbers.values() if value.unit == "%" and value.definition != "approved-additions"
    ]
    assert {(value.value, value.note) for value in shares} == {(None, "the baseline is empty")}


def test_unestimated_items_are_counted_beside_every_sum() -> None:
    """Null is not zero: they add nothing, and the number says how many there are."""
    numbers = by_id(told([item(1, None), item(2, 0)], current=[item(1, None), item(2, 0, is_done=True)]))

    assert (numbers["scope-baseline-estimates"].n, numbers["scope-baseline-estimates"].n_excluded) == (1, 1)
    assert (numbers["scope-baseline-items"].n, numbers["scope-baseline-items"].n_excluded) == (2, 0)
    done = numbers["scope-completion-estimates"]
    assert (done.value, done.note) == (None, "nothing of it is estimated")
    assert numbers["scope-completion-items"].value == 50


def test_time_is_told_in_hours() -> None:
    """Where boards estimate in time there is one completion by time, not two."""
    numbers = by_id(told([item(1, 7200)], current=[item(1, 7200)], unit=Unit.SECONDS))

    assert (numbers["scope-now-estimates"].value, numbers["scope-now-estimates"].unit) == (2, "h")
    assert "scope-completion-time" not in numbers


def test_a_long_burn_up_goes_by_week_and_ends_now() -> None:
    """Sundays, and the day asked for; a short one goes by day."""
    long = told([item(1)], current=[item(1)], days=70).burn_up
    on_sunday = told([item(1)], current=[item(1)], days=75).burn_up

    assert [point.day.weekday() for point in long[:-1]] == [6] * 10
    assert long[-1].day == date(2026, 11, 10)
    assert on_sunday[-1].day == date(2026, 11, 15)
    assert len(on_sunday) == 11
    assert len(told([item(1)], current=[item(1)]).burn_up) == 3


def test_a_baseline_keeps_every_unit_and_sub_tasks_apart() -> None:
    """What is recorded comes back in the unit that is asked for."""
    rows = [ScopeItemRow(1, "W-1", 5000, 3_600_000, 0, 0), ScopeItemRow(2, "W-2", None, None, 1, 0)]
    kept = recorded(rows)

    assert [(each.points, each.estimate_seconds, each.is_subtask) for each in kept] == [
        (5, 3600, False),
        (None, None, True),
    ]
    for unit in (Unit.POINTS, Unit.SECONDS):
        assert items_recorded(kept, unit) == items_from_rows(rows, unit)


@pytest.mark.parametrize(
    ("fields", "unit"),
    [
        (("customfield_1", "timeoriginalestimate"), Unit.POINTS),
        (("timeoriginalestimate", None), Unit.SECONDS),
        ((None,), Unit.POINTS),
        ((), Unit.POINTS),
    ],
)
def test_the_unit_is_what_boards_estimate_in(fields: Sequence[str | None], unit: Unit) -> None:
    """Time only where boards estimate in time and none in points."""
    assert unit_from_rows([EstimateUnitRow(field) for field in fields]) is unit
