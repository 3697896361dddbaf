"""Initiatives, milestones and checks of the data in a few numbers, for reports."""

from datetime import date
from decimal import Decimal

from pmreport.metrics.budget import Budget, Day
from pmreport.metrics.cost import Cost
from pmreport.metrics.earned import Earned, Measure
from pmreport.metrics.earned_schedule import EarnedSchedule
from pmreport.metrics.evm import EarnedValue
from pmreport.metrics.ledger import Unit
from pmreport.metrics.logging_coverage import Coverage
from pmreport.metrics.milestones import Milestone
from pmreport.metrics.quality.finding import BY_CODE, Finding
from pmreport.metrics.reckoning import Reckoning, known, unknown
from pmreport.metrics.remaining import Remaining
from pmreport.metrics.scope_summary import Basis, Scope, ScopeLine
from pmreport.metrics.settings import InitiativeSettings
from pmreport.report.inputs import Initiative
from tests.support.report_inputs import utc

_ZERO = Decimal(0)


def line(baseline: int, added: int = 0, reestimated: int = 0, removed: int = 0) -> ScopeLine:
    """A line that adds up."""
    now = baseline + added + reestimated - removed
    return ScopeLine(
        baseline=Decimal(baseline),
        added=Decimal(added),
        removed=Decimal(removed),
        reestimated=Decimal(reestimated),
        now=Decimal(now),
        churn=Decimal(added + removed + abs(reestimated)),
        growth=Decimal(now - baseline),
        approved=_ZERO,
        unapproved=Decimal(added),
    )


def scope(amounts: ScopeLine, counts: ScopeLine | None = None, *, is_kept: bool = False) -> Scope:
    """The scope of an initiative since 1 September."""
    return Scope(
        initiative_id="checkout",
        name="Checkout",
        unit=Unit.POINTS,
        basis=Basis(at=utc("2026-09-01 08:00"), is_kept=is_kept),
        baseline=(),
        current=(),
        events=(),
        counts=counts or line(10),
        amounts=amounts,
        changed=(),
        change_label=None,
        burn_up=(),
    )


def budget(
    *,
    spi: str | None = "1",
    spent: int = 500,
    earned: int = 500,
    whole: int | None = 1000,
    logged: str = "1",
    unit: str = "EUR",
) -> Budget:
    """The budget of an initiative; its CPI is earned over spent."""

    def amount(number: int | str | None, reason: str) -> Reckoning:
        return unknown(reason) if number is None else known(Decimal(number))

    pace = amount(spi, "neither a start and a finish nor a sprint is known")
    return Budget(
        initiative=InitiativeSettings(id="checkout", name="Checkout", jql="x"),
        plan="no plan",
        cost=Cost(
            unit=unit,
            total=Decimal(spent),
            labour=Decimal(spent),
            by_week={},
            recent=_ZERO,
            late=_ZERO,
            withdrawn=_ZERO,
            hours=Decimal(10),
            entries=1,
            unrated_people=0,
            unrated_hours=_ZERO,
            undated_entries=0,
            future_entries=0,
        ),
        earned=Earned(
            measure=Measure.ITEMS,
            total=Decimal(2),
            done=Decimal(1),
            by_week={},
            items=2,
            done_items=1,
            dropped=0,
            unestimated=0,
        ),
        remaining=Remaining(items=1, without=0, hours=_ZERO),
        coverage=Coverage(
            share=known(Decimal(logged)), people=1, logged_hours=Decimal(1), expected_hours=Decimal(1)
        ),
        position=EarnedValue(
            budget=amount(whole, "no budget is configured"),
            planned=known(500),
            earned=known(earned),
            spent=known(spent),
            reestimate=known(0),
        ),
        schedule=EarnedSchedule(earned=pace, actual=known(1), duration=known(10)),
        runway=Day(day=None),
        finish=Day(day=None if spi is None else date(2026, 12, 18)),
        finish_by_velocity=(),
        done_before=_ZERO,
        weeks=(),
    )


def initiative(name: str = "Checkout", **facts: object) -> Initiative:
    """An initiative that holds its baseline, its plan and its budget, unless `facts` say otherwise."""
    told: dict[str, object] = {"scope": scope(line(100)), "budget": budget(), **facts}
    return Initiative(id=name.lower(), name=name, **told)  # type: ignore[arg-type]  # any field of it


def milestone(name: str, first: date | None, now: date | None, released: date | None = None) -> Milestone:
    """A version: its first date, its date now, and when it was released."""
    slip = (released - first).days if released and first else None
    reason = "it never had a date" if released and first is None else ""
    return Milestone(
        name=name,
        baseline=first,
        forecast=now,
        released=released,
        released_on_sight=False,
        slip=slip,
        reason=reason,
        trend=None,
    )


def finding(code: str, count: int, population: int = 100, *, unknown_why: str = "") -> Finding:
    """What a check found."""
    return Finding(check=BY_CODE[code], population=population, count=count, unknown=unknown_why)
