"""The history of a field, built backwards from its current value."""

import pytest

from pmreport.model.changelog import FieldKinds, Value
from pmreport.model.instant import OPEN_END_MS as OPEN
from pmreport.model.problem import Problem, ProblemKind
from pmreport.model.rows import IssueEstimateRow, IssueSprintRow, IssueStatusRow, IssueValueRow
from pmreport.model.timeline import IssueState, Timeline, build
from tests.support.histories import CREATED, KINDS, POINTS, SPRINT, change, timeline


def spans(built: Timeline) -> list[tuple[str, int, int]]:
    """What was there, from when, until when."""
    return [(row.value_id, row.valid_from_ms, row.valid_to_ms) for row in built.values]


def test_a_field_set_at_creation_has_its_value_from_the_start() -> None:
    """No changelog item says so: the current value does."""
    built = timeline("priority", [Value("3", "Medium")])

    assert built.values == (IssueValueRow(7, "priority", "3", CREATED, OPEN, "Medium", None),)


def test_a_sprint_given_at_creation_is_a_membership_from_birth() -> None:
    """An issue created straight into a sprint has no Sprint item."""
    built = timeline(SPRINT, ["38"])

    assert built.sprints == (IssueSprintRow(7, 38, CREATED, OPEN),)


def test_every_change_ends_one_value_and_starts_the_next() -> None:
    """Intervals are half open and meet at the change."""
    built = timeline(
        "status",
        ["3"],
        change(2000, "status", "1", "2", history=1),
        change(3000, "status", "2", "3", history=2),
    )

    assert built.statuses == (
        IssueStatusRow(7, "1", CREATED, 2000),
        IssueStatusRow(7, "2", 2000, 3000),
        IssueStatusRow(7, "3", 3000, OPEN),
    )
    assert built.problems == ()


def test_a_status_deleted_since_keeps_its_id_and_the_name_it_had() -> None:
    """Old changelogs still speak of it."""
    built = timeline("status", [Value("3", "Done")], change(2000, "status", ("99", "Parked"), ("3", "Done")))

    assert built.values[0] == IssueValueRow(7, "status", "99", CREATED, 2000, "Parked", None)


def test_a_status_item_without_the_old_status_leaves_no_gap() -> None:
    """An issue is never without a status, whatever an imported history says."""
    built = timeline("status", ["3"], change(2000, "status", None, "3"))

    assert built.statuses == (IssueStatusRow(7, "3", CREATED, OPEN),)


@pytest.mark.parametrize("nothing", [None, ""], ids=["null", "empty text"])
def test_an_empty_side_means_no_value(nothing: str | None) -> None:
    """An empty `to` is nothing, and not a user named nothing."""
    built = timeline(
        "assignee",
        ["ann"],
        change(2000, "assignee", "bob", nothing, history=1),
        change(3000, "assignee", nothing, "ann", history=2),
    )

    assert spans(built) == [("bob", CREATED, 2000), ("ann", 3000, OPEN)]


def test_changes_of_one_millisecond_count_as_one() -> None:
    """Ordered by history and item; what lasted no time has no interval, and no interval is cut in two."""
    built = timeline(
        "status",
        ["1"],
        change(2000, "status", "2", "1", history=10, item=1),
        change(2000, "status", "1", "2", history=9, item=3),
    )

    assert built.statuses == (IssueStatusRow(7, "1", CREATED, OPEN),)
    assert built.problems == ()


def test_changes_up_to_the_creation_leave_only_their_result() -> None:
    """Imported issues carry changes from before their birth here."""
    built = timeline(
        "status",
        ["3"],
        change(500, "status", "0", "1", history=1),
        change(CREATED, "status", "1", "2", history=2),
        change(2000, "status", "2", "3", history=3),
    )

    assert spans(built) == [("2", CREATED, 2000), ("3", 2000, OPEN)]


def test_a_history_that_misses_the_current_value_is_not_believed() -> None:
    """The current value holds since the last change, and the oddity is told."""
    built = timeline("status", ["4"], change(2000, "status", "1", "3"))

    assert spans(built) == [("1", CREATED, 2000), ("4", 2000, OPEN)]
    assert built.problems == (
        Problem(ProblemKind.HISTORY_MISMATCH, "WEB-7", "status: the history ends with 3, Jira shows 4"),
    )


