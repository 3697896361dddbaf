"""The sample that pmreport carries, and one in which every text tries to break out."""

from dataclasses import replace

from pmreport.render.sample.burnup import burnup
from pmreport.render.sample.evidence import items
from pmreport.render.sample.reports import everything, frame, review, sprint, weekly
from pmreport.render.sample.words import november, plain, points
from pmreport.report.view import (
    Bar,
    Bars,
    Callout,
    Column,
    Item,
    Items,
    Link,
    Mark,
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

__all__ = ["HOSTILE", "everything", "hostile", "items", "plain", "review", "sprint", "weekly"]

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


def hostile() -> Report:
    """A report in which every text tries to break out."""
    cells: tuple[Text, ...] = tuple((text, Link(text, text)) for text in HOSTILE)
    entries = tuple(
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
    drawn = replace(
        burnup(),
        caption=everything,
        description=everything,
        data={
            **burnup().data,
            "ends": ({"at": november(11), "value": 22, "text": everything, "series": HOSTILE[0]},),
            "notes": tuple(
                {"at": november(3 + n), "value": 40, "text": text} for n, text in enumerate(HOSTILE)
            ),
        },
    )
    long = Paragraph(("x" * 10_000, " ", "word " * 2_000))
    return replace(
        frame("weekly", everything, everything),
        headline=Callout(tone=Tone.BAD, lead=everything, text=(everything,)),
        subject=everything,
        preheader=everything,
        sections=(
            Section(
                id=HOSTILE[0],
                title=everything,
                brief=True,
                blocks=(Items(items=entries), table, bars, drawn, long),
            ),
        ),
        glossary=(Term(HOSTILE[0], everything, everything),),
        how_counted=(cells[0],),
    )
