"""What a goal review of the sample shows."""

from datetime import date

from pmreport.render.sample.words import issue, plain
from pmreport.report.view import Column, Day, Item, Items, Mark, Row, Section, Table, Tone

_SUMMARIES = (
    "Interview three pilots about the handheld",
    "Write the release note for 4.2",
    "Prioritise the backlog with engineering",
)
_STATES = (
    ("Done", Tone.GOOD),
    ("In progress", Tone.NEUTRAL),
    ("Blocked", Tone.BAD),
    ("To do", Tone.NEUTRAL),
)


def evidence() -> Section:
    """A list and a table of evidence, on a page of its own."""
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
            _evidence_table(),
        ),
    )


def _evidence_table() -> Table:
    """Two pieces, one with an anchor."""
    return Table(
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
    )


def items(count: int) -> Section:
    """A table that can be searched."""
    return Section(
        id="items",
        title="Items",
        blocks=(_items_table(count),),
    )


def _items_table(count: int) -> Table:
    """So many items, each state in turn."""
    return Table(
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
                    (_SUMMARIES[n % 3],),
                    (Mark(*_STATES[n % 4]),),
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
    )