def test_a_long_mismatch_is_told_in_short() -> None:
    """A problem is read by people: forty characters of each side are enough."""
    built = timeline("summary", [], change(2000, "summary", (None, "old"), (None, "x" * 100)))

    detail = "summary: the history ends with " + "x" * 39 + "…, Jira shows nothing"
    assert built.problems == (Problem(ProblemKind.HISTORY_MISMATCH, "WEB-7", detail),)


def test_prose_is_never_a_mismatch() -> None:
    """The changelog keeps a description in another format than the issue."""
    built = timeline("description", ["*new*"], change(2000, "description", (None, "old"), (None, "new")))

    assert built.problems == ()


def test_sprint_lists_are_read_by_id_and_element_by_element() -> None:
    """A closed sprint stays in the list when the issue is carried over; names may hold commas."""
    built = timeline(
        SPRINT,
        ["38", "40"],
        change(2000, SPRINT, ("", ""), ("38", "Sprint 1, the long one"), history=1),
        change(3000, SPRINT, ("38", "x"), ("38, 40", "Sprint 1, the long one, Sprint 2"), history=2),
    )

    assert built.sprints == (IssueSprintRow(7, 38, 2000, OPEN), IssueSprintRow(7, 40, 3000, OPEN))
    assert built.problems == ()


def test_a_sprint_item_without_a_field_id_is_known_by_its_name() -> None:
    """Data Center writes `Sprint` where Cloud writes the id of the field."""
    built = timeline(SPRINT, ["38"], change(2000, "Sprint", None, "38"))

    assert built.sprints == (IssueSprintRow(7, 38, 2000, OPEN),)


def test_a_sprint_that_is_no_number_is_a_problem() -> None:
    """The ids of sprints are numbers; anything else is odd data, told and left out."""
    built = timeline(SPRINT, ["soon"])

    assert built.sprints == ()
    assert built.problems == (Problem(ProblemKind.UNREADABLE_VALUE, "WEB-7", f"{SPRINT}: soon"),)


def test_labels_are_a_set_in_one_text() -> None:
    """Each label has its own interval."""
    built = timeline(
        "labels",
        ["b", "c"],
        change(2000, "labels", (None, "a b"), (None, "b"), history=1),
        change(3000, "labels", (None, "b"), (None, "b c"), history=2),
    )

    assert spans(built) == [("a", CREATED, 2000), ("b", CREATED, OPEN), ("c", 3000, OPEN)]


def test_versions_come_and_go_one_item_each() -> None:
    """`Fix Version` from nothing to 12 adds 12 and leaves 11 alone."""
    built = timeline(
        "fixVersions",
        [Value("11", "1.1"), Value("12", "1.2")],
        change(2000, "Fix Version", ("10", "1.0"), None, history=1, item=0),
        change(2000, "Fix Version", None, ("11", "1.1"), history=1, item=1),
        change(3000, "Fix Version", None, ("12", "1.2"), history=2),
    )

    assert [(row.value_text, row.valid_from_ms, row.valid_to_ms) for row in built.values] == [
        ("1.0", CREATED, 2000),
        ("1.1", 2000, OPEN),
        ("1.2", 3000, OPEN),
    ]
    assert built.problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [(None, "12"), ("11", None)],
    ids=["added but not there", "removed but there"],
)
def test_a_version_item_that_misses_the_current_set_is_a_problem(old: str | None, new: str | None) -> None:
    """What was added last must be there, what was removed last must not."""
    built = timeline("fixVersions", ["11"], change(2000, "fixVersions", old, new))

    assert [problem.kind for problem in built.problems] == [ProblemKind.HISTORY_MISMATCH]


def test_an_epic_becomes_the_parent() -> None:
    """Three names for the same thing: Epic Link, IssueParentAssociation, parent."""
    built = timeline(
        "parent",
        ["102"],
        change(2000, "Epic Link", None, "101", history=1),
        change(3000, "IssueParentAssociation", "101", "102", history=2),
    )

    assert spans(built) == [("101", 2000, 3000), ("102", 3000, OPEN)]


