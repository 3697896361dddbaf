"""The words of a rule found on a site, or refused with what is near."""

import pytest

from pmreport.goals.check import Check
from pmreport.goals.context import SprintState
from pmreport.goals.fields import SYSTEM_FIELDS, known_names
from pmreport.goals.jql import parse
from pmreport.goals.jql_error import JqlError
from pmreport.goals.names import query
from pmreport.goals.plan import resolve
from tests.support.goal_context import NAMES, site


def check(text: str) -> Check:
    """The only clause of a rule, resolved."""
    (only,) = resolve(parse(text), site()).checks
    return only


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("status = done", ("4", "5")),  # two statuses of one name
        ("status = 4", ("4",)),
        ('status in (4, "to do")', ("4", "1")),
        ("priority = 1", ("1",)),  # a bare number is an id first
        ('priority = "1"', ("7",)),  # a quoted one a name first
        ("priority = 7", ("7",)),
        ('priority in (7, "1")', ("7",)),
        ("project = web", ("10000",)),
        ('project = "Web Shop"', ("10000",)),
        ("fixVersion = 1.0", ("100", "102")),
        ("statusCategory = Done", ("4", "5")),
        ("statusCategory = 2", ("1",)),
        ("statusCategory = undefined", ()),
        ("assignee = 'ana lima'", ("u-ana",)),
        ("assignee = currentUser()", ("u-ana",)),
        ("assignee in (currentUser(), u-bo)", ("u-ana", "u-bo")),
        ("sprint = 'Sprint 2'", ("72",)),
        ("sprint in openSprints()", ()),  # the history tells
        ("type in standardIssueTypes()", ("1",)),
        ("type in (subTaskIssueTypes(), Story)", ("5", "1")),
        ("labels = follow-up", ("Follow-Up",)),
        ("labels = new-one", ("new-one",)),  # a label needs not be known
        ("severity = major", ("202",)),
        ("severity = Trivial", ("Trivial",)),  # nor an option that nobody has used yet
        ("key in (web-3, 1003)", ("WEB-3", "1003")),
        ("due = '2026/11/5'", ("2026-11-05",)),
        ("effort = 5.0", ("5",)),
        ("effort = 0.50", ("0.5",)),
        ("resolution = Unresolved", ()),
        ("resolution in (unresolved, done)", ("1",)),
        ("assignee is empty", ()),
    ],
)
def test_a_value_is_found_by_name_or_by_id(text: str, wanted: tuple[str, ...]) -> None:
    """Names match in any case, every bearer of a name is meant, and Jira's order decides for numbers."""
    assert check(text).wanted == wanted


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("TYPE", ("issuetype",)),
        ("duedate", ("duedate",)),
        ("sprint", ("sprint",)),  # the system's own, not the custom field behind it
        ('"story point estimate"', ("customfield_10016",)),
        ('"Story Points"', ("customfield_10016",)),  # this site calls its only field otherwise
        ('"Story point estimate[Number]"', ("customfield_10016",)),
        ("cf[10016]", ("customfield_10016",)),
        ("customfield_10016", ("customfield_10016",)),
        ("Effort", ("customfield_10043", "customfield_10044")),
    ],
)
def test_a_field_is_found_by_name_alias_or_number(name: str, ids: tuple[str, ...]) -> None:
    """Fields have aliases; two custom fields of one name are asked together."""
    assert check(f"{name} in (EMPTY)" if name != "TYPE" else "TYPE = Story").field.ids == ids


NOTHING_OF_IT = "is valid JQL, but pmreport keeps nothing of it"
SPRINTS = 'Did you mean "Sprint 3" or "Sprint 2" or "Sprint 1"?'
ISO, KEY = 'Write it as 2026-11-20, "2026-11-20 14:30", -2w, or startOfWeek().', "A key looks like WEB-12."
WILD = "Leave out ? ~ ^ and every * that is not the end of a word."
ORDERED = "Numbers, dates, moments and working time can be compared."
SPAN = "Ask for a span: updated >= startOfDay() AND updated <= endOfDay()."
PAST = "Jira keeps {} to assignee, fixVersion, priority, reporter, resolution, status."
ONE_USER = "Write = currentUser(), or IN (currentUser())."


