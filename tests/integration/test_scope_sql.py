"""What changes a scope, through the real questions on DuckDB and SQLite."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.metrics import scope as scoping
from pmreport.metrics.ledger import Unit
from pmreport.metrics.scope import Cause, ScopeKind
from pmreport.metrics.scope_summary import Basis, Scope, Told
from pmreport.metrics.scope_summary import scope as summed
from pmreport.metrics.settings import InitiativeSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.members import MemberRow
from pmreport.model.query import Query
from pmreport.model.rows import (
    FieldRow,
    IssueChangeRow,
    IssueLinkRow,
    IssueValueRow,
    ResolutionRow,
)
from tests.support.engines import SITE, duck, sqlite
from tests.support.stories import POINTS_FIELD, AnyRow, Story, moment, tell

START = moment("03-03 09:00")
LATER = moment("12-31 00:00")
DROPPED = ("Won't Do",)
LABEL = "change-request"
INITIATIVE = InitiativeSettings(id="web", name="Web", jql="", change_label="Change-Request")
IN_VERSION = Query(
    "SELECT v.issue_id AS issue_id, v.valid_from_ms AS valid_from_ms, "
    "CASE WHEN v.valid_to_ms > COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) "
    "THEN COALESCE(i.unseen_since_ms, i.deleted_ms, 253402214400000) ELSE v.valid_to_ms END AS valid_to_ms "
    "FROM issue_value v JOIN issue i ON i.site_id = v.site_id AND i.issue_id = v.issue_id "
    "WHERE v.site_id = $site_id AND v.field_id = 'fixVersions' AND v.value_id = '1'",
    MemberRow,
    {"site_id": SITE},
)


def stretch(field: str, issue_id: int, value: str, since: str, until: str | None = None) -> IssueValueRow:
    """A value of an issue over a stretch of time."""
    ends = OPEN_END_MS if until is None else to_ms(moment(until))
    return IssueValueRow(issue_id, field, value, to_ms(moment(since)), ends, f"Version {value}", None)


def version(issue_id: int, since: str, until: str | None = None, *, number: int = 1) -> IssueValueRow:
    """A version of an issue; 1 is the initiative's."""
    return stretch("fixVersions", issue_id, str(number), since, until)


def told(text: str, *extra: AnyRow) -> Story:
    """Issues told of in lines; a version only comes with `extra`."""
    more = (ResolutionRow("2", "Won't Do"), FieldRow(POINTS_FIELD, "Points", None, True, "points"))
    return replace(tell(f"sprint 10: 02-02 09:00 to 02-20 16:30\n{text}"), extra=(*more, *extra))


def asked(
    story: Story, *, as_of: datetime = LATER, label: str | None = LABEL, only_sqlite: bool = False
) -> Scope:
    """The scope as DuckDB tells it, which SQLite must tell too; SQLite alone is many times faster."""
    found = []
    for engine in (sqlite(),) if only_sqlite else (duck(), sqlite()):
        engine.hold(story.rows())
        then, now = (
            engine.answer(scoping.items_query(IN_VERSION, at, dropped_resolutions=DROPPED))
            for at in (START, as_of)
        )
        unit = scoping.unit_from_rows(engine.answer(scoping.units_query(SITE)))
        events = scoping.events_query(
            IN_VERSION, START, as_of=as_of, unit=unit, dropped_resolutions=DROPPED, change_label=label
        )
        facts = Told(
            history=scoping.items_from_rows(then, unit),
            kept=None,
            current=scoping.items_from_rows(now, unit),
            events=scoping.events_from_rows(engine.answer(events)),
            splits=tuple(engine.answer(scoping.splits_query(IN_VERSION, START, as_of=as_of))),
        )
        found.append(
            summed(
                facts,
                replace(INITIATIVE, change_label=label),
                unit=unit,
                basis=Basis(at=START, is_kept=False),
                calendar=WorkCalendar(),
                as_of=as_of,
            )
        )
    assert found[0] == found[-1]
    assert found[0].identity_holds
    last = found[0].burn_up[-1]
    assert (last.scope_count, last.scope) == (len(found[0].current), found[0].amounts.now)
    assert last.done_count == sum(item.is_done for item in found[0].current)
    return found[0]


