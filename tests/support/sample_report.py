"""A report with one of everything, for looking at and for tests of how reports are drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pmreport.report.view import (
    Bar,
    Bars,
    Callout,
    Chart,
    Column,
    Day,
    Figure,
    Figures,
    Item,
    Items,
    Link,
    Mark,
    Number,
    Paragraph,
    Report,
    Row,
    Section,
    Segment,
    Strong,
    Table,
    Term,
    Text,
    Tone,
)

SITE = "https://jira.example"
ZONE = "Europe/Lisbon"
AS_OF = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)
HOSTILE = (
    "<script>document.title='broken'</script>",
    '"><img src=x onerror="document.title=1">',
    "{{ report.__class__ }} {% raw %}",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "café 🚀👩‍💻 العربية 中文",
    "\x00\x07\x1b[31mred\x1b[0m \r\n next",
    "</style></title></svg>]]><!-- -->",
    "javascript:alert(1)",
)


def points(value: int | str | None, *, signed: bool = False) -> Number:
    """An amount of points."""
    return Number(value=None if value is None else Decimal(value), unit="points", signed=signed)


def plain(value: int | str | None, unit: str = "", decimals: int = 0) -> Number:
    """A number with a unit of its own."""
    return Number(value=None if value is None else Decimal(value), unit=unit, decimals=decimals)


def issue(key: str) -> Link:
    """A link to an issue."""
    return Link(key, f"{SITE}/browse/{key}")


def november(day: int, hour: int = 9) -> str:
    """An instant of November 2026 as a chart wants it."""
    return f"2026-11-{day:02d}T{hour:02d}:00:00Z"


def weekly() -> Report:
    """The weekly report of a product in some trouble."""
    return replace(
        _frame("weekly", "Harbour, week 47: at risk", "16 to 22 Nov 2026"),
        sections=(_numbers(), _decisions(), _done(), _risks(), _sprint_chart(), _velocity(), _mix(), _data()),
    )


def sprint() -> Report:
    """The report of one sprint, with its items."""
    return replace(
        _frame("sprint", "Payments Sprint 42: 22 of 46 points done", "Day 8 of 10, 2 to 13 Nov 2026"),
        period="Payments Sprint 42",
        sections=(_numbers(), _sprint_chart(), _velocity(), _items(70)),
    )


def review() -> Report:
    """The goal review of a quarter, with evidence."""
    return replace(
        _frame("review", "Goal review of J. Sousa, fourth quarter", "1 Oct to 31 Dec 2026"),
        audience="manager",
        period="2026-Q4",
        sections=(_numbers(), _accuracy(), _evidence(), _mix()),
    )


def hostile() -> Report:
    """A report in which every text tries to break out."""
    cells: tuple[Text, ...] = tuple((text, Link(text, text)) for text in HOSTILE)
    items = tuple(
        Item(text=cell, detail=(Mark(text), Strong(text))) for cell, text in zip(cells, HOSTILE, strict=True)
    )
    everything = "".join(HOSTILE)
    table = Table(
        id=HOSTILE[1],
        caption=everything,
        columns=(Column(title=everything, definition=HOSTILE[0]), Column(title="<b>", numeric=True)),
        rows=tuple(
            Row(cells=(cell, (points("1.5"),)), anchor=text)
            for cell, text in zip(cells, HOSTILE, strict=True)
        ),
        searchable=True,
        filter_column=0,
    )
    bars = Bars(
        id=HOSTILE[2],
        caption=everything,
        description=everything,
        bars=tuple(
            Bar(label=text, segments=(Segment(label=HOSTILE[0], value=3, tone=Tone.BAD),)) for text in HOSTILE
        ),
        table=table,
    )
    burnup = replace(
        _burnup(),
        caption=everything,
        description=everything,
        data={
            **_burnup().data,
            "ends": ({"at": november(11), "value": 22, "text": everything, "series": HOSTILE[0]},),
            "notes": tuple(
                {"at": november(3 + n), "value": 40, "text": text} for n, text in enumerate(HOSTILE)
            ),
        },
    )
    long = Paragraph(("x" * 10_000, " ", "word " * 2_000))
    return replace(
        _frame("weekly", everything, everything),
        headline=Callout(tone=Tone.BAD, lead=everything, text=(everything,)),
        subject=everything,
        preheader=everything,
        sections=(
            Section(
                id=HOSTILE[0],
                title=everything,
                brief=True,
                blocks=(Items(items=items), table, bars, burnup, long),
            ),
        ),
        glossary=(Term(HOSTILE[0], everything, everything),),
        how_counted=(cells[0],),
    )


def _frame(name: str, title: str, kicker: str) -> Report:
    return Report(
        name=name,
        title=title,
        kicker=kicker,
        product="Harbour",
        author="J. Sousa",
        audience="management",
        period="2026-W47",
        period_start=datetime(2026, 11, 16, tzinfo=UTC),
        period_end=datetime(2026, 11, 23, tzinfo=UTC),
        time_zone=ZONE,
        as_of=AS_OF,
        data_as_of=AS_OF - timedelta(minutes=12),
        headline=Callout(
            tone=Tone.BAD,
            lead="At risk.",
            text=(
                points(22),
                " of 46 are done with two working days left, 14 behind the ideal line. ",
                "Three items are blocked; one needs your decision by ",
                Day(date(2026, 11, 12)),
                ".",
            ),
        ),
        subject="Harbour, week 47: at risk, one decision needed by Thursday",
        preheader="Decide on the 24-month option by Thursday, or the export leaves the sprint.",
        sections=(),
        glossary=(
            Term("SP-3", "Completion ratio", "Completed points over the commitment; may exceed 100 %."),
            Term("SP-1", "Commitment", "The points in the sprint at the moment it started."),
            Term("EST-2", "Typical factor", "Median of actual time over estimate. 1 means: as estimated."),
        ),
        how_counted=(
            ("Items: ", Link("project = PM AND sprint = 42", f"{SITE}/issues/?jql=project%20%3D%20PM"), "."),
            ("Sub-tasks are outside points and counts; 2 items without an estimate are left out of ratios.",),
        ),
        site_url=SITE,
        generator="pmreport 0.1.0",
    )


def _numbers() -> Section:
    trend = tuple(Decimal(n) for n in (31, 36, 40, 39, 33, 22))
    return Section(
        id="numbers",
        title="In numbers",
        brief=True,
        blocks=(
            Figures(
                (
                    Figure(
                        id="done",
                        label="done in the sprint",
                        number=plain(22),
                        of=points(46),
                        was=points(33),
                        trend=trend,
                        n=18,
                        excluded=(("no estimate", 2),),
                        definition="SP-3",
                        tone=Tone.BAD,
                        items=Link("18 items", "#items"),
                    ),
                    Figure(
                        id="blocked",
                        label="items blocked",
                        number=plain(3),
                        was=plain(1),
                        tone=Tone.WARN,
                        trend=(Decimal(0), Decimal(1), None, Decimal(1), Decimal(1), Decimal(3)),
                        n=70,
                        items=Link("PM-131 and 2 more", f"{SITE}/browse/PM-131"),
                    ),
                    Figure(
                        id="scope",
                        label="added since the start",
                        number=points(6, signed=True),
                        target=points(0),
                        definition="SP-1",
                        n=46,
                    ),
                    Figure(
                        id="factor",
                        label="typical factor of estimates",
                        number=Number(value=Decimal("1.345"), unit="x", decimals=2, fixed=True),
                        was=Number(value=Decimal("1.6"), unit="x", decimals=2),
                        n=41,
                        definition="EST-2",
                        tone=Tone.GOOD,
                        trend=tuple(Decimal(n) / 10 for n in (19, 17, 16, 14, 16, 13)),
                    ),
                    Figure(
                        id="budget",
                        label="cost at completion",
                        number=Number(value=None, unit="EUR"),
                        missing="no budget is set for the initiative",
                        tone=Tone.UNKNOWN,
                    ),
                )
            ),
        ),
    )


def _decisions() -> Section:
    return Section(
        id="decisions",
        title="Decisions and asks",
        brief=True,
        blocks=(
            Items(
                ordered=True,
                items=(
                    Item(
                        text=(
                            issue("PM-131"),
                            " Agree the retention policy with legal ",
                            Mark("Blocked 9 days", Tone.BAD),
                        ),
                        detail=(
                            "Needs your decision by ",
                            Day(date(2026, 11, 12)),
                            ", or the export leaves the sprint.",
                        ),
                    ),
                    Item(
                        text=(
                            issue("PM-117"),
                            " Define the activation metric ",
                            Mark("Late 3 days", Tone.WARN),
                        ),
                        detail=("Waiting for analytics access, asked on ", Day(date(2026, 11, 6)), "."),
                    ),
                    Item(
                        text=(issue("PM-140"), " Prepare the demo for the port authority ", Mark("No owner")),
                        detail=(points(8), " without an owner."),
                    ),
                ),
            ),
        ),
    )


def _done() -> Section:
    done = (
        "Berth plan can be exported as PDF",
        "Pilots see the tide at their berth",
        "Invoices are sent on the day of departure",
    )
    return Section(
        id="accomplished",
        title="Accomplished",
        brief=True,
        blocks=(
            Items(
                items=tuple(
                    Item(text=(f"{text} (", issue(f"PM-{90 + n}"), ")")) for n, text in enumerate(done)
                ),
                more=2,
            ),
        ),
    )


def _risks() -> Section:
    return Section(
        id="risks",
        title="Risks",
        blocks=(
            Callout(
                tone=Tone.WARN,
                lead="Watermelon.",
                text=("Scope is reported green while it grew by ", plain(15, "%"), "."),
            ),
            Items(items=(), empty="No risk has been written down this week."),
        ),
    )


def _sprint_chart() -> Section:
    return Section(id="burn-up", title="Sprint 42", blocks=(_burnup(),), brief=True)


def _burnup() -> Chart:
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
            Row(cells=((Day(date(2026, 11, day)),), (plain(value),), (plain(46 if day > 10 else 40),)))
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


def _velocity() -> Section:
    rows = ((40, 31), (38, 36), (44, 40), (36, 39), (41, 33))
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
                        for n, (a, b) in enumerate(rows)
                    )
                },
                table=Table(
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
                        for n, (a, b) in enumerate(rows)
                    ),
                ),
            ),
        ),
    )


def _accuracy() -> Section:
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


def _mix() -> Section:
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


def _data() -> Section:
    return Section(
        id="data",
        title="How sure these numbers are",
        blocks=(
            Paragraph(
                (
                    "2 of 70 items have no estimate. The last complete sync was ",
                    plain(0, "working days"),
                    " ago.",
                )
            ),
        ),
    )


def _evidence() -> Section:
    return Section(
        id="evidence",
        title="Follow up agreed tasks",
        page_break_before=True,
        blocks=(
            Items(
                items=(
                    Item(
                        text=(issue("PM-104"), " closed two days before it was due"),
                        detail=("Rule 1: labels = followup AND assignee = currentUser()",),
                    ),
                )
            ),
            Table(
                id="evidence-table",
                caption="Evidence this quarter",
                columns=(
                    Column(title="Item"),
                    Column(title="Summary"),
                    Column(title="When"),
                    Column(title="Strength", numeric=True),
                ),
                rows=(
                    Row(
                        cells=(
                            (issue("PM-104"),),
                            ("Agree the retention policy",),
                            (Day(date(2026, 10, 4)),),
                            (plain(3),),
                        ),
                        anchor="PM-104",
                    ),
                    Row(
                        cells=(
                            (issue("PM-112"),),
                            ("Minutes of the steering group",),
                            (Day(date(2026, 10, 19)),),
                            (plain(2),),
                        )
                    ),
                ),
                searchable=True,
            ),
        ),
    )


def _items(count: int) -> Section:
    summaries = (
        "Interview three pilots about the handheld",
        "Write the release note for 4.2",
        "Prioritise the backlog with engineering",
    )
    states = (
        ("Done", Tone.GOOD),
        ("In progress", Tone.NEUTRAL),
        ("Blocked", Tone.BAD),
        ("To do", Tone.NEUTRAL),
    )
    return Section(
        id="items",
        title="Items",
        blocks=(
            Table(
                id="items-table",
                caption=f"{count} items in the sprint",
                columns=(
                    Column(title="Key"),
                    Column(title="Summary"),
                    Column(title="Status"),
                    Column(title="Due"),
                    Column(title="Points", numeric=True),
                    Column(title="Age (days)", numeric=True),
                ),
                rows=tuple(
                    Row(
                        anchor=f"PM-{100 + n}",
                        cells=(
                            (issue(f"PM-{100 + n}"),),
                            (summaries[n % 3],),
                            (Mark(*states[n % 4]),),
                            (Day(date(2026, 11, 1 + n % 28)),),
                            (plain((1, 2, 3, 5, 8, None)[n % 6]),),
                            (plain(n * 7 % 31),),
                        ),
                    )
                    for n in range(count)
                ),
                searchable=True,
                filter_column=2,
                note=("Sub-tasks are not listed.",),
            ),
        ),
    )
