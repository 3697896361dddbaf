"""What is asked of Jira, and from when on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.model.instant import from_ms, to_ms
from pmreport.sync import plan
from pmreport.sync.plan import Cursor

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(n) for n in ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
]


def test_the_first_run_asks_for_everything() -> None:
    """Without a watermark and a start date the project alone is the condition."""
    assert plan.terms(["WEB"], None, None, BERLIN) == 'project = "WEB"'


def test_several_projects_are_asked_for_together() -> None:
    """One question instead of one a project; a name is quoted, for it may be a word of the language."""
    assert plan.terms(["WEB", "AND"], None, None, BERLIN) == 'project in ("WEB", "AND")'


def test_since_leaves_out_what_rested_before() -> None:
    """A start date in the scope bounds the first run."""
    assert plan.terms(["WEB"], None, "2025-01-01", BERLIN) == 'project = "WEB" AND updated >= "2025-01-01"'


def test_a_later_run_asks_in_the_users_own_time() -> None:
    """Jira reads dates in the profile zone of the user who asks; ten minutes before."""
    updated = datetime(2026, 11, 20, 10, 5, 59, 999000, tzinfo=UTC)

    terms = plan.terms(["WEB"], to_ms(updated), "2025-01-01", BERLIN)

    assert terms == 'project = "WEB" AND updated >= "2026-11-20 10:55"'


def test_a_walk_goes_on_from_the_minute_it_reached() -> None:
    """JQL knows no seconds; near a clock change and without a zone the minute is no instant: earlier then."""
    reached = to_ms(datetime(2026, 11, 20, 10, 5, 59, 999000, tzinfo=UTC))
    doubtful = to_ms(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    assert from_ms(plan.next_bound(reached, BERLIN)) == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert from_ms(plan.next_bound(doubtful, BERLIN)) == datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    assert from_ms(plan.next_bound(reached, None)) == datetime(2026, 11, 19, 8, 5, tzinfo=UTC)


def test_a_long_reading_is_taken_up_where_it_was_left() -> None:
    """It answers for everything up to the server's clock at its beginning, however often it is broken off."""
    begun = Cursor(updated_ms=5).begun(100).through(17)

    assert begun.begun(200) == begun == Cursor(updated_ms=5, began_ms=100, through_id=17)
    assert not begun.settled
    assert begun.up_to(90) == Cursor(updated_ms=90)


@pytest.mark.parametrize(
    ("before", "newest", "after"), [(None, None, None), (None, 5, 5), (7, 5, 7), (7, None, 7), (5, 7, 7)]
)
def test_a_cursor_never_goes_back(before: int | None, newest: int | None, after: int | None) -> None:
    """A change may be lost to sight for a while; what was read stays read."""
    moved = Cursor(updated_ms=before).up_to(newest)

    assert moved.updated_ms == after
    assert moved.settled is (after is not None)


@pytest.mark.parametrize(
    ("watermark", "lower"),
    [
        ("2026-10-25T00:30:00+00:00", "2026-10-25 01:20"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25 02:20"),
        ("2026-10-25T03:00:00+00:00", "2026-10-25 03:50"),
    ],
    ids=["before the hour repeats", "in the repeated hour", "well after"],
)
def test_a_clock_change_widens_the_overlap(watermark: str, lower: str) -> None:
    """02:20 happens twice that night; seventy minutes cover whichever of the two Jira takes it for."""
    assert plan.lower_bound(to_ms(datetime.fromisoformat(watermark)), BERLIN) == lower


def test_an_unknown_zone_is_covered_by_more_than_a_day() -> None:
    """Without the profile zone any zone must do."""
    watermark = to_ms(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))

    assert plan.lower_bound(watermark, None) == "2026-11-19 08:00"


@given(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - made aware below
def test_whatever_jira_takes_it_for_the_bound_lies_before_the_watermark(
    naive: datetime, zone: ZoneInfo
) -> None:
    """A local minute that happens twice may stand for either instant; both leave ten minutes."""
    watermark = naive.replace(tzinfo=UTC)

    bound = datetime.strptime(plan.lower_bound(to_ms(watermark), zone), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a local time

    for fold in (0, 1):
        distance = watermark - bound.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        assert timedelta(minutes=10) <= distance < timedelta(minutes=132)


def test_a_cursor_survives_the_store() -> None:
    """What is written is what is read."""
    cursor = Cursor(
        updated_ms=5, began_ms=9, through_id=4, since="2025-01-01", fields="abc", chosen="customfield_1"
    )

    assert plan.parse_cursor(cursor.as_text()) == cursor


@pytest.mark.parametrize("text", [None, "", "17", "not json", "[1]"])
def test_an_unreadable_cursor_starts_at_the_beginning(text: str | None) -> None:
    """Reading everything again is always right."""
    assert plan.parse_cursor(text) == Cursor()


@pytest.mark.parametrize(
    ("since", "fields", "full", "kept"),
    [
        (date(2025, 1, 1), ("b", "a"), False, True),
        (date(2024, 1, 1), ("a", "b"), False, False),
        (None, ("a", "b"), False, False),
        (date(2025, 1, 1), ("a", "b", "c"), False, False),
        (date(2025, 1, 1), ("a", "b"), True, False),
    ],
    ids=["the same", "earlier start", "no start", "another field", "full"],
)
def test_a_cursor_counts_only_for_the_same_question(
    since: date | None, fields: tuple[str, ...], *, full: bool, kept: bool
) -> None:
    """With another start date or another field the issues stored lack something, and are read again."""
    stored = Cursor(updated_ms=5, since="2025-01-01", fields=plan.digest(("a", "b")))

    start = plan.start(stored, since=since, fields=fields, full=full)

    assert start.updated_ms == (5 if kept else None)
    assert start.fields == plan.digest(fields)


def test_a_key_cannot_break_out_of_the_query() -> None:
    """A project key comes from the configuration; quotes in it stay inside."""
    assert plan.quoted('A" OR "1') == '"A\\" OR \\"1"'


def test_ids_go_in_groups() -> None:
    """The last group is shorter, nothing is lost, and nothing gives no group."""
    assert [list(group) for group in plan.chunks([1, 2, 3, 4, 5], 2)] == [[1, 2], [3, 4], [5]]
    assert list(plan.chunks([], 2)) == []


def test_the_bound_of_the_epoch_is_a_date() -> None:
    """The oldest instant that Jira can hold is no trouble."""
    assert plan.lower_bound(to_ms(from_ms(0)), ZoneInfo("UTC")) == "1969-12-31 23:50"


def test_another_choice_of_fields_reads_everything_again() -> None:
    """The same answers mean other points then."""
    before = plan.start(Cursor(), since=None, fields=("a",), full=False).up_to(5)

    same = plan.start(before, since=None, fields=("a",), full=False)
    other = plan.start(before, since=None, fields=("a",), full=False, chosen="customfield_1")

    assert (same.updated_ms, other.updated_ms) == (5, None)