@pytest.mark.parametrize(
    ("text", "column", "problem", "hint"),
    [
        ("statsu = Done", 1, "there is no field statsu on this site", "Did you mean status?"),
        ('"Severty" = 5', 1, "there is no field Severty on this site", "Did you mean Severity?"),
        ("cf[999] = 5", 1, "there is no field cf[999] on this site", None),
        ("votes > 3", 1, f"the field votes {NOTHING_OF_IT}", None),
        ("issueLinkType = blocks", 1, f"the field issueLinkType {NOTHING_OF_IT}", None),
        ("WATCHERS is empty", 1, f"the field WATCHERS {NOTHING_OF_IT}", None),
        ("status = Dnoe", 10, "status has no value Dnoe on this site", "Did you mean Done?"),
        ("status in (Done, Onhold)", 18, "status has no value Onhold on this site", None),
        (
            "assignee = 'Ana Lma'",
            12,
            "assignee has no value Ana Lma on this site",
            'Did you mean "Ana Lima"?',
        ),
        ("sprint = 'Sprint 9'", 10, "sprint has no value Sprint 9 on this site", SPRINTS),
        ("statusCategory = Dona", 18, "statusCategory has no value Dona on this site", "Did you mean Done?"),
        ("key = WBE-3", 7, "there is no project WBE on this site", "Did you mean WEB?"),
        ("parent = checkout", 10, "checkout is no issue key", KEY),
        ("effort = many", 10, "Effort is a number, and many is none", None),
        ("effort = NaN", 10, "Effort is a number, and NaN is none", None),
        ("due = tomorrow", 7, "tomorrow is no date", ISO),
        ("due = 2026-02-30", 7, "2026-02-30 is no date", ISO),
        ("status is empty", 1, "status is never EMPTY", None),
        ("status in (Done, EMPTY)", 1, "status is never EMPTY", None),
        ("summary = checkout", 11, "summary is a text", 'Look for words in it: summary ~ "...".'),
        (
            "notes != EMPTY or notes in (EMPTY, x)",
            36,
            "Notes is a text",
            'Look for words in it: Notes ~ "...".',
        ),
        (
            "status ~ done",
            10,
            "~ looks for words in a text, and status is none",
            "Write status = ..., or IN (...).",
        ),
        ("summary ~ 'te?t'", 11, "pmreport knows one wildcard, a * at the end of a word", WILD),
        ("summary ~ '*test'", 11, "pmreport knows one wildcard, a * at the end of a word", WILD),
        ("summary ~ '...'", 11, "there is no word to look for", None),
        ("summary ~ now()", 11, "~ takes words", 'Write ~ "two words".'),
        ("text is empty", 1, "text can be asked for words only, by ~", None),
        ("status > Done", 1, "status has no order that pmreport knows, so > means nothing", ORDERED),
        ("effort < EMPTY", 10, "< does not go with EMPTY", "Write IS EMPTY or IS NOT EMPTY."),
        ("effort < 1e400", 10, "Effort is a number, and 1e400 is none", None),
        ("summary ~ EMPTY", 11, "~ takes words", 'Write ~ "two words".'),
        ("effort > many", 10, "Effort is a number, and many is none", None),
        ("created = EMPTY", 1, "created is never EMPTY", None),
        ("updated = 2026-11-01", 1, "an item is updated at many moments", SPAN),
        ("created > 12:30", 11, "12:30 is no date", ISO),
        ("created > 20260-01-01", 11, "20260-01-01 is no date", ISO),
        ("created > -999999999999w", 11, "-999999999999w is no date", ISO),
        ("created > -90000w", 11, "-90000w is no date", ISO),
        (
            "created > startOfDay(soon)",
            11,
            "soon is no offset",
            "Write a number and one of y M w d h m, such as -1w.",
        ),
        ("created > currentUser()", 11, "currentUser() is no date", ISO),
        (
            "originalEstimate > much",
            20,
            "originalEstimate is working time, and much is none",
            "Write it as 3h, or 1d.",
        ),
        ("labels was x", 1, "WAS cannot be asked of labels", PAST.format("WAS")),
        ("sprint changed", 1, "CHANGED cannot be asked of sprint", PAST.format("CHANGED")),
        ("status was EMPTY", 1, "status is never EMPTY", None),
        ("status was Dnoe", 12, "status has no value Dnoe on this site", "Did you mean Done?"),
        ("status changed by EMPTY", 16, "BY names somebody", None),
        (
            "status changed by 'Ana Lma'",
            19,
            "assignee has no value Ana Lma on this site",
            'Did you mean "Ana Lima"?',
        ),
        ("status changed after EMPTY", 22, "EMPTY is no date", None),
        ("status changed after now() after now()", 28, "AFTER stands here twice", None),
        (
            "fixVersion in releasedVersions(WBE)",
            15,
            "there is no project WBE on this site",
            "Did you mean WEB?",
        ),
        (
            "fixVersion = releasedVersions()",
            14,
            "releasedVersions() gives several values",
            "Write fixVersion IN releasedVersions().",
        ),
        ("status in now()", 11, "now() is no value of status", None),
        ("status = currentUser()", 10, "currentUser() is no value of status", None),
        ("priority in standardIssueTypes()", 13, "standardIssueTypes() is no value of priority", None),
        ("assignee in currentUser()", 13, "currentUser() is one value, not a list", ONE_USER),
        (
            "sprint = openSprints()",
            10,
            "openSprints() gives several values",
            "Write sprint IN openSprints().",
        ),
    ],
)
def test_what_the_site_does_not_have_is_refused(
    text: str, column: int, problem: str, hint: str | None
) -> None:
    """An unknown field or value, or one that does not fit, is named with its place and the nearest known."""
    with pytest.raises(JqlError) as caught:
        check(text)

    assert (caught.value.column, caught.value.problem, caught.value.hint) == (column, problem, hint)


