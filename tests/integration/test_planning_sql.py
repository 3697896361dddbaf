"""Links, sizes, investment labels and words through the real questions on DuckDB and SQLite."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pmreport.metrics import (
    acronyms,
    components,
    contacts,
    dependencies,
    investment,
    involvement,
    plan_items,
    readiness,
    scores,
)
from pmreport.metrics.dependencies import State
from pmreport.metrics.investment import Investment
from pmreport.metrics.settings import InvestmentSettings
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import OPEN_END_MS, to_ms
from pmreport.model.members import everything
from pmreport.model.query import Query
from pmreport.model.rows import (
    CommentItemRow,
    ComponentRow,
    FieldRow,
    IssueChangeRow,
    IssueLinkRow,
    IssueRow,
    IssueValueRow,
    ProjectRow,
    ResolutionRow,
    StatusRow,
    UserAccountRow,
)
from tests.support.engines import SITE, duck, sqlite
from tests.support.stories import POINTS_FIELD, AnyRow, Story, issue_row, moment, tell

LATER = moment("12-31 00:00")
ALL = everything(SITE)
FIELDS = (
    FieldRow(POINTS_FIELD, "Points", None, True, "points"),
    FieldRow("cf_1", "Job Size", None, True, None),
)
PEOPLE = (UserAccountRow("u-a", "Ann", True, "atlassian"), UserAccountRow("u-b", "Bo", True, "atlassian"))


def told(text: str, *extra: AnyRow) -> Story:
    """Issues told of in lines, with further rows."""
    story = tell(f"sprint 10: 02-02 09:00 to 02-20 16:30\n{text}")
    return replace(story, extra=(*FIELDS, *PEOPLE, *extra))


def answer(story: Story, query: Query[Any]) -> list[Any]:
    """What DuckDB answers, which SQLite must answer too."""
    found = []
    for engine in (duck(), sqlite()):
        engine.hold(_in_work(row) for row in story.rows())
        found.append(engine.answer(query))
    assert found[0] == found[1]
    return found[0]


def _in_work(row: AnyRow) -> AnyRow:
    """The story's status `doing` in the category of work that goes on."""
    return (
        row._replace(category="indeterminate") if isinstance(row, StatusRow) and row.name == "doing" else row
    )


def had(
    field: str, issue_id: int, value: str, since: str = "02-01 00:00", number: float | None = None
) -> IssueValueRow:
    """A value of an issue from a moment on."""
    return IssueValueRow(issue_id, field, value, to_ms(moment(since)), OPEN_END_MS, value, number)


def linked(history_id: int, issue_id: int, to_key: str, at: str) -> IssueChangeRow:
    """The entry of a history that a link was made."""
    when = to_ms(moment(at))
    return IssueChangeRow(
        history_id, 0, issue_id, when, None, "issuelinks", "Link", None, to_key, None, "blocked by"
    )


def waits(story: Story, as_of: datetime = LATER) -> dict[tuple[str, str], tuple[State, str]]:
    """Every dependency on others: what waits for what, how it went, and why it is another's."""
    rows = answer(story, dependencies.query(ALL, SITE, as_of))
    found = dependencies.from_rows("all", "All", rows).found
    return {(one.blocked, one.blocker): (one.state, one.reach) for one in found}


