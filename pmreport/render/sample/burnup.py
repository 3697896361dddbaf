"""The burn-up of the sample."""

from datetime import date

from pmreport.render.sample.words import november, plain
from pmreport.report.view import Chart, Column, Day, Row, Section, Table

_GREW = 11  # the day on which scope reached its end


def sprint_chart() -> Section:
    """A burn-up alone."""
    return Section(id="burn-up", title="Sprint 42", blocks=(burnup(),), brief=True)


def burnup() -> Chart:
    """A burn-up: scope, work completed, the ideal line, notes."""
    completed = ((2, 0), (3, 2), (4, 5), (5, 8), (9, 13), (10, 19), (11, 22))
    table = Table(
        id="burn-up-table",
        caption="Points completed and scope by day",
        columns=(
            Column(title="Day"),
            Column(title="Completed", numeric=True),
            Column(title="Scope", numeric=True),
        ),
        rows=tuple(
            Row(cells=((Day(date(2026, 11, day)),), (plain(value),), (plain(46 if day >= _GREW else 40),)))
            for day, value in completed
        ),
    )
    return Chart(
        id="burn-up-chart",
        spec="burnup",
        caption="14 points behind the ideal line, and scope grew twice",
        description="Scope rose from 40 to 46 points in two steps; 22 points are completed on day 8 of 10.",
        data={
            "scope": tuple(
                {"at": november(day), "value": value} for day, value in ((2, 40), (5, 43), (11, 46), (13, 46))
            ),
            "completed": tuple({"at": november(day), "value": value} for day, value in completed),
            "ideal": ({"at": november(2), "value": 0}, {"at": november(13), "value": 46}),
            "notes": tuple(
                {"at": november(day), "value": value, "text": "+3 scope"}
                for day, value in ((5, 43), (11, 46))
            ),
            "ends": (
                {"at": november(13), "value": 46, "text": "Scope 46", "series": "scope"},
                {"at": november(13), "value": 46, "text": "Ideal", "series": "ideal"},
                {"at": november(11), "value": 22, "text": "22 done, 14 behind", "series": "completed"},
            ),
        },
        table=table,
    )
