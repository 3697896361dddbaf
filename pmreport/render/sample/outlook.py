"""When the initiative of the sample will be done, and how estimates turned out: a picture each."""

from pmreport.render.sample.words import chart, november
from pmreport.report.view import Chart, Section

_FACTORS = (1.4, 2.1, 1.3, 1.2, 0.9)


def outlook() -> Section:
    """A forecast, and estimates by sprint and by size."""
    return Section(id="outlook", title="Outlook", blocks=(_fan(), _bias(), _hours()))


def _fan() -> Chart:
    done = ((1, 20), (8, 31), (15, 40))
    ends = ((50, 22), (85, 26), (95, 29))
    return chart(
        "fan",
        "Done by 26 Nov with 85 %, four days before it is due",
        done=tuple({"at": _day(day), "value": value} for day, value in done),
        scope=tuple({"at": _day(day), "value": value} for day, value in ((1, 44), (8, 50), (29, 50))),
        rays=tuple(
            {"at": _day(day), "value": value, "percent": percent}
            for percent, end in ends
            for day, value in ((15, 40), (end, 50))
        ),
        band=(
            {"at": _day(15), "value": 40, "low": 40},
            {"at": _day(22), "value": 50, "low": 45},
            {"at": _day(29), "value": 50, "low": 50},
        ),
        notes=tuple(
            {"at": _day(day), "value": 50, "text": f"{percent} %: {day} Nov"} for percent, day in ends
        ),
        ends=(
            {"at": _day(29), "value": 50, "text": "Scope 50", "series": "scope"},
            {"at": _day(15), "value": 40, "text": "40 done", "series": "done"},
        ),
        due=({"at": _day(30), "text": "Due 30 Nov"},),
    )


def _bias() -> Chart:
    return chart(
        "bias",
        "Items took 1.3 times their estimate, less in the last sprints",
        sprints=tuple(
            {"sprint": f"Sprint {38 + n}", "index": n + 1, "factor": factor, "n": 6 + n}
            for n, factor in enumerate(_FACTORS)
        ),
    )


def _hours() -> Chart:
    groups: tuple[tuple[str, int, float | None, str], ...] = (
        ("up to 4 h", 12, 1.1, "1.1×, 12 items"),
        ("over 4 h", 9, 1.6, "1.6×, 9 items"),
        ("over 16 h", 1, None, "too few, 1 item"),
    )
    return chart(
        "hours",
        "Large items took longer than their estimates",
        groups=tuple(
            {"row": row, "name": name, "n": n, "factor": factor, "text": text}
            for row, (name, n, factor, text) in enumerate(groups)
        ),
    )


def _day(day: int) -> str:
    return november(day)[:10]
