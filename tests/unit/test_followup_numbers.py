"""The numbers about follow-ups: promises, responses, alerts, and what moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.cli.grid import plain
from pmreport.cli.json_values import values as json_values
from pmreport.cli.show import followups_json, followups_tables
from pmreport.metrics.catalog import DEFINITIONS
from pmreport.metrics.followups import numbers
from pmreport.metrics.followups.alerts import Alert
from pmreport.metrics.followups.blocked import Blocked
from pmreport.metrics.followups.gathered import Closing
from pmreport.metrics.followups.idle import Idle, idle
from pmreport.metrics.followups.item import Item, Kind, Source
from pmreport.metrics.followups.mentions import Mention
from pmreport.metrics.followups.movement import What
from pmreport.metrics.followups.promises import Promises, promises
from pmreport.metrics.followups.rows import IdleRow
from pmreport.metrics.followups.summary import Summary
from pmreport.metrics.followups.waiting import first_responses, mention_responses
from pmreport.metrics.followups.window import Window, last_weeks
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar
from tests.support.followups import CALENDAR, at, day, item, promise, told
from tests.support.schema import faults

MARCH = Window(first=date(2025, 3, 3), end=date(2025, 3, 17))


def value(summary: Summary, name: str) -> Value:
    """One of the numbers."""
    return {each.id: each for each in numbers.values(summary)}[name]


def kept(*items: Item, today: date = date(2025, 3, 17)) -> Promises:
    """What became of the promises of two weeks in March."""
    return promises(items, MARCH, today, CALENDAR)


def test_e_fu1_three_readings_of_ten_promises() -> None:
    """By the first day 5 of 10, by the current one 7 of 10; 7 of 8, without the open ones, is never shown."""
    items = [
        promise("A-1", "03-04", "03-04"),
        promise("B-1", "03-04", "03-05"),
        promise("C-1", "03-05", "03-10", now="03-10"),
        promise("D-1", "03-06"),
        promise("E-1", "03-07", "03-06"),
        promise("F-1", "03-10", "03-10"),
        promise("G-1", "03-11", "03-13", now="03-14"),
        promise("H-1", "03-12", "03-12"),
        promise("I-1", "03-13"),
        promise("J-1", "03-14", "03-14"),
    ]

    shown = told(items, window=MARCH)
    assert (value(shown, "promises-kept").value, value(shown, "promises-kept").n) == (50, 10)
    assert (value(shown, "due-adherence").value, value(shown, "due-adherence").n) == (70, 10)
    assert value(shown, "promise-moves").value == 2
    assert Decimal("87.5") not in {each.value for each in numbers.values(shown)}
    assert value(shown, "promises-kept").interval == pytest.approx((23.6593, 76.3407), abs=1e-3)


def test_e_fu2_published_percentages() -> None:
    """8 of 10 kept is 80 %, 5 of 6 is 83 %."""

    def share(good: int, bad: int) -> Decimal:
        items = [promise(f"A-{n}", "03-05", "03-05") for n in range(good)]
        items += [promise(f"B-{n}", "03-05", "03-06") for n in range(bad)]
        amount = value(told(items, window=MARCH), "promises-kept").value
        assert isinstance(amount, Decimal)
        return amount

    assert share(8, 2) == 80
    assert round(share(5, 1)) == 83


def test_e_fu3_a_response_over_easter_takes_three_working_hours() -> None:
    """115 hours by the clock, of which two on Thursday and one after Easter are worked."""
    berlin = WorkCalendar(
        zone="Europe/Berlin",
        holidays=frozenset({date(2025, 4, 18), date(2025, 4, 21)}),
        hours=(time(9), time(17)),
    )
    said, answered = at("04-17 13:00"), at("04-22 08:00")
    found = Mention(issue_key="WEB-1", who="Bo", said=said, answered=answered, is_done=False)

    waited = mention_responses([found] * 5, date(2025, 4, 14), at("04-30 12:00"), berlin)
    assert answered - said == timedelta(hours=115)
    assert waited.median_hours == 3


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (promise("A-1", "03-05", "03-04", dropped=True), (0, 0, (("dropped before its day", 1),))),
        (promise("A-1", "03-05", "03-07", dropped=True), (0, 1, ())),
        (
            replace(promise("A-1", "03-05", "03-04"), promised=at("03-04 13:00")),
            (0, 0, (("day said after it was closed", 1),)),
        ),
        (promise("A-1", "02-28", "02-28"), (0, 0, ())),
        (item("A-1"), (0, 0, ())),
        (replace(promise("A-1", "03-05", "03-05"), due=None), (1, 0, ())),
    ],
    ids=["taken back", "dropped too late", "said afterwards", "before the window", "no day", "day taken off"],
)
def test_what_is_a_promise(one: Item, counts: tuple[Any, ...]) -> None:
    """A day said before, that fell in the window, and was not taken back in time."""
    found = kept(one)

    assert (len(found.kept), len(found.broken), found.excluded) == counts


def test_a_promise_moved_ahead_is_broken_and_not_due_yet() -> None:
    """By the first day it was broken; by the day that holds now nothing can be said."""
    found = kept(promise("A-1", "03-05", now="03-20"), promise("B-1", "03-06", "03-06"))

    assert (len(found.kept), len(found.broken)) == (1, 1)
    assert (found.adhered, found.adherable) == (1, 1)
    shown = told([promise("A-1", "03-05", now="03-20")], window=MARCH)
    assert value(shown, "due-adherence").excluded == (("moved to a day still ahead", 1),)


DAYS = st.integers(0, 20).map(lambda n: date(2025, 3, 1) + timedelta(days=n))


@st.composite
def promised(draw: st.DrawFn) -> Item:
    """A promise whose day only ever moved later."""
    first = draw(DAYS)
    due = first + timedelta(days=draw(st.integers(0, 15)))
    done = draw(st.none() | DAYS)
    closed = None if done is None else datetime.combine(done, time(12), UTC)
    return item("A-1", first_due=first, due=due, promised=at("02-01 08:00"), closed=closed)


@settings(max_examples=50)
@given(st.lists(promised(), max_size=8))
def test_the_first_day_is_never_kept_more_often_than_the_current_one(items: list[Item]) -> None:
    """Where days only move later, moving them can only flatter."""
    found = kept(*items)

    if found.adherable and found.due:
        assert len(found.kept) / found.due <= found.adhered / found.adherable


@settings(max_examples=50)
@given(st.lists(promised(), max_size=8), DAYS)
def test_one_more_overdue_item_raises_no_rate(items: list[Item], due: date) -> None:
    """What is left undone never makes anything look better."""
    late = item("Z-1", first_due=due, due=due, promised=at("02-01 08:00"))
    today = date(2025, 3, 31)
    before, after = kept(*items, today=today), kept(*items, late, today=today)

    if before.due:
        assert len(after.kept) / after.due <= len(before.kept) / before.due
    if before.adherable:
        assert after.adhered / after.adherable <= before.adhered / before.adherable


def test_the_window_is_the_last_complete_weeks() -> None:
    """On a Monday the week before is the last; four of them unless asked otherwise."""
    assert last_weeks(at("03-17 12:00"), CALENDAR) == Window(first=date(2025, 2, 17), end=date(2025, 3, 17))
    assert last_weeks(at("03-16 12:00"), CALENDAR, 1).weeks == (date(2025, 3, 3),)
    assert MARCH.weeks == (date(2025, 3, 3), date(2025, 3, 10))


def question(name: str, answered: str | None = None, **facts: Any) -> Item:
    """A question, raised on 3 March at nine in Berlin."""
    return item(name, kind=Kind.QUESTION, answered=None if answered is None else at(answered), **facts)


def test_the_unanswered_are_censored_and_never_dropped() -> None:
    """Five quick answers and five still open: half have been answered within an hour, not all of them."""
    quick = [question(f"A-{n}", "03-03 09:00") for n in range(5)]
    silent = [question(f"B-{n}") for n in range(5)]
    closed = question("C-1", closed=at("03-04 08:00"))

    def waited(*items: Item) -> tuple[float | None, int, int, int]:
        found = first_responses(items, date(2025, 3, 3), at("03-14 12:00"), CALENDAR)
        return found.median_hours, found.n, found.ended, len(found.still)

    assert waited(*quick, *silent) == (1, 10, 5, 5)
    assert waited(*quick, *silent, closed) == (None, 11, 5, 5)
    assert waited(*quick[:4]) == (None, 4, 4, 0)


def test_what_asks_nobody_waits_for_nobody() -> None:
    """A risk or a decision that was written down, and what was typed here, are counted as left out."""
    items = [
        question("A-1", raised=at("02-01 08:00")),
        item("B-1", source=Source.COMMENT, kind=Kind.RISK),
        item("C-1", source=Source.TYPED),
        item("D-1", source=Source.COMMENT),
    ]

    found = first_responses(items, date(2025, 3, 3), at("03-14 12:00"), CALENDAR)
    assert found.excluded == (("typed here, where nobody can answer", 1), ("written down, asking nobody", 1))
    assert found.n == 1


def alert_of(one: Item, blocked: tuple[Blocked, ...] = ()) -> Alert | None:
    """The alert of one item on Monday 17 March."""
    return told([one], blocked=blocked).alert_of(one)


LATE: dict[str, Any] = {"due": day("03-10")}
FINE: dict[str, Any] = {"due": day("03-31"), "active": at("03-14 08:00"), "answered": at("03-04 08:00")}


@pytest.mark.parametrize(
    ("one", "alert"),
    [
        (question("A-1", **LATE, owner=None), Alert.OVERDUE),
        (question("A-1", owner=None), Alert.UNOWNED),
        (question("A-1"), Alert.UNANSWERED),
        (item("A-1"), Alert.STALE),
        (item("A-1", active=at("03-14 08:00")), Alert.DATELESS),
        (item("A-1", **FINE), None),
        (question("A-1", raised=at("03-13 08:00"), active=at("03-14 08:00"), due=day("03-31")), None),
        (item("A-1", **FINE | LATE, closed=at("03-14 08:00")), None),
        (item("A-1", active=None), Alert.STALE),
    ],
    ids=["all at once", "unowned", "unanswered", "stale", "dateless", "fine", "young", "closed", "untouched"],
)
def test_an_item_stands_in_the_first_alert_that_fits(one: Item, alert: Alert | None) -> None:
    """Overdue before unowned before unanswered before stale before dateless."""
    assert alert_of(one) is alert


def held(key: str = "WEB-1", reason: str = "") -> Blocked:
    """A flagged item."""
    return Blocked(
        issue_key=key, summary="The \x1b[31mcontract", owner=None, since=at("03-10 08:00"), reason=reason
    )


def test_what_is_blocked_stands_apart() -> None:
    """Whoever takes the flag off comes first; it is in no other list."""
    one = item("WEB-1", **LATE)

    assert alert_of(one) is Alert.OVERDUE
    assert alert_of(one, (held(),)) is None


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            item,
            st.integers(1, 30).map("A-{}".format),
            kind=st.sampled_from(Kind),
            source=st.sampled_from(Source),
            owner=st.sampled_from([None, "Ann"]),
            due=st.none() | DAYS,
            active=st.sampled_from([at("03-03 08:00"), at("03-16 08:00")]),
        ),
        unique_by=lambda one: one.id,
        max_size=12,
    )
)
def test_no_item_stands_in_two_alerts(items: list[Item]) -> None:
    """One item, one place to look at it."""
    shown = [one.id for found in told(items).alerts.values() for one in found]

    assert len(shown) == len(set(shown))


def test_weeks_count_what_came_and_what_went() -> None:
    """A decision written down comes and goes at once, and moves nothing."""
    items = [
        item("A-1"),
        item("B-1", closed=at("03-12 08:00")),
        item("C-1", raised=at("03-10 08:00"), closed=at("03-10 08:00")),
    ]

    shown = told(items, window=MARCH)
    assert [(week.opened, week.closed, week.balance) for week in shown.weeks] == [(2, 0, -2), (0, 1, 1)]
    assert value(shown, "closure-balance").value == -1


def test_a_closing_that_does_not_hold_is_told() -> None:
    """Undone within 30 days counts; later does not; one younger than that may still be."""
    closings = [
        Closing(issue_key="A-1", closed=at("03-04 08:00"), reopened=at("03-05 08:00")),
        Closing(issue_key="B-1", closed=at("03-04 08:00"), reopened=at("04-05 08:00")),
        Closing(issue_key="C-1", closed=at("03-14 08:00"), reopened=None),
        Closing(issue_key="D-1", closed=at("02-14 08:00"), reopened=at("02-15 08:00")),
    ]

    shown = value(told([], as_of="04-10 12:00", window=MARCH, closings=tuple(closings)), "reopened-soon")
    assert (shown.n, shown.items) == (3, ("A-1",))
    assert shown.note == "only 3: read the items, not the share; 1 closed less than 30 days ago may still be"


def test_a_week_later_it_is_told_what_changed() -> None:
    """Raised, closed, reopened, overdue now, moved, given to somebody else; what stayed is not told."""
    due = {"due": day("03-12")}
    before = [
        item("B-1"),
        item("C-1", closed=at("03-05 08:00")),
        item("D-1", **due),
        item("E-1", **due),
        item("F-1"),
        item("G-1", closed=at("03-05 08:00")),
    ]
    now = [
        item("A-1"),
        item("B-1", closed=at("03-12 08:00")),
        item("C-1"),
        item("D-1", **due),
        item("E-1", due=day("03-28"), owner="Bo"),
        item("F-1"),
        item("G-1", closed=at("03-05 08:00")),
        item("H-1", closed=at("03-12 08:00")),
    ]

    found = told(now, before=tuple(before)).changes
    assert [(change.what, change.item.id) for change in found] == [
        (What.RAISED, "A-1"),
        (What.CLOSED, "B-1"),
        (What.REOPENED, "C-1"),
        (What.OVERDUE, "D-1"),
        (What.MOVED, "E-1"),
        (What.OWNER, "E-1"),
    ]


def test_standing_still_is_counted_from_groups() -> None:
    """Several keys of one number of days count once; five days are too many."""
    rows = [
        IdleRow(1, 0, "A-1", 3),
        IdleRow(1, 5, "B-1", 2),
        IdleRow(1, 5, "B-2", 2),
        IdleRow(1, 9, "C-1", 1),
        IdleRow(0, 7, "D-1", 4),
        IdleRow(1, -1, "E-1", 1),
    ]

    assert idle(rows, in_work=True) == Idle(items=4, stale=3, longest=9, keys=("C-1", "B-1", "B-2"))
    assert idle(rows[-2:-1], in_work=False).stale == 4
    assert idle([], in_work=True) == Idle(items=0, stale=0, longest=None, keys=())


def full() -> Summary:
    """One of everything, with hostile words."""
    evil = "\x1b]0;owned\x07 =cmd " + "x" * 80
    items = [
        item("A-1", statement=evil, due=day("03-10"), chases=2, owned=at("03-04 08:00")),
        item("B-1", owner=None, source=Source.COMMENT, id="B-1#7", kind=Kind.RISK),
        item("", id="0190", source=Source.TYPED, issue_key=""),
        *(question(f"Q-{n}", "03-03 09:00", closed=at("03-04 08:00")) for n in range(6)),
        *(item(f"S-{n}") for n in range(25)),
    ]
    mention = Mention(issue_key="A-1", who="Bo", said=at("03-04 08:00"), answered=None, is_done=False)
    return told(
        items,
        before=tuple(items[1:]),
        mentions=(mention, replace(mention, is_done=True)),
        blocked=(held("F-1", "waits for the vendor"), held("G-1")),
        in_work=Idle(items=3, stale=1, longest=9, keys=("C-1",)),
    )


def test_the_tables_are_harmless_and_capped() -> None:
    """Control codes of Jira reach no terminal, and a long list says where the rest is."""
    text = "\n".join(plain(grid) for grid in followups_tables.tables(full()))

    assert "\x1b" not in text
    assert "28 of 28 open follow-ups need somebody" in text
    assert "8 more are in --json." in text
    assert "none written beside the flag" in text
    assert "waits for the vendor" in text
    assert "Named in a comment, and no answer" in text


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], "No follow-up is open"),
        ([item("A-1", **FINE)], "0 of 1 open follow-ups need somebody\nNone needs anybody."),
    ],
)
def test_nothing_to_do_is_said_in_words(items: list[Item], said: str) -> None:
    """An empty list is good news, and not an empty screen."""
    grids = followups_tables.tables(told(items, before=tuple(items)))

    assert "\n".join(plain(grid) for grid in grids).strip() == said


def test_many_changes_are_cut_with_a_count() -> None:
    """Twenty names, and how many more."""
    text = plain(followups_tables.tables(told([item(f"S-{n:02}") for n in range(22)]))[-1])

    assert "raised" in text
    assert "and 2 more" in text


@pytest.mark.parametrize("shown", [full, lambda: told([])], ids=["full", "empty"])
def test_follow_ups_are_printed_as_promised(shown: Callable[[], Summary]) -> None:
    """What the schema says, with a definition for every number, and None where nothing can be said."""
    summary = shown()
    found = numbers.values(summary)

    assert faults(json_values(summary.as_of, found) | followups_json.more(summary), "show-followups") == []
    assert {each.definition for each in found} <= set(DEFINITIONS)
    assert all(each.value is not None or each.note for each in found)


def test_numbers_of_nothing_are_none_with_a_reason() -> None:
    """No item, no division by it."""
    none = {each.id: each.note for each in numbers.values(told([])) if each.value is None}

    assert none["promises-kept"] == "no promise fell due in the window"
    assert none["open-age-median"] == "none is open"
    assert none["first-response"] == "nothing was asked since the window began"
    assert len(none) == 12


def test_too_few_answers_have_no_median() -> None:
    """Four tell nothing; more than half still waiting tells only that."""
    few = told([question(f"A-{n}", "03-03 09:00") for n in range(4)])
    most = [question(f"A-{n}", "03-03 09:00") for n in range(5)]
    silent = told([*most, *(question(f"B-{n}") for n in range(9))])

    assert value(few, "first-response").note == "4 of 4 so far: too few for a median"
    assert value(silent, "first-response").note == "more than half still wait; 9 still wait"
    assert value(silent, "unanswered").note == "the oldest: 10 working days"
    assert value(few, "open-age-median").note == "4 open: too few for a median"


def test_the_share_kept_is_told_week_by_week() -> None:
    """A week in which nothing fell due has no share."""
    held = kept(
        promise("A-1", "03-04", "03-04"),
        promise("B-1", "03-05"),
        promise("C-1", "03-12", "03-12"),
    )

    assert [held.weekly, kept().weekly] == [(0.5, 1), ()]
