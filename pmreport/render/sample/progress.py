"""How dates, a goal and estimates of the sample moved: a picture each."""

from datetime import UTC, datetime

from pmreport.model.instant import to_ms
from pmreport.render.sample.words import chart, november
from pmreport.report.view import Chart, Section


def progress() -> Section:
    """Milestones that slid, the number of a goal, and what items of each size took."""
    return Section(id="progress", title="Progress", blocks=(_milestones(), _number(), _sizes()))


def _milestones() -> Chart:
    planned = {"Harbour 4.2": (20, 24, 27), "Tides": (15, 15, 15)}
    return chart(
        "milestones",
        "1 of 2 milestones slid by 7 days",
        plans=tuple(
            {"at": november(2 + 7 * week)[:10], "value": _ms(day), "name": name}
            for name, days in planned.items()
            for week, day in enumerate(days)
        ),
        today=tuple({"at": november(day)[:10], "value": _ms(day)} for day in (2, 16)),
        ends=tuple(
            {"at": november(16)[:10], "value": _ms(days[-1]), "text": name, "name": name}
            for name, days in planned.items()
        ),
    )


def _ms(day: int) -> int:
    return to_ms(datetime(2026, 11, day, tzinfo=UTC))


def _number() -> Chart:
    known = (24, 6, 12, 9)
    return chart(
        "progress",
        "9 %, and the target is at most 10 %",
        values=tuple(
            {"index": index, "value": value, "text": f"{value}\u202f%"} for index, value in enumerate(known)
        ),
        now=({"index": 4, "value": 9, "low": 5, "high": 14},),
        lines=tuple(
            {"index": index, "value": value, "series": series}
            for series, value in (("target", 10), ("baseline", 15))
            for index in (0, 4)
        ),
        ends=(
            {"index": 4, "value": 9, "series": "value", "text": "9\u202f%"},
            {"index": 4, "value": 10, "series": "target", "text": "Target at most 10\u202f%"},
            {"index": 4, "value": 15, "series": "baseline", "text": "At first 15\u202f%"},
        ),
    )


def _sizes() -> Chart:
    return chart(
        "sizes",
        "Items of 3 points took longer than those of 1, and no less than those of 5",
        sizes=(
            {"size": 1, "n": 18, "middle": 3, "low": 2, "high": 5},
            {"size": 3, "n": 12, "middle": 6, "low": 3, "high": 9},
            {"size": 5, "n": 2, "middle": None, "low": None, "high": None},
        ),
        dots=({"size": 5, "n": 2, "days": 4}, {"size": 5, "n": 2, "days": 7}),
    )
