"""On-time delivery as a person sees it: what is overdue, and what there is to know about a milestone."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pmreport.app.numbers.ontime import Timeliness
from pmreport.cli import grid
from pmreport.cli.show import ontime_tables
from pmreport.cli.show.answer import Answer
from pmreport.metrics.milestones import Milestone, Report, trend
from pmreport.metrics.ontime import MOST_OVERDUE, OverdueRow, Window, from_rows
from pmreport.model.calendar import WorkCalendar
from tests.support.schema import faults

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
WINDOW = Window(first=date(2025, 4, 1), until=date(2025, 7, 1))
SLID = trend([Report(date(2025, 6, 1), date(2025, 6, 20)), Report(date(2025, 6, 8), date(2025, 6, 27))])


def milestone(name: str, **facts: object) -> Milestone:
    """A version."""
    told = {
        "name": name,
        "baseline": None,
        "forecast": None,
        "released": None,
        "released_on_sight": False,
        "slip": None,
        "reason": "",
        "trend": None,
    }
    return Milestone(**{**told, **facts})  # type: ignore[arg-type]  # any field of a milestone


def answer(*overdue: OverdueRow, milestones: tuple[Milestone, ...] = ()) -> Answer:
    """What is said of these."""
    found = Timeliness(
        about="Checkout",
        delivery=from_rows([], [], WINDOW, WorkCalendar(zone="UTC")),
        overdue=overdue,
        milestones=milestones,
    )
    return ontime_tables.answer(found, NOW, Decimal("0.85"))


def told(shown: Answer) -> str:
    """All tables as plain text."""
    return "\n".join(grid.plain(each) for each in shown.grids)


def test_nothing_to_tell_is_told_in_words() -> None:
    """No table stands empty."""
    text = told(answer())

    assert "Checkout: due from 2025-04-01 to 2025-06-30" in text
    assert "None." in text
    assert "No version is known for these items." in text
    assert (
        faults({**answer().more, "schema": 1, "as_of": "2025-07-01T12:00:00Z", "values": []}, "show-ontime")
        == []
    )


def test_the_longest_overdue_are_shown_and_the_others_counted() -> None:
    """Fifteen lines; a list that was cut says so; a due date that is no day has no lateness."""
    rows = [OverdueRow(f"WEB-{number}", "Old", "2025-06-20") for number in range(MOST_OVERDUE - 1)]
    odd = OverdueRow("WEB-999", "Odd", "2025-06-soon")

    assert "and 184 more" in told(answer(*rows))
    cut = answer(odd, *rows)
    assert "and at least 185 more" in told(cut)
    assert [one["days_late"] for one in cut.more["overdue"][:2]] == [None, 11]


def test_what_is_odd_about_a_milestone_stands_below_the_table() -> None:
    """Without a date, released without one, or seen too late; a slide is shown with its slope."""
    shown = answer(
        milestones=(
            milestone("Web 1", released=date(2025, 6, 2), released_on_sight=True, slip=3, trend=SLID),
            milestone("Web 2"),
            milestone("Web 3", released=date(2025, 6, 2), reason="it was released when it was first seen"),
            milestone("Web 4", forecast=date(2025, 6, 27), baseline=date(2025, 6, 20), trend=SLID),
        )
    )
    text = told(shown)

    assert "Web 1: released without a date: the day it was seen stands for it." in text
    assert "Web 2: it has no date." in text
    assert "Web 3: it was released when it was first seen." in text
    assert [one["slip_days"] for one in shown.more["milestones"]] == [3, None, None, 7]
    assert [one["slope"] for one in shown.more["milestones"]] == [1, None, None, 1]
