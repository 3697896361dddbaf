"""Items with work, due dates and versions, in a few words: rows for the budget and for on-time delivery."""

from datetime import date

from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.query import Query
from pmreport.model.rows import (
    FieldRow,
    IssueEstimateRow,
    IssueRow,
    IssueStatusRow,
    IssueValueRow,
    ResolutionRow,
    StatusRow,
    WorklogRow,
)
from tests.support.engines import Row, duck, sqlite
from tests.support.stories import POINTS_FIELD, AnyRow, issue_row, moment

BERLIN = WorkCalendar(zone="Europe/Berlin")
YEAR = BERLIN.rows(date(2025, 1, 1), date(2025, 12, 31))
BASICS: tuple[AnyRow, ...] = (
    *(StatusRow(name, name, "done" if name == "done" else "new") for name in ("todo", "doing", "done")),
    StatusRow("closed", "closed", "done"),
    FieldRow(POINTS_FIELD, "Story Points", None, True, "points"),
    ResolutionRow("dropped", "Won't Do"),
    *YEAR,
)
BORN = "01-06 08:00"


def ms(text: str | None) -> int:
    """An instant of 2025 in UTC; None: further notice."""
    return OPEN_END_MS if text is None else to_ms(moment(text))


def item(number: int, *, parent: int | None = None, **facts: object) -> tuple[AnyRow, ...]:
    """An item of the year, a sub-task where it has a parent."""
    row = issue_row(number, f"WEB-{number}", created_ms=ms(BORN))
    row = row._replace(parent_id=parent, is_subtask=parent is not None)
    held: IssueRow = row._replace(**facts)  # type: ignore[arg-type]  # any field of the row
    if parent is None:
        return (held,)
    return (held, value(number, "parent", str(parent)))


def statuses(number: int, *changes: tuple[str, str]) -> tuple[AnyRow, ...]:
    """Its life: to do from its birth, then (when, status)."""
    starts = [(BORN, "todo"), *changes]
    ends = [*(when for when, _ in starts[1:]), None]
    return tuple(
        IssueStatusRow(number, status, ms(begin), ms(end))
        for (begin, status), end in zip(starts, ends, strict=True)
    )


def value(number: int, field: str, told: str, since: str = BORN, until: str | None = None) -> IssueValueRow:
    """A value of a field over a stretch of time."""
    try:
        amount = float(told)
    except ValueError:
        amount = None
    return IssueValueRow(number, field, told, ms(since), ms(until), told, amount)


def estimate(number: int, amount: float, field: str = POINTS_FIELD, since: str = BORN) -> IssueEstimateRow:
    """An estimate in the unit of its field."""
    return IssueEstimateRow(number, field, ms(since), OPEN_END_MS, int(amount * 1000))


def work(number: int, issue: int, started: str, hours: float, **facts: object) -> WorklogRow:
    """Hours of work, typed at once by Ann unless said otherwise."""
    began = ms(started)
    row = WorklogRow(number, issue, "ann", began, began, began, int(hours * 3600), None)
    return row._replace(**facts)  # type: ignore[arg-type]  # any field of the row


def both(query: Query[Row], *rows: AnyRow) -> list[Row]:
    """The answer of DuckDB over these rows, which SQLite must give too."""
    answers = []
    for engine in (duck(), sqlite()):
        engine.hold([*BASICS, *rows])
        answers.append(engine.answer(query))
    assert sorted(map(repr, answers[0])) == sorted(map(repr, answers[1]))
    return answers[0]


def together(*facts: object) -> tuple[object, ...]:
    """Several facts to be compared at once; an exact number equals a whole one of any type."""
    return facts
