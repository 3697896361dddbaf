"""Any report that can be built, for tests that hold of all of them."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pmreport.report.view import (
    Bar,
    Bars,
    Block,
    Callout,
    Chart,
    Column,
    Day,
    Fact,
    Facts,
    Field,
    FieldKind,
    Figure,
    Figures,
    Form,
    Item,
    Items,
    Link,
    Mark,
    Moment,
    Number,
    Panel,
    Panels,
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
    Trend,
)
from tests.support.sample_report import HOSTILE

words = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=12))
tones = st.sampled_from(Tone)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis
decimals = st.decimals(-(10**9), 10**9, places=3)
numbers = st.builds(
    Number,
    value=st.none() | decimals,
    unit=st.sampled_from(("points", "x", "%", "days", "", "EUR")) | words,
    decimals=st.integers(0, 4),
    signed=st.booleans(),
    fixed=st.booleans(),
)
links = st.builds(Link, words, st.sampled_from(("https://jira.example/browse/A-1", "#here", "#")) | words)
texts: st.SearchStrategy[Text] = st.lists(
    st.one_of(
        words,
        links,
        numbers,
        st.builds(Mark, words, tones),
        st.builds(Strong, words),
        st.builds(Day, st.dates()),
        st.builds(Moment, moments),
        st.builds(Trend, st.lists(numbers, min_size=1, max_size=4).map(tuple)),
    ),
    max_size=3,
).map(tuple)
callouts = st.builds(Callout, tone=tones, lead=words, text=texts)
figures = st.builds(
    Figure,
    id=words,
    label=words,
    number=numbers,
    of=st.none() | numbers,
    was=st.none() | numbers,
    target=st.none() | numbers,
    trend=st.lists(st.none() | decimals, max_size=4).map(tuple),
    n=st.none() | st.integers(0, 99),
    excluded=st.lists(st.tuples(words, st.integers(0, 9)), max_size=2).map(tuple),
    definition=words,
    items=st.none() | links,
    tone=tones,
    missing=st.none() | words,
)
items = st.builds(
    Items,
    items=st.lists(st.builds(Item, text=texts, detail=texts), max_size=3).map(tuple),
    ordered=st.booleans(),
    empty=words,
    more=st.integers(0, 5),
)
tables = st.builds(
    Table,
    id=words,
    caption=words,
    columns=st.lists(st.builds(Column, title=words, numeric=st.booleans(), definition=words), max_size=3).map(
        tuple
    ),
    rows=st.lists(st.builds(Row, cells=st.lists(texts, max_size=3).map(tuple), anchor=words), max_size=3).map(
        tuple
    ),
    note=texts,
    searchable=st.booleans(),
    filter_column=st.none() | st.integers(0, 3),
    more=st.integers(0, 5),
    empty=words,
    to_fill=st.booleans(),
)
bars = st.builds(
    Bars,
    id=words,
    caption=words,
    description=words,
    bars=st.lists(
        st.builds(
            Bar,
            label=words,
            segments=st.lists(
                st.builds(Segment, label=words, value=st.integers(0, 50), tone=tones), max_size=3
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    table=tables,
)
_values = st.none() | st.booleans() | st.integers(-99, 99) | st.floats(0, 99) | words
_instants = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(lambda day: f"{day}T08:00:00Z")
_points = st.fixed_dictionaries(
    {"at": _instants | words, "value": st.integers(0, 99) | _values, "text": words, "series": words}
)
charts = st.builds(
    Chart,
    id=words,
    spec=st.sampled_from(("burnup", "velocity", "accuracy")),
    caption=words,
    description=words,
    data=st.dictionaries(
        st.sampled_from(("scope", "completed", "notes", "ends", "sprints")),
        st.lists(_points, max_size=3).map(tuple),
        max_size=3,
    ),
    table=tables,
)
facts = st.builds(
    Facts,
    id=words,
    facts=st.lists(
        st.builds(Fact, label=words, text=texts, definition=words, main=st.booleans()), max_size=3
    ).map(tuple),
    note=texts,
)
forms = st.builds(
    Form,
    st.lists(
        st.builds(Field, id=words, label=words, kind=st.sampled_from(FieldKind), hint=words), max_size=2
    ).map(tuple),
)
panels = st.builds(
    Panels,
    st.lists(
        st.builds(
            Panel,
            title=words,
            blocks=st.lists(st.one_of(st.builds(Paragraph, texts), items, forms), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
plain_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, texts),
    callouts,
    st.builds(Figures, st.lists(figures, max_size=3).map(tuple)),
    items,
    tables,
    facts,
    forms,
    panels,
)
drawn_blocks: st.SearchStrategy[Block] = st.one_of(bars, charts)


def reports(blocks: st.SearchStrategy[Block] = plain_blocks) -> st.SearchStrategy[Report]:
    """Reports of up to two sections with blocks of these kinds."""
    section = st.builds(
        Section,
        id=words,
        title=words,
        blocks=st.lists(blocks, max_size=2).map(tuple),
        brief=st.booleans(),
        page_break_before=st.booleans(),
    )
    return st.builds(
        Report,
        name=st.sampled_from(("weekly", "sprint", "review")),
        title=words,
        kicker=words,
        product=words,
        author=words,
        audience=st.sampled_from(("management", "team", "manager", "private")),
        period=words,
        period_start=moments,
        period_end=moments,
        time_zone=st.sampled_from(("UTC", "Europe/Lisbon", "Pacific/Auckland")),
        as_of=moments,
        data_as_of=moments,
        headline=callouts,
        subject=words,
        preheader=words,
        sections=st.lists(section, max_size=2).map(tuple),
        glossary=st.lists(st.builds(Term, words, words, words), max_size=2).map(tuple),
        how_counted=st.lists(texts, max_size=2).map(tuple),
        site_url=words,
        generator=words,
    )
