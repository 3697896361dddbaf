"""How numbers, days, links and odd characters are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmreport.render import filters
from pmreport.report.view import Day, Link, Mark, Moment, Number, Strong, Term, Text


def number(value: str, decimals: int = 0, *, signed: bool = False, fixed: bool = False) -> Number:
    """A number without a unit."""
    return Number(value=Decimal(value), decimals=decimals, signed=signed, fixed=fixed)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (number("1200"), "1\u202f200"),
        (number("1234567.891", 2), "1\u202f234\u202f567.89"),
        (number("0.5"), "0"),
        (number("1.5"), "2"),
        (number("2.5"), "2"),
        (number("2.345", 2), "2.34"),
        (number("-0.2"), "0"),
        (number("-0", 2, signed=True), "0"),
        (number("-3"), "\u22123"),
        (number("6", signed=True), "+6"),
        (number("1.50", 2), "1.5"),
        (number("1.5", 2, fixed=True), "1.50"),
        (number("100", 1), "100"),
        (number("NaN", 1), "–"),
        (Number(value=None), "–"),
    ],
)
def test_a_number_is_rounded_half_even_once(value: Number, written: str) -> None:
    """Thousands stand apart, the point is a point, and there is no minus zero."""
    assert filters.figures(value) == written


def test_a_number_longer_than_python_counts_keeps_its_digits() -> None:
    """Decimal rounds to 28 digits unless told otherwise."""
    digits = "123456789012345678901234567890.5"

    assert filters.figures(number(digits, 1)).replace(filters.THIN_SPACE, "") == digits


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Number(value=Decimal(14), unit="points"), "14\u00a0points"),
        (Number(value=Decimal(1), unit="points"), "1\u00a0point"),
        (Number(value=Decimal("1.04"), unit="points", decimals=1), "1\u00a0point"),
        (Number(value=Decimal(-1), unit="working days"), "\u22121\u00a0working day"),
        (Number(value=Decimal("1.4"), unit="x", decimals=1), "1.4×"),
        (Number(value=Decimal(85), unit="%"), "85\u202f%"),
        (Number(value=Decimal(7)), "7"),
        (Number(value=None, unit="points"), "not known"),
        (Number(value=Decimal("Infinity"), unit="points"), "not known"),
        (None, "not known"),
    ],
)
def test_an_amount_is_written_with_its_unit(number: Number | None, written: str) -> None:
    """One is singular, a factor stands close, and what is not known says so."""
    assert filters.amount(number) == written


@given(
    value=st.decimals(-(10**12), 10**12, places=4),
    decimals=st.integers(0, 4),
    signed=st.booleans(),
    fixed=st.booleans(),
)
def test_a_written_number_reads_back_within_half_a_unit(
    value: Decimal, decimals: int, *, signed: bool, fixed: bool
) -> None:
    """Formatting loses no more than the digits it was told to lose."""
    written = filters.figures(number(str(value), decimals, signed=signed, fixed=fixed))

    read = Decimal(written.replace(filters.THIN_SPACE, "").replace(filters.MINUS, "-"))

    assert abs(read - value) <= Decimal(1).scaleb(-decimals) / 2


def test_a_day_is_written_for_its_reader() -> None:
    """Sentences say the month, tables sort."""
    day = date(2026, 11, 2)

    assert filters.prose_day(day) == "2\u00a0Nov\u00a02026"
    assert filters.iso_day(day) == "2026-11-02"


def test_a_moment_is_shown_on_the_clocks_of_the_report() -> None:
    """Half past eight in UTC is half past nine in Berlin, and machines get UTC."""
    moment = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)

    assert filters.prose_moment(moment, "Europe/Berlin") == "11\u00a0Nov\u00a02026, 09:30"
    assert filters.iso_moment(moment, "Europe/Berlin") == "2026-11-11 09:30"
    assert filters.instant(moment) == "2026-11-11T08:30:00Z"
    assert filters.instant(moment.replace(microsecond=250_000)) == "2026-11-11T08:30:00.25Z"


def test_the_last_moment_of_the_calendar_can_be_written() -> None:
    """Where the zone would leave the calendar, UTC is shown."""
    assert filters.iso_moment(datetime.max.replace(tzinfo=UTC), "Pacific/Auckland") == "9999-12-31 23:59"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://jira.example/browse/A-1", True),
        ("http://127.0.0.1:8080/x?y=1#z", True),
        ("HTTPS://jira.example/", True),
        ("#A-1", True),
        ("#", False),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://jira.example", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//jira.example/x", False),
        ("https:", False),
        ("https://[broken", False),
        ("https://jira.example/\u202e", False),
        ("", False),
    ],
)
def test_only_an_address_of_the_web_or_of_the_page_is_followed(address: str, *, safe: bool) -> None:
    """Everything else stays words."""
    assert (filters.safe_href(address) is not None) == safe


def test_a_mail_links_to_no_place_in_a_page() -> None:
    """An anchor leads nowhere in a mail; an address of the web does."""
    assert filters.outside_href("#A-1") is None
    assert filters.outside_href("https://jira.example/") == "https://jira.example/"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PM-131", "PM-131"),
        ("a b<c>", "a-b-c-"),
        ("42", "x42"),
        ("", "x"),
        ("é", "x-"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_place_has_a_name_that_is_valid(text: str, name: str) -> None:
    """A letter first, then letters, digits, hyphen and underscore."""
    assert filters.slug(text) == name


def test_a_text_becomes_plain_words() -> None:
    """Every kind of part has its words; a table writes days as ISO and a gap as a dash."""
    day, moment = Day(date(2026, 11, 2)), Moment(datetime(2026, 11, 2, 9, tzinfo=UTC))
    named: Text = (Strong("now"), " ", Mark("Late"), " ", Link("A-1", "javascript:x"))
    text: Text = ("Due\n ", day, ", ", moment, " ", *named, " ", Number(value=None))

    assert filters.plain(text, "UTC") == (
        "Due 2\u00a0Nov\u00a02026, 2\u00a0Nov\u00a02026, 09:00 now [Late] A-1 not known"
    )
    assert filters.plain(text, "UTC", iso=True) == "Due 2026-11-02, 2026-11-02 09:00 now [Late] A-1 –"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (("about ", Number(value=Decimal("1200.50"))), "1200.5"),
        ((Day(date(2026, 1, 2)),), "2026-01-02"),
        ((Moment(datetime(2026, 1, 2, tzinfo=UTC)),), "2026-01-02T00:00:00Z"),
        ((Number(value=None),), ""),
        (("words",), ""),
    ],
)
def test_a_cell_is_sorted_by_what_it_means(text: Text, value: str) -> None:
    """The exact number, not its digits on the page."""
    assert filters.sort_value(text) == value


def test_a_term_is_found_by_its_id_alone() -> None:
    """An empty id is no term, even where one has no id."""
    terms = (Term("", "nothing", ""), Term("SP-1", "Commitment", "…"))

    assert filters.term(terms, "SP-1") == terms[1]
    assert filters.term(terms, "") is None
    assert filters.term(terms, "SP-2") is None


def test_what_was_left_out_is_counted() -> None:
    """Nothing is said when nothing was."""
    assert filters.plus_more(3) == "and 3 more"
    assert filters.plus_more(0) == ""


def test_the_period_before_has_a_name() -> None:
    """A report of the user's own making says "before"."""
    assert filters.before("weekly") == "last week"
    assert filters.before("sprint") == "last sprint"
    assert filters.before("our-own") == "before"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grew by 15 % since", "grew by 15\u202f% since"),
        ("from 5 % to 10 %", "from 5\u202f% to 10\u202f%"),
        ("no % here", "no % here"),
        ("", ""),
    ],
)
def test_a_percent_sign_stays_on_the_line_of_its_number(text: str, expected: str) -> None:
    """A line that begins with a percent sign reads like an error."""
    assert filters.glued(text) == expected