def test_a_link_counts_from_its_moment_in_the_history() -> None:
    """Linked before or after the start, done before it; of one owner, or of another kind, is none."""
    story = told(
        "A 5:\n"
        "B 3: 03-05 10:00 doing\n"
        "C 3: 03-05 10:00 doing\n"
        "D 1: 03-01 10:00 done\n"
        "E 1: 03-05 10:00 doing\n"
        "F 1: 03-05 10:00 doing\n"
        "G 1: born 03-06 10:00",
        IssueLinkRow(1, 1, 2, "Blocks"),
        IssueLinkRow(2, 1, 3, "Blocks"),
        IssueLinkRow(3, 4, 5, "is blocking"),
        IssueLinkRow(4, 1, 6, "Relates"),
        IssueLinkRow(5, 7, 6, "Blocks"),
        IssueLinkRow(6, 3, 2, "Blocks"),
        linked(1, 2, "A", "03-04 10:00"),
        linked(2, 3, "A", "03-06 10:00"),
        had("assignee", 2, "u-a"),
        had("assignee", 3, "u-a"),
        had("assignee", 1, "u-b"),
        had("duedate", 1, "2025-04-01"),
    )
    found = waits(story)

    assert found == {
        ("B", "A"): (State.FORESEEN, "another owner"),
        ("C", "A"): (State.SURPRISE, "another owner"),
        ("E", "D"): (State.HARMLESS, "another owner"),
        ("F", "G"): (State.SURPRISE, "another owner"),
    }
    (first, *_) = answer(story, dependencies.query(ALL, SITE, LATER))
    assert (first.blocker_due, first.blocker_owner) == ("2025-04-01", "Bo")


def test_a_link_is_known_from_its_moment_on() -> None:
    """Before it was made, nobody waited."""
    story = told("A 5:\nB 3:", IssueLinkRow(1, 1, 2, "Blocks"), linked(1, 2, "A", "03-04 10:00"))

    assert waits(story, moment("03-04 09:59")) == {}
    assert waits(story, moment("03-04 10:00")) == {("B", "A"): (State.AHEAD, "another owner")}


def test_the_items_of_a_plan_are_those_of_its_moment() -> None:
    """Started and done by then, estimates, due date and owner of then; opened again is open."""
    story = told(
        "A 5: 03-02 10:00 doing, 03-04 10:00 done, 03-08 10:00 doing\nB -: 03-10 10:00 estimate 2",
        had("duedate", 1, "2025-04-01", "03-03 00:00"),
        had("assignee", 2, "u-a"),
        had("priority", 2, "3"),
    )

    def at(when: str) -> list[tuple[Any, ...]]:
        rows = answer(story, plan_items.items_query(ALL, SITE, moment(when)))
        return [
            (row.issue_key, row.done_ms is not None, row.points_milli, row.due_on, row.owner) for row in rows
        ]

    assert at("03-02 12:00") == [("A", False, 5000, None, None), ("B", False, None, None, "Ann")]
    assert at("03-05 12:00")[0] == ("A", True, 5000, "2025-04-01", None)
    assert at("03-12 12:00") == [("A", False, 5000, "2025-04-01", None), ("B", False, 2000, None, "Ann")]


