"""Plans, dependencies, priorities and the investment mix: what rows say, without a store."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pmreport.metrics import dependencies, investment, plan_items, priority, project_plan
from pmreport.metrics.dependencies import LinkRow, State
from pmreport.metrics.investment import Investment, MixRow
from pmreport.metrics.plan_items import Basis, PlanItemRow, SizeTimeRow
from pmreport.metrics.priority import Method
from pmreport.metrics.scores import MarkRow, rice, wsjf
from pmreport.metrics.settings import PrioritySettings
from pmreport.metrics.value import Value
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
CALENDAR = WorkCalendar()
DAY_MS = 86_400_000
FIELDS = PrioritySettings(value="Business Value", size="Job Size").part_of
HOURS = 3_600_000  # of estimate, in thousandths of a second


def an_item(issue_id: int, **told: Any) -> PlanItemRow:
    """An open item without anything."""
    bare = PlanItemRow(issue_id, f"WEB-{issue_id}", "", None, None, None, None, None, None, None)
    return bare._replace(**told)


def a_link(blocker: int, blocked: int, **told: Any) -> LinkRow:
    """Blocker and blocked in one project, of two owners."""
    names = (f"WEB-{blocker}", f"WEB-{blocked}", "Ask for a key")
    return LinkRow(blocker, blocked, *names, 10, None, None, None, None, 1, 1, 0, 0)._replace(**told)


def planned(
    *rows: PlanItemRow,
    links: tuple[LinkRow, ...] = (),
    medians: dict[int | None, Decimal] | None = None,
    at: datetime = MONDAY,
) -> project_plan.ProjectPlan:
    """The plan of these items."""
    return project_plan.plan_from_rows(
        "web", "Web", rows, links, medians_of=medians or {}, calendar=CALENDAR, as_of=at
    )


def number(found: tuple[Value, ...], id_: str) -> Value:
    """A number by its id."""
    return next(each for each in found if each.id == id_)


def test_a_plan_runs_over_working_days() -> None:
    """A chain of three items from a Monday on passes a weekend; the due day before its end is late."""
    told = planned(
        an_item(1, seconds_milli=24 * HOURS),
        an_item(2, seconds_milli=16 * HOURS, owner="Ann", due_on="2026-11-19"),
        an_item(3, seconds_milli=8 * HOURS, due_on="2026-12-01"),
        an_item(4, seconds_milli=8 * HOURS),
        links=(a_link(1, 2), a_link(2, 3)),
    )

    assert [(item.key, item.starts.isoformat(), item.finishes.isoformat()) for item in told.items] == [
        ("WEB-1", "2026-11-16", "2026-11-18"),
        ("WEB-4", "2026-11-16", "2026-11-16"),
        ("WEB-2", "2026-11-19", "2026-11-20"),
        ("WEB-3", "2026-11-23", "2026-11-23"),
    ]
    assert [item.is_late for item in told.items] == [False, False, True, False]
    assert told.finish == date(2026, 11, 23)
    assert told.network.critical_path == ("WEB-1", "WEB-2", "WEB-3")
    assert [item.key for item in told.critical] == ["WEB-1", "WEB-2", "WEB-3"]
    assert number(project_plan.values(told), "web-plan-linked").value == 75


def test_a_plan_made_on_a_sunday_begins_on_monday() -> None:
    """The first working day is the next one."""
    told = planned(an_item(1, seconds_milli=8 * HOURS), at=MONDAY - timedelta(days=1))

    assert told.items[0].starts == date(2026, 11, 16)


def test_a_done_item_holds_nothing_up() -> None:
    """It is counted and stands outside the network; what it blocked can start."""
    told = planned(
        an_item(1, done_ms=5, seconds_milli=800 * HOURS),
        an_item(2, seconds_milli=8 * HOURS),
        links=(a_link(1, 2),),
    )

    assert (told.done, told.network.duration) == (1, Decimal(1))
    assert number(project_plan.values(told), "web-plan-duration").excluded == (("done", 1),)


def test_a_duration_nobody_estimated_is_that_of_the_size() -> None:
    """Its own estimate, else the median of its size, else of all, else a day. Absurd is none."""
    medians: dict[int | None, Decimal] = {3000: Decimal(4), None: Decimal(2)}
    told = planned(
        an_item(1, seconds_milli=8 * HOURS, points_milli=3000),
        an_item(2, points_milli=3000),
        an_item(3, points_milli=8000),
        an_item(4, seconds_milli=99_999 * HOURS),
        an_item(5, seconds_milli=0),
        an_item(6, seconds_milli=-1, due_on="soon"),
        medians=medians,
    )
    bases = {item.key: item.basis for item in told.items}

    assert list(dict(sorted(bases.items())).values()) == [Basis.ESTIMATE, Basis.SIZE, *[Basis.ALL] * 4]
    assert told.absurd == ("WEB-4", "WEB-6")
    assert planned(an_item(1)).items[0].basis is Basis.NOTHING


def test_a_circle_of_links_is_named() -> None:
    """The plan goes on without these links; what waits for something open outside is counted."""
    told = planned(
        an_item(1, seconds_milli=8 * HOURS),
        an_item(2, seconds_milli=8 * HOURS),
        links=(a_link(1, 2), a_link(2, 1), a_link(9, 1), a_link(8, 2, blocker_done_ms=1), a_link(1, 7)),
    )

    assert told.network.cycles == (("WEB-1", "WEB-2"),)
    assert told.outside == 1
    assert number(project_plan.values(told), "web-plan-cycles").items == ("WEB-1", "WEB-2")


def test_a_plan_of_nothing_says_so() -> None:
    """No open item: no duration, no finish, and the reason beside every number."""
    told = planned()

    assert told.finish is None
    assert {each.note for each in project_plan.values(told)[:4]} == {"no open item"}
    assert project_plan.values(told)[0].value is None


def test_the_median_of_a_size_needs_five_items() -> None:
    """Days of the week are taken for working days; the least is one; all sizes together stand under None."""
    rows = [
        SizeTimeRow(2000, 7 * DAY_MS, 5),
        SizeTimeRow(5000, 70 * DAY_MS, 4),
        SizeTimeRow(None, DAY_MS, 11),
    ]

    assert plan_items.medians(rows, CALENDAR) == {2000: Decimal(5), None: Decimal(1)}
    assert plan_items.medians((), CALENDAR) == {}


@pytest.mark.parametrize(
    ("link", "state"),
    [
        (a_link(1, 2), State.AHEAD),
        (a_link(1, 2, blocker_done_ms=50), State.HARMLESS),
        (a_link(1, 2, blocked_started_ms=20), State.FORESEEN),
        (a_link(1, 2, blocked_started_ms=10), State.FORESEEN),
        (a_link(1, 2, blocked_started_ms=9), State.SURPRISE),
        (a_link(1, 2, blocked_started_ms=20, blocker_done_ms=20), State.HARMLESS),
        (a_link(1, 2, blocked_started_ms=20, blocker_done_ms=21), State.FORESEEN),
    ],
)
def test_a_link_made_after_the_start_is_a_surprise(link: LinkRow, state: State) -> None:
    """Foreseen is what was linked before the work that it held up; done before the start is harmless."""
    told = dependencies.from_rows("web", "Web", [link])

    assert [one.state for one in told.found] == [state]


def test_a_dependency_is_on_somebody_else() -> None:
    """Another project, outside the initiative, another owner; one owner alone is none."""
    told = dependencies.from_rows(
        "web",
        "Web",
        [
            a_link(
                1, 9, same_project=0, is_within=0, blocker_done_ms=5, blocked_started_ms=3, is_restricted=1
            ),
            a_link(2, 9, is_within=0, blocker_due="2026-12-01", blocker_owner="Ann"),
            a_link(3, 9, same_owner=1),
            a_link(4, 9),
        ],
    )
    found = dependencies.values(told)

    assert [one.reach for one in told.found] == ["outside", "another owner", "another project"]
    assert told.found[-1].summary == ""
    assert told.own == 1
    assert number(found, "web-dependencies-foreseen").value == 0
    assert number(found, "web-dependencies-foreseen").items == ("WEB-9",)
    assert number(found, "web-dependencies-dated").value == 50
    assert number(found, "web-dependencies-dated").items == ("WEB-4",)


def test_no_dependency_is_no_number() -> None:
    """Nothing of nothing has no share, and says why."""
    found = dependencies.values(dependencies.from_rows("web", "Web", ()))

    assert [each.value for each in found] == [None] * 3
    assert all(each.note for each in found)


def test_e_pr1_weighted_shortest_job_first() -> None:
    """The published scores: 17, 24 and 6, so B comes before A; a size of 0 is no size."""

    def score(parts: tuple[int, ...], size: int) -> Decimal | None:
        return wsjf(cost_of_delay=[Decimal(part) for part in parts], size=Decimal(size)).value

    assert score((100, 50, 20), 10) == 17
    assert score((80, 30, 10), 5) == 24
    assert score((8, 6, 4), 3) == 6
    assert score((8, 6, 4), 0) is None


def test_a_score_that_cannot_be_says_why() -> None:
    """Missing, negative, zero and out of range: each with its own reason."""
    one, none = Decimal(1), None

    assert wsjf(cost_of_delay=(), size=one).reason == "no cost of delay"
    assert wsjf(cost_of_delay=[Decimal(-1)], size=one).reason == "a part of the cost of delay is below 0"
    assert wsjf(cost_of_delay=[one], size=none).reason == "no size"
    assert wsjf(cost_of_delay=[one], size=Decimal(0)).reason == "a size of 0 is no size"
    assert rice(reach=none, impact=one, confidence=one, effort=one).reason.endswith("is missing")
    assert rice(reach=one, impact=one, confidence=Decimal(101), effort=one).reason.endswith("out of range")
    assert rice(reach=one, impact=-one, confidence=one, effort=one).reason.endswith("out of range")
    assert rice(reach=one, impact=one, confidence=one, effort=none).reason == "no effort"
    assert (
        rice(reach=one, impact=one, confidence=one, effort=Decimal(0)).reason == "an effort of 0 is no effort"
    )


@pytest.mark.parametrize("confidence", ["0.8", "80"])
def test_rice_takes_a_share_or_per_cent(confidence: str) -> None:
    """500 x 2 x 80 % / 4."""
    told = rice(reach=Decimal(500), impact=Decimal(2), confidence=Decimal(confidence), effort=Decimal(4))

    assert told.value == 200


def marked(issue_id: int, *labels: str) -> list[MarkRow]:
    """The labels of an item."""
    return [MarkRow(issue_id, "label", label, None) for label in labels]


def test_a_list_is_ranked_by_labels_and_fields() -> None:
    """A field wins over a label, points stand for a size; equal scores share a place."""
    rows = [an_item(1, points_milli=2000), an_item(2), an_item(3, points_milli=0), an_item(4), an_item(5)]
    marks = [
        *marked(1, "value-8", "grow"),
        *marked(2, "value-8", "size-2", "size-4"),
        *marked(3, "value-8"),
        *marked(4, "value-1", "size=2,5"),
        MarkRow(4, "field", "Business Value", 20.0),
        MarkRow(4, "field", "Job Size", None),
    ]

    told = priority.list_from_rows("web", "Web", rows, marks, FIELDS)

    assert told.method is Method.WSJF
    assert [(item.key, item.place) for item in told.items] == [
        ("WEB-4", 1),
        ("WEB-1", 2),
        ("WEB-2", 2),
        ("WEB-3", None),
        ("WEB-5", None),
    ]
    assert told.items[3].score.reason == "a size of 0 is no size"
    assert number(priority.values(told), "web-priorities-scored").value == 60


def test_the_list_that_scores_more_is_the_list() -> None:
    """RICE where WSJF says nothing."""
    marks = marked(1, "reach-500", "impact-2", "confidence-80", "effort-4")

    assert priority.list_from_rows("web", "Web", [an_item(1)], marks, {}).method is Method.RICE


@pytest.mark.parametrize(("order", "tau"), [((1, 2, 3, 4, 5), 1), ((5, 4, 3, 2, 1), -1)])
def test_rank_adherence_compares_two_orders(order: tuple[int, ...], tau: float) -> None:
    """Started in the order of the list is 1, the reverse -1; without scores it is Jira's priority."""
    rows = [an_item(at, priority_no=str(at), started_ms=place) for at, place in enumerate(order, start=1)]
    rows += [an_item(8), an_item(9, priority_no="high", done_ms=1)]

    told = priority.list_from_rows("web", "Web", rows, (), {})

    assert told.method is Method.PRIORITY
    assert told.n == 5
    assert told.tau == pytest.approx(tau)
    assert {item.score.reason for item in told.items} == {"", "no priority", "a priority without an order"}
    assert number(priority.values(told), "web-rank-adherence").note == "ranked by Jira priority"
    assert number(priority.values(told), "web-priorities-scored").value == 0


