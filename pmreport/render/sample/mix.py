"""Where the work of the sample went."""

from pmreport.render.sample.words import plain
from pmreport.report.view import Bar, Bars, Column, Row, Section, Segment, Table, Tone


def mix() -> Section:
    """Bars of four parts."""
    kinds = (
        ("Done", Tone.GOOD),
        ("In progress", Tone.NEUTRAL),
        ("Blocked", Tone.BAD),
        ("To do", Tone.UNKNOWN),
    )
    rows = (
        ("Berth planning", (6, 1, 3, 0)),
        ("Tides and weather", (2, 6, 0, 5)),
        ("Invoicing", (10, 0, 1, 0)),
        ("Pilots' handheld", (2, 3, 3, 1)),
        ("No initiative", (10, 0, 1, 9)),
    )
    return Section(
        id="initiatives",
        title="Where the work went",
        brief=True,
        blocks=(
            Bars(
                id="mix",
                caption="20 of 63 items belong to no initiative",
                description="Items by initiative and state.",
                bars=tuple(
                    Bar(
                        label=label,
                        segments=tuple(
                            Segment(label=name, value=value, tone=tone)
                            for (name, tone), value in zip(kinds, values, strict=True)
                        ),
                    )
                    for label, values in rows
                ),
                table=Table(
                    id="mix-table",
                    caption="Items by initiative and state",
                    columns=(
                        Column(title="Initiative"),
                        *(Column(title=name, numeric=True) for name, _ in kinds),
                    ),
                    rows=tuple(
                        Row(cells=((label,), *((plain(value),) for value in values)))
                        for label, values in rows
                    ),
                ),
            ),
        ),
    )