def exact(*numbers: int) -> tuple[Decimal, ...]:
    """Whole amounts."""
    return tuple(map(Decimal, numbers))


def lines(scope: Scope) -> list[tuple[str, str, str, Decimal]]:
    """Every event that moves the scope: key, what, why, by how much."""
    kinds = {ScopeKind.ADDED, ScopeKind.REMOVED, ScopeKind.REESTIMATED}
    return [
        (event.issue_key, str(event.kind), str(event.cause), event.amount)
        for event in scope.events
        if event.kind in kinds
    ]


def test_what_comes_in_is_told_by_where_it_comes_from() -> None:
    """New, chosen later, moved from another version; a change at the moment of the baseline belongs to it."""
    story = told(
        "A 5:\nB 3: born 03-10 10:00\nC 2:\nD 1:\nE -:",
        version(1, "03-03 09:00"),
        version(2, "03-10 10:00"),
        version(3, "03-11 10:00"),
        version(4, "02-01 00:00", "03-12 10:00", number=2),
        version(4, "03-12 10:00"),
    )

    scope = asked(story)

    assert [item.issue_key for item in scope.baseline] == ["A"]
    assert lines(scope) == [
        ("B", "added", "new", Decimal(3)),
        ("C", "added", "taken in", Decimal(2)),
        ("D", "added", "moved in", Decimal(1)),
    ]
    assert scope.events[2].version == "Version 2"
    assert (scope.amounts.now, scope.counts.now) == exact(11, 4)


def test_what_leaves_is_told_by_where_it_goes() -> None:
    """Taken out, moved to another version, dropped, deleted at the moment it went."""
    story = told(
        "A 5:\nB 3:\nC 2:\nD 1:",
        version(1, "02-01 00:00", "03-10 10:00"),
        version(2, "02-01 00:00", "03-11 10:00"),
        version(2, "03-11 10:00", number=2),
        version(3, "02-01 00:00"),
        stretch("resolution", 3, "2", "03-12 10:00"),
        version(4, "02-01 00:00"),
    ).with_issue("D", deleted_ms=to_ms(moment("03-13 10:00")))

    scope = asked(story)

    assert lines(scope) == [
        ("A", "removed", "taken out", Decimal(-5)),
        ("B", "removed", "moved out", Decimal(-3)),
        ("C", "removed", "dropped", Decimal(-2)),
        ("D", "removed", "gone", Decimal(-1)),
    ]
    assert scope.current == ()
    assert lines(asked(story, as_of=moment("03-12 12:00"))) == lines(scope)[:3]


def test_what_is_taken_up_again_came_back() -> None:
    """A dropped item that is opened again, and one that was taken out for a while, are no new work."""
    story = told(
        "A 5:\nB 3:",
        version(1, "02-01 00:00"),
        stretch("resolution", 1, "2", "03-10 10:00", "03-12 10:00"),
        version(2, "02-01 00:00", "03-11 10:00"),
        version(2, "03-13 10:00"),
    )

    scope = asked(story)

    assert [line[2] for line in lines(scope)] == ["dropped", "taken out", "returned", "returned"]
    assert (scope.amounts.net_growth, scope.counts.creep) == exact(0, 0)
    assert scope.additions == ()


def test_estimates_move_the_scope_and_done_moves_the_done_line() -> None:
    """A first estimate counts from nothing, one taken away to nothing; done items count as estimated."""
    story = told(
        "A 5: 03-05 10:00 estimate 8, 03-06 10:00 done, 03-07 10:00 estimate 9, 03-08 10:00 doing\n"
        "B -: 03-05 10:00 estimate 3, 03-05 11:00 done\nC 2: 03-09 10:00 estimate none\n"
        "D 1: 02-20 10:00 done",
        *(version(issue_id, "02-01 00:00") for issue_id in (1, 2, 3, 4)),
    )

    scope = asked(story, as_of=moment("03-09 12:00"))

    assert lines(scope) == [
        ("A", "re-estimated", "re-estimated", Decimal(3)),
        ("B", "re-estimated", "first estimate", Decimal(3)),
        ("A", "re-estimated", "re-estimated", Decimal(1)),
        ("C", "re-estimated", "estimate taken away", Decimal(-2)),
    ]
    assert scope.changed == ("A", "C")
    assert [item.issue_key for item in scope.delivered] == ["B", "D"]
    by_day = {point.day.day: (point.done_count, int(point.done)) for point in scope.burn_up}
    assert by_day == {3: (1, 1), 4: (1, 1), 5: (2, 4), 6: (3, 12), 7: (3, 13), 8: (2, 4), 9: (2, 4)}