def test_current_user_needs_somebody() -> None:
    """While nobody has said whose goals these are, currentUser() cannot be used."""
    with pytest.raises(JqlError, match="nobody has said who currentUser") as caught:
        resolve(parse("assignee = currentUser()"), site(account=None))

    assert caught.value.hint == "Write your account id in the configuration: [me] account."


def test_a_site_without_points_has_no_points_field() -> None:
    """The usual names of the points field mean nothing where discovery found none."""
    names = tuple(row for row in NAMES if row.value_id != "customfield_10016")
    with pytest.raises(JqlError, match="there is no field Story Points"):
        resolve(parse('"Story Points" = 5'), site(names=names))


def test_the_names_are_one_question_to_the_store() -> None:
    """Everything a rule can name comes from one query over one site."""
    assert query(7).parameters == {"site_id": 7}
    assert {known.name for known in SYSTEM_FIELDS.values()} | {"Severity"} <= set(known_names(site()))


@pytest.mark.parametrize(("sprint", "is_open"), [("71", False), ("72", True), ("73", False)])
def test_a_sprint_is_open_between_its_start_and_its_close(sprint: str, is_open: bool) -> None:  # noqa: FBT001  a table
    """A closed sprint is not open, nor one that never began."""
    assert (sprint in site().sprints_in([SprintState.OPEN])) is is_open


def test_a_sprint_is_not_open_before_it_begins() -> None:
    """As of a moment before its start a sprint of today is not open."""
    (active,) = (span for span in site().sprints if span.id == "72")

    assert [active.state(at) is SprintState.OPEN for at in (0, active.began_ms or 0)] == [False, True]