def test_too_few_started_items_have_no_order() -> None:
    """Below five, nothing is said about the order; an empty list has no share either."""
    few = priority.values(priority.list_from_rows("web", "Web", [an_item(1, started_ms=1)], (), {}))
    none = priority.values(priority.list_from_rows("web", "Web", [], (), {}))

    assert (few[0].value, few[0].note[:12]) == (None, "fewer than 5")
    assert [each.value for each in none] == [None, None]


def test_the_mix_counts_by_items_and_by_points() -> None:
    """Labels of two kinds are of no kind, the unlabelled stand beside, and labels set at the end are told."""
    mix = investment.from_rows(
        [
            MixRow(1, 0, 0, 0, 1, 6, 6, 30_000),
            MixRow(1, 0, 0, 0, 0, 2, 0, 0),
            MixRow(0, 0, 0, 1, 1, 2, 2, 10_000),
            MixRow(1, 1, 0, 0, 1, 1, 0, 0),
            MixRow(0, 0, 0, 0, 1, 4, 0, 0),
        ],
        MONDAY,
    )
    found = investment.values(mix)

    assert {part.investment: part.items for part in mix.parts} == {
        Investment.GROW: 8,
        Investment.ENHANCE: 0,
        Investment.KEEP: 0,
        Investment.DEBT: 2,
        Investment.SEVERAL: 1,
        Investment.NONE: 4,
    }
    assert number(found, "investment-labelled").value == pytest.approx(Decimal(1000) / 15)
    assert number(found, "investment-label-early").value == 80
    points = number(found, "investment-share-grow-points")
    assert (points.value, points.n, points.excluded) == (75, 8, (("without points", 7),))


def test_a_mix_of_nothing_says_so() -> None:
    """Nothing delivered: no share, with its reason."""
    found = investment.values(investment.from_rows((), MONDAY))

    assert {each.value for each in found} == {None}
    assert number(found, "investment-share-grow-points").note == "nothing delivered has points"


def test_the_questions_are_bound_to_their_moment() -> None:
    """A window reaches from its first moment to the moment asked about."""
    asked = plan_items.sizes_query(1, MONDAY, since=MONDAY - timedelta(days=1))

    assert asked.parameters["as_of_ms"] == to_ms(MONDAY)
    assert asked.parameters["since_ms"] == to_ms(MONDAY) - DAY_MS
