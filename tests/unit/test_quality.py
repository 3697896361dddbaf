"""Data quality: grades, what they block, the checks that need no table, and how it is told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmreport.cli.grid import plain
from pmreport.cli.json_values import values as json_values
from pmreport.cli.show import quality_json, quality_tables
from pmreport.metrics.catalog import DEFINITIONS, FAMILIES
from pmreport.metrics.definitions.quality import CHECKS
from pmreport.metrics.quality import looks
from pmreport.metrics.quality.finding import BY_CODE, Finding, Grade, blocked_metrics, values
from pmreport.metrics.quality.findings import findings
from pmreport.metrics.quality.looks import Look
from pmreport.metrics.quality.rows import Asked, FoundRow, SiteRow, SprintRow, queries
from pmreport.model.calendar import WorkCalendar
from pmreport.model.instant import to_ms
from pmreport.model.journal_kinds import QualityException
from pmreport.model.problem import Problem, ProblemKind
from tests.support.followups import at
from tests.support.schema import faults

NOW = at("03-31 12:00")
SITE = SiteRow(known=100, gone=4, projects=2, fields=6, read_ms=None)


def finding(check: str, count: int, population: int, *subjects: str) -> Finding:
    """What a check found."""
    return Finding(check=BY_CODE[check], population=population, count=count, subjects=subjects)


@pytest.mark.parametrize(
    ("check", "count", "population", "grade"),
    [
        ("E1", 0, 100, Grade.GREEN),
        ("E1", 499, 10000, Grade.GREEN),
        ("E1", 5, 100, Grade.AMBER),
        ("E1", 15, 100, Grade.AMBER),
        ("E1", 1501, 10000, Grade.RED),
        ("E1", 4, 4, Grade.AMBER),
        ("E1", 5, 5, Grade.RED),
        ("S1", 9, 10, Grade.AMBER),
        ("E1", 0, 0, Grade.NONE),
    ],
)
def test_the_grade_follows_the_share(check: str, count: int, population: int, grade: Grade) -> None:
    """Below 5 % green, above 15 % red; few things and context never block."""
    assert finding(check, count, population).grade is grade


def test_red_blocks_the_numbers_it_touches() -> None:
    """Each with the checks that block it; amber blocks nothing."""
    red = [finding("D1", 9, 10), finding("D2", 9, 10), finding("E1", 1, 10)]

    blocked = blocked_metrics(red)
    assert blocked["due-adherence"] == ("D1", "D2")
    assert blocked["promises-kept"] == ("D2",)
    assert "commitment" not in blocked
    assert blocked_metrics([]) == {}


def test_every_check_has_a_definition_and_touches_what_exists() -> None:
    """Ids are unique; a family, or a number of the catalogue; what no number is touched by says so."""
    families = {*FAMILIES, "Flow", "Scope", "Budget", "On time"}

    assert len(BY_CODE) == len(CHECKS) == len({check.id for check in CHECKS})
    for check in CHECKS:
        assert check.id in DEFINITIONS
        assert set(check.touches) <= families | set(DEFINITIONS)
        assert check.bias.endswith(".")
    assert set(BY_CODE) >= {
        *(f"H{n}" for n in range(1, 5)),
        *(f"B{n}" for n in range(1, 4)),
        *(f"S{n}" for n in range(1, 9)),
        *(f"E{n}" for n in range(1, 6)),
        *(f"F{n}" for n in range(1, 6)),
        *(f"W{n}" for n in range(1, 7)),
        *(f"{letter}{n}" for letter in "DPT" for n in range(1, 5)),
    }


def test_a_family_stands_for_all_its_numbers() -> None:
    """H3 touches the whole of the sprints and of the flow."""
    touched = set(finding("H3", 0, 1).touched)

    assert {each.id for each in (*FAMILIES["Sprints"], *FAMILIES["Flow"])} <= touched


def said(check: str, key: str) -> QualityException:
    """An accepted finding."""
    return QualityException(check=check, key=key, until=date(2025, 12, 31), reason="on purpose")


def test_no_check_is_silent() -> None:
    """One line each: found, nothing, accepted apart, or why it cannot be known."""
    rows = [
        FoundRow("E1", 10, 2, 0, "WEB-1"),
        FoundRow("E1", 10, 2, 0, "WEB-2"),
        FoundRow("E1", 10, 1, 1, "WEB-3"),
        FoundRow("E2", 10, 0, 0, None),
    ]
    seen = [Look("S1", 4, ("One", "Two")), Look("P3", 10, (), unnamed=3)]

    told = findings(rows, seen, [said("E1", "WEB-3"), said("S1", "Two")], unknown={"W6": "no rates"})
    by_id = {each.check.code: each for each in told}
    assert [each.check for each in told] == list(CHECKS)
    assert (by_id["E1"].count, by_id["E1"].subjects) == (2, ("WEB-1", "WEB-2"))
    assert [each.key for each in by_id["E1"].accepted] == ["WEB-3"]
    assert (by_id["E2"].population, by_id["E2"].count, by_id["E2"].subjects) == (10, 0, ())
    assert (by_id["S1"].count, by_id["S1"].subjects, len(by_id["S1"].accepted)) == (1, ("One",), 1)
    assert (by_id["P3"].count, by_id["P3"].subjects) == (3, ())
    assert by_id["W6"].unknown == "no rates"
    assert by_id["W6"].grade is Grade.UNKNOWN
    assert by_id["B3"].unknown.endswith("not evaluated here")
    assert by_id["H3"].grade is Grade.NONE


@settings(max_examples=25)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 10))
def test_one_more_odd_thing_never_improves_a_grade(count: int, sound: int, more: int) -> None:
    """Green, amber, red, in this order."""
    order = [Grade.NONE, Grade.GREEN, Grade.AMBER, Grade.RED]
    before, after = finding("E1", count, count + sound), finding("E1", count + more, count + sound + more)

    assert order.index(before.grade) <= order.index(after.grade)


def sprint(number: int, start: str, close: str | None, **facts: Any) -> SprintRow:
    """A sprint of board 1 with a goal, started by a click."""
    ends = None if close is None else to_ms(at(close))
    row = SprintRow(number, f"S{number}", 1, "Pay", to_ms(at(start)) + 7, 1, None, ends, 1)
    return row._replace(**facts)


def test_sprints_beside_each_other() -> None:
    """No goal, a planned start, odd lengths, closed twice, overlapping, far from the planned end."""
    two = [
        sprint(1, "03-03 08:00", "03-05 08:00", goal=" "),
        sprint(2, "03-05 08:00", "03-19 08:00", is_clicked=0, start_ms=to_ms(at("03-05 08:00")), closings=2),
        sprint(3, "03-18 20:00", "03-28 08:00", planned_ms=to_ms(at("03-24 08:00"))),
        sprint(4, "02-01 08:00", None, board_id=2),
        sprint(5, "03-25 08:00", None, planned_ms=to_ms(at("03-24 08:00"))),
        sprint(6, "03-30 08:00", None, board_id=3, sprint_name="S5", is_clicked=0),
    ]

    found = {look.check_id: look for look in looks.of_sprints(two, NOW)}
    assert {name: look.subjects for name, look in found.items()} == {
        "S1": ("S1",),
        "S3": ("S2",),
        "S4": ("S1", "S4"),
        "S5": ("S2",),
        "S6": ("S3", "S5 (5)"),
        "S8": ("S3",),
    }
    assert (found["S1"].population, found["S5"].population) == (6, 3)


def test_what_the_sync_found_odd_is_told_once() -> None:
    """By its subject; the population is never smaller than what was found in it."""
    problems = [
        Problem(ProblemKind.HISTORY_MISMATCH, "WEB-1", "status"),
        Problem(ProblemKind.HISTORY_MISMATCH, "WEB-1", "assignee"),
        *(
            Problem(kind, name)
            for kind in (ProblemKind.TOTAL_MISMATCH, ProblemKind.CENSUS_STOPPED)
            for name in "AB"
        ),
        Problem(ProblemKind.TOTAL_MISMATCH, "C"),
        Problem(ProblemKind.UNKNOWN_STATUS, "x"),
        Problem(ProblemKind.HISTORY_MISMATCH, "WEB-9"),
    ]

    assert list(looks.of_problems(problems, SITE, {"WEB-9"})) == [
        Look("H1", 96, ("WEB-1",)),
        Look("H2", 6, ()),
        Look("P2", 3, ("A", "B", "C")),
    ]
    assert looks.of_site(SITE) == Look("P3", 100, (), unnamed=4)


def test_the_calendar_is_looked_at_too() -> None:
    """A profile in another zone, the day of 23 hours, and a year without a day off."""
    berlin = WorkCalendar(zone="Europe/Berlin")
    free = replace(berlin, holidays=frozenset({date(2025, 5, 1)}))

    assert list(looks.of_calendar(berlin, NOW, "UTC")) == [
        Look("T1", 1, ("UTC",)),
        Look("T2", 182, ("2025-03-30", "2024-10-27")),
        Look("T4", 1, ("2025",)),
    ]
    assert [look.subjects for look in looks.of_calendar(free, NOW - timedelta(days=40), "Europe/Berlin")] == [
        (),
        ("2024-10-27",),
        (),
    ]


def everything() -> tuple[Finding, ...]:
    """Of each grade one, with hostile words."""
    rows = [
        FoundRow("D1", 60, 60, 0, "\x1b[31mWEB-1"),
        FoundRow("E1", 10, 1, 0, "WEB-2"),
        FoundRow("E1", 10, 1, 1, "WEB-3"),
        FoundRow("E4", 100, 1, 0, "WEB-4"),
        FoundRow("F4", 100, 0, 0, None),
    ]
    return findings(rows, [Look("P3", 10, (), unnamed=1)], [said("E1", "WEB-3")], unknown={"W6": "no rates"})


def test_the_overview_says_what_to_know_first() -> None:
    """The red before the amber; what they block; the rest in a line; and nothing that hurts a terminal."""
    text = "\n".join(plain(grid) for grid in quality_tables.overview(everything()))

    assert text.startswith("Data quality: 1 red, 2 amber, 2 green, 3 not known\n")
    assert "D1     red    100 %" in text
    assert "Green with findings: E4 1 of 100." in text
    assert "Green without: F4." in text
    assert "Accepted and not counted: 1." in text
    assert "due-adherence" in text
    assert "no rates" in text
    assert "blame" not in text


def test_spotless_data_is_said_in_words() -> None:
    """Nothing stands out, nothing is blocked, nothing is unknown."""
    (grid,) = quality_tables.overview([finding("E1", 0, 10)])

    assert "Nothing stands out." in plain(grid)


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("D1", "59 more are in --json."),
        ("E1", "on purpose"),
        ("P3", "It may not be named."),
        ("F4", "Nothing was found."),
        ("W6", "no rates"),
        ("F4", "0 of 100 items moved (0 %)"),
        ("S1", "Touches: no number."),
    ],
)
def test_one_check_tells_what_it_found(check: str, told: str) -> None:
    """What it means, which way it moves the numbers, and what it found; control codes are made visible."""
    (found,) = (each for each in everything() if each.check.code == check)

    text = "\n".join(plain(grid) for grid in quality_tables.one(found))
    assert told in text
    assert "\x1b" not in text
    assert found.check.text in text


def test_the_quality_is_printed_as_promised() -> None:
    """What the schema says: a share for every check that has one, and a reason for every other."""
    found = everything()
    shown = values(found)

    assert faults(json_values(NOW, shown) | quality_json.more(found), "show-quality") == []
    assert all(each.value is not None or each.note for each in shown)
    assert {each.id: each.excluded for each in shown}["quality-unestimated"] == (("accepted", 1),)


def test_every_family_is_asked() -> None:
    """One question each, with the parameters that its text names and no others."""
    asked = Asked(site_id=1, as_of=NOW, calendar_id="x", read=NOW, accepted=[said("E1", "WEB-1")])

    told = queries(asked)
    assert len(told) == 6
    assert {each.parameters["accepted"] for each in told} == {"\nE1 WEB-1\n"}
    assert sum("rated" in each.parameters for each in told) == 1
