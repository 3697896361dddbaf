"""The sprints of the sample, drawn."""

from pmreport.render.sample.words import plain
from pmreport.report.view import Chart, Column, Paragraph, Row, Section, Strong, Table

_SPRINTS = ((40, 31), (38, 36), (44, 40), (36, 39), (41, 33))  # committed, completed


def velocity() -> Section:
    """Commitment and result of five sprints."""
    return Section(
        id="velocity",
        title="Commitment and result",
        blocks=(
            Chart(
                id="velocity-chart",
                spec="velocity",
                caption="Four of the last five sprints finished less than was committed",
                description="Completed points were between 78 and 108 percent of the commitment.",
                data={
                    "sprints": tuple(
                        {
                            "sprint": f"Sprint {37 + n}",
                            "commitment": a,
                            "completed": b,
                            "ratio_text": f"{100 * b // a} %",
                            "board": "Payments",
                        }
                        for n, (a, b) in enumerate(_SPRINTS)
                    )
                },
                table=_velocity_table(),
            ),
        ),
    )


def _velocity_table() -> Table:
    """The same numbers as the chart."""
    return Table(
        id="velocity-table",
        caption="Commitment and completed points of the last five sprints",
        columns=(
            Column(title="Sprint"),
            Column(title="Commitment", numeric=True, definition="SP-1"),
            Column(title="Completed", numeric=True),
            Column(title="Completion ratio", numeric=True, definition="SP-3"),
        ),
        rows=tuple(
            Row(
                cells=(
                    (f"Sprint {37 + n}",),
                    (plain(a),),
                    (plain(b),),
                    (plain(100 * b // a, "%"),),
                )
            )
            for n, (a, b) in enumerate(_SPRINTS)
        ),
    )


def accuracy() -> Section:
    """The factor of estimates, sprint by sprint."""
    factors = (1.9, 1.7, 1.6, 1.35, 1.6, 1.15)
    return Section(
        id="estimates",
        title="Estimate work ahead",
        blocks=(
            Paragraph(("Why: plans that hold make promises that hold. From ", Strong("1.9×"), " to 1.15×.")),
            Chart(
                id="accuracy-chart",
                spec="accuracy",
                caption="Estimates came closer in six sprints; too few to say more",
                description="The typical factor fell from 1.9 to 1.15.",
                data={
                    "sprints": tuple(
                        {
                            "sprint": f"Sprint {37 + n}",
                            "index": n,
                            "factor": f,
                            "low": f * 0.75,
                            "high": f * 1.3,
                        }
                        for n, f in enumerate(factors)
                    )
                },
                table=Table(
                    id="accuracy-table",
                    caption="Typical factor by sprint",
                    columns=(
                        Column(title="Sprint"),
                        Column(title="Factor", numeric=True, definition="EST-2"),
                    ),
                    rows=tuple(
                        Row(cells=((f"Sprint {37 + n}",), (plain(str(f), "x", 2),)))
                        for n, f in enumerate(factors)
                    ),
                ),
            ),
        ),
    )