def test_who_changed_it_is_who_changed_the_item_then() -> None:
    """Nobody, where Jira tells of no change at that moment."""
    at_ms = to_ms(moment("03-10 10:00"))
    change = IssueChangeRow(1, 0, 1, at_ms, "bob", "fixVersions", "Fix Version", None, "1", None, None)
    story = told("A 5:\nB 3: born 03-11 10:00", version(1, "03-10 10:00"), change, version(2, "03-11 10:00"))

    assert [event.author_id for event in asked(story).events] == ["bob", None]


@pytest.mark.parametrize(
    ("extra", "approved"),
    [
        ([stretch("labels", 1, "Change-Request", "02-01 00:00")], True),
        ([stretch("labels", 1, LABEL, "03-11 09:00")], True),  # within a day
        ([stretch("labels", 1, LABEL, "03-11 11:00")], False),  # more than a day after
        ([stretch("labels", 1, LABEL, "02-01 00:00", "03-09 10:00")], False),  # taken away before
        ([stretch("labels", 2, LABEL, "02-01 00:00"), IssueLinkRow(9, 1, 2, "Relates")], True),
        ([stretch("labels", 3, LABEL, "02-01 00:00"), IssueLinkRow(9, 3, 1, "Relates")], False),  # in scope
        ([stretch("labels", 2, LABEL, "02-01 00:00")], False),  # not linked
    ],
    ids=["label", "soon", "too late", "no more", "linked request", "linked work", "no link"],
)
def test_an_addition_is_approved_by_its_label_or_a_linked_request(
    extra: list[AnyRow],
    approved: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    """At that moment or within a day; a labelled item of the same initiative approves only itself."""
    story = told("A 5:\nB -:\nC 1:", version(1, "03-10 10:00"), version(3, "02-01 00:00"), *extra)

    scope = asked(story)

    (event,) = scope.additions
    assert (event.is_approved, int(scope.counts.approved)) == (approved, int(approved))
    assert not any(event.is_approved for event in asked(story, label=None).events)


def test_a_link_set_weeks_later_approves_nothing() -> None:
    """The change that set the link says when."""
    at_ms = to_ms(moment("04-10 10:00"))
    change = IssueChangeRow(1, 0, 1, at_ms, "bob", "issuelinks", "Link", None, "B", None, "relates to B")
    story = told(
        "A 5:\nB -:",
        version(1, "03-10 10:00"),
        stretch("labels", 2, LABEL, "02-01 00:00"),
        IssueLinkRow(9, 1, 2, "Relates"),
        change,
    )

    assert not asked(story).events[0].is_approved


def test_what_was_split_off_is_matched_to_its_parent() -> None:
    """8 becomes 3 + 3 + 3: one point is new work, and no item is."""
    story = told(
        "A 8: 03-10 10:00 estimate 3\nB 3: born 03-10 10:00\nC 3: born 03-10 11:00",
        *(version(1, "02-01 00:00"), version(2, "03-10 10:00"), version(3, "03-10 11:00")),
        IssueLinkRow(1, 1, 2, "Issue split"),
        IssueLinkRow(2, 3, 1, "Cloners"),
    )

    scope = asked(story)

    assert [(event.issue_key, event.cause, event.matched) for event in scope.events if event.count] == [
        ("B", Cause.SPLIT, Decimal(3)),
        ("C", Cause.SPLIT, Decimal(2)),
    ]
    assert (scope.amounts.churn, scope.amounts.growth, scope.amounts.unapproved) == exact(1, 1, 1)
    assert (scope.counts.churn, scope.counts.growth, scope.counts.creep) == exact(0, 0, 0)
    assert scope.changed == ()


def test_a_link_of_a_split_counts_from_when_it_was_set() -> None:
    """As of a moment before, the child is new work."""
    at_ms = to_ms(moment("04-10 10:00"))
    story = told(
        "A 8: 03-10 10:00 estimate 5\nB 3: born 03-10 10:00",
        *(version(1, "02-01 00:00"), version(2, "03-10 10:00")),
        IssueLinkRow(1, 1, 2, "Issue split"),
        IssueChangeRow(1, 0, 2, at_ms, "bob", "issuelinks", "Link", None, "A", None, "split from A"),
    )

    assert asked(story).additions == ()
    assert [event.issue_key for event in asked(story, as_of=moment("04-01 00:00")).additions] == ["B"]


def test_subtasks_and_time_estimates_stand_apart() -> None:
    """A board that estimates in time makes seconds the unit; sub-tasks are in no line."""
    story = told("A 5:\nB 3:", version(1, "02-01 00:00"), version(2, "03-10 10:00"))
    hidden = story.with_issue("B", is_subtask=True)

    assert lines(asked(hidden)) == []
    in_time = asked(replace(story, estimation_field="timeoriginalestimate"))
    assert in_time.unit is Unit.SECONDS
    assert (in_time.amounts.now, in_time.counts.now) == exact(0, 2)


DAYS = st.integers(min_value=1, max_value=27)
STEPS = st.lists(
    st.tuples(DAYS, st.sampled_from(["in", "out", "drop", "open", "1", "5", "none", "done", "todo"]))
)
LIVES = st.lists(st.tuples(st.booleans(), STEPS), min_size=1, max_size=4)


Life = tuple[bool, list[tuple[int, str]]]


def lived(lives: Iterable[Life], until: int = 99) -> Story:
    """Issues that go through steps, one a day of March; what comes on day `until` or later never happened."""
    text: list[str] = []
    rows: list[AnyRow] = []
    for number, (planned, steps) in enumerate(lives, start=1):
        days = [(f"03-{day:02} 12:00", what) for day, what in sorted(dict(steps).items()) if day < until]
        moves = [(when, what == "in") for when, what in days if what in {"in", "out"}]
        for since, ends in spans([("02-01 00:00", planned), *moves]):
            rows.append(version(number, since, ends))
        drops = [(when, what == "drop") for when, what in days if what in {"drop", "open"}]
        rows += [stretch("resolution", number, "2", since, ends) for since, ends in spans(drops)]
        estimates = [f"{when} estimate {what}" for when, what in days if what in {"1", "5", "none"}]
        standings = [f"{when} {what}" for when, what in days if what in {"done", "todo"}]
        text.append(f"I{number} 3: {', '.join([*estimates, *standings])}")
    return told("\n".join(text), *rows)


def spans(switches: list[tuple[str, bool]]) -> list[tuple[str, str | None]]:
    """The stretches in which a switch was on; the end of the last may be open."""
    found: list[tuple[str, str | None]] = []
    since: str | None = None
    for when, is_on in switches:
        if is_on and since is None:
            since = when
        elif not is_on and since is not None:
            found.append((since, when))
            since = None
    return found if since is None else [*found, (since, None)]


@given(lives=LIVES, day=DAYS)
@settings(max_examples=25, deadline=None)
def test_a_scope_adds_up_and_a_past_moment_is_a_shorter_history(lives: list[Life], day: int) -> None:
    """The identity is held by `asked`; what happens after the moment asked for changes nothing."""
    as_of = moment(f"03-{day:02} 11:00") if day > 3 else moment("03-04 11:00")

    whole = asked(lived(lives), as_of=as_of, only_sqlite=True)

    assert whole == asked(lived(lives, until=max(day, 4)), as_of=as_of, only_sqlite=True)


@given(lives=LIVES, other=STEPS)
@settings(max_examples=15, deadline=None)
def test_an_item_outside_of_the_set_changes_nothing(lives: list[Life], other: list[tuple[int, str]]) -> None:
    """Whatever happens to it, and in whatever order the rows come."""
    outside = [(day, what) for day, what in other if what != "in"]
    story = lived([*lives, (False, outside)])

    scope = asked(lived(lives), only_sqlite=True)

    assert asked(story, only_sqlite=True) == scope
    turned = replace(story, issues=story.issues[::-1], extra=story.extra[::-1])
    assert asked(turned, only_sqlite=True) == scope