def test_options_stand_in_brackets() -> None:
    """`[10019]` is the option 10019; the text helps where there is one option only."""
    built = timeline(
        "customfield_10021",
        [],
        change(2000, "customfield_10021", "", ("[10019]", "Impediment"), history=1),
        change(3000, "customfield_10021", ("[10019]", "Impediment"), ("", ""), history=2),
    )

    assert built.values == (IssueValueRow(7, "customfield_10021", "10019", 2000, 3000, "Impediment", None),)


def test_a_set_without_ids_is_a_set_of_words() -> None:
    """A custom field of labels gives its text alone."""
    built = timeline("customfield_10021", ["a"], change(2000, "customfield_10021", None, (None, "a")))

    assert spans(built) == [("a", 2000, OPEN)]


def test_estimates_are_exact_thousandths() -> None:
    """3.5 points are 3500; an unestimated stretch has no row, and an estimate of 0 has one."""
    built = timeline(
        POINTS,
        ["0"],
        change(2000, "Story Points", (None, ""), (None, "3.5"), history=1),
        change(3000, "Story Points", (None, "3.5"), (None, "0.0"), history=2),
    )

    assert built.estimates == (
        IssueEstimateRow(7, POINTS, 2000, 3000, 3500),
        IssueEstimateRow(7, POINTS, 3000, OPEN, 0),
    )
    assert built.problems == ()


@pytest.mark.parametrize(
    ("typed", "milli"),
    [("0.1", 100), ("0.0005", 0), ("0.0015", 2), ("1e2", 100_000), ("-1", -1000), ("28800", 28_800_000)],
)
def test_an_amount_is_rounded_half_even_to_the_thousandth(typed: str, milli: int) -> None:
    """Exact from the text, never by way of a float."""
    assert timeline(POINTS, [typed]).estimates == (IssueEstimateRow(7, POINTS, CREATED, OPEN, milli),)


@pytest.mark.parametrize("typed", ["many", "NaN", "Infinity", "1e400", "3,5"])
def test_an_unreadable_estimate_is_a_problem_and_no_number(typed: str) -> None:
    """It is kept as it was typed, and left out of every sum."""
    built = timeline(POINTS, [typed])

    assert built.estimates == ()
    assert built.values == (IssueValueRow(7, POINTS, typed, CREATED, OPEN, typed, None),)
    assert built.problems == (Problem(ProblemKind.UNREADABLE_VALUE, "WEB-7", f"{POINTS}: {typed}"),)


def test_equal_numbers_are_one_value_however_they_are_written() -> None:
    """`3.0` in the history is the `3` of today."""
    built = timeline("customfield_10030", ["3"], change(2000, "customfield_10030", None, (None, "3.00")))

    assert built.values == (IssueValueRow(7, "customfield_10030", "3", 2000, OPEN, "3", 3.0),)
    assert built.problems == ()


def test_the_latest_name_of_a_value_counts() -> None:
    """A user renamed since is shown by today's name; one who is gone by the last name known."""
    built = timeline(
        "assignee",
        [Value("ann", None)],
        change(2000, "assignee", ("ann", "Ann Old"), ("bob", "Bob"), history=1),
        change(3000, "assignee", ("bob", None), ("ann", "Ann New"), history=2),
    )

    assert [row.value_text for row in built.values] == ["Ann New", "Bob", "Ann New"]


def test_only_fields_asked_for_have_a_history() -> None:
    """Items of other fields, Rank above all, are passed over."""
    built = timeline("labels", [], change(2000, "Rank", "a", "b"))

    assert built == timeline("labels", [])


def test_a_field_of_several_shapes_stands_in_all_of_them() -> None:
    """Status, sprints and estimates are among the values too, so that one table answers every question."""
    issue = IssueState(
        issue_id=7,
        key="WEB-7",
        created_ms=CREATED,
        values={"status": (Value("1"),), SPRINT: (Value("38"),), POINTS: (Value("5"),)},
    )

    built = build(issue, (), kinds=KINDS)

    assert [row.field_id for row in built.values] == ["status", SPRINT, POINTS]
    assert (len(built.statuses), len(built.sprints), len(built.estimates)) == (1, 1, 1)


def test_a_site_without_sprints_and_estimates_has_statuses_all_the_same() -> None:
    """A kanban team is no error."""
    built = timeline("status", ["1"], kinds=FieldKinds())

    assert built.statuses == (IssueStatusRow(7, "1", CREATED, OPEN),)
