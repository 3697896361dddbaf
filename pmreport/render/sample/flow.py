"""How work flows in the sample, what is left of its sprint, and what its initiative costs: a picture each."""

from pmreport.render.sample.words import chart, november
from pmreport.report.view import Chart, Section


def flow() -> Section:
    """How old work is, how long it took, and what is left."""
    pictures = (_ageing(), _cycle_times(), _cumulative(), _burndown(), _waterfall(), _costs())
    return Section(id="flow", title="Flow, scope and costs", blocks=pictures)


def _ageing() -> Chart:
    return chart(
        "ageing",
        "1 of 3 items in progress is older than 85 % had been when they left the column",
        columns=(
            {"place": 0, "column": "In Progress", "typical": 3, "slow": 9},
            {"place": 1, "column": "In Review", "typical": None, "slow": None},
        ),
        open=(
            {"place": 0, "days": 4, "items": 1, "slow": False},
            {"place": 0, "days": 12, "items": 1, "slow": True},
            {"place": 1, "days": 2, "items": 1, "slow": False},
        ),
        oldest=({"place": 0, "days": 12, "text": "PM-131"},),
    )


def _cycle_times() -> Chart:
    return chart(
        "cycle-times",
        "85 % of 24 items took 8 days or less, and half 3 days or less",
        items=tuple({"at": _day(n + 2), "days": 1 + n * 5 % 11, "items": 1 + n % 2} for n in range(16)),
        lines=(
            {"kind": "half", "days": 3, "text": "half in 3 days"},
            {"kind": "likely", "days": 8, "text": "85 % in 8 days"},
            {"kind": "promised", "days": 6, "text": "promised: 6 days", "below": True},
        ),
    )


def _cumulative() -> Chart:
    days = range(2, 14)
    return chart(
        "cumulative-flow",
        "In 11 days 16 items came in and 11 were done",
        bands=tuple(
            {"at": _day(day), "band": band, "low": band * (day - 2), "value": day - 2 + band * (day // 2 + 3)}
            for day in days
            for band in (0, 1)
        ),
        ends=(
            {"at": _day(13), "value": 5.5, "text": "Done 11", "series": "done"},
            {"at": _day(13), "value": 15, "text": "In Progress 9", "series": "going"},
        ),
    )


def _burndown() -> Chart:
    left = ((2, 40), (4, 35), (9, 27), (11, 24))
    return chart(
        "burndown",
        "24 points left, 14 more than an even pace would leave",
        scope=tuple({"at": november(day), "value": value} for day, value in ((2, 40), (11, 46))),
        remaining=tuple({"at": november(day), "value": value} for day, value in left),
        ideal=({"at": november(2), "value": 40}, {"at": november(13), "value": 0}),
        ends=(
            {"at": november(11), "value": 46, "text": "Scope 46", "series": "scope"},
            {"at": november(11), "value": 24, "text": "24 left, 14 above", "series": "remaining"},
            {"at": november(13), "value": 0, "text": "Even pace", "series": "ideal"},
        ),
    )


def _waterfall() -> Chart:
    steps = (
        ("Baseline", 0, 166, "166", "total"),
        ("Added, approved", 166, 171, "+5", "approved"),
        ("Added, not approved", 171, 190, "+19", "unapproved"),
        ("Removed", 190, 184, "\u22126", "less"),
        ("Now", 0, 184, "184", "total"),
    )
    return chart(
        "waterfall",
        "Scope grew by 11 % since its baseline",
        steps=tuple(
            {
                "row": row,
                "label": label,
                "low": min(begin, end),
                "high": max(begin, end),
                "end": end,
                "text": text,
                "kind": kind,
            }
            for row, (label, begin, end, text, kind) in enumerate(steps)
        ),
    )


def _costs() -> Chart:
    pace = {"planned": 5000, "earned": 4200, "spent": 5600}
    ends = {series: 11 * euros for series, euros in pace.items()}
    return chart(
        "costs",
        "What was done cost more than was planned for it",
        lines=tuple(
            {"at": _day(2 + day), "value": day * euros, "series": series}
            for series, euros in pace.items()
            for day in range(12)
        ),
        budget=tuple({"at": _day(day), "value": 80000, "series": "budget"} for day in (2, 13)),
        ends=tuple(
            {"at": _day(13), "value": value, "series": series, "text": series.capitalize()}
            for series, value in {**ends, "budget": 80000}.items()
        ),
    )


def _day(day: int) -> str:
    return november(day)[:10]