def test_sizes_take_whole_days_from_the_first_work_to_done() -> None:
    """A day begun is a day; an item that never was in work took no time that is known."""
    story = told(
        "A 5: 03-02 10:00 doing, 03-04 11:00 done\n"
        "B 5: 03-02 10:00 doing, 03-05 10:00 done\n"
        "C 5: 03-05 10:00 done\n"
        "D -: 03-02 10:00 doing, 03-02 12:00 done"
    )
    rows = answer(story, plan_items.sizes_query(SITE, LATER, since=moment("02-02 00:00")))

    assert [(row.points_milli, row.lasted_ms // 86_400_000, row.items) for row in rows] == [
        (None, 1, 1),
        (5000, 3, 2),
    ]


def test_the_mix_is_that_of_the_label_at_the_end_and_at_the_start() -> None:
    """Labels set after the start are late, several kinds are none, dropped items and old ones are out."""
    story = told(
        "A 5: 03-02 10:00 doing, 03-04 10:00 done\n"
        "B 3: 03-02 10:00 doing, 03-04 10:00 done\n"
        "C 1: 03-02 10:00 doing, 03-04 10:00 done\n"
        "D 1: 03-02 10:00 doing, 03-04 10:00 done\n"
        "E 1: 03-02 10:00 doing, 03-04 10:00 done\n"
        "F 1: 02-02 10:00 doing, 02-04 10:00 done\n"
        "G -: 03-04 10:00 done",
        ResolutionRow("2", "Won't Do"),
        had("labels", 1, "Grow"),
        had("labels", 2, "grow", "03-03 10:00"),
        had("labels", 3, "grow"),
        had("labels", 3, "debt"),
        had("labels", 4, "other"),
        had("resolution", 5, "2"),
        had("labels", 6, "keep"),
        had("labels", 7, "keep"),
    )
    asked = investment.query(
        ALL,
        SITE,
        LATER,
        since=moment("03-01 00:00"),
        settings=InvestmentSettings(),
        dropped_resolutions=("Won't Do",),
    )

    mix = investment.from_rows(answer(story, asked), moment("03-01 00:00"))

    assert {part.investment: (part.items, part.early, int(part.points)) for part in mix.parts} == {
        Investment.GROW: (2, 1, 8),
        Investment.ENHANCE: (0, 0, 0),
        Investment.KEEP: (1, 1, 0),
        Investment.DEBT: (0, 0, 0),
        Investment.SEVERAL: (1, 1, 1),
        Investment.NONE: (1, 1, 1),
    }


def test_scores_are_read_from_labels_and_fields() -> None:
    """The fields that score, by their names in any case; other fields are not read."""
    story = told(
        "A 5:\nB 3:",
        had("labels", 1, "value-8"),
        had("cf_1", 1, "5", number=5.0),
        had("cf_2", 2, "7", number=7.0),
    )

    rows = answer(story, scores.marks_query(ALL, SITE, LATER, {"job size": "size"}))

    assert [tuple(row) for row in rows] == [
        (1, "field", "Job Size", 5.0),
        (1, "label", "value-8", None),
    ]


def test_restricted_words_are_not_read() -> None:
    """What has a security level, is out of sight or came later leaves no word."""
    hidden = issue_row(9, "HID-1")._replace(security_level="5")
    gone = {"unseen_since_ms": to_ms(moment("03-01 00:00"))}
    story = told("A 5:\nB 3:\nC 1: born 03-10 10:00", hidden).with_issue("B", **gone)

    rows = answer(story, acronyms.query(SITE, moment("03-05 00:00")))

    assert [row.issue_key for row in rows] == ["A"]


def test_components_and_contacts_of_a_moment() -> None:
    """Items by component, all and open; comments by area, one's own and others', restricted ones out."""
    written = to_ms(moment("03-05 10:00"))
    story = told(
        "A 5: 03-02 10:00 doing, 03-04 10:00 done\nB 3:",
        ProjectRow(10, "WEB", "Web", False),
        ComponentRow("1", "Basket"),
        ComponentRow("2", "Push"),
        had("components", 1, "1"),
        had("components", 2, "1"),
        CommentItemRow(1, 1, "u-a", written, written, "mine", None, False),
        CommentItemRow(2, 1, "u-b", written + 5, written + 5, "theirs", None, False),
        CommentItemRow(3, 1, "u-b", written + 9, written + 9, "secret", None, True),
    )

    found = [tuple(row) for row in answer(story, components.query(SITE, LATER))]
    nobody = answer(story, contacts.query(SITE, LATER, account="u-z", since=LATER - timedelta(weeks=13)))

    assert found == [("Basket", 2, 1), ("Push", 0, 0)]
    assert nobody == []


def said(number: int, issue_id: int, author: str, at: str, body: str, *, restricted: bool = False) -> AnyRow:
    """A comment."""
    when = to_ms(moment(at))
    return CommentItemRow(number, issue_id, author, when, when, body, None, restricted)


def mine(story: Story, *keys: str) -> list[AnyRow]:
    """The rows of a story in which these issues are of Ann."""
    return [
        row._replace(reporter_id="u-a") if isinstance(row, IssueRow) and row.issue_key in keys else row
        for row in story.rows()
    ]


def asked(rows: list[AnyRow], query: Query[Any]) -> list[tuple[Any, ...]]:
    """What both engines answer."""
    found = []
    for engine in (duck(), sqlite()):
        engine.hold(_in_work(row) for row in rows)
        found.append([tuple(row) for row in engine.answer(query)])
    assert found[0] == found[1]
    return found[0]


LONG = "The design of this needs a second look, since the basket\nmay be empty when the page is opened"


def test_what_others_said_before_the_start_and_asked_after_it() -> None:
    """A nod, a restricted word, a program's and one's own are none; a link is; questions count afterwards."""
    story = told(
        "A 5: 03-05 10:00 doing\nB 3: 03-05 10:00 doing\nC 1: 03-05 10:00 doing\n"
        "D 1:\nE 1: 03-05 10:00 doing",
        UserAccountRow("u-c", "Build", True, "app"),
        said(1, 1, "u-b", "03-02 10:00", LONG),
        said(2, 1, "u-b", "03-06 10:00", "Which basket?"),
        said(3, 1, "u-b", "03-07 10:00", "And which page?"),
        said(4, 2, "u-b", "03-02 10:00", "Looks good to me"),
        said(5, 2, "u-a", "03-02 11:00", LONG),
        said(6, 2, "u-c", "03-02 12:00", LONG),
        said(7, 2, "u-b", "03-02 13:00", LONG, restricted=True),
        said(8, 3, "u-b", "03-03 10:00", "see https://design.example/1"),
        said(9, 5, "u-b", "03-03 10:00", LONG),
    )
    began = to_ms(moment("03-05 10:00"))
    query = involvement.query(SITE, LATER, account="u-a", since=moment("03-01 00:00"), robots=())

    rows = asked(mine(story, "A", "B", "C", "D"), query)
    found = involvement.from_rows(map(involvement.InvolvementRow._make, rows), WorkCalendar())
    numbers = {value.id: value for value in involvement.values(found)}

    assert rows == [
        ("A", began, to_ms(moment("03-02 10:00")), 2),
        ("B", began, None, 0),
        ("C", began, to_ms(moment("03-03 10:00")), 0),
    ]
    assert (found.unspoken, found.unclear, found.n) == (("B",), ("A",), 3)
    assert numbers["involvement-lead"].value is None
    many = involvement.from_rows([involvement.InvolvementRow._make(rows[0])] * 5, WorkCalendar())
    assert {value.id: value.value for value in involvement.values(many)}["involvement-lead"] == many.leads[0]


def test_an_item_is_ready_by_what_it_had_when_its_sprint_started() -> None:
    """An estimate or an owner that came later is none; so is a plan that was typed after the start."""
    story = told(
        "A 5: planned\nB -: planned, 02-03 10:00 estimate 3\nC 1: planned\n"
        "D 1: 02-05 10:00 into 10\nE 1: planned",
        had("assignee", 1, "u-a"),
        had("assignee", 2, "u-a"),
        had("assignee", 3, "u-a", "02-10 10:00"),
    )
    rows = [
        row._replace(description="It is done when the basket is empty") if isinstance(row, IssueRow) else row
        for row in mine(story, "A", "B", "C", "D")
    ]
    opens = moment("02-02 09:00")
    query = readiness.query(SITE, LATER, account="u-a", since=moment("02-01 00:00"))

    told_rows = [readiness.ReadyRow._make(row) for row in asked(rows, query)]
    found = readiness.from_rows(told_rows, [opens + timedelta(hours=1)])
    in_time = readiness.from_rows(told_rows, [opens - timedelta(days=1)])
    numbers = {value.id: value for value in readiness.values(found)}

    assert (found.n, found.ready, found.unready) == (3, 1, ("B", "C"))
    assert numbers["ready-at-start"].note == "1 without an estimate, 1 without an owner"
    assert (found.sprints, found.planned, in_time.planned) == (1, 0, 1)
    assert all(value.note for value in readiness.values(readiness.from_rows((), ())))
